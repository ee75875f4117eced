/** The automatic run over all assignments: the claims that can be opened, and of each ticket why there are no others. */
import type { Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { ask, client } from "../session.ts";
import { day, money, month, payment, shortDay } from "../words.ts";
import { Pages } from "../parts/pages.tsx";

const missing = (facts: readonly Schema<"Missing">[]) =>
  facts.map(({ path, month: of }) => <div key={path + of}>Not known: {path}{of && ` of ${month(of)}`}</div>);

export function AutomaticRun() {
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const [told] = useAnswer(() => ask(client.GET("/v1/automatic-run", { params: { query: cursor ? { cursor } : {} } })), `${cursor}`);
  return (
    <>
      <h1>Automatic run</h1>
      <p>The claims that can be opened by the earnings on file. Nothing is entered; what has been requested is not proposed again.</p>
      <Answer of={told}>
        {({ run: { as_of, proposals, tickets, totals }, next_cursor }) => (
          <>
            <p>
              On {day(as_of)}: {totals.payments} payments of {tickets.length} tickets, {money(totals.amount)}
              {totals.without_rate > 0 && `, and ${totals.without_rate} of them without a published rate`}.
            </p>
            <Table
              caption="Claims that can be opened"
              rows={proposals}
              empty="No claim can be opened."
              columns={[
                { head: "Ticket", cell: (each) => each.ticket },
                { head: "Provider", cell: (each) => each.provider },
                { head: "Payment", cell: (each) => payment(each.payment) },
                { head: "Month", cell: (each) => month(each.month) },
                { head: "Amount", cell: (each) => (each.amount ? money(each.amount) : "no rate yet"), isNumber: true },
                { head: "Request by", cell: (each) => (each.request_by ? <span class="text-no-wrap">{shortDay(each.request_by)}</span> : "") },
                { head: "May be shared", cell: (each) => (each.possible_split ? "Yes" : "No") },
                {
                  head: "Why",
                  cell: ({ basis, missing: facts }) => (
                    <>
                      {basis && <div>{basis.text} (<a href={to("rules", basis.rule)}>{basis.rule}</a>)</div>}
                      {missing(facts)}
                    </>
                  ),
                },
              ]}
            />
            <Table
              caption="What is not proposed"
              rows={tickets.flatMap(({ ticket, not_proposed }) => not_proposed.map((each) => ({ ticket, ...each })))}
              empty="Nothing is left out."
              columns={[
                { head: "Ticket", cell: (each) => each.ticket ?? "" },
                { head: "Provider", cell: (each) => each.provider },
                { head: "Payments", cell: (each) => each.payments.map(payment).join(", ") || "All" },
                {
                  head: "Why",
                  cell: ({ text, why }) => (
                    <>
                      <div>{text}</div>
                      {why && <div>{why.text} {why.rules.map((rule) => <a key={rule} class="margin-right-1" href={to("rules", rule)}>{rule}</a>)}</div>}
                      {why && missing(why.missing)}
                    </>
                  ),
                },
              ]}
            />
            <Pages cursors={cursors} next={next_cursor ?? undefined} go={setCursors} />
          </>
        )}
      </Answer>
    </>
  );
}
