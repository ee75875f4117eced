/** What the program manager enters for a work case: a step, and evidence that arrived. */
import type { Answered, Problem, Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { type Json, at } from "../forms/draft.ts";
import { type Choices, words } from "../forms/form.ts";
import { Asked, type Sheet, sent, sheetOf } from "../parts/sheet.tsx";
import { ask, client } from "../session.ts";
import { ACTION, EVIDENCE, OTHERWISE } from "../words.ts";

export type Case = Schema<"WorkCaseView">;
type Action = Schema<"ActionSent">;
type Decision = Schema<"DecisionSent">;
type Arrival = Schema<"EvidenceArrived">;

export interface Entering {
  isBusy: boolean;
  problem: Problem | undefined;
  /** Takes the step, and says what was entered. */
  enter: (call: () => Promise<Answered<Case>>, entered: string) => Promise<void>;
}

/** Steps of which the engine proposes none. */
const BETWEEN: readonly Action[] = ["open", "resume", "verified"];

const reasonsOf = ({ actions }: Case, action: Json): Choices =>
  (actions.find((each) => each.action === action)?.reasons ?? []).map(({ code, title }) => ({ code, label: title }));

/** A step as it would be entered: by the reason that is proposed, where it is one. */
function preset(of: Case, action: Json): Json {
  const proposed = of.proposal?.action === action ? (of.proposal?.reasons ?? []) : [];
  const [first, ...others] = proposed.filter(({ code }) => reasonsOf(of, action).some((reason) => reason.code === code));
  return { action, ...(first && others.length === 0 && { reason: first.code }) };
}

function decision(of: Case): Sheet {
  const proposal = of.proposal ?? undefined;
  return sheetOf<Omit<Decision, "version">>({
    action: { kind: "one", of: () => of.actions.map(({ action }) => ({ code: action, label: ACTION[action] })), label: "What is done" },
    reason: {
      kind: "one",
      of: ({ draft }) => reasonsOf(of, at(draft, "/action")),
      label: "Reason",
      when: ({ draft }) => reasonsOf(of, at(draft, "/action")).length > 0,
    },
    amount: {
      kind: "money",
      label: "Amount in dollars",
      hint: "No rate is on file: say how much is paid.",
      when: ({ draft }) => at(draft, "/action") === "pay" && proposal?.action === "pay" && !proposal.amount,
    },
    otherwise: {
      kind: "one",
      of: words(OTHERWISE),
      label: "Why it is not as proposed",
      when: ({ draft }) => {
        const action = at(draft, "/action") as Action;
        const isHold = action === "diary" && proposal?.holds.some(({ code }) => code === at(draft, "/reason"));
        return proposal !== undefined && proposal.action !== action && !isHold && !BETWEEN.includes(action);
      },
    },
  });
}

export function Decide({ of, isBusy, problem, enter }: Entering & { of: Case }) {
  const proposed = of.actions.find(({ action }) => action === of.proposal?.action) ?? of.actions[0];
  const [draft, setDraft] = useState(() => preset(of, proposed?.action));
  const sheet = decision(of);
  const action = at(draft, "/action");
  // Another step has other reasons.
  const change = (next: Json) => setDraft(at(next, "/action") === action ? next : preset(of, at(next, "/action")));
  const send = () => {
    const body = { ...(sent(sheet, draft) as unknown as Decision), version: of.version };
    const call = () => ask(client.POST("/v1/work-cases/{number}/decision", { params: { path: { number: of.number } }, body }));
    void enter(call, ACTION[body.action]);
  };
  return (
    <Asked sheet={sheet} draft={draft} change={change} problem={problem} isBusy={isBusy} act="Enter decision" send={send}>
      <h2>Decide</h2>
    </Asked>
  );
}

const EVIDENCE_SHEET = sheetOf<Omit<Arrival, "version">>({
  kind: { kind: "one", of: words(EVIDENCE), label: "What arrived" },
  pages: { kind: "number", label: "Pages" },
  legible: { kind: "yes_no", label: "Can it be read?" },
  arrived_on: { kind: "date", label: "Day on which it arrived" },
});

export function Evidence({ of, isBusy, problem, enter }: Entering & { of: Case }) {
  const [draft, setDraft] = useState<Json>({ kind: "pay_statements", legible: true, arrived_on: of.progress.timeline.today });
  const send = () => {
    const body = { ...(sent(EVIDENCE_SHEET, draft) as unknown as Arrival), version: of.version };
    const call = () => ask(client.POST("/v1/work-cases/{number}/evidence", { params: { path: { number: of.number } }, body }));
    void enter(call, `${EVIDENCE[body.kind]}, ${body.pages} ${body.pages === 1 ? "page" : "pages"}`);
  };
  return (
    <Asked sheet={EVIDENCE_SHEET} draft={draft} change={setDraft} problem={problem} isBusy={isBusy} act="Enter evidence" send={send} isLesser>
      <h2>Enter evidence</h2>
    </Asked>
  );
}
