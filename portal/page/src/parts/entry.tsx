/** A field of a question that is asked outside the forms: its label, its hint, and what is wrong with it. */
import { type ComponentChildren } from "preact";

interface Entered {
  id: string;
  label: string;
  hint?: string;
  wrong?: string | undefined;
}

interface Described {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** The frame of a field; the control itself takes the names by which the frame describes it. */
export function Entry({ id, label, hint, wrong, children }: Entered & { children: (described: Described) => ComponentChildren }) {
  const by = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div class={wrong ? "usa-form-group usa-form-group--error" : "usa-form-group"}>
      <label class={wrong ? "usa-label usa-label--error" : "usa-label"} for={id}>{label}</label>
      {hint && <div class="usa-hint" id={`${id}-hint`}>{hint}</div>}
      {wrong && <span class="usa-error-message" id={`${id}-wrong`} role="alert">{wrong}</span>}
      {children({ id, ...(by && { "aria-describedby": by }), ...(wrong && { "aria-invalid": true as const }) })}
    </div>
  );
}

interface Typed extends Entered {
  value: string;
  change: (value: string) => void;
  /** Digits, unless it is another kind of line. */
  type?: "text" | "date" | "month";
  placeholder?: string;
}

/** One line: a number, words, a day or a month. */
export function Line({ value, change, type, placeholder, ...frame }: Typed) {
  return (
    <Entry {...frame}>
      {(described) => (
        <input
          {...described}
          class={frame.wrong ? "usa-input usa-input--error" : "usa-input"}
          autocomplete="off"
          spellcheck={false}
          value={value}
          onInput={(event) => change(event.currentTarget.value)}
          type={(type ?? "text") as "text"}
          {...(!type && { inputMode: "numeric" })}
          {...(placeholder && { placeholder })}
        />
      )}
    </Entry>
  );
}
