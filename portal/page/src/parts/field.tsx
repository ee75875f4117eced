/** A field of a form: its label, its hint, what is wrong with it, its control. */
import { type ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Json, at } from "../forms/draft.ts";
import type { Choices } from "../forms/form.ts";
import { type Shown, label } from "../forms/layout.ts";
import type { Wrong } from "../forms/wrong.ts";

/** The id of a field's control, to which the summary of what is wrong leads. */
export const idOf = (pointer: string): string => `field${pointer.replaceAll("/", "-")}`;

interface Given {
  shown: Shown;
  wrong: readonly Wrong[];
  change: (value: Json) => void;
  /** When the reader leaves it. */
  left?: () => void;
}

interface Parts {
  id: string;
  text: string;
  hint: string | undefined;
  wrong: readonly Wrong[];
}

const described = ({ id, hint, wrong }: Parts): { "aria-describedby"?: string; "aria-invalid"?: "true" } => {
  const by = [hint && `${id}-hint`, wrong.length > 0 && `${id}-wrong`].filter(Boolean).join(" ");
  return { ...(by && { "aria-describedby": by }), ...(wrong.length > 0 && { "aria-invalid": "true" as const }) };
};

function Told({ id, hint, wrong }: Parts) {
  return (
    <>
      {hint && <div class="usa-hint" id={`${id}-hint`}>{hint}</div>}
      {wrong.length > 0 && (
        <div class="usa-error-message" id={`${id}-wrong`}>
          {wrong.map((error) => <div key={error.code}>{error.message}</div>)}
        </div>
      )}
    </>
  );
}

function Single({ parts, children }: { parts: Parts; children: ComponentChildren }) {
  return (
    <div class={parts.wrong.length > 0 ? "usa-form-group usa-form-group--error" : "usa-form-group"}>
      <label class="usa-label" for={parts.id}>{parts.text}</label>
      <Told {...parts} />
      {children}
    </div>
  );
}

function Several({ parts, children }: { parts: Parts; children: ComponentChildren }) {
  return (
    <div class={parts.wrong.length > 0 ? "usa-form-group usa-form-group--error" : "usa-form-group"}>
      <fieldset class="usa-fieldset" id={parts.id} tabIndex={-1} {...described(parts)}>
        <legend class="usa-legend">{parts.text}</legend>
        <Told {...parts} />
        {children}
      </fieldset>
    </div>
  );
}

function Tick({ id, kind, name, text, isTicked, tick }: { id: string; kind: "radio" | "checkbox"; name: string; text: string; isTicked: boolean; tick: (isTicked: boolean) => void }) {
  return (
    <div class={`usa-${kind}`}>
      <input class={`usa-${kind}__input`} id={id} type={kind} name={name} checked={isTicked} onChange={(event) => tick(event.currentTarget.checked)} />
      <label class={`usa-${kind}__label`} for={id}>{text}</label>
    </div>
  );
}

/** Takes an answer back that nobody has to give. */
function Clear({ parts, clear }: { parts: Parts; clear: () => void }) {
  return (
    <button type="button" class="usa-button usa-button--unstyled margin-top-1" aria-label={`Clear: ${parts.text}`} onClick={clear}>
      Clear
    </button>
  );
}

interface Choosing {
  parts: Parts;
  choices: Choices;
  value: Json;
  isOptional: boolean;
  change: (value: Json) => void;
}

function One({ parts, choices, value, isOptional, change }: Choosing) {
  if (choices.length > 5) {
    return (
      <Single parts={parts}>
        <select class="usa-select" id={parts.id} value={`${value ?? ""}`} onChange={(event) => change(event.currentTarget.value)} {...described(parts)}>
          <option value="">- Select -</option>
          {choices.map(({ code, label }) => <option key={code} value={code}>{label}</option>)}
        </select>
      </Single>
    );
  }
  return (
    <Several parts={parts}>
      {choices.map(({ code, label, text = [] }) => (
        <div key={code}>
          <Tick id={`${parts.id}-${code}`} kind="radio" name={parts.id} text={label} isTicked={`${value ?? ""}` === code} tick={() => change(code)} />
          {text.length > 0 && <ul class="usa-list margin-left-4">{text.map((each) => <li key={each}>{each}</li>)}</ul>}
        </div>
      ))}
      {isOptional && value !== undefined && value !== "" && <Clear parts={parts} clear={() => change(undefined)} />}
    </Several>
  );
}

const TYPE = { ssn: "text", text: "text", money: "text", number: "text", date: "date", month: "month" } as const;
const MODE = { ssn: "numeric", text: "text", money: "decimal", number: "numeric", date: "none", month: "none" } as const;

export function FieldOf({ shown, wrong, change, left }: Given) {
  const { field, place, pointer } = shown;
  // A date of which a part is entered has no value: nobody else could tell.
  const [isHalf, setHalf] = useState(false);
  const value = at(place.draft, pointer);
  const text = `${label(shown)}${field.isOptional ? " (optional)" : ""}`;
  const parts: Parts = { id: idOf(pointer), text, hint: field.hint, wrong };
  switch (field.kind) {
    case "same":
      return null;
    case "one":
      return <One parts={parts} choices={field.of(place)} value={value} isOptional={field.isOptional ?? false} change={change} />;
    case "some": {
      const ticked = Array.isArray(value) ? value : [];
      const choices = field.of(place);
      const tick = (code: string, isTicked: boolean) => change(choices.map((choice) => choice.code).filter((each) => (each === code ? isTicked : ticked.includes(each))));
      return (
        <Several parts={parts}>
          {choices.map(({ code, label: words }) => (
            <Tick key={code} id={`${parts.id}-${code}`} kind="checkbox" name={parts.id} text={words} isTicked={ticked.includes(code)} tick={(isTicked) => tick(code, isTicked)} />
          ))}
        </Several>
      );
    }
    case "yes":
      return (
        <div class={wrong.length > 0 ? "usa-form-group usa-form-group--error" : "usa-form-group"}>
          <Told {...parts} />
          <div class="usa-checkbox">
            <input class="usa-checkbox__input" id={parts.id} type="checkbox" checked={value === true} onChange={(event) => change(event.currentTarget.checked || undefined)} {...described(parts)} />
            <label class="usa-checkbox__label" for={parts.id}>{text}</label>
          </div>
        </div>
      );
    case "yes_no":
      return (
        <Several parts={parts}>
          {[true, false].map((answer) => (
            <Tick key={`${answer}`} id={`${parts.id}-${answer ? "yes" : "no"}`} kind="radio" name={parts.id} text={answer ? "Yes" : "No"} isTicked={value === answer} tick={() => change(answer)} />
          ))}
          {field.isOptional && value !== undefined && <Clear parts={parts} clear={() => change(undefined)} />}
        </Several>
      );
    default: {
      // A number that is none is sent as it was written: the API says what is wrong with it.
      const read = (written: string): Json => (field.kind === "number" && /^\d{1,9}$/.test(written) ? Number(written) : written);
      return (
        <Single parts={parts}>
          <input
            class="usa-input"
            id={parts.id}
            type={TYPE[field.kind] as "text"}
            inputMode={MODE[field.kind]}
            value={typeof value === "string" || typeof value === "number" ? `${value}` : ""}
            autocomplete="off"
            spellcheck={false}
            {...(field.kind === "month" && { placeholder: "YYYY-MM" })}
            onInput={(event) => change(read(event.currentTarget.value.trim() === "" ? "" : event.currentTarget.value))}
            onBlur={(event) => {
              setHalf(event.currentTarget.validity.badInput);
              left?.();
            }}
            {...described(parts)}
          />
          {isHalf && <div class="usa-error-message" role="alert">This is not entered to its end; complete it or clear it.</div>}
        </Single>
      );
    }
  }
}
