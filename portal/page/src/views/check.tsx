/** What the ticket of a person can bring: its ledger, and the reasons of each payment. */
import type { Answered, Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { PAYMENTS } from "../forms/payment_request.ts";
import { Answer } from "../parts/ask.tsx";
import { Determination, Ledger } from "../parts/determination.tsx";
import { ask, client } from "../session.ts";

export function Check() {
  const [number, setNumber] = useState("");
  const [payment, setPayment] = useState("p1m1");
  const [month, setMonth] = useState("");
  const [ledger, setLedger] = useState<{ of: string; told: Answered<Schema<"Ledger">> }>();
  const [decided, setDecided] = useState<Answered<Schema<"Determination">>>();

  async function look(event: Event) {
    event.preventDefault();
    setDecided(undefined);
    setLedger({ of: number, told: await ask(client.POST("/v1/eligibility/ledger", { body: { ssn: number } })) });
  }

  async function why(of: string, claim: Schema<"RecordClaim">) {
    setDecided(await ask(client.POST("/v1/eligibility", { body: { ssn: of, claim } })));
    document.getElementById("why")?.focus();
  }

  return (
    <>
      <h1>Check eligibility</h1>
      <p>Every payment of a ticket that is or was assigned to you, by what is on file today.</p>
      <form class="usa-form" onSubmit={look}>
        <label class="usa-label" for="ssn">Beneficiary SSN</label>
        <div class="usa-hint" id="ssn-hint">Nine digits.</div>
        <input class="usa-input" id="ssn" inputMode="numeric" autocomplete="off" aria-describedby="ssn-hint" value={number} onInput={(event) => setNumber(event.currentTarget.value)} />
        <button type="submit" class="usa-button">Look up</button>
      </form>
      {ledger?.told.ok && (
        <form class="usa-form margin-bottom-3" onSubmit={(event) => (event.preventDefault(), void why(ledger.of, { payment, month }))}>
          <label class="usa-label" for="payment">Payment</label>
          <select class="usa-select" id="payment" value={payment} onChange={(event) => setPayment(event.currentTarget.value)}>
            {PAYMENTS.map(({ code, label }) => <option key={code} value={code}>{label}</option>)}
          </select>
          <label class="usa-label" for="month">Claim month</label>
          <input class="usa-input" id="month" type="month" placeholder="YYYY-MM" value={month} onInput={(event) => setMonth(event.currentTarget.value)} />
          <button type="submit" class="usa-button usa-button--outline">Would it be paid?</button>
        </form>
      )}
      <div id="why" class="quiet" tabIndex={-1}>{decided && <Answer of={decided}>{(data) => <Determination of={data} />}</Answer>}</div>
      {ledger && (
        <Answer of={ledger.told}>
          {(data) => <Ledger of={data} ask={({ payment, attained_in }) => attained_in && void why(ledger.of, { payment, month: attained_in })} />}
        </Answer>
      )}
    </>
  );
}
