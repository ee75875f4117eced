/** A beneficiary's own ticket. */
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Ledger } from "../parts/determination.tsx";
import { Table } from "../parts/table.tsx";
import { ask, client } from "../session.ts";
import { day, month, payment, sentence } from "../words.ts";

export function Ticket() {
  const [told] = useAnswer(() => ask(client.GET("/v1/my-ticket")), "ticket");
  return (
    <>
      <h1>My ticket</h1>
      <Answer of={told}>
        {({ case: held, ledgers, filed }) => (
          <>
            <Table
              caption="Who has had the ticket"
              rows={held.ticket.assignments ?? []}
              empty="It has not been assigned yet."
              columns={[
                { head: "Provider", cell: (each) => each.provider },
                { head: "From", cell: (each) => day(each.assigned_on) },
                { head: "Until", cell: (each) => (each.unassigned_on ? day(each.unassigned_on) : "") },
              ]}
            />
            {ledgers.map((ledger) => (
              <section key={ledger.provider}>
                <h2>What {ledger.provider} is paid for your work</h2>
                <Ledger of={ledger} />
              </section>
            ))}
            <Table
              caption="What was filed about it"
              rows={filed}
              empty="Nothing has been filed about it."
              columns={[
                { head: "Day", cell: (each) => day(each.received_on) },
                { head: "Form", cell: (each) => sentence(each.form) },
                { head: "By", cell: (each) => each.provider_name },
                { head: "Payment", cell: (each) => (each.payment ? `${payment(each.payment)}${each.month ? ` for ${month(each.month)}` : ""}` : "") },
              ]}
            />
          </>
        )}
      </Answer>
    </>
  );
}
