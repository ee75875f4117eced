/** The way of a form: filled in, reviewed, confirmed. What is reviewed is locked; what is submitted is what was reviewed. */
import { type Problem, type Schema, idempotencyKey } from "ttw-client";
import { mayRepeat } from "ttw-client/usage";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { slug } from "../forms/all.ts";
import { type Json, at, isBlank, put } from "../forms/draft.ts";
import { type Kept, drop, keep, keptOf } from "../forms/drafts.ts";
import type { Form, FormPath, Known } from "../forms/form.ts";
import { type Shown, empty, groups, sent, settled } from "../forms/layout.ts";
import { type Located, located, withoutRow } from "../forms/wrong.ts";
import { Advice } from "../parts/advice.tsx";
import { Answer, Refused, Told, useAnswer } from "../parts/ask.tsx";
import { CoverSheet } from "../parts/cover_sheet.tsx";
import { Document } from "../parts/document.tsx";
import { Fields, placeId } from "../parts/fields.tsx";
import { go, goInstead, to } from "../route.ts";
import { type Me, ask, client } from "../session.ts";
import { day, instant } from "../words.ts";
import { knownOf } from "./known.ts";

// The paths differ, the way is one: where it asks the API, each form goes as the first.
type OneForm = Schema<"PaymentRequest">;
type Review = Schema<"PaymentRequestReview">;
type Confirmation = Schema<"PaymentRequestConfirmation">;
const reviewAt = (path: FormPath) => `${path}/review` as "/v1/payment-requests/review";
const submitAt = (path: FormPath) => path as "/v1/payment-requests";

interface Reviewed {
  review: Review;
  body: OneForm;
  /** Made once, so that a repeat files nothing twice. */
  key: string;
}

export function FormView({ form, me, stage }: { form: Form; me: Me; stage: string | undefined }) {
  const [known] = useAnswer(() => knownOf(form, me), form.path);
  return (
    <>
      <h1>{form.name}</h1>
      <Answer of={known}>{(known) => <Way form={form} served={known} stage={stage} />}</Answer>
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

/** For whom it is filed, and by whom: by the sign-in, and nobody enters it. */
function Header({ me: { name, title, organization } }: { me: Me }) {
  return (
    <p class="bg-base-lightest padding-1 maxw-tablet">
      {organization && <>For <strong>{organization.name}</strong>, EIN {organization.ein}. </>}
      Submitter: {name}, {title}.
    </p>
  );
}

const digits = (value: Json): string => `${value ?? ""}`.replace(/\D/g, "");

function Way({ form, served, stage }: { form: Form; served: Known; stage: string | undefined }) {
  const [kept, setKept] = useState<Kept>(() => keptOf(form.path) ?? { draft: empty(form, served), holdings: {}, told: {} });
  const [reviewed, setReviewed] = useState<Reviewed>();
  const [confirmed, setConfirmed] = useState<{ confirmation: Confirmation; isFaxed: boolean }>();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  const latest = useRef(kept);
  latest.current = kept;
  // What is answered after the form was left changes nothing.
  const isHere = useRef(true);
  useEffect(() => () => void (isHere.current = false), []);
  const known: Known = useMemo(() => ({ ...served, holdings: kept.holdings }), [served, kept.holdings]);
  const draft = useMemo(() => settled(form, kept.draft, known), [form, kept.draft, known]);
  const step = stage === "confirmed" && confirmed ? "confirmed" : stage === "review" && reviewed ? "review" : "fill";

  // What is new stands at the top, and who hears the page hears it.
  useEffect(() => {
    if (problem || step !== "fill") top.current?.focus();
  }, [problem, step]);

  function set(next: Kept) {
    setKept(next);
    if (isBlank(next.draft)) drop(form.path);
    else keep(form.path, next);
  }

  /** An answer; with another number, what was said of the earlier one is forgotten. */
  function change({ field, place, pointer }: Shown, value: Json) {
    const { holdings, told, draft } = latest.current;
    const next = put(draft, pointer, value);
    if (field.kind !== "ssn" || digits(value) === digits(at(draft, pointer))) return set({ holdings, told, draft: next });
    const { [pointer]: _, ...others } = holdings;
    const own = (field.owns ?? []).map((name) => [place.from + name, at(next, place.from + name)] as const);
    const forgotten = [...Object.entries(told[pointer] ?? {}), ...own].filter(([name, filledIn]) => at(next, name) === filledIn);
    set({ holdings: others, told: { ...told, [pointer]: {} }, draft: forgotten.reduce((held, [name]) => put(held, name, undefined), next) });
  }

  /** What the record of a number says fills in what is still empty. */
  async function lookUp({ field, pointer, place }: Shown) {
    const number = digits(at(latest.current.draft, pointer));
    if (field.kind !== "ssn" || !field.fills || number.length !== 9 || latest.current.holdings[pointer]) return;
    const found = await ask(client.POST("/v1/beneficiaries/lookup", { body: { ssn: number } }));
    // What is wrong with the number, the review says. Another number may stand there by now.
    const { draft, holdings, told } = latest.current;
    if (!found.ok || !isHere.current || digits(at(draft, pointer)) !== number) return;
    const says = Object.entries(field.fills(found.data)).map(([name, value]) => [place.from + name, value] as const);
    const fills = says.filter(([name]) => at(draft, name) === undefined);
    set({
      holdings: { ...holdings, [pointer]: found.data },
      told: { ...told, [pointer]: Object.fromEntries(fills) },
      draft: fills.reduce((held, [name, value]) => put(held, name, value), draft),
    });
  }

  /** Another number of rows; what was wrong with a row goes with it. */
  function rows(list: string, gone?: number) {
    const held = at(kept.draft, `/${list}`);
    const before = Array.isArray(held) ? held : [];
    const after = gone === undefined ? [...before, {}] : before.filter((_, place) => place !== gone);
    const isOther = ([pointer]: [string, unknown]) => !pointer.startsWith(`/${list}/`);
    const others = <Value,>(of: Readonly<Record<string, Value>>) => Object.fromEntries(Object.entries(of).filter(isOther));
    const { holdings, told } = kept;
    set({ draft: put(kept.draft, `/${list}`, after), ...(gone === undefined ? { holdings, told } : { holdings: others(holdings), told: others(told) }) });
    if (problem && gone !== undefined) setProblem({ ...problem, errors: withoutRow(problem.errors, list, gone) });
  }

  async function review(event: Event) {
    event.preventDefault();
    // Of a date that is half entered the browser alone knows.
    const half = event.currentTarget instanceof HTMLFormElement && event.currentTarget.querySelector<HTMLElement>("input:invalid");
    if (half) return half.focus();
    setBusy(true);
    const body = sent(form, draft, known) as OneForm;
    const told = await ask(client.POST(reviewAt(form.path), { body }));
    setBusy(false);
    if (!told.ok) return setProblem(told.problem.status === 401 ? undefined : told.problem);
    const { review_token, warnings } = told.data;
    const acknowledged_warnings = [...new Set(warnings.map(({ code }) => code))];
    setProblem(undefined);
    setReviewed({ review: told.data, body: { ...body, review_token, acknowledged_warnings }, key: idempotencyKey() });
    go("forms", slug(form), "review");
  }

  async function submit({ body, key }: Reviewed) {
    setBusy(true);
    const params = { header: { "Idempotency-Key": key } };
    const told = await ask(client.POST(submitAt(form.path), { params, body }));
    setBusy(false);
    if (!told.ok) {
      if (told.problem.status === 401) return;
      setProblem(told.problem);
      // Of the form itself: back to it.
      if (told.problem.status === 422) history.back();
      return;
    }
    setProblem(undefined);
    setConfirmed({ confirmation: told.data, isFaxed: body.proof_delivery === "faxed_in" });
    setReviewed(undefined);
    set({ draft: empty(form, served), holdings: {}, told: {} });
    goInstead("forms", slug(form), "confirmed");
  }

  function cancel() {
    isHere.current = false;
    drop(form.path);
    go();
  }

  return (
    <div ref={top} tabIndex={-1} class="quiet">
      <Steps current={["fill", "review", "confirmed"].indexOf(step)} />
      {step !== "confirmed" && <Header me={known.me} />}
      {step === "fill" && (
        <>
          {form.by && <p>{form.by.text}</p>}
          <Fill form={form} draft={draft} known={known} problem={problem} isBusy={isBusy} change={change} left={(shown) => void lookUp(shown)} rows={rows} review={(event) => void review(event)} cancel={cancel} />
        </>
      )}
      {step === "review" && reviewed && (
        <ReviewOf form={form} known={known} reviewed={reviewed} problem={problem} isBusy={isBusy} submit={() => void submit(reviewed)} cancel={cancel} />
      )}
      {step === "confirmed" && confirmed && <Confirmed form={form} {...confirmed} />}
    </div>
  );
}

interface Filling {
  form: Form;
  draft: Json;
  known: Known;
  problem: Problem | undefined;
  isBusy: boolean;
  change: (shown: Shown, value: Json) => void;
  left: (shown: Shown) => void;
  rows: (list: string, gone?: number) => void;
  review: (event: Event) => void;
  cancel: () => void;
}

/** A warning is nothing to be mended: it is asked about on the review. */
const isWarning = ({ error }: Located): boolean => error.action === "acknowledge";

function Fill({ form, draft, known, problem, isBusy, change, left, rows, review, cancel }: Filling) {
  const shown = groups(form, draft, known);
  const told = located(problem?.errors ?? [], shown);
  const wrong = told.filter((each) => !isWarning(each));
  return (
    <form class="usa-form usa-form--large maxw-tablet" onSubmit={review} noValidate>
      {problem && <Summary problem={problem} wrong={wrong} warnings={told.filter(isWarning)} />}
      <Fields form={form} draft={draft} known={known} wrong={wrong} change={change} left={left} rows={rows} />
      <div class="margin-top-4">
        <button type="submit" class="usa-button" disabled={isBusy}>Next</button>
        <button type="button" class="usa-button usa-button--unstyled margin-left-2" onClick={cancel}>Cancel</button>
      </div>
    </form>
  );
}

function Summary({ problem, wrong, warnings }: { problem: Problem; wrong: Located[]; warnings: Located[] }) {
  if (problem.status !== 422 && problem.status !== 400 && wrong.every(({ at }) => at === "")) return <Refused problem={problem} />;
  const focus = (pointer: string) => (event: Event) => {
    event.preventDefault();
    document.getElementById(placeId(pointer))?.focus();
  };
  return (
    <>
      <div class="usa-alert usa-alert--error" role="alert">
        <div class="usa-alert__body">
          <h2 class="usa-alert__heading">{wrong.length === 1 ? "One thing is to be mended" : `${wrong.length} things are to be mended`}</h2>
          <ul class="usa-alert__text">
            {wrong.map(({ error, at, called }) => (
              <li key={error.code + error.path}>
                {at && <><a href={`#${placeId(at)}`} onClick={focus(at)}>{called}</a>: </>}
                <Told error={error} />
              </li>
            ))}
          </ul>
        </div>
      </div>
      {warnings.length > 0 && (
        <div class="usa-alert usa-alert--warning margin-top-2">
          <div class="usa-alert__body">
            <h2 class="usa-alert__heading">On the review you will be asked about this</h2>
            <Warnings of={warnings} />
          </div>
        </div>
      )}
    </>
  );
}

const Warnings = ({ of }: { of: readonly Located[] }) => (
  <ul class="usa-alert__text">
    {of.map(({ error, called }) => (
      <li key={error.code + error.path}>{called && <strong>{called}: </strong>}{error.message}</li>
    ))}
  </ul>
);

interface Reviewing {
  form: Form;
  known: Known;
  reviewed: Reviewed;
  problem: Problem | undefined;
  isBusy: boolean;
  submit: () => void;
  cancel: () => void;
}

function ReviewOf({ form, known, reviewed: { review, body }, problem, isBusy, submit, cancel }: Reviewing) {
  const [isRead, setRead] = useState(false);
  // A warning points into what was sent.
  const warnings = located(review.warnings, groups(form, body as unknown as Json, known));
  const mayTry = !problem || mayRepeat(problem);
  return (
    <>
      {problem && <Refused problem={problem} />}
      <p>Read it once more. Nothing has been sent yet.</p>
      <Document form={form} known={known} of={review.document as unknown as Json} />
      <Advice of={review.advice} />
      {warnings.length > 0 && (
        <div class="usa-alert usa-alert--warning margin-top-3">
          <div class="usa-alert__body">
            <h2 class="usa-alert__heading">Unlikely, but possible</h2>
            <Warnings of={warnings} />
            <div class="usa-checkbox bg-transparent">
              <input class="usa-checkbox__input" id="acknowledged" type="checkbox" checked={isRead} onChange={(event) => setRead(event.currentTarget.checked)} />
              <label class="usa-checkbox__label" for="acknowledged">I have read this, and it is as it stands</label>
            </div>
          </div>
        </div>
      )}
      <div class="margin-top-4">
        {mayTry && <button type="button" class="usa-button" disabled={isBusy || (warnings.length > 0 && !isRead)} onClick={submit}>Submit</button>}
        <button type="button" class="usa-button usa-button--outline" disabled={isBusy} onClick={() => history.back()}>Return to form</button>
        <button type="button" class="usa-button usa-button--unstyled margin-left-2" onClick={cancel}>Cancel</button>
      </div>
    </>
  );
}

function Confirmed({ form, confirmation, isFaxed }: { form: Form; confirmation: Confirmation; isFaxed: boolean }) {
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
        <dt>Rules version</dt>
        <dd>{confirmation.rules_version}</dd>
      </dl>
      {isFaxed && <CoverSheet number={confirmation.confirmation} />}
      <p>
        <a class="usa-link" href={to("filed", slug(form), confirmation.confirmation)}>See how far it is</a>
      </p>
    </>
  );
}
