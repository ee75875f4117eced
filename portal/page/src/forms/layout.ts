/** Which fields stand where, with the draft that is being filled in. */
import { type Json, at, filled, put } from "./draft.ts";
import type { Field, Form, Known, Place, Section } from "./form.ts";

export interface Shown {
  pointer: string;
  field: Field;
  place: Place;
}

export interface Group {
  section: Section;
  /** Of a section of rows: which row. */
  row: number | undefined;
  fields: Shown[];
}

const places = (section: Section, draft: Json, known: Known): (Place & { number: number | undefined })[] => {
  const { rows } = section;
  if (!rows) return [{ draft, row: draft, from: "", known, number: undefined }];
  const held = at(draft, `/${rows.of}`);
  return (Array.isArray(held) ? held : []).map((row, number) => ({ draft, row, from: `/${rows.of}/${number}`, known, number }));
};

/** The groups of fields that are asked now: a section, or a row of one. */
export function groups(form: Form, draft: Json, known: Known): Group[] {
  const whole: Place = { draft, row: draft, from: "", known };
  return form.sections.filter((section) => section.when?.(whole) ?? true).flatMap((section) =>
    places(section, draft, known).map(({ number, ...place }) => ({
      section,
      row: number,
      fields: Object.entries(section.fields).flatMap(([name, field]) => {
        if (!field || !(field.when?.(place) ?? true)) return [];
        const own = section.rows ? name.slice(section.rows.of.length + "/*".length) : `/${name}`;
        return [{ pointer: place.from + own, field, place }];
      }),
    })),
  );
}

/** An empty form: as many rows as are shown at first. */
export function empty(form: Form, known: Known): Json {
  return form.sections.reduce<Json>((draft, { rows }) => {
    return rows ? put(draft, `/${rows.of}`, Array.from({ length: rows.first ?? known.options.default_rows ?? 1 }, () => ({}))) : draft;
  }, {});
}

/** What is sent: what is asked and filled in. */
export function sent(form: Form, draft: Json, known: Known): Json {
  const shown = groups(form, draft, known);
  const lists = shown.filter((group) => group.row !== undefined).map((group) => group.section.rows?.of ?? "");
  const rows = [...new Set(lists)].reduce<Json>((kept, list) => {
    const held = at(draft, `/${list}`);
    return put(kept, `/${list}`, Array.isArray(held) ? held.map(() => ({})) : []);
  }, {});
  const asked = shown.flatMap((group) => group.fields);
  return filled(asked.reduce((kept, { pointer }) => put(kept, pointer, at(draft, pointer)), rows)) ?? {};
}

/** The sections in their order, the rows of a section together. */
export function bySection(shown: Group[]): Map<Section, Group[]> {
  const sections = new Map<Section, Group[]>();
  for (const group of shown) sections.set(group.section, [...(sections.get(group.section) ?? []), group]);
  return sections;
}

/** The label of a field where it stands. */
export const label = ({ field, place }: Shown): string => (typeof field.label === "string" ? field.label : field.label(place));
