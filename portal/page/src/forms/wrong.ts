/** Where in a form a problem is to be seen: at its field, or at the nearest thing that holds it. */
import type { Schema } from "ttw-client";
import { type Group, type Shown, label } from "./layout.ts";

export type Wrong = Schema<"Error">;

/** A problem with its place: the pointer of a field, of a row, or the title of a section; empty for the form itself. */
export interface Located {
  error: Wrong;
  at: string;
  /** What the place is called, with its row. */
  called: string;
}

const isWithin = (path: string, pointer: string): boolean => path === pointer || path.startsWith(`${pointer}/`);

const rowName = ({ section, row }: Group): string => (section.rows && row !== undefined ? `${section.rows.name} ${row + 1}` : "");

/** The choices of a field by their labels, where a message names them by their codes. */
export function inWords(error: Wrong, shown: Shown): Wrong {
  const { field, place } = shown;
  if (field.kind !== "one" && field.kind !== "some") return error;
  const message = field.of(place).reduce((text, { code, label }) => (code.includes("_") ? text.replaceAll(code, `“${label}”`) : text), error.message);
  return { ...error, message };
}

/** The problems in the order of the form. */
export function located(errors: readonly Wrong[], shown: readonly Group[]): Located[] {
  const told = errors.map((error) => place(error, shown));
  return told.sort((one, other) => one.order - other.order).map(({ order: _, ...each }) => each);
}

function place(error: Wrong, shown: readonly Group[]): Located & { order: number } {
  const { path } = error;
  let order = 0;
  for (const group of shown) {
    const row = rowName(group);
    for (const each of group.fields) {
      order += 1;
      const called = row ? `${row}, ${label(each)}` : label(each);
      if (isWithin(path, each.pointer)) return { error: inWords(error, each), at: each.pointer, called, order };
    }
    if (group.pointer && isWithin(path, group.pointer)) return { error, at: group.pointer, called: row, order };
  }
  // Of a whole object or list: at the first section that holds a part of it.
  const holder = shown.find(({ section, fields }) => `/${section.rows?.of}` === path || fields.some(({ pointer }) => isWithin(pointer, path)));
  if (holder && path) return { error, at: holder.section.title, called: holder.section.title, order: shown.indexOf(holder) };
  return { error, at: "", called: "", order: -1 };
}

/** The problems after a row is gone: its own go with it, those of later rows move up. */
export function withoutRow(errors: readonly Wrong[], list: string, row: number): Wrong[] {
  return errors.flatMap((error) => {
    const [number, ...rest] = error.path.startsWith(`/${list}/`) ? error.path.slice(list.length + 2).split("/") : [];
    const place = Number(number);
    if (number === undefined || place < row) return [error];
    return place === row ? [] : [{ ...error, path: `/${[list, place - 1, ...rest].join("/")}` }];
  });
}
