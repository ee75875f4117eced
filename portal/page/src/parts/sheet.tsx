/** A small form beside the six: its fields are those of a schema, nested as the schema is, each with what is wrong with it. */
import type { Problem } from "ttw-client";
import { type ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Json, at, filled, put } from "../forms/draft.ts";
import type { Field, Known, Place } from "../forms/form.ts";
import { type Shown, label, plain } from "../forms/layout.ts";
import { type Wrong, inWords } from "../forms/wrong.ts";
import { FieldOf, idOf } from "./field.tsx";

/** The fields of a schema by their names: the compiler holds them against the API document. */
type SheetOf<Draft> = { readonly [Name in keyof Draft]-?: PartOf<NonNullable<Draft[Name]>> };
type PartOf<Value> = Value extends readonly (infer Item)[]
  ? { title: string; row: string; of: Item extends object ? SheetOf<Item> : Field }
  : Value extends object ? { title: string; of: SheetOf<Value> } : Field;

/** A field, an object with fields of its own, or a list of such or of single values. */
type Part = Field | { title: string; row?: string; of: Sheet | Field };
export type Sheet = { readonly [name: string]: Part };

export const sheetOf = <Draft,>(sheet: SheetOf<Draft>): Sheet => sheet as unknown as Sheet;

const isField = (part: Part | Sheet): part is Field => "kind" in part && typeof part.kind === "string";
// These forms have neither option lists nor a person's record.
const known = { options: { lists: [] }, questions: [], holdings: {} } as unknown as Known;
const placeIn = (draft: Json): Place => ({ draft, row: draft, from: "", known });
const isAsked = (field: Field, draft: Json): boolean => field.when?.(placeIn(draft)) ?? true;
const rowsOf = (draft: Json, pointer: string): readonly Json[] => {
  const rows = at(draft, pointer);
  return Array.isArray(rows) ? rows : [];
};

/** What is sent: what is asked and filled in. */
export function sent(sheet: Sheet, draft: Json): Json {
  const value = (part: Part | Sheet, pointer: string): Json => {
    if (isField(part)) return isAsked(part, draft) ? plain(part, at(draft, pointer)) : undefined;
    if (!isPart(part)) return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, value(each, `${pointer}/${name}`)]));
    return part.row ? rowsOf(draft, pointer).map((_, row) => value(part.of, `${pointer}/${row}`)) : value(part.of, pointer);
  };
  return filled(value(sheet, "")) ?? {};
}

const isPart = (part: Part | Sheet): part is Exclude<Part, Field> => "title" in part && typeof part.title === "string";

/** A place at which a problem can stand. */
interface Spot {
  pointer: string;
  called: string;
  shown?: Shown;
}

function spotsOf(part: Part | Sheet, draft: Json, pointer: string, within: string): Spot[] {
  const called = (own: string) => (within ? `${within}, ${own}` : own);
  if (isField(part)) {
    const shown = { pointer, field: part, place: placeIn(draft) };
    return isAsked(part, draft) ? [{ pointer, called: called(label(shown)), shown }] : [];
  }
  if (!isPart(part)) return Object.entries(part).flatMap(([name, each]) => spotsOf(each, draft, `${pointer}/${name}`, within));
  if (!part.row) return [{ pointer, called: part.title }, ...spotsOf(part.of, draft, pointer, within)];
  const rows = rowsOf(draft, pointer).flatMap((_, row) => {
    const name = called(`${part.row} ${row + 1}`);
    return [...(isField(part.of) ? [] : [{ pointer: `${pointer}/${row}`, called: name }]), ...spotsOf(part.of, draft, `${pointer}/${row}`, name)];
  });
  return [{ pointer, called: called(part.title) }, ...rows];
}

/** A problem stands at its field, or at the nearest thing that holds it. */
function nearest(spots: readonly Spot[], path: string): Spot | undefined {
  const held = spots.filter(({ pointer }) => path === pointer || path.startsWith(`${pointer}/`));
  return held.reduce<Spot | undefined>((best, spot) => (best && best.pointer.length >= spot.pointer.length ? best : spot), undefined);
}

interface Asking {
  sheet: Sheet;
  draft: Json;
  change: (draft: Json) => void;
  problem: Problem | undefined;
  isBusy: boolean;
  /** What the button says. */
  act: string;
  send: () => void;
  /** What stands above the fields. */
  children?: ComponentChildren;
  isLesser?: boolean;
}

export function Asked({ sheet, draft, change, problem, isBusy, act, send, children, isLesser }: Asking) {
  const spots = spotsOf(sheet, draft, "", "");
  const wrong = (problem?.errors ?? []).map((error) => {
    const spot = nearest(spots, error.path);
    return { spot, error: spot?.shown ? inWords(error, spot.shown) : error };
  });
  const wrongAt = (pointer: string): Wrong[] => wrong.filter(({ spot }) => spot?.pointer === pointer).map(({ error }) => error);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isBusy) send();
  };
  return (
    <form class="usa-form usa-form--large maxw-tablet" onSubmit={submit} noValidate>
      {children}
      {problem && <Summary problem={problem} wrong={wrong} />}
      <Parts of={sheet} at="" within="" draft={draft} change={change} wrongAt={wrongAt} />
      <button type="submit" class={`usa-button ${isLesser ? "usa-button--outline" : ""}`} disabled={isBusy}>{act}</button>
    </form>
  );
}

function Summary({ problem, wrong }: { problem: Problem; wrong: readonly { spot: Spot | undefined; error: Wrong }[] }) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), [problem]);
  const lead = (pointer: string) => (event: Event) => {
    event.preventDefault();
    document.getElementById(idOf(pointer))?.focus();
  };
  const title = problem.status !== 422 ? problem.title : wrong.length > 1 ? `${wrong.length} things are to be mended` : "One thing is to be mended";
  return (
    <div ref={top} class="usa-alert usa-alert--error quiet" role="alert" tabIndex={-1}>
      <div class="usa-alert__body">
        <h3 class="usa-alert__heading">{title}</h3>
        {wrong.length === 0 && <p class="usa-alert__text">{problem.detail}</p>}
        <ul class="usa-alert__text">
          {wrong.map(({ spot, error }) => (
            <li key={error.code + error.path}>
              {spot && <><a href={`#${idOf(spot.pointer)}`} onClick={lead(spot.pointer)}>{spot.called}</a>: </>}
              {error.message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface Within {
  at: string;
  within: string;
  draft: Json;
  change: (draft: Json) => void;
  wrongAt: (pointer: string) => readonly Wrong[];
}

function Parts({ of: sheet, at: from, ...given }: Within & { of: Sheet }) {
  return <>{Object.entries(sheet).map(([name, part]) => <One key={name} of={part} at={`${from}/${name}`} {...given} />)}</>;
}

function One({ of: part, ...given }: Within & { of: Part }) {
  const { at: pointer, draft, change, wrongAt } = given;
  if (isField(part)) {
    const shown = { pointer, field: part, place: placeIn(draft) };
    return isAsked(part, draft) ? <FieldOf shown={shown} wrong={wrongAt(pointer)} change={(value) => change(put(draft, pointer, value))} /> : null;
  }
  if (part.row) return <Rows title={part.title} row={part.row} of={part.of} {...given} />;
  return (
    <fieldset class="usa-fieldset margin-top-4" id={idOf(pointer)} tabIndex={-1}>
      <legend class="usa-legend usa-legend--large">{part.title}</legend>
      <Told wrong={wrongAt(pointer)} />
      <Parts of={part.of as Sheet} {...given} />
    </fieldset>
  );
}

/** Where the reader goes on, once it is there. */
const focusOn = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus());

function Rows({ title, row: name, of, ...given }: Within & { title: string; row: string; of: Sheet | Field }) {
  const { at: pointer, within, draft, change, wrongAt } = given;
  const rows = rowsOf(draft, pointer);
  const add = () => {
    change(put(draft, pointer, [...rows, isField(of) ? "" : {}]));
    focusOn(idOf(`${pointer}/${rows.length}`));
  };
  const drop = (place: number) => {
    change(put(draft, pointer, rows.filter((_, other) => other !== place)));
    focusOn(`${idOf(pointer)}-add`);
  };
  const called = (place: number) => `${within ? `${within}, ` : ""}${name} ${place + 1}`;
  return (
    <fieldset class="usa-fieldset margin-top-3" id={idOf(pointer)} tabIndex={-1}>
      <legend class="usa-legend text-bold">{title}</legend>
      <Told wrong={wrongAt(pointer)} />
      {rows.map((_, place) => {
        const inner = { ...given, at: `${pointer}/${place}`, within: called(place) };
        return (
          <div key={place} class="border-left-05 border-base-lighter padding-left-2 margin-top-2">
            {isField(of) ? <One of={of} {...inner} /> : (
              <fieldset class="usa-fieldset" id={idOf(inner.at)} tabIndex={-1}>
                <legend class="usa-legend">{called(place)}</legend>
                <Told wrong={wrongAt(inner.at)} />
                <Parts of={of} {...inner} />
              </fieldset>
            )}
            <button type="button" class="usa-button usa-button--unstyled margin-top-2" aria-label={`Remove ${called(place)}`} onClick={() => drop(place)}>Remove</button>
          </div>
        );
      })}
      <button type="button" id={`${idOf(pointer)}-add`} class="usa-button usa-button--outline margin-top-2" {...(within && { "aria-label": `Add ${name.toLowerCase()} to ${within}` })} onClick={add}>Add {name.toLowerCase()}</button>
    </fieldset>
  );
}

function Told({ wrong }: { wrong: readonly Wrong[] }) {
  return wrong.length === 0 ? null : <div class="usa-error-message">{wrong.map((error) => <div key={error.code + error.path}>{error.message}</div>)}</div>;
}
