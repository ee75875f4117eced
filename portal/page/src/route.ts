/** Where the page is: the part of the address after `#`, and after `?` what is asked of it. Numbers of work cases may stand in it, numbers of people never. */
import { useEffect, useState } from "preact/hooks";

const here = (): string[] => location.hash.replace(/^#\/?|\?.*$/g, "").split("/").filter(Boolean).map(decodeURIComponent);

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
