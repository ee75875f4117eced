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
  /** Where its row stands, or its list; empty where it is no row. */
  pointer: string;
  fields: Shown[];
}

interface Row extends Place {
  number: number | undefined;
}

function rows({ rows }: Section, draft: Json, known: Known): Row[] {
  if (!rows) return [{ draft, row: draft, from: "", known, number: undefined }];
  const held = at(draft, `/${rows.of}`);
  return (Array.isArray(held) ? held : []).map((row, number) => ({ draft, row, from: `/${rows.of}/${number}`, known, number }));
}

export const isAsked = (section: Section, draft: Json, known: Known): boolean => section.when?.({ draft, row: draft, from: "", known }) ?? true;

/** The groups of fields that are asked now: a section, or a row of one. */
export function groups(form: Form, draft: Json, known: Known): Group[] {
  return form.sections.filter((section) => isAsked(section, draft, known)).flatMap((section) =>
    rows(section, draft, known).map(({ number, ...place }) => ({
      section,
      row: number,
      pointer: place.from,
      fields: Object.entries(section.fields).flatMap(([name, field]) => {
        if (!field || field.kind === "same" || !(field.when?.(place) ?? true)) return [];
        const own = section.rows ? name.slice(section.rows.of.length + "/*".length) : `/${name}`;
        return [{ pointer: place.from + own, field, place }];
      }),
    })),
  );
}

/** The sections in their order, the rows of a section together. */
export function bySection(shown: Group[]): Map<Section, Group[]> {
  const sections = new Map<Section, Group[]>();
  for (const group of shown) sections.set(group.section, [...(sections.get(group.section) ?? []), group]);
  return sections;
}

/** An empty form: as many rows as are shown at first. */
export function empty(form: Form, known: Known): Json {
  return form.sections.reduce<Json>((draft, { rows }) => {
    return rows ? put(draft, `/${rows.of}`, Array.from({ length: rows.first ?? known.options.default_rows ?? 1 }, () => ({}))) : draft;
  }, {});
}

/** The draft without answers that are no longer among the choices, since another answer has changed. */
export function settled(form: Form, draft: Json, known: Known): Json {
  const gone = groups(form, draft, known).flatMap(({ fields }) => fields).find(({ field, place, pointer }) => {
    const value = at(draft, pointer);
    if (field.kind !== "one" || value === undefined || value === "") return false;
    return field.of(place).every(({ code }) => code !== value);
  });
  return gone ? settled(form, put(draft, gone.pointer, undefined), known) : draft;
}

/** As it is sent: a number of a person without spaces, an amount without what only people need. */
export function plain({ kind }: Field, value: Json): Json {
  if (typeof value !== "string") return value;
  if (kind === "ssn") return value.replace(/\s/g, "");
  return kind === "money" ? value.replace(/[$,\s]/g, "") : value;
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
  const answers = asked.reduce((kept, { pointer, field }) => put(kept, pointer, plain(field, at(draft, pointer))), rows);
  const same = form.sections.filter((section) => isAsked(section, draft, known)).flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, field]) => (field?.kind === "same" ? [[`/${name}`, at(draft, field.as)] as const] : [])),
  );
  return filled(same.reduce((kept, [pointer, value]) => put(kept, pointer, value), answers)) ?? {};
}

/** The label of a field where it stands. */
export const label = ({ field, place }: Shown): string => (typeof field.label === "string" ? field.label : field.label(place));
