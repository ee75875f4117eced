/** Where the page is: the part of the address after `#`. Numbers of work cases may stand in it, numbers of people never. */
import { useEffect, useState } from "preact/hooks";

const here = (): string[] => location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);

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

export const to = (...steps: string[]): string => `#/${steps.map(encodeURIComponent).join("/")}`;

export function go(...steps: string[]): void {
  location.hash = to(...steps);
}
