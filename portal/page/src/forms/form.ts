/** What a form is: its fields in their order. Each form is one file beside this one, and the compiler holds it against the API document. */
import type { Schema, paths } from "ttw-client";
import type { Me } from "../session.ts";
import type { Json } from "./draft.ts";

/** What is known while a form is filled in. */
export interface Known {
  me: Me;
  options: Pick<Schema<"FormOptions">, "lists" | "default_rows" | "max_rows">;
  questions: readonly Schema<"PeriodQuestions">[];
  /** What the record of a number says, by the pointer of its field. */
  holdings: Readonly<Record<string, Schema<"Holding">>>;
}

/** Where a field is asked: in the whole form, in one row of it. */
export interface Place {
  draft: Json;
  /** The row; the draft itself outside rows. */
  row: Json;
  /** The pointer of the row; empty outside rows. */
  from: string;
  known: Known;
}

/** The choices of a field; some stand for sentences that are shown with them. */
export type Choices = readonly { code: string; label: string; text?: readonly string[] }[];

export type Control =
  | { kind: "text" | "money" | "number" | "date" | "month" | "yes_no" }
  /** A Social Security number; `fills` says what its record tells of the other fields, `owns` which answers are of this person alone. */
  | { kind: "ssn"; fills?: (holding: Schema<"Holding">) => Readonly<Record<string, Json>>; owns?: readonly string[] }
  /** To be ticked; anything else is no answer. */
  | { kind: "yes" }
  /** Not asked, since it is another answer. */
  | { kind: "same"; as: string }
  | { kind: "one"; of: (place: Place) => Choices }
  | { kind: "some"; of: (place: Place) => Choices };

export type Field = Control & {
  label: string | ((place: Place) => string);
  hint?: string;
  isOptional?: boolean;
  /** Whether it is asked now; what is not asked is not sent. */
  when?: (place: Place) => boolean;
};

export interface Section<Name extends string = string> {
  title: string;
  hint?: string;
  when?: (place: Place) => boolean;
  /** Its fields are those of each row of a list; without numbers here, as many rows as the API says. */
  rows?: { of: string; name: string; first?: number; most?: number };
  fields: { readonly [name in Name]?: Field };
}

/** The forms by their paths. */
export type FormPath = Extract<{ [Path in keyof paths]: Path extends `${infer Form}/review` ? Form : never }[keyof paths], string>;

export interface Form {
  path: FormPath;
  name: string;
  purpose: string;
  /** Who may submit it, where not every member of an organization may. */
  by?: { roles: readonly string[]; text: string };
  sections: readonly Section[];
}

type Envelope = "review_token" | "acknowledged_warnings" | "rules_version" | "form_code";
type Inner<Value> = NonNullable<Value> extends readonly (infer Item)[]
  ? Item extends object ? `/*/${Leaf<Item>}` : ""
  : NonNullable<Value> extends object ? `/${Leaf<NonNullable<Value>>}` : "";
type Leaf<Draft> = { [Name in keyof Draft & string]-?: `${Name}${Inner<Draft[Name]>}` }[keyof Draft & string];
type Asked<Sections extends readonly Section[]> = { [Place in keyof Sections]: keyof Sections[Place]["fields"] }[number];

/** A form whose fields are all those of the schema and no others: `rows`, a star and a name stand for a field of each row. */
export function formOf<Draft>() {
  type Fields = Leaf<Omit<Draft, Envelope>>;
  return <const Sections extends readonly Section<Fields>[]>(
    form: Omit<Form, "sections"> & {
      sections: Sections & (Exclude<Fields, Asked<Sections>> extends never ? unknown : { missing: Exclude<Fields, Asked<Sections>> });
    },
  ): Form => form as unknown as Form;
}

/** The choices of a table of words. */
export const words = (table: Readonly<Record<string, string>>) => (): Choices =>
  Object.entries(table).map(([code, label]) => ({ code, label }));

/** The choices of a list that the API serves. */
export const list = (name: string) => ({ known }: Place): Choices => known.options.lists.find((each) => each.name === name)?.choices ?? [];
