/** Forms that are being filled in, as long as the tab is open: who leaves one for another view finds it again. They are written nowhere. */
import type { Json } from "./draft.ts";
import type { FormPath, Known } from "./form.ts";

export interface Kept {
  draft: Json;
  holdings: Known["holdings"];
  /** What the record of a number has filled in, by the pointer of the number. */
  told: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

const kept = new Map<FormPath, Kept>();

export const keptOf = (form: FormPath): Kept | undefined => kept.get(form);
export const keep = (form: FormPath, held: Kept): void => void kept.set(form, held);
export const drop = (form: FormPath): void => void kept.delete(form);
export const dropAll = (): void => kept.clear();

// Whoever closes the tab with a form in it is asked.
addEventListener("beforeunload", (event) => {
  if (kept.size > 0) event.preventDefault();
});
