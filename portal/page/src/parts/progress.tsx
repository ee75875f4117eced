/** How far a claim is: where it is today, what is waited for and from whom, and the steps so far. */
import type { Schema } from "ttw-client";
import { ACTOR, CLAIM_STATUS, EVENT, day, money, sentence } from "../words.ts";
import { Table } from "./table.tsx";

export function Progress({ of: { steps, arrived, timeline } }: { of: Schema<"ClaimProgress"> }) {
  const { expected_decision: expected, waiting_for: waiting } = timeline;
  return (
    <section>
      <p>
        {CLAIM_STATUS[timeline.state.status]} since {day(timeline.since)}.
        {waiting && ` Waiting for ${waiting.what} from ${ACTOR[waiting.from]}.`}
        {expected?.by && ` A decision is expected by ${day(expected.by)}${expected.overdue ? ", which is over" : ""}.`}
        {expected?.not_before && ` No decision is expected before ${day(expected.not_before)}.`}
      </p>
      {timeline.clocks.length > 0 && (
        <Table
          caption="Clocks that run"
          rows={timeline.clocks}
          empty=""
          columns={[
            { head: "Rule", cell: (clock) => <a href={`#/rules/${clock.rule}`}>{clock.rule}</a> },
            { head: "From", cell: (clock) => day(clock.started_on) },
            { head: "Days", cell: (clock) => `${clock.gone_by ?? "?"} of ${clock.length} ${clock.days} days` },
            { head: "Last day", cell: (clock) => (clock.last_day ? day(clock.last_day) : "") },
            { head: "Then", cell: (clock) => clock.then },
          ]}
        />
      )}
      <Table
        caption="Steps so far"
        rows={steps}
        empty="No step has been taken yet."
        columns={[
          { head: "Day", cell: (step) => day(step.on) },
          { head: "Step", cell: (step) => `${EVENT[step.event]}${step.title ? `: ${step.title}` : ""}${step.amount ? `, ${money(step.amount)}` : ""}` },
          { head: "By", cell: (step) => ACTOR[step.actor] },
        ]}
      />
      {arrived.length > 0 && (
        <Table
          caption="Evidence that arrived"
          rows={arrived}
          empty=""
          columns={[
            { head: "Day", cell: (piece) => day(piece.arrived_on) },
            { head: "What", cell: (piece) => sentence(piece.kind) },
            { head: "Pages", cell: (piece) => piece.pages, isNumber: true },
            { head: "Legible", cell: (piece) => (piece.legible ? "Yes" : "No") },
          ]}
        />
      )}
    </section>
  );
}
