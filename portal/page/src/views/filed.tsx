/** What an organization has filed, newest first; one of them, with how far it is. */
import type { Problem, Schema } from "ttw-client";
import { useEffect, useRef, useState } from "preact/hooks";
import { slug } from "../forms/all.ts";
import type { Json } from "../forms/draft.ts";
import type { Form, FormPath } from "../forms/form.ts";
import { Advice, type AdviceOf } from "../parts/advice.tsx";
import { Answer, Refused, useAnswer } from "../parts/ask.tsx";
import { CoverSheet } from "../parts/cover_sheet.tsx";
import { Document } from "../parts/document.tsx";
import { Download } from "../parts/download.tsx";
import { Pages } from "../parts/pages.tsx";
import { Progress } from "../parts/progress.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { type Me, ask, client } from "../session.ts";
import { CLAIM_STATUS, count, day, instant, isOpen, month, payment } from "../words.ts";
import { knownOf } from "./known.ts";

const listAt = (path: FormPath) => path as "/v1/payment-requests";
const oneAt = (path: FormPath) => `${path}/{confirmation}` as "/v1/payment-requests/{confirmation}";
type Line = Schema<"SubmissionLine">;

export function Filed({ form }: { form: Form }) {
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const [page] = useAnswer(() => ask(client.GET(listAt(form.path), { params: { query: cursor ? { cursor } : {} } })), `${form.path} ${cursor}`);
  const isClaim = form.path === "/v1/payment-requests";
  return (
    <>
      <h1>{form.name}: filed</h1>
      <Answer of={page}>
        {({ items, next_cursor }) => (
          <>
            <Table<Line>
              caption="Newest first"
              rows={items}
              empty="Nothing has been filed yet."
              columns={[
                { head: "Number", cell: (line) => <a href={to("filed", slug(form), line.confirmation)}>{line.confirmation}</a> },
                { head: "Date of request", cell: (line) => day(line.date_of_request) },
                { head: "Submitted by", cell: (line) => line.submitted_by.name },
                { head: "About", cell: (line) => line.ssn ?? count(line.beneficiaries, "person", "people") },
                ...(isClaim
                  ? [
                      { head: "Payment", cell: (line: Line) => (line.payment ? payment(line.payment) : "") },
                      { head: "Month", cell: (line: Line) => (line.month ? month(line.month) : "") },
                    ]
                  : []),
                { head: "Status", cell: (line) => CLAIM_STATUS[line.status] },
              ]}
            />
            <Pages cursors={cursors} next={next_cursor ?? undefined} go={setCursors} />
          </>
        )}
      </Answer>
      {isClaim && (
        <Download label="Status of all requests (CSV)" name="status.csv" call={(query) => client.GET("/v1/payment-requests/status.csv", { params: { query }, parseAs: "blob" })} />
      )}
    </>
  );
}

export function OneFiled({ form, number, me }: { form: Form; number: string; me: Me }) {
  const [filed, again] = useAnswer(() => ask(client.GET(oneAt(form.path), { params: { path: { confirmation: number } } })), number);
  const [known] = useAnswer(() => knownOf(form, me), form.path);
  return (
    <>
      <h1>{form.name} on file</h1>
      <Answer of={filed}>
        {(one) => (
          <>
            <p>
              Number <strong>{one.confirmation}</strong>, submitted {instant(one.submitted_at)} by {one.submitted_by.name}.
            </p>
            <p id="status" class="quiet" tabIndex={-1}>
              <span class="usa-tag">{CLAIM_STATUS[one.status]}</span>
            </p>
            {one.progress && <Progress of={one.progress} />}
            {one.progress && <Withdraw number={number} isOpen={isOpen(one.status)} again={again} />}
            {one.document.proof_delivery === "faxed_in" && isOpen(one.status) && <CoverSheet number={number} />}
            <h2>What was filed</h2>
            <Answer of={known}>{(known) => <Document form={form} known={known} of={one.document as unknown as Json} />}</Answer>
            <Advice of={one.advice as AdviceOf} isClosed={!isOpen(one.status)} />
          </>
        )}
      </Answer>
    </>
  );
}

function Withdraw({ number, isOpen, again }: { number: string; isOpen: boolean; again: () => void }) {
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Problem>();
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (isAsked) question.current?.focus();
  }, [isAsked]);

  async function withdraw() {
    setBusy(true);
    const told = await ask(client.POST("/v1/work-cases/{number}/withdraw", { params: { path: { number } }, body: {} }));
    setBusy(false);
    setAsked(false);
    setRefused(told.ok ? undefined : told.problem);
    // Where somebody was quicker, the claim is not what it was; why it was refused stays.
    if (told.ok || told.problem.status === 409 || told.problem.status === 422) again();
    if (told.ok) document.getElementById("status")?.focus();
  }

  return (
    <div class="margin-y-2">
      {refused && <Refused problem={refused} />}
      {isOpen && isAsked && (
        <>
          <p ref={question} class="quiet" tabIndex={-1}>A request that is withdrawn cannot be taken up again; the payment can be requested anew.</p>
          <button type="button" class="usa-button usa-button--secondary" disabled={isBusy} onClick={() => void withdraw()}>Withdraw it</button>
          <button type="button" class="usa-button usa-button--outline" disabled={isBusy} onClick={() => setAsked(false)}>Keep it</button>
        </>
      )}
      {isOpen && !isAsked && <button type="button" class="usa-button usa-button--outline" onClick={() => setAsked(true)}>Withdraw</button>}
    </div>
  );
}
