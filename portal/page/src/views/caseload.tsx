/** What a whole caseload brings: payments that nobody has asked for yet; and whether tickets can be assigned. */
import type { Answered, Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Table } from "../parts/table.tsx";
import { ask, client } from "../session.ts";
import { day, money, month, payment, sentence } from "../words.ts";
import { Pages } from "./filed.tsx";

export function Unclaimed() {
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const [told] = useAnswer(() => ask(client.GET("/v1/unclaimed", { params: { query: cursor ? { cursor } : {} } })), `${cursor}`);
  return (
    <>
      <h1>Unclaimed payments</h1>
      <Answer of={told}>
        {({ unclaimed: { rows, totals }, people, next_cursor }) => {
          const numbers = new Map(people.map(({ ticket, ssn }) => [ticket, ssn]));
          return (
            <>
              <p>
                {totals.payments} payments, {money(totals.amount)}
                {totals.without_rate > 0 && `, and ${totals.without_rate} of them without a published rate`}; by the last day of a request.
              </p>
              <Table
                caption="Payments that are due to you and were not requested"
                rows={rows}
                empty="Nothing is left to be asked for."
                columns={[
                  { head: "Ticket", cell: (row) => row.ticket },
                  { head: "SSN", cell: (row) => numbers.get(row.ticket) ?? "" },
                  { head: "Payment", cell: (row) => payment(row.payment) },
                  { head: "Month", cell: (row) => month(row.month) },
                  { head: "Amount", cell: (row) => (row.amount ? money(row.amount) : "no rate yet"), isNumber: true },
                  { head: "Request by", cell: (row) => (row.request_by ? day(row.request_by) : "") },
                  { head: "Why", cell: (row) => row.basis?.text ?? "" },
                ]}
              />
              <Pages cursors={cursors} next={next_cursor ?? undefined} go={setCursors} />
            </>
          );
        }}
      </Answer>
    </>
  );
}

export function Assignability() {
  const [text, setText] = useState("");
  const [told, setTold] = useState<Answered<Schema<"AssignabilityResults">>>();

  async function look(event: Event) {
    event.preventDefault();
    const ssns = text.split(/[\s,;]+/).filter(Boolean);
    setTold(await ask(client.POST("/v1/assignability", { body: { ssns } })));
  }

  return (
    <>
      <h1>Ticket assignability</h1>
      <form class="usa-form usa-form--large" onSubmit={look}>
        <label class="usa-label" for="numbers">SSNs</label>
        <div class="usa-hint" id="numbers-hint">Up to 250, one a line.</div>
        <textarea class="usa-textarea" id="numbers" autocomplete="off" spellcheck={false} aria-describedby="numbers-hint" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <button type="submit" class="usa-button">Look up</button>
      </form>
      {told && (
        <Answer of={told}>
          {({ as_of, results }) => (
            <Table
              caption={`On ${day(as_of)}, in the order of the numbers`}
              rows={results}
              empty="No number was given."
              columns={[
                { head: "SSN", cell: (row) => row.ssn ?? "" },
                { head: "Ticket", cell: (row) => (row.status ? sentence(row.status) : "") },
                { head: "", cell: (row) => row.errors?.map(({ message }) => message).join(" ") ?? row.reasons?.map(({ text }) => text).join(" ") ?? "" },
              ]}
            />
          )}
        </Answer>
      )}
    </>
  );
}
