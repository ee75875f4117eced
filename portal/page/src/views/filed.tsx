/** What an organization has filed, newest first; one of them, with how far it is. */
import type { Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { slug } from "../forms/all.ts";
import type { Json } from "../forms/draft.ts";
import type { Form, FormPath } from "../forms/form.ts";
import { Advice } from "../parts/advice.tsx";
import { Answer, Refused, useAnswer } from "../parts/ask.tsx";
import { CoverSheet } from "../parts/cover_sheet.tsx";
import { Document } from "../parts/document.tsx";
import { Progress } from "../parts/progress.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { type Me, ask, client } from "../session.ts";
import { CLAIM_STATUS, day, instant, month, payment } from "../words.ts";
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
                { head: "About", cell: (line) => line.ssn ?? `${line.beneficiaries} people` },
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
    </>
  );
}

/** Turns the pages of a list. */
export function Pages({ cursors, next, go }: { cursors: string[]; next: string | undefined; go: (cursors: string[]) => void }) {
  return (
    <p>
      {cursors.length > 0 && <button type="button" class="usa-button usa-button--outline" onClick={() => go(cursors.slice(0, -1))}>Back</button>}
      {next && <button type="button" class="usa-button usa-button--outline" onClick={() => go([...cursors, next])}>Next page</button>}
    </p>
  );
}

export function OneFiled({ form, number, me }: { form: Form; number: string; me: Me }) {
  const [filed, again] = useAnswer(() => ask(client.GET(oneAt(form.path), { params: { path: { confirmation: number } } })), number);
  const [known] = useAnswer(() => knownOf(form, me), form.path);
  return (
    <>
      <h1>{form.name}</h1>
      <Answer of={filed}>
        {(one) => (
          <>
            <p>
              Number <strong>{one.confirmation}</strong>, submitted {instant(one.submitted_at)} by {one.submitted_by.name}.
            </p>
            <p>
              <span class="usa-tag">{CLAIM_STATUS[one.status]}</span>
            </p>
            {one.progress && <Progress of={one.progress} />}
            {one.progress && <Withdraw number={number} isOpen={!["paid", "denied", "withdrawn"].includes(one.status)} done={again} />}
            {one.document.proof_delivery === "faxed_in" && <CoverSheet number={number} />}
            <h2>What was filed</h2>
            <Answer of={known}>{(known) => <Document form={form} known={known} of={one.document as unknown as Json} />}</Answer>
            <Advice of={one.advice as unknown as Json} />
          </>
        )}
      </Answer>
    </>
  );
}

function Withdraw({ number, isOpen, done }: { number: string; isOpen: boolean; done: () => void }) {
  const [isAsked, setAsked] = useState(false);
  const [refused, setRefused] = useState<Parameters<typeof Refused>[0]["problem"]>();
  if (!isOpen) return null;
  async function withdraw() {
    const told = await ask(client.POST("/v1/work-cases/{number}/withdraw", { params: { path: { number } }, body: {} }));
    setAsked(false);
    if (told.ok) done();
    else setRefused(told.problem);
  }
  return (
    <div class="margin-y-2">
      {refused && <Refused problem={refused} />}
      {isAsked ? (
        <>
          <p>A request that is withdrawn cannot be taken up again; the payment can be requested anew.</p>
          <button type="button" class="usa-button usa-button--secondary" onClick={() => void withdraw()}>Withdraw it</button>
          <button type="button" class="usa-button usa-button--outline" onClick={() => setAsked(false)}>Keep it</button>
        </>
      ) : (
        <button type="button" class="usa-button usa-button--outline" onClick={() => setAsked(true)}>Withdraw</button>
      )}
    </div>
  );
}
