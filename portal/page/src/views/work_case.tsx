/** One work case: where it is, what the engine proposes, what can be done with it, what it was decided on. */
import type { Answered, Problem, Schema } from "ttw-client";
import { useEffect, useRef, useState } from "preact/hooks";
import { paymentRequest } from "../forms/payment_request.ts";
import type { Json } from "../forms/draft.ts";
import { Answer, Refused, useAnswer } from "../parts/ask.tsx";
import { Determination } from "../parts/determination.tsx";
import { Document } from "../parts/document.tsx";
import { Progress } from "../parts/progress.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { type Me, ask, client } from "../session.ts";
import { ACTION, BENEFIT, CLAIM_STATUS, DELIVERY, RECORD, day, isOpen, money, month, payment } from "../words.ts";
import { type Case, type Entering, Decide, Evidence } from "./decide.tsx";
import { knownOf } from "./known.ts";
import { asAsked } from "./queue.tsx";

/** What became of the last step: it was entered, it was refused by one of the forms, or the work case had changed. */
type Said = { is: "entered"; text: string } | { is: "refused"; by: "decision" | "evidence" | "case"; problem: Problem };

export function WorkCase({ number, me }: { number: string; me: Me }) {
  const show = () => ask(client.GET("/v1/work-cases/{number}", { params: { path: { number } } }));
  const [first] = useAnswer(show, number);
  // A step answers with the work case after it.
  const [later, setLater] = useState<Case>();
  const [said, setSaid] = useState<Said>();
  const [isBusy, setBusy] = useState(false);
  const isRunning = useRef(false);
  const [known] = useAnswer(() => knownOf(paymentRequest, me), "known");
  const told: Answered<Case> | undefined = later ? { ok: true, data: later } : first;

  async function take(by: "decision" | "evidence", call: Promise<Answered<Case>>, entered: string) {
    const answer = await call;
    // Somebody else has changed it: it is shown as it is now, and the message stays.
    const isChanged = !answer.ok && answer.problem.status === 409;
    const now = isChanged ? await show() : answer;
    if (now.ok) setLater(now.data);
    setSaid(
      answer.ok
        ? { is: "entered", text: `Entered: ${entered}. The claim is now: ${CLAIM_STATUS[answer.data.progress.timeline.state.status]}.` }
        : { is: "refused", by: isChanged ? "case" : by, problem: answer.problem },
    );
  }

  const entering = (by: "decision" | "evidence"): Entering => ({
    isBusy,
    problem: said?.is === "refused" && said.by === by ? said.problem : undefined,
    enter: async (call, entered) => {
      // Of two clicks the second is none.
      if (isRunning.current) return;
      isRunning.current = true;
      setBusy(true);
      await take(by, call(), entered);
      isRunning.current = false;
      setBusy(false);
    },
  });

  return (
    <>
      <p><a href={to("queue") + asAsked()}>Back to the work queue</a></p>
      <h1>Work case {number}</h1>
      <Saying of={said} />
      <Answer of={told}>
        {(held) => (
          <>
            <p>
              {held.provider_name} claims {payment(held.payment)} for {month(held.month)}; received on {day(held.received_on)}. Evidence: {DELIVERY[held.evidence]}.
            </p>
            <Progress of={held.progress} />
            {held.proposal && <Proposal of={held.proposal} />}
            {isOpen(held.progress.timeline.state.status) && (
              <div class="grid-row grid-gap">
                <div class="tablet:grid-col-6">
                  {held.actions.length > 0 && <Decide key={held.version} of={held} {...entering("decision")} />}
                </div>
                <div class="tablet:grid-col-6"><Evidence key={held.progress.arrived.length} of={held} {...entering("evidence")} /></div>
              </div>
            )}
            {held.decided_on && <DecidedOn of={held.decided_on} shares={held.shares} />}
            <h2>The request</h2>
            <Answer of={known}>{(known) => <Document form={paymentRequest} known={known} of={held.document as unknown as Json} />}</Answer>
          </>
        )}
      </Answer>
    </>
  );
}

/** What was done, or why nothing was; what a form shows beside its fields is said there. */
function Saying({ of }: { of: Said | undefined }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => line.current?.focus(), [of]);
  if (of?.is === "entered") {
    return (
      <div ref={line} class="usa-alert usa-alert--success usa-alert--slim quiet" role="status" tabIndex={-1}>
        <div class="usa-alert__body"><p class="usa-alert__text">{of.text}</p></div>
      </div>
    );
  }
  return of?.by === "case" ? <div ref={line} class="quiet" tabIndex={-1}><Refused problem={of.problem} /></div> : null;
}

function Proposal({ of }: { of: Schema<"ProposalView"> }) {
  return (
    <section>
      <h2>What the engine proposes</h2>
      <p>
        <strong>{ACTION[of.action]}</strong>
        {of.amount && ` ${money(of.amount)}`}
        {of.reasons.length > 0 && `: ${of.reasons.map(({ title }) => title).join("; or ")}`}.
      </p>
      {of.on_hold && <p>Payments to this provider are held, or its agreement has ended.</p>}
      {of.holds.some(({ code }) => code === "SAM_REGISTRATION_EXPIRED") && <p>The provider's registration in SAM has expired.</p>}
      {of.possible_split && !of.shares && <p>More than one Employment Network may share it; no agreement settles how.</p>}
      {of.shares?.map((share) => <p key={share.provider}>{share.provider}: {money(share.amount)}</p>)}
      <Determination of={of.determination} />
    </section>
  );
}

/** The facts as they stood, and what followed from them. */
function DecidedOn({ of: { question, determination }, shares }: { of: Schema<"DecidedOn">; shares: Schema<"WorkCaseView">["shares"] }) {
  const { ticket, benefits = [], earnings = [], payments = [] } = question.case;
  return (
    <section>
      <h2>What it was decided on</h2>
      <p>
        The facts as they stood then, which are kept (<a href={to("rules", "BEN-07")}>BEN-07</a>): {payment(question.claim.payment)} for {month(question.claim.month)} by {question.claim.provider}, requested on {day(question.requested_on)}.
      </p>
      {shares?.map((share) => <p key={share.provider}>{share.provider}: {money(share.amount)}</p>)}
      <Determination of={determination} />
      <details class="margin-top-2">
        <summary>The facts</summary>
        <Table
          caption="Assignments"
          rows={ticket.assignments}
          empty="No assignment."
          columns={[
            { head: "Provider", cell: (each) => each.provider },
            { head: "From", cell: (each) => day(each.assigned_on) },
            { head: "Until", cell: (each) => (each.unassigned_on ? day(each.unassigned_on) : "") },
          ]}
        />
        <Table
          caption="Benefits"
          rows={benefits}
          empty="No benefits were on file."
          columns={[
            { head: "Record", cell: (each) => RECORD[each.title] },
            { head: "From", cell: (each) => month(each.from) },
            { head: "To", cell: (each) => (each.to ? month(each.to) : "") },
            { head: "Status", cell: (each) => BENEFIT[each.status] },
            { head: "Federal cash", cell: ({ federal_cash: cash }) => (cash === null || cash === undefined ? "" : cash ? "Yes" : "No") },
          ]}
        />
        <Table
          caption="Posted earnings"
          rows={earnings}
          empty="No earnings were posted."
          columns={[
            { head: "Month", cell: (each) => month(each.month) },
            { head: "Earned", cell: (each) => (each.earned ? money(each.earned) : ""), isNumber: true },
            { head: "Paid", cell: (each) => (each.paid ? money(each.paid) : ""), isNumber: true },
          ]}
        />
        <Table
          caption="Pay statements"
          rows={question.case.pay_statements ?? []}
          empty="No pay statements."
          columns={[
            { head: "From", cell: (each) => day(each.period_start) },
            { head: "To", cell: (each) => day(each.period_end) },
            { head: "Paid on", cell: (each) => day(each.pay_date) },
            { head: "Gross", cell: (each) => money(each.gross), isNumber: true },
          ]}
        />
        <Table
          caption="Payments made on the ticket"
          rows={payments}
          empty="No payment had been made."
          columns={[
            { head: "Payment", cell: (each) => payment(each.payment) },
            { head: "Month", cell: (each) => month(each.month) },
            { head: "Provider", cell: (each) => each.provider },
            { head: "Amount", cell: (each) => money(each.amount), isNumber: true },
          ]}
        />
      </details>
    </section>
  );
}
