/** Decided claims against what is on file now: what was overpaid, and what was missed. */
import { useState } from "preact/hooks";
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { ask, client } from "../session.ts";
import { EFFECT, day, money, month, payment, signed } from "../words.ts";
import { Pages } from "../parts/pages.tsx";

const Claim = ({ of }: { of: string }) => <a class="text-no-wrap" href={to("queue", of)}>{of}</a>;

export function Recovery() {
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const [told] = useAnswer(() => ask(client.GET("/v1/recovery", { params: { query: cursor ? { cursor } : {} } })), `${cursor}`);
  return (
    <>
      <h1>Recovery</h1>
      <p>Decided claims that would be decided otherwise by what is on file now.</p>
      <Answer of={told}>
        {({ as_of, recovery: { adjustments, unchanged, not_compared, totals }, next_cursor }) => (
          <>
            <dl>
              <dt>Overpaid, to be recovered</dt>
              <dd>{money(totals.overpaid)}</dd>
              <dt>Overpaid by a determination about benefits: kept</dt>
              <dd>{money(totals.kept)}</dd>
              <dt>Missed</dt>
              <dd>{money(totals.missed)}</dd>
              <dt>Claims that stay as they were decided</dt>
              <dd>{unchanged}</dd>
            </dl>
            <Table
              caption={`Differences on ${day(as_of)}`}
              rows={adjustments}
              empty="Nothing is different."
              columns={[
                { head: "Claim", cell: (each) => <Claim of={each.claim} /> },
                { head: "Ticket", cell: (each) => each.ticket },
                { head: "Provider", cell: (each) => each.provider },
                { head: "Payment", cell: (each) => payment(each.payment) },
                { head: "Month", cell: (each) => month(each.month) },
                { head: "Due then", cell: (each) => money(each.before), isNumber: true },
                { head: "Due now", cell: (each) => money(each.after), isNumber: true },
                { head: "Difference", cell: (each) => signed(each.difference), isNumber: true },
                { head: "Effect", cell: (each) => `${EFFECT[each.effect]}${each.recoverable ? "" : ", kept"}` },
                { head: "Why", cell: ({ reasons }) => reasons.map(({ rule, text }) => <div key={rule}>{text} (<a href={to("rules", rule)}>{rule}</a>)</div>) },
              ]}
            />
            <Table
              caption="Claims that were not compared"
              rows={not_compared}
              empty="Every decided claim was compared."
              columns={[
                { head: "Claim", cell: (each) => <Claim of={each.claim} /> },
                { head: "Why", cell: (each) => each.text },
              ]}
            />
            <Pages cursors={cursors} next={next_cursor ?? undefined} go={setCursors} />
          </>
        )}
      </Answer>
    </>
  );
}
