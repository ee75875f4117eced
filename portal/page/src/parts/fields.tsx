/** The fields of a form in their sections and rows, each with what is wrong with it. */
import { type Json } from "../forms/draft.ts";
import type { Form, Known, Section } from "../forms/form.ts";
import { type Group, type Shown, bySection, groups, isAsked } from "../forms/layout.ts";
import type { Located } from "../forms/wrong.ts";
import { FieldOf, idOf } from "./field.tsx";

interface Given {
  form: Form;
  draft: Json;
  known: Known;
  wrong: readonly Located[];
  change: (shown: Shown, value: Json) => void;
  left: (shown: Shown) => void;
  /** One row more, or without one. */
  rows: (list: string, gone?: number) => void;
}

/** The id of a place: of a field's control, of a row, of a section by its title. */
export const placeId = (at: string): string => (at.startsWith("/") ? idOf(at) : `section-${at.toLowerCase().replace(/\W+/g, "-")}`);

export function Fields(given: Given) {
  const { form, draft, known } = given;
  const of = bySection(groups(form, draft, known));
  return <>{form.sections.filter((section) => isAsked(section, draft, known)).map((section) => <SectionOf key={section.title} section={section} held={of.get(section) ?? []} {...given} />)}</>;
}

function Messages({ at, wrong }: { at: string; wrong: readonly Located[] }) {
  const own = wrong.filter((each) => each.at === at);
  return own.length > 0 ? <div class="usa-error-message">{own.map(({ error }) => <div key={error.code + error.path}>{error.message}</div>)}</div> : null;
}

function SectionOf({ section, held, known, wrong, change, left, rows }: Given & { section: Section; held: Group[] }) {
  const list = section.rows;
  const most = list?.most ?? known.options.max_rows ?? 1;
  return (
    <fieldset class="usa-fieldset margin-top-4 quiet" id={placeId(section.title)} tabIndex={-1}>
      <legend class="usa-legend usa-legend--large">{section.title}</legend>
      {section.hint && <p class="usa-hint">{section.hint}</p>}
      <Messages at={section.title} wrong={wrong} />
      {held.map((group) => {
        const fields = group.fields.map((each) => (
          <FieldOf
            key={each.pointer}
            shown={each}
            wrong={wrong.filter(({ at }) => at === each.pointer).map(({ error }) => error)}
            change={(value) => change(each, value)}
            left={() => left(each)}
          />
        ));
        if (!list || group.row === undefined) return fields;
        const { row, pointer } = group;
        const name = `${list.name} ${row + 1}`;
        return (
          <fieldset key={row} class="usa-fieldset border-left-05 border-base-lighter padding-left-2 margin-top-3 quiet" id={placeId(pointer)} tabIndex={-1}>
            <legend class="usa-legend text-bold">{name}</legend>
            <Messages at={pointer} wrong={wrong} />
            {fields}
            <button type="button" class="usa-button usa-button--unstyled margin-top-2" aria-label={`Remove ${name.toLowerCase()}`} onClick={() => rows(list.of, row)}>Remove</button>
          </fieldset>
        );
      })}
      {list && held.length < most && (
        <button type="button" class="usa-button usa-button--outline margin-top-2" onClick={() => rows(list.of)}>
          Add {list.name.toLowerCase()}
        </button>
      )}
    </fieldset>
  );
}
