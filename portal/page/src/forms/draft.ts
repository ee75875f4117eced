/** A form as it is being filled in: plain JSON, reached by JSON pointers, which are those of the problems too. */
export type Json = string | number | boolean | null | undefined | Json[] | { [name: string]: Json };

const steps = (pointer: string): string[] => pointer.split("/").slice(1);

export function at(draft: Json, pointer: string): Json {
  return steps(pointer).reduce<Json>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return typeof value === "object" && value !== null ? value[step] : undefined;
  }, draft);
}

/** The draft with another value there; what leads to it is made where it is missing. */
export function put(draft: Json, pointer: string, value: Json): Json {
  const [first, ...rest] = steps(pointer);
  if (first === undefined) return value;
  const below = (inner: Json): Json => put(inner, rest.map((step) => `/${step}`).join(""), value);
  if (Array.isArray(draft)) return draft.map((inner, place) => (place === Number(first) ? below(inner) : inner));
  const held = typeof draft === "object" && draft !== null ? draft : {};
  return { ...held, [first]: below(held[first]) };
}

/** What is sent: without what was left empty. Rows stay where they are, so that a problem points at the row that is seen; empty ones go at the end alone. */
export function filled(value: Json): Json {
  if (Array.isArray(value)) {
    const rows = value.map(filled);
    return rows.slice(0, rows.findLastIndex((row) => row !== undefined) + 1).map((row) => row ?? {});
  }
  if (value === "" || value === null || value === undefined) return undefined;
  if (typeof value !== "object") return value;
  const kept = Object.entries(value).map(([name, inner]) => [name, filled(inner)] as const).filter(([, inner]) => inner !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Whether nothing is entered, however many rows are shown. */
export function isBlank(value: Json): boolean {
  if (value === "" || value === null || value === undefined) return true;
  return typeof value === "object" && Object.values(value).every(isBlank);
}
