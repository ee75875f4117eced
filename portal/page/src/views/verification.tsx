/** Verification of earnings: the code of each month, an entry on the VERN screen before it is entered, and the issues that an office works from. */
import type { Answered, Problem, Schema } from "ttw-client";
import { type ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Json } from "../forms/draft.ts";
import { type Field, words } from "../forms/form.ts";
import { Asked, type Sheet, sent, sheetOf } from "../parts/sheet.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { ask, client } from "../session.ts";
import { money, month, sentence, shortDay, today } from "../words.ts";

const TITLES: Record<Schema<"WorkTitle">, string> = { t2: "Title II", concurrent: "Both titles" };
const VERIFIED = { Y: "Y: verified", N: "N: not verified", F: "F: concealed, as a court has found" };
const NOT_COUNTED = {
  WE: "WE: impairment-related work expense",
  SB: "SB: subsidy",
  SC: "SC: special conditions",
  BE: "BE: business expense that another bears",
  PA: "PA: plan to achieve self-support",
  SI: "SI: student earned income",
};
const WORK_DET: { code: string; label: string }[] = [
  ...Array.from({ length: 9 }, (_, place) => ({ code: `${place + 1}`, label: `${place + 1}: month ${place + 1} of the trial work period` })),
  { code: "E", label: "E: trial work month that has dropped out of the 60 months" },
  { code: "I", label: "I: not substantial, in an initial reinstatement period" },
  { code: "N", label: "N: not substantial, or not verified" },
  { code: "O", label: "O: other" },
  { code: "S", label: "S: substantial" },
  { code: "U", label: "U: unsuccessful work attempt" },
  { code: "W", label: "W: substantial, in an initial reinstatement period" },
  { code: "X", label: "X: not paid for another reason, in an initial reinstatement period" },
];

const oneOf = (label: string, table: Readonly<Record<string, string>>, isOptional = false): Field => ({ kind: "one", of: words(table), label, isOptional });

const MONTH: Field = { kind: "month", label: "Month" };
const EARNED = {
  gross: { kind: "money", label: "Gross wages in dollars", isOptional: true },
  net_se: { kind: "money", label: "Net earnings from self-employment in dollars", isOptional: true },
  se_hours: { kind: "number", label: "Hours of self-employment", isOptional: true },
  vrfd: oneOf("Are they verified?", VERIFIED, true),
  not_counted: {
    title: "Amounts that are not counted",
    row: "Amount",
    of: { type: oneOf("Type", NOT_COUNTED), amount: { kind: "money", label: "Amount in dollars" } },
  },
} as const;

const CASE = {
  title: "The person's work",
  of: {
    title: oneOf("Title", TITLES),
    blind: { kind: "yes_no", label: "Statutorily blind?" },
    through: { kind: "month", label: "Month through which it is judged" },
    disability: {
      title: "Periods of entitlement on disability, oldest first",
      row: "Period",
      of: {
        from: { kind: "month", label: "First month" },
        to: { kind: "month", label: "Last month", hint: "Empty while it lasts.", isOptional: true },
        reinstated: { kind: "yes_no", label: "Did it begin with an expedited reinstatement?", isOptional: true },
      },
    },
    months: { title: "Months with something posted", row: "Month", of: { month: MONTH, ...EARNED } },
    unsuccessful_attempts: { title: "Months of unsuccessful work attempts", row: "Attempt", of: { kind: "month", label: "Month of an unsuccessful attempt" } },
    not_paid: { title: "Months of reinstatement that are not paid for another reason than work", row: "Month not paid", of: { kind: "month", label: "Month that is not paid" } },
  },
} as const;

const DETERMINATION_SHEET = sheetOf<Schema<"WorkDeterminationAsked">>({ case: CASE });
const ENTRY_SHEET = sheetOf<Schema<"EntryAsked">>({
  entry: {
    title: "The entry",
    of: { month: MONTH, work_det: { kind: "one", of: () => WORK_DET, label: "Code of the month" }, ...EARNED },
  },
  entered_by: oneOf("Who enters it", { field_office: "A field office", integrity_center: "The Center for Security and Integrity" }),
  case: CASE,
});
const ISSUES_SHEET = sheetOf<Schema<"IssuesAsked">>({
  today: { kind: "date", label: "Day" },
  aged_days: { kind: "number", label: "Days from which an issue is aged", hint: "60 unless given.", isOptional: true },
  postings: {
    title: "Earnings that are posted",
    row: "Posting",
    of: {
      person: { kind: "text", label: "Person", hint: "An id of your own, not the Social Security number." },
      month: { kind: "month", label: "Month" },
      alleged: { kind: "money", label: "Alleged earnings in dollars" },
      title: oneOf("Title in that month", { t2: "Title II", t16: "Title XVI", concurrent: "Both titles" }),
      trial_work_over: { kind: "yes_no", label: "Is the trial work period over?", isOptional: true },
    },
  },
  issues: {
    title: "Issues that there are",
    row: "Issue",
    of: {
      id: { kind: "text", label: "Id of the issue" },
      person: { kind: "text", label: "Person", hint: "An id of your own, not the Social Security number." },
      kind: oneOf("Kind", { "16VY": "16VY", T2VY: "T2VY", ERNGS: "ERNGS" }),
      month: { kind: "month", label: "Month" },
      office: { kind: "text", label: "Office" },
      opened_on: { kind: "date", label: "Opened on" },
      cleared_on: { kind: "date", label: "Cleared on", hint: "Empty while it is pending.", isOptional: true },
      by_hand: { kind: "yes_no", label: "Is it cleared by hand?", isOptional: true },
    },
  },
});

const EMPTY_CASE = { disability: [{}], months: [{}] };

const VIEWS: Readonly<Record<string, { name: string; purpose: string }>> = {
  "work-determinations": { name: "Work determinations", purpose: "The code of each month with earnings, and the trial work periods behind it." },
  entries: { name: "Check an entry", purpose: "Whether a month can be entered so on the VERN screen, and what the engine would enter." },
  issues: { name: "Issues of verification", purpose: "Which issues postings open, which are pending, in which order they are cleared, and which are aged." },
};

export function Verification({ of }: { of: string | undefined }) {
  if (of === "work-determinations") return <Determinations />;
  if (of === "entries") return <Entries />;
  if (of === "issues") return <Issues />;
  return (
    <>
      <h1>Verification of earnings</h1>
      <dl>
        {Object.entries(VIEWS).map(([way, { name, purpose }]) => (
          <div key={way}>
            <dt><a href={to("verification", way)}>{name}</a></dt>
            <dd>{purpose}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

interface Questioning<Told> {
  way: string;
  act: string;
  sheet: Sheet;
  first: Json;
  call: (body: Json) => Promise<Answered<unknown>>;
  /** What is said of an answer that is there. */
  said: string;
  children: (told: Told) => ComponentChildren;
}

/** A question and, below it, its answer; the document leaves the shape of that to the engine. */
function Questioned<Told>({ way, act, sheet, first, call, said, children }: Questioning<Told>) {
  const [draft, setDraft] = useState(first);
  const [problem, setProblem] = useState<Problem>();
  const [told, setTold] = useState<Told>();
  const [isBusy, setBusy] = useState(false);
  const answer = useRef<HTMLElement>(null);
  useEffect(() => answer.current?.focus(), [told]);
  const send = async () => {
    setBusy(true);
    const answered = await call(sent(sheet, draft));
    setBusy(false);
    setProblem(answered.ok ? undefined : answered.problem);
    setTold(answered.ok ? (answered.data as Told) : undefined);
  };
  return (
    <>
      <p><a href={to("verification")}>Verification of earnings</a></p>
      <h1>{VIEWS[way]?.name}</h1>
      <p>{VIEWS[way]?.purpose}</p>
      <Asked sheet={sheet} draft={draft} change={setDraft} problem={problem} isBusy={isBusy} act={act} send={() => void send()} />
      {told && (
        <section ref={answer} tabIndex={-1} class="quiet margin-top-4" aria-labelledby="answer">
          <h2 id="answer">{said}</h2>
          {children(told)}
        </section>
      )}
    </>
  );
}

type Truth = boolean | null;
const TRUTH = { true: "Yes", false: "No", null: "Not known" } as const;
const yes = (truth: Truth): string => TRUTH[`${truth}`];
const months = (list: readonly string[]): string => list.map(month).join(", ");
const rule = (id: string) => <a href={to("rules", id)}>{id}</a>;

/** What is proposed for a month. */
interface Determined {
  month: string;
  work_det: string | null;
  phase: string | null;
  service_month: Truth;
  substantial: Truth;
  grace: boolean;
  is_final: boolean;
  post_by: string;
  reasons: { rule: string; text: string }[];
}
const POST_BY: Readonly<Record<string, string>> = { mssics: "MSSICS", vern: "The VERN screen", ework: "eWork", cdrw: "The CDR development worksheet" };

function Months({ caption, of }: { caption: string; of: readonly Determined[] }) {
  return (
    <Table
      caption={caption}
      rows={of}
      empty="No month has earnings."
      columns={[
        { head: "Month", cell: (each) => month(each.month) },
        { head: "Code", cell: (each) => each.work_det ?? "Not known" },
        { head: "It lies in", cell: (each) => (each.phase ? sentence(each.phase) : "Not known") },
        { head: "Service month", cell: (each) => yes(each.service_month) },
        { head: "Substantial", cell: (each) => yes(each.substantial) },
        { head: "Grace", cell: (each) => yes(each.grace) },
        { head: "Final", cell: (each) => yes(each.is_final) },
        { head: "Posted by", cell: (each) => POST_BY[each.post_by] ?? each.post_by },
        { head: "Why", cell: (each) => each.reasons.map(({ rule: id, text }) => <div key={id + text}>{text} ({rule(id)})</div>) },
      ]}
    />
  );
}

interface WorkDetermination {
  months: Determined[];
  trial_work_periods: {
    from: string;
    service_months: string[];
    expired: string[];
    ended_in: string | null;
    reentitlement: [string, string] | null;
    ceased_in: string | null;
    grace_months: string[];
    is_certain: boolean;
  }[];
  missing: string[];
}

function Determinations() {
  return (
    <Questioned<WorkDetermination>
      way="work-determinations"
      act="Determine"
      sheet={DETERMINATION_SHEET}
      first={{ case: EMPTY_CASE }}
      call={(body) => ask(client.POST("/v1/verification/work-determinations", { body: body as unknown as Schema<"WorkDeterminationAsked"> }))}
      said="What is entered for each month"
    >
      {(told) => (
        <>
          <Months caption="Months with earnings" of={told.months} />
          <Table
            caption="Trial work periods"
            rows={told.trial_work_periods}
            empty="There is no trial work period."
            columns={[
              { head: "From", cell: (each) => month(each.from) },
              { head: "Service months", cell: (each) => months(each.service_months) },
              { head: "Dropped out", cell: (each) => months(each.expired) },
              { head: "Ended in", cell: (each) => (each.ended_in ? month(each.ended_in) : "") },
              { head: "Reentitlement", cell: (each) => (each.reentitlement ? each.reentitlement.map(month).join(" to ") : "") },
              { head: "Ceased in", cell: (each) => (each.ceased_in ? month(each.ceased_in) : "") },
              { head: "Grace", cell: (each) => months(each.grace_months) },
              { head: "Certain", cell: (each) => yes(each.is_certain) },
            ]}
          />
          {told.missing.length > 0 && <p>What is not known: {told.missing.join(", ")}.</p>}
        </>
      )}
    </Questioned>
  );
}

function Entries() {
  return (
    <Questioned<{ proposed: Determined | null }>
      way="entries"
      act="Check"
      sheet={ENTRY_SHEET}
      first={{ case: EMPTY_CASE, entered_by: "field_office" }}
      call={(body) => ask(client.POST("/v1/verification/entries", { body: body as unknown as Schema<"EntryAsked"> }))}
      said="It can be entered so"
    >
      {({ proposed }) => <Months caption="What the engine would enter" of={proposed ? [proposed] : []} />}
    </Questioned>
  );
}

interface Issue {
  id: string;
  person: string;
  kind: string;
  month: string;
  office: string;
  opened_on: string;
  by_hand: boolean;
}
type Clearing = Pick<Issue, "id" | "person" | "kind" | "month"> & { by: string; clears_itself: boolean; rules: string[] };
type Opened = Pick<Issue, "person" | "kind" | "month"> & { opens: Truth; amount: string | null; missing: string | null };
type Summary = { office: string; "16VY": number; T2VY: number; ERNGS: number; total: number; oldest: string };
interface Lists {
  opened: Opened[];
  pending: Issue[];
  clearing: Clearing[];
  summary: Summary[];
  aged: (Issue & { days: number })[];
}

const whose = [
  { head: "Person", cell: (each: { person: string }) => each.person },
  { head: "Kind", cell: (each: { kind: string }) => each.kind },
  { head: "Month", cell: (each: { month: string }) => month(each.month) },
];
const held = [
  { head: "Office", cell: (each: Issue) => each.office },
  { head: "Opened", cell: (each: Issue) => shortDay(each.opened_on) },
  { head: "By hand", cell: (each: Issue) => yes(each.by_hand) },
];
const id = { head: "Issue", cell: (each: { id: string }) => each.id };

function Issues() {
  return (
    <Questioned<Lists>
      way="issues"
      act="List"
      sheet={ISSUES_SHEET}
      first={{ today: today(), postings: [{}], issues: [{}] }}
      call={(body) => ask(client.POST("/v1/verification/issues", { body: body as unknown as Schema<"IssuesAsked"> }))}
      said="What an office works from"
    >
      {({ opened, pending, clearing, summary, aged }) => (
        <>
          <Table<Opened>
            caption="Issues that the postings open"
            rows={opened}
            empty="Nothing was posted."
            columns={[
              ...whose,
              { head: "Opens", cell: (each) => yes(each.opens) },
              { head: "Tolerance", cell: (each) => (each.amount ? money(each.amount) : each.missing ? `Not known: ${each.missing}` : ""), isNumber: true },
            ]}
          />
          <Table<Issue> caption="Pending issues, the oldest first" rows={pending} empty="No issue is pending." columns={[id, ...whose, ...held]} />
          <Table<Clearing>
            caption="In which order they are cleared"
            rows={clearing}
            empty="Nothing is to be cleared."
            columns={[
              id,
              ...whose,
              { head: "By", cell: (each) => POST_BY[each.by] ?? each.by },
              { head: "Clears itself", cell: (each) => yes(each.clears_itself) },
              { head: "Rules", cell: (each) => each.rules.map((each) => <span key={each} class="margin-right-1">{rule(each)}</span>) },
            ]}
          />
          <Table<Summary>
            caption="By office"
            rows={summary}
            empty="No office has an issue."
            columns={[
              { head: "Office", cell: (each) => each.office },
              { head: "16VY", cell: (each) => each["16VY"], isNumber: true },
              { head: "T2VY", cell: (each) => each.T2VY, isNumber: true },
              { head: "ERNGS", cell: (each) => each.ERNGS, isNumber: true },
              { head: "All", cell: (each) => each.total, isNumber: true },
              { head: "Oldest", cell: (each) => shortDay(each.oldest) },
            ]}
          />
          <Table<Issue & { days: number }>
            caption="Aged issues"
            rows={aged}
            empty="No issue is aged."
            columns={[id, ...whose, ...held, { head: "Days", cell: (each) => each.days, isNumber: true }]}
          />
        </>
      )}
    </Questioned>
  );
}
