/** What the ticket of a person can bring: its ledger, and the reasons of each payment. */
import type { Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { PAYMENTS } from "../forms/payment_request.ts";
import { Answer, useQuestion } from "../parts/ask.tsx";
import { Determination, Ledger } from "../parts/determination.tsx";
import { Entry, Line } from "../parts/entry.tsx";
import { ask, client } from "../session.ts";
import { POLICY, payment as paymentName } from "../words.ts";

/** Whom it is about, on which day and by which reading: another person, another question. */
type Whose = Schema<"RecordLedgerRequest">;

/** No form asks for the reconciliation; here it can be asked about. */
const ASKED = [...PAYMENTS, { code: "reconciliation", label: paymentName("reconciliation") }];

const lastFour = (number: string): string => number.replace(/\D/g, "").slice(-4);

export function Check() {
  const [ssn, setNumber] = useState("");
  const [asOf, setDay] = useState("");
  const [policy, setPolicy] = useState<Schema<"Policy"> | "">("");
  const [isEmpty, setEmpty] = useState(false);
  const { held, put, forget } = useQuestion((body: Whose) => ask(client.POST("/v1/eligibility/ledger", { body })));

  /** Nothing of the person before stays while another number is entered. */
  function change<Value>(set: (value: Value) => void) {
    return (value: Value) => {
      forget();
      setEmpty(false);
      set(value);
    };
  }

  function look(event: Event) {
    event.preventDefault();
    const number = ssn.replace(/\s/g, "");
    setEmpty(number === "");
    if (number === "") return document.getElementById("ssn")?.focus();
    void put({ ssn: number, ...(asOf && { as_of: asOf }), ...(policy && { policy }) });
  }

  return (
    <>
      <h1>Check eligibility</h1>
      <p>Every payment of a ticket that is or was assigned to you, by what is on file.</p>
      <form class="usa-form" onSubmit={look} noValidate>
        <Line id="ssn" label="Beneficiary SSN" hint="Nine digits." wrong={isEmpty ? "Enter the number." : undefined} value={ssn} change={change(setNumber)} />
        <details class="margin-top-2">
          <summary>On another day, or by another reading</summary>
          <Line id="as-of" label="Day of the request" hint="Today, where it is left empty." type="date" value={asOf} change={change(setDay)} />
          <Entry id="policy" label="Policy">
            {(described) => (
              <select {...described} class="usa-select" value={policy} onChange={(event) => change(setPolicy)(event.currentTarget.value as Schema<"Policy"> | "")}>
                <option value="">As usual</option>
                {Object.entries(POLICY).map(([code, label]) => <option key={code} value={code}>{label}</option>)}
              </select>
            )}
          </Entry>
        </details>
        <button type="submit" class="usa-button">Look up</button>
      </form>
      {held && <Answer of={held.told}>{(data) => <Reasons of={data} whose={held.asked} />}</Answer>}
    </>
  );
}

/** The ledger of one person, and the questions about that person; both go when another is asked about. */
function Reasons({ of, whose: { ssn, as_of, policy } }: { of: Schema<"Ledger">; whose: Whose }) {
  const [payment, setPayment] = useState("p1m1");
  const [month, setMonth] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const why = useQuestion((claim: Schema<"RecordClaim">) =>
    ask(client.POST("/v1/eligibility", { body: { ssn, claim, ...(as_of && { requested_on: as_of }), ...(policy && { policy }) } })),
  );

  async function put(claim: Schema<"RecordClaim">) {
    setPayment(claim.payment);
    setMonth(claim.month);
    setEmpty(false);
    if (await why.put(claim)) document.getElementById("why")?.focus();
  }

  /** Of the ledger: with its month, or to be asked with one. */
  function choose(payment: string, month: string | undefined) {
    if (month) return void put({ payment, month });
    why.forget();
    setPayment(payment);
    document.getElementById("month")?.focus();
  }

  function look(event: Event) {
    event.preventDefault();
    setEmpty(month === "");
    if (month === "") return document.getElementById("month")?.focus();
    void put({ payment, month });
  }

  return (
    <>
      <form class="usa-form margin-bottom-3" onSubmit={look} noValidate>
        <Entry id="payment" label="Payment">
          {(described) => (
            <select {...described} class="usa-select" value={payment} onChange={(event) => (why.forget(), setPayment(event.currentTarget.value))}>
              {ASKED.map(({ code, label }) => <option key={code} value={code}>{label}</option>)}
            </select>
          )}
        </Entry>
        <Line
          id="month"
          label="Claim month"
          type="month"
          placeholder="YYYY-MM"
          wrong={isEmpty ? "Enter the month." : undefined}
          value={month}
          change={(value) => (why.forget(), setEmpty(false), setMonth(value))}
        />
        <button type="submit" class="usa-button usa-button--outline">Would it be paid?</button>
      </form>
      <div id="why" class="quiet" tabIndex={-1}>
        {why.held && <Answer of={why.held.told}>{(data) => <Determination of={data} whose={lastFour(ssn)} />}</Answer>}
      </div>
      <Ledger of={of} whose={lastFour(ssn)} ask={choose} />
    </>
  );
}
