/**
 * Where the page is: the part of the address after `#`, and after `?` what is asked of it. Numbers of work cases may stand in it,
 * numbers of people never.
 */
import { useEffect, useState } from "preact/hooks";

/** The steps of the address; one that cannot be read leads nowhere. */
function here(): string[] {
  try {
    return location.hash.replace(/^#\/?|\?.*$/g, "").split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return ["nowhere"];
  }
}

export function useRoute(): string[] {
  const [route, setRoute] = useState(here);
  useEffect(() => {
    const moved = () => {
      setRoute(here());
      scrollTo(0, 0);
    };
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return route;
}

/** What is asked of a place, such as the filters of a list. */
export const query = (): URLSearchParams => new URLSearchParams(location.hash.replace(/^[^?]*/, ""));

export const to = (...steps: string[]): string => `#/${steps.map(encodeURIComponent).join("/")}`;

export function go(...steps: string[]): void {
  location.hash = to(...steps);
}

/** Goes there in place of here: the way back leads to what was before. */
export function goInstead(...steps: string[]): void {
  history.replaceState(null, "", to(...steps));
  dispatchEvent(new Event("hashchange"));
}

/** Whether a step of the address can be the number of something filed. Anything else is not asked about. */
export const isNumber = (step: string): boolean => /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/.test(step);
