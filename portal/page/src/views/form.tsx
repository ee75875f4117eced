/** The way of a form: filled in, reviewed, confirmed. What is reviewed is locked; what is submitted is what was reviewed. */
import { type Problem, type Schema, idempotencyKey } from "ttw-client";
import { mayRepeat } from "ttw-client/usage";
import { type ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Json, at, put } from "../forms/draft.ts";
import type { Form, FormPath, Known } from "../forms/form.ts";
import { type Group, type Shown, bySection, empty, groups, label, sent } from "../forms/layout.ts";
import { Answer, Refused, useAnswer } from "../parts/ask.tsx";
import { Advice } from "../parts/advice.tsx";
import { CoverSheet } from "../parts/cover_sheet.tsx";
import { Document } from "../parts/document.tsx";
import { FieldOf, idOf } from "../parts/field.tsx";
import { type Me, ask, client } from "../session.ts";
import { day, instant } from "../words.ts";
import { slug } from "../forms/all.ts";
import { go, to } from "../route.ts";
import { knownOf } from "./known.ts";

// The paths differ, the way is one: where it asks the API, each form goes as the first.
type OneForm = Schema<"PaymentRequest">;
const reviewAt = (path: FormPath) => `${path}/review` as "/v1/payment-requests/review";
const submitAt = (path: FormPath) => path as "/v1/payment-requests";

interface Reviewed {
  document: Json;
  warnings: readonly Schema<"Error">[];
  advice: Json;
  body: OneForm;
  /** Made once, so that a repeat files nothing twice. */
  key: string;
}

type Step =
  | { is: "fill"; problem?: Problem }
  | { is: "review"; reviewed: Reviewed; problem?: Problem }
  | { is: "confirmed"; confirmation: Schema<"PaymentRequestConfirmation">; isFaxed: boolean };

export function FormView({ form, me }: { form: Form; me: Me }) {
  const [known] = useAnswer(() => knownOf(form, me), form.path);
  return (
    <>
      <h1>{form.name}</h1>
      <Answer of={known}>{(known) => <Way form={form} known={known} />}</Answer>
    </>
  );
}

const STEPS = ["Fill in", "Review", "Confirmation"];

function Steps({ current }: { current: number }) {
  return (
    <div class="usa-step-indicator usa-step-indicator--counters-sm">
      <ol class="usa-step-indicator__segments">
        {STEPS.map((name, place) => (
          <li key={name} class={`usa-step-indicator__segment usa-step-indicator__segment--${place < current ? "complete" : place === current ? "current" : "incomplete"}`} {...(place === current && { "aria-current": "step" })}>
            <span class="usa-step-indicator__segment-label">{name}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Way({ form, known: first }: { form: Form; known: Known }) {
  const [known, setKnown] = useState(first);
  const [draft, setDraft] = useState(() => empty(form, first));
  const [step, setStep] = useState<Step>({ is: "fill" });
  const [isBusy, setBusy] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  // What is new stands at the top, and who hears the page hears it.
  useEffect(() => {
    if (step.is !== "fill" || step.problem) top.current?.focus();
  }, [step]);

  /** What the record of a number says fills in what is still empty. */
  async function lookUp({ field, pointer, place }: Shown) {
    const number = at(draft, pointer);
    if (field.kind !== "ssn" || !field.fills || typeof number !== "string" || number.replace(/\D/g, "").length !== 9) return;
    const found = await ask(client.POST("/v1/beneficiaries/lookup", { body: { ssn: number } }));
    // What is wrong with the number, the review says.
    const { [pointer]: _, ...others } = known.holdings;
    setKnown({ ...known, holdings: found.ok ? { ...others, [pointer]: found.data } : others });
    if (!found.ok) return;
    const told = Object.entries(field.fills(found.data));
    setDraft((now) => told.reduce((held, [name, value]) => (at(held, place.from + name) === undefined ? put(held, place.from + name, value) : held), now));
  }

  async function review(event: Event) {
    event.preventDefault();
    setBusy(true);
    const body = sent(form, draft, known) as OneForm;
    const told = await ask(client.POST(reviewAt(form.path), { body }));
    setBusy(false);
    if (!told.ok) return setStep({ is: "fill", problem: told.problem });
    const { document, warnings, advice, review_token } = told.data;
    const acknowledged_warnings = [...new Set(warnings.map(({ code }) => code))];
    const reviewed = { document, warnings, advice, body: { ...body, review_token, acknowledged_warnings }, key: idempotencyKey() };
    setStep({ is: "review", reviewed: reviewed as unknown as Reviewed });
  }

  async function submit(reviewed: Reviewed) {
    setBusy(true);
    const params = { header: { "Idempotency-Key": reviewed.key } };
    const told = await ask(client.POST(submitAt(form.path), { params, body: reviewed.body }));
    setBusy(false);
    if (told.ok) return setStep({ is: "confirmed", confirmation: told.data, isFaxed: reviewed.body.proof_delivery === "faxed_in" });
    // Of the form itself: back to it. Of the way there: the same may be sent again.
    const isOfForm = !mayRepeat(told.problem) && told.problem.status === 422;
    setStep(isOfForm ? { is: "fill", problem: told.problem } : { is: "review", reviewed, problem: told.problem });
  }

  return (
    <div ref={top} tabIndex={-1} class="quiet">
      <Steps current={step.is === "fill" ? 0 : step.is === "review" ? 1 : 2} />
      {step.is === "fill" && (
        <Fill form={form} draft={draft} known={known} change={setDraft} left={lookUp} problem={step.problem} review={review} isBusy={isBusy} />
      )}
      {step.is === "review" && (
        <Review form={form} known={known} reviewed={step.reviewed} problem={step.problem} isBusy={isBusy} back={() => setStep({ is: "fill" })} submit={submit} />
      )}
      {step.is === "confirmed" && <Confirmed form={form} {...step} />}
    </div>
  );
}

interface Filling {
  form: Form;
  draft: Json;
  known: Known;
  change: (draft: Json) => void;
  left: (shown: Shown) => void;
  problem: Problem | undefined;
  review: (event: Event) => void;
  isBusy: boolean;
}

function Fill({ form, draft, known, change, left, problem, review, isBusy }: Filling) {
  const shown = groups(form, draft, known);
  const whole = { draft, row: draft, from: "", known };
  const sections = form.sections.filter((section) => section.when?.(whole) ?? true);
  const of = bySection(shown);
  const wrong = problem?.errors ?? [];
  const isBelow = (path: string, pointer: string) => path === pointer || path.startsWith(`${pointer}/`);
  const fields = shown.flatMap((group) => group.fields);
  // A problem of a field stands at the field; of several that hold it, at the nearest.
  const near = (path: string) => fields.find(({ pointer }) => isBelow(path, pointer));
  const others = wrong.filter(({ path }) => !near(path));

  return (
    <form class="usa-form usa-form--large maxw-tablet" onSubmit={review} noValidate>
      {problem && <Summary problem={problem} near={near} others={others} />}
      {sections.map((section) => (
        <fieldset key={section.title} class="usa-fieldset margin-top-4">
          <legend class="usa-legend usa-legend--large">{section.title}</legend>
          {section.hint && <p class="usa-hint">{section.hint}</p>}
          {(of.get(section) ?? []).map((group) => (
            <Fields key={group.row ?? 0} group={group} drop={section.rows && (() => change(without(draft, section.rows?.of ?? "", group.row ?? 0)))}>
              {group.fields.map((each) => (
                <FieldOf
                  key={each.pointer}
                  shown={each}
                  wrong={wrong.filter(({ path }) => near(path) === each)}
                  change={(value) => change(put(draft, each.pointer, value))}
                  left={() => left(each)}
                />
              ))}
            </Fields>
          ))}
          {section.rows && (of.get(section) ?? []).length < (section.rows.most ?? known.options.max_rows ?? 1) && (
            <button type="button" class="usa-button usa-button--outline margin-top-2" onClick={() => change(withOneMore(draft, section.rows?.of ?? ""))}>
              Add {section.rows.name.toLowerCase()}
            </button>
          )}
        </fieldset>
      ))}
      <div class="margin-top-4">
        <button type="submit" class="usa-button" disabled={isBusy}>Next</button>
        <button type="button" class="usa-button usa-button--unstyled margin-left-2" onClick={() => go()}>Cancel</button>
      </div>
    </form>
  );
}

const rowsOf = (draft: Json, list: string): Json[] => {
  const rows = at(draft, `/${list}`);
  return Array.isArray(rows) ? rows : [];
};
const without = (draft: Json, list: string, row: number): Json => put(draft, `/${list}`, rowsOf(draft, list).filter((_, place) => place !== row));
const withOneMore = (draft: Json, list: string): Json => put(draft, `/${list}`, [...rowsOf(draft, list), {}]);

function Fields({ group, drop, children }: { group: Group; drop: (() => void) | undefined; children: ComponentChildren }) {
  const { rows } = group.section;
  if (!rows || group.row === undefined) return <>{children}</>;
  const name = `${rows.name} ${group.row + 1}`;
  return (
    <fieldset class="usa-fieldset border-left-05 border-base-lighter padding-left-2 margin-top-3">
      <legend class="usa-legend text-bold">{name}</legend>
      {children}
      <button type="button" class="usa-button usa-button--unstyled margin-top-2" aria-label={`Remove ${name.toLowerCase()}`} onClick={drop}>Remove</button>
    </fieldset>
  );
}

function Summary({ problem, near, others }: { problem: Problem; near: (path: string) => Shown | undefined; others: readonly Schema<"Error">[] }) {
  const focus = (pointer: string) => (event: Event) => {
    event.preventDefault();
    document.getElementById(idOf(pointer))?.focus();
  };
  return (
    <div class="usa-alert usa-alert--error" role="alert">
      <div class="usa-alert__body">
        <h2 class="usa-alert__heading">{problem.errors.length > 1 ? `${problem.errors.length} things are to be mended` : "One thing is to be mended"}</h2>
        <ul class="usa-alert__text">
          {others.map((error) => <li key={error.code + error.path}>{error.message}</li>)}
          {problem.errors.map((error) => {
            const shown = near(error.path);
            return shown && (
              <li key={error.code + error.path}>
                <a href={`#${idOf(shown.pointer)}`} onClick={focus(shown.pointer)}>{label(shown)}</a>: {error.message}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

interface Reviewing {
  form: Form;
  known: Known;
  reviewed: Reviewed;
  problem: Problem | undefined;
  isBusy: boolean;
  back: () => void;
  submit: (reviewed: Reviewed) => void;
}

function Review({ form, known, reviewed, problem, isBusy, back, submit }: Reviewing) {
  const [isRead, setRead] = useState(false);
  const { warnings } = reviewed;
  return (
    <>
      {problem && <Refused problem={problem} />}
      <p>Read it once more. Nothing has been sent yet.</p>
      <Document form={form} known={known} of={reviewed.document} />
      <Advice of={reviewed.advice} />
      {warnings.length > 0 && (
        <div class="usa-alert usa-alert--warning margin-top-3">
          <div class="usa-alert__body">
            <h2 class="usa-alert__heading">Unlikely, but possible</h2>
            <ul class="usa-alert__text">{warnings.map((warning) => <li key={warning.code + warning.path}>{warning.message}</li>)}</ul>
            <div class="usa-checkbox bg-transparent">
              <input class="usa-checkbox__input" id="acknowledged" type="checkbox" checked={isRead} onChange={(event) => setRead(event.currentTarget.checked)} />
              <label class="usa-checkbox__label" for="acknowledged">I have read this, and it is as it stands</label>
            </div>
          </div>
        </div>
      )}
      <div class="margin-top-4">
        <button type="button" class="usa-button" disabled={isBusy || (warnings.length > 0 && !isRead)} onClick={() => submit(reviewed)}>Submit</button>
        <button type="button" class="usa-button usa-button--outline" disabled={isBusy} onClick={back}>Return to form</button>
        <button type="button" class="usa-button usa-button--unstyled margin-left-2" onClick={() => go()}>Cancel</button>
      </div>
    </>
  );
}

function Confirmed({ form, confirmation, isFaxed }: { form: Form; confirmation: Schema<"PaymentRequestConfirmation">; isFaxed: boolean }) {
  return (
    <>
      <div class="usa-alert usa-alert--success" role="status">
        <div class="usa-alert__body">
          <h2 class="usa-alert__heading">{confirmation.form_name} submitted</h2>
          <p class="usa-alert__text">
            Confirmation number <strong>{confirmation.confirmation}</strong>. The same goes out by mail.
          </p>
        </div>
      </div>
      <dl>
        <dt>Submitted by</dt>
        <dd>{confirmation.submitted_by.name}, {confirmation.submitted_by.title}, {confirmation.organization.name}</dd>
        <dt>Submitted</dt>
        <dd>{instant(confirmation.submitted_at)}</dd>
        <dt>Date of request</dt>
        <dd>{day(confirmation.date_of_request)}</dd>
        <dt>Beneficiaries</dt>
        <dd>{confirmation.beneficiaries}</dd>
      </dl>
      {isFaxed && <CoverSheet number={confirmation.confirmation} />}
      <p>
        <a href={to("filed", slug(form), confirmation.confirmation)}>See how far it is</a>
      </p>
    </>
  );
}
