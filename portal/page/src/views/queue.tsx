/** The program manager's work: the open work cases in their order, and one of them, to be decided. */
import type { Answered, Problem, Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { paymentRequest } from "../forms/payment_request.ts";
import type { Json } from "../forms/draft.ts";
import { Answer, Refused, useAnswer } from "../parts/ask.tsx";
import { Determination } from "../parts/determination.tsx";
import { Document } from "../parts/document.tsx";
import { Progress } from "../parts/progress.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { type Me, ask, client } from "../session.ts";
import { ACTOR, CLAIM_STATUS, EVIDENCE, day, money, month, payment } from "../words.ts";
import { Pages } from "./filed.tsx";
import { knownOf } from "./known.ts";

type Case = Schema<"WorkCaseView">;
type Action = Schema<"ActionSent">;

const ORDERS = { received: "First in, first out", due: "By what is due" } as const;
const DEMAND: Record<Schema<"Demand">, string> = {
  documents_missing: "Documents are missing",
  diary_runs_out: "The diary runs out",
  decide: "To be decided",
  look_again: "To be looked at again",
  overdue: "Overdue",
};

export function Queue() {
  const [order, setOrder] = useState<keyof typeof ORDERS>("received");
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const query = { order, ...(cursor && { cursor }) };
  const [page] = useAnswer(() => ask(client.GET("/v1/work-queue", { params: { query } })), `${order} ${cursor}`);
  return (
    <>
      <h1>Work queue</h1>
      <label class="usa-label" for="order">Order</label>
      <select class="usa-select" id="order" value={order} onChange={(event) => (setOrder(event.currentTarget.value as keyof typeof ORDERS), setCursors([]))}>
        {Object.entries(ORDERS).map(([code, label]) => <option key={code} value={code}>{label}</option>)}
      </select>
      <Answer of={page}>
        {({ items, as_of, next_cursor }) => (
          <>
            <Table
              caption={`Open work cases on ${day(as_of)}`}
              rows={items}
              empty="No work case is open."
              columns={[
                { head: "Number", cell: (each) => <a href={to("queue", each.number)}>{each.number}</a> },
                { head: "Received", cell: (each) => day(each.received_on) },
                { head: "Provider", cell: (each) => each.provider_name },
                { head: "Payment", cell: (each) => payment(each.payment) },
                { head: "Month", cell: (each) => month(each.month) },
                { head: "Status", cell: (each) => CLAIM_STATUS[each.state.status] },
                { head: "Waiting for", cell: (each) => (each.waiting_for ? `${each.waiting_for.what} from ${ACTOR[each.waiting_for.from]}` : "") },
                { head: "Due", cell: (each) => each.due.map(({ demand, since }) => `${DEMAND[demand]} since ${day(since)}`).join("; ") },
              ]}
            />
            <Pages cursors={cursors} next={next_cursor ?? undefined} go={setCursors} />
          </>
        )}
      </Answer>
    </>
  );
}

export function WorkCase({ number, me }: { number: string; me: Me }) {
  const [told, again] = useAnswer(() => ask(client.GET("/v1/work-cases/{number}", { params: { path: { number } } })), number);
  const [known] = useAnswer(() => knownOf(paymentRequest, me), "known");
  return (
    <>
      <h1>Work case {number}</h1>
      <Answer of={told}>
        {(held) => (
          <>
            <p>
              {held.provider_name} claims {payment(held.payment)} for {month(held.month)}; received on {day(held.received_on)}.
            </p>
            <Progress of={held.progress} />
            {held.proposal && <Proposal of={held.proposal} />}
            {!["paid", "denied", "withdrawn"].includes(held.progress.timeline.state.status) && (
              <div class="grid-row grid-gap">
                <div class="tablet:grid-col-6"><Decide key={held.version} of={held} done={again} /></div>
                <div class="tablet:grid-col-6"><Evidence key={held.version} of={held} done={again} /></div>
              </div>
            )}
            <h2>The request</h2>
            <Answer of={known}>{(known) => <Document form={paymentRequest} known={known} of={held.document as unknown as Json} />}</Answer>
          </>
        )}
      </Answer>
    </>
  );
}

function Proposal({ of }: { of: Schema<"ProposalView"> }) {
  return (
    <section>
      <h2>What the engine proposes</h2>
      <p>
        <strong>{ACTIONS[of.action]}</strong>
        {of.amount && ` ${money(of.amount)}`}
        {of.reasons.length > 0 && `: ${of.reasons.map(({ title }) => title).join("; or ")}`}.
      </p>
      {of.possible_split && !of.shares && <p>More than one Employment Network may share it; no agreement settles how.</p>}
      {of.shares?.map((share) => <p key={share.provider}>{share.provider}: {money(share.amount)}</p>)}
      <Determination of={of.determination} />
    </section>
  );
}

const ACTIONS: Record<Action, string> = {
  open: "Open",
  pay: "Pay",
  deny: "Deny",
  diary: "Diary",
  resume: "Resume",
  await_verification: "Wait for Social Security's verification",
  verified: "Verification is here",
};
const OTHERWISE: Record<Schema<"OtherwiseSent">, string> = {
  evidence_differs: "The evidence says otherwise",
  evidence_missing: "Evidence is missing",
  earnings_not_verified: "The earnings are not verified",
  record_in_doubt: "The record is in doubt",
  provider_in_doubt: "The provider is in doubt",
};
interface Acting {
  of: Case;
  done: () => void;
}

function Pick({ id, label, table, value, change, none }: { id: string; label: string; table: Readonly<Record<string, string>>; value: string; change: (value: string) => void; none?: string }) {
  return (
    <>
      <label class="usa-label" for={id}>{label}</label>
      <select class="usa-select" id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {Object.entries(table).map(([code, words]) => <option key={code} value={code}>{words}</option>)}
      </select>
    </>
  );
}

function Decide({ of, done }: Acting) {
  const proposal = of.proposal ?? undefined;
  const [action, setAction] = useState<Action>(proposal?.action ?? "open");
  const [reason, setReason] = useState("");
  const [amount, setAmount] = useState(proposal?.amount ?? "");
  const [otherwise, setOtherwise] = useState("");
  const [problem, setProblem] = useState<Problem>();

  async function decide(event: Event) {
    event.preventDefault();
    const body: Schema<"DecisionSent"> = { version: of.version, action };
    if ((action === "deny" || action === "diary") && reason) body.reason = reason;
    if (action === "pay" && amount) body.amount = amount;
    if (otherwise) body.otherwise = otherwise as Schema<"OtherwiseSent">;
    act(await ask(client.POST("/v1/work-cases/{number}/decision", { params: { path: { number: of.number } }, body })), setProblem, done);
  }

  return (
    <form class="usa-form" onSubmit={decide}>
      <h2>Decide</h2>
      {problem && <Refused problem={problem} />}
      <Pick id="action" label="What is done" table={ACTIONS} value={action} change={(value) => setAction(value as Action)} />
      {(action === "deny" || action === "diary") && (
        <Text id="reason" label="Code of the reason" hint={proposal?.reasons.map(({ code, title }) => `${code}: ${title}`).join("; ")} value={reason} change={setReason} />
      )}
      {action === "pay" && <Text id="amount" label="Amount in dollars" value={amount} change={setAmount} />}
      <Pick id="otherwise" label="Why it is not as proposed" none="It is as proposed" table={OTHERWISE} value={otherwise} change={setOtherwise} />
      <button type="submit" class="usa-button">Enter</button>
    </form>
  );
}

function Text({ id, label, hint, value, change }: { id: string; label: string; hint?: string | undefined; value: string; change: (value: string) => void }) {
  return (
    <>
      <label class="usa-label" for={id}>{label}</label>
      {hint && <div class="usa-hint" id={`${id}-hint`}>{hint}</div>}
      <input class="usa-input" id={id} autocomplete="off" value={value} {...(hint && { "aria-describedby": `${id}-hint` })} onInput={(event) => change(event.currentTarget.value)} />
    </>
  );
}

function Evidence({ of, done }: Acting) {
  const [kind, setKind] = useState<Schema<"EvidenceKind">>("pay_statements");
  const [pages, setPages] = useState("1");
  const [isLegible, setLegible] = useState(true);
  const [problem, setProblem] = useState<Problem>();

  async function enter(event: Event) {
    event.preventDefault();
    const body = { version: of.version, kind, pages: Number(pages), legible: isLegible };
    act(await ask(client.POST("/v1/work-cases/{number}/evidence", { params: { path: { number: of.number } }, body })), setProblem, done);
  }

  return (
    <form class="usa-form" onSubmit={enter}>
      <h2>Evidence that arrived</h2>
      {problem && <Refused problem={problem} />}
      <Pick id="kind" label="What arrived" table={EVIDENCE} value={kind} change={(value) => setKind(value as Schema<"EvidenceKind">)} />
      <Text id="pages" label="Pages" value={pages} change={setPages} />
      <div class="usa-checkbox">
        <input class="usa-checkbox__input" id="legible" type="checkbox" checked={isLegible} onChange={(event) => setLegible(event.currentTarget.checked)} />
        <label class="usa-checkbox__label" for="legible">It can be read</label>
      </div>
      <button type="submit" class="usa-button usa-button--outline">Enter</button>
    </form>
  );
}

function act(told: Answered<unknown>, setProblem: (problem: Problem) => void, done: () => void): void {
  if (told.ok) done();
  else setProblem(told.problem);
}

