/** A beneficiary's own ticket. */
import type { Schema } from "ttw-client";
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Ledger } from "../parts/determination.tsx";
import { Table } from "../parts/table.tsx";
import { ask, client } from "../session.ts";
import { BENEFIT, RECORD, day, money, month, payment, sentence } from "../words.ts";

type Filed = Schema<"Filed">;
type Row = Schema<"LedgerRow">;

export function Ticket() {
  const [told] = useAnswer(() => ask(client.GET("/v1/my-ticket")), "ticket");
  return (
    <>
      <h1>My ticket</h1>
      <Answer of={told}>{(ticket) => <Held of={ticket} />}</Answer>
    </>
  );
}

/** Whether a payment of the ledger was asked for and is not yet decided; a request may leave the number of a payment open. */
const isRequested = (filed: readonly Filed[], provider: string) => (row: Row): boolean =>
  row.status !== "paid" && filed.some((each) => {
    const isOfMonth = each.month === row.attained_in && row.payment.startsWith(each.payment ?? " ");
    return each.live && each.provider === provider && (each.payment === row.payment || isOfMonth);
  });

function Held({ of: { case: held, ledgers, filed } }: { of: Schema<"MyTicket"> }) {
  const names = new Map(filed.map(({ provider, provider_name }) => [provider, provider_name]));
  const called = (provider: string) => names.get(provider) ?? provider;
  const { assignments, terminates_in: end } = held.ticket;
  return (
    <>
      {end && <p>The ticket ends in {month(end)}.</p>}
      <Table
        caption="Who has had the ticket"
        rows={assignments}
        empty="It has not been assigned yet."
        columns={[
          { head: "Provider", cell: (each) => called(each.provider) },
          { head: "From", cell: (each) => day(each.assigned_on) },
          { head: "Until", cell: (each) => (each.unassigned_on ? day(each.unassigned_on) : "") },
        ]}
      />
      {ledgers.map((ledger) => (
        <section key={ledger.provider}>
          <h2>What {called(ledger.provider)} is paid for your work</h2>
          <Ledger of={ledger} isRequested={isRequested(filed, ledger.provider)} />
        </section>
      ))}
      <h2>What is on file</h2>
      <Table
        caption="Forms about the ticket"
        rows={filed}
        empty="Nothing has been filed about it."
        columns={[
          { head: "Day", cell: (each) => day(each.received_on) },
          { head: "Form", cell: (each) => sentence(each.form) },
          { head: "By", cell: (each) => each.provider_name },
          { head: "Payment", cell: (each) => (each.payment ? `${payment(each.payment)}${each.month ? ` for ${month(each.month)}` : ""}` : "") },
          { head: "Status", cell: (each) => (each.live ? "In process or paid" : "Ended") },
        ]}
      />
      <Table
        caption="Payments made"
        rows={held.payments ?? []}
        empty="No payment has been made on it."
        columns={[
          { head: "Payment", cell: (each) => payment(each.payment) },
          { head: "Month", cell: (each) => month(each.month) },
          { head: "To", cell: (each) => called(each.provider) },
          { head: "Amount", cell: (each) => money(each.amount), isNumber: true },
        ]}
      />
      <Table
        caption="Your benefits"
        rows={held.benefits ?? []}
        empty="No benefits are on file."
        columns={[
          { head: "Record", cell: (each) => sentence(RECORD[each.title]) },
          { head: "From", cell: (each) => month(each.from) },
          { head: "To", cell: (each) => (each.to ? month(each.to) : "") },
          { head: "Status", cell: (each) => BENEFIT[each.status] },
        ]}
      />
      <Table
        caption="Your earnings by month"
        rows={held.earnings ?? []}
        empty="No earnings are on file."
        columns={[
          { head: "Month", cell: (each) => month(each.month) },
          { head: "Earned", cell: (each) => (each.earned ? money(each.earned) : ""), isNumber: true },
          { head: "Paid", cell: (each) => (each.paid ? money(each.paid) : ""), isNumber: true },
        ]}
      />
    </>
  );
}
