/** How far a claim is: where it is today, who is waited for, what is due, which clocks run, and the steps so far. */
import type { Answered, Schema } from "ttw-client";
import { ask, client } from "../session.ts";
import { ACTOR, CLAIM_STATUS, DEMAND, EVENT, EVIDENCE, day, money, payment, sentence } from "../words.ts";
import { useAnswer } from "./ask.tsx";
import { Table } from "./table.tsx";

type Timeline = Schema<"Timeline">;
type Step = Schema<"StepView">;

export function Progress({ of: { steps, arrived, timeline } }: { of: Schema<"ClaimProgress"> }) {
  return (
    <section>
      <Standing of={timeline} />
      {timeline.clocks.length > 0 && <Clocks of={timeline.clocks} />}
      <Table
        caption="Steps so far"
        rows={steps}
        empty="No step has been taken yet."
        columns={[
          { head: "Day", cell: (step) => day(step.on) },
          { head: "Step", cell: taken },
          { head: "By", cell: (step) => sentence(ACTOR[step.actor]) },
        ]}
      />
      {arrived.length > 0 && (
        <Table
          caption="Evidence that arrived"
          rows={arrived}
          empty=""
          columns={[
            { head: "Day", cell: (piece) => day(piece.arrived_on) },
            { head: "What", cell: (piece) => EVIDENCE[piece.kind as Schema<"EvidenceKind">] ?? sentence(piece.kind) },
            { head: "Pages", cell: (piece) => piece.pages, isNumber: true },
            { head: "Legible", cell: (piece) => (piece.legible ? "Yes" : "No") },
            { head: "Ended the days that ran for it", cell: (piece) => (piece.stopped_clock ? "Yes" : "No") },
          ]}
        />
      )}
    </section>
  );
}

/** A step with its reason, or its amount and the payment with its number. */
const taken = ({ event, title, amount, payment: name }: Step): string =>
  `${EVENT[event]}${title ? `: ${title}` : ""}${amount ? `, ${money(amount)}` : ""}${name ? ` for ${payment(name)}` : ""}`;

function Standing({ of: { state, since, waiting_for: waiting, expected_decision: expected, due } }: { of: Timeline }) {
  return (
    <>
      <p>
        <strong>{CLAIM_STATUS[state.status]}</strong> since {day(since)}
        {(state.title ?? state.reason) && `: ${state.title ?? state.reason}`}.
        {waiting && ` Waiting on ${ACTOR[waiting.from]} for ${waiting.what}.`}
        {expected?.by && (expected.overdue ? ` A decision was expected by ${day(expected.by)}.` : ` A decision is expected by ${day(expected.by)}.`)}
        {expected?.not_before && ` No decision is expected before ${day(expected.not_before)}.`}
      </p>
      {due.map(({ rule, since, demand }) => (
        <p key={rule + demand}>
          <strong>{DEMAND[demand]}</strong> since {day(since)} (<a href={`#/rules/${rule}`}>{rule}</a>).
        </p>
      ))}
    </>
  );
}

type Clock = Schema<"ClockView">;

/** The rules' own names; one that is not told is left out. */
async function namesOf(clocks: readonly Clock[]): Promise<Answered<Map<string, string>>> {
  const told = await Promise.all(clocks.map(({ rule }) => ask(client.GET("/v1/rules/{id}", { params: { path: { id: rule } } }))));
  return { ok: true, data: new Map(told.flatMap((each) => (each.ok ? [[each.data.id, sentence(each.data.name)]] : []))) };
}

/** How many of its days have gone by; of a clock that has run out, that all have. */
function gone({ gone_by, length, days }: Clock): string {
  if (gone_by === null || gone_by === undefined) return `${length} ${days} days`;
  return gone_by > length ? `All ${length} ${days} days have gone by` : `${gone_by} of ${length} ${days} days have gone by`;
}

function Clocks({ of: clocks }: { of: readonly Clock[] }) {
  const [names] = useAnswer(() => namesOf(clocks), clocks.map(({ rule }) => rule).join(" "));
  const called = (rule: string) => (names?.ok && names.data.has(rule) ? `${names.data.get(rule)} (${rule})` : rule);
  return (
    <Table
      caption="Clocks that run"
      rows={clocks}
      empty=""
      columns={[
        { head: "Clock", cell: ({ rule }) => <a href={`#/rules/${rule}`}>{called(rule)}</a> },
        { head: "From", cell: (clock) => day(clock.started_on) },
        { head: "Days", cell: gone },
        { head: "Last day", cell: (clock) => (clock.last_day ? day(clock.last_day) : "") },
        { head: "Then", cell: (clock) => clock.then },
      ]}
    />
  );
}
