/** What a whole caseload brings: payments that nobody has asked for yet; and whether tickets can be assigned. */
import type { Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { Answer, useAnswer, useQuestion } from "../parts/ask.tsx";
import { Download } from "../parts/download.tsx";
import { Entry } from "../parts/entry.tsx";
import { Missing } from "../parts/missing.tsx";
import { Pages } from "../parts/pages.tsx";
import { RuleLinks } from "../parts/rule_links.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { ask, client } from "../session.ts";
import { ASSIGNABILITY, STANDING, count, day, money, month, payment } from "../words.ts";

type Due = Schema<"PaymentDue">;

export function Unclaimed() {
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const [told] = useAnswer(() => ask(client.GET("/v1/unclaimed", { params: { query: cursor ? { cursor } : {} } })), `${cursor}`);
  return (
    <>
      <h1>Unclaimed payments</h1>
      <p>Each is asked for by a <a href={to("forms", "payment-requests")}>Payment Request</a>, but for the reconciliation, which comes without one.</p>
      <Download label="All of them (CSV)" name="unclaimed.csv" call={(query) => client.GET("/v1/unclaimed.csv", { params: { query }, parseAs: "blob" })} />
      <Answer of={told}>
        {({ unclaimed, people, next_cursor }) => {
          const numbers = new Map(people.map(({ ticket, ssn }) => [ticket, ssn]));
          const isPart = cursors.length > 0 || Boolean(next_cursor);
          return (
            <>
              <Sums of={unclaimed} isPart={isPart} />
              <Table
                caption={`Payments that are due to you and were not requested, on ${day(unclaimed.as_of)}`}
                rows={unclaimed.rows}
                empty="Nothing is left to be asked for."
                columns={[
                  { head: "Ticket", cell: (row) => row.ticket },
                  { head: "SSN", cell: (row) => numbers.get(row.ticket) ?? "" },
                  { head: "Payment", cell: (row) => payment(row.payment) },
                  { head: "Month", cell: (row) => month(row.month) },
                  { head: "Amount", cell: (row) => (row.amount ? money(row.amount) : "no rate yet"), isNumber: true },
                  { head: "Request by", cell: (row) => <RequestBy of={row} /> },
                  { head: "Why", cell: (row) => <Why of={row} /> },
                ]}
              />
              <Table
                caption="Tickets that bring nothing now"
                rows={unclaimed.tickets.filter(({ why }) => why)}
                empty={`Every ticket${isPart ? " of this page" : ""} brings something now.`}
                columns={[
                  { head: "Ticket", cell: ({ ticket }) => ticket ?? "" },
                  { head: "SSN", cell: ({ ticket }) => numbers.get(ticket ?? "") ?? "" },
                  { head: "Status", cell: ({ why }) => why && STANDING[why.standing] },
                  { head: "Payment", cell: ({ why }) => (why?.payment ? payment(why.payment) : "") },
                  { head: "Why", cell: ({ why }) => why && <>{why.text}{why.missing.length > 0 && <Missing of={why.missing} />}</> },
                  { head: "Rules", cell: ({ why }) => why && <RuleLinks of={why.rules} /> },
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

function Sums({ of: { totals, tickets }, isPart }: { of: Schema<"UnclaimedMoney">; isPart: boolean }) {
  const sum = ({ payments, amount, without_rate }: Schema<"PaymentSum">) =>
    `${count(payments, "payment")}, ${money(amount)}${without_rate > 0 ? `, and ${without_rate} of them without a published rate` : ""}`;
  return (
    <>
      <p>
        {isPart && `Of the ${count(tickets.length, "ticket")} of this page: `}
        {sum(totals)}; by the last day of a request.
      </p>
      {totals.late.payments > 0 && <p><strong>For some of it that day is over:</strong> {sum(totals.late)}.</p>}
    </>
  );
}

function RequestBy({ of: { request_by, days_left } }: { of: Due }) {
  if (!request_by) return <>comes without a request</>;
  if (typeof days_left !== "number") return <>{day(request_by)}</>;
  if (days_left < 0) return <>{day(request_by)} <span class="usa-tag bg-secondary-dark">over since {count(-days_left, "day")}</span></>;
  return <>{day(request_by)}, {days_left === 0 ? "today" : `${count(days_left, "day")} left`}</>;
}

function Why({ of: { basis, missing } }: { of: Due }) {
  return (
    <>
      {basis && <>{basis.text} (<RuleLinks of={[basis.rule]} />)</>}
      {missing.length > 0 && <>{basis && <br />}Not known: <Missing of={missing} /></>}
    </>
  );
}

interface Asked {
  number: string;
  /** Where it was written. */
  line: number;
}

/** The numbers of a text, one a line or several apart by commas and semicolons; spaces may stand within one. */
const numbersOf = (text: string): Asked[] =>
  text.split("\n").flatMap((line, place) =>
    line.split(/[,;]/).map((number) => ({ number: number.replace(/\s/g, ""), line: place + 1 })).filter(({ number }) => number),
  );

export function Assignability() {
  const [text, setText] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const { held, put, forget } = useQuestion((asked: Asked[]) => ask(client.POST("/v1/assignability", { body: { ssns: asked.map(({ number }) => number) } })));

  function look(event: Event) {
    event.preventDefault();
    const asked = numbersOf(text);
    setEmpty(asked.length === 0);
    if (asked.length === 0) return document.getElementById("numbers")?.focus();
    void put(asked);
  }

  /** No answer stands beside other numbers than it was given to. */
  function change(text: string) {
    forget();
    setEmpty(false);
    setText(text);
  }

  return (
    <>
      <h1>Ticket assignability</h1>
      <form class="usa-form usa-form--large" onSubmit={look} noValidate>
        <Entry id="numbers" label="SSNs" hint="Up to 250, one a line." wrong={isEmpty ? "Enter at least one number." : undefined}>
          {(described) => (
            <textarea {...described} class="usa-textarea" autocomplete="off" spellcheck={false} value={text} onInput={(event) => change(event.currentTarget.value)} />
          )}
        </Entry>
        <button type="submit" class="usa-button">Look up</button>
      </form>
      {held && (
        <Answer of={held.told}>
          {({ as_of, results }) => (
            <Table
              caption={`On ${day(as_of)}, in the order of the numbers`}
              rows={results.map((result, place) => ({ ...result, line: held.asked[place]?.line }))}
              empty="No number was given."
              columns={[
                { head: "Line", cell: ({ line }) => line },
                { head: "SSN", cell: ({ ssn }) => ssn ?? "" },
                { head: "Ticket", cell: ({ status }) => (status ? ASSIGNABILITY[status] : "") },
                { head: "Why", cell: ({ errors, reasons }) => errors?.map(({ message }) => message).join(" ") ?? reasons?.map(({ text }) => text).join(" ") ?? "" },
              ]}
            />
          )}
        </Answer>
      )}
    </>
  );
}
