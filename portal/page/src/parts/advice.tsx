/** What will probably become of a form, by the advice of its review; of one that is closed, what was foreseen. */
import type { Schema } from "ttw-client";
import { Determination } from "./determination.tsx";
import { Table } from "./table.tsx";

export type AdviceOf = Schema<"PaymentRequestAdvice"> | Schema<"ProgressReviewAdvice"> | Schema<"EarningsInquiryAdvice"> | Schema<"NoAdvice">;

const DECIDES = "The program manager decides.";

export function Advice({ of, isClosed = false }: { of: AdviceOf; isClosed?: boolean }) {
  if (of === null) return null;
  if ("available_quarters" in of) return <p>Quarters that can be asked about: {of.available_quarters.join(", ") || "none yet"}.</p>;
  return (
    <section class="margin-top-3">
      <h2>{isClosed ? "What was foreseen when it was filed" : "What will probably become of it"}</h2>
      {"people" in of ? (
        <Table
          caption={isClosed ? "By the answers that were given" : DECIDES}
          rows={of.people}
          empty="Nobody is named."
          columns={[
            { head: "Ticket holder", cell: ({ person }) => person },
            { head: "Period", cell: ({ period }) => period, isNumber: true },
            { head: "Timely progress", cell: ({ would_pass }) => (would_pass ? "Made" : "Not made") },
            { head: "Why", cell: ({ reasons }) => reasons.map((reason) => <div key={reason.question}>{reason.text}</div>) },
          ]}
        />
      ) : (
        <>
          <p>{of.text}{!isClosed && ` ${DECIDES}`}</p>
          <Determination of={of.determination} />
        </>
      )}
    </section>
  );
}
