/** What will probably become of a form: the advice of its review. */
import type { Schema } from "ttw-client";
import { type Json, at } from "../forms/draft.ts";
import { Determination } from "./determination.tsx";
import { Table } from "./table.tsx";

export function Advice({ of }: { of: Json }) {
  const determination = at(of, "/determination");
  const people = at(of, "/people");
  const quarters = at(of, "/available_quarters");
  if (determination) {
    return (
      <section class="margin-top-3">
        <h2>What will probably become of it</h2>
        <p>{`${at(of, "/text")}`} The program manager decides.</p>
        <Determination of={determination as unknown as Schema<"Determination">} />
      </section>
    );
  }
  if (Array.isArray(people)) {
    return (
      <section class="margin-top-3">
        <h2>What will probably become of it</h2>
        <Table
          caption="The program manager decides."
          rows={people as unknown as Schema<"ProgressOutlook">[]}
          empty="Nobody is named."
          columns={[
            { head: "Ticket holder", cell: ({ person }) => person },
            { head: "Period", cell: ({ period }) => period, isNumber: true },
            { head: "Timely progress", cell: ({ would_pass }) => (would_pass ? "Made" : "Not made") },
            { head: "Why", cell: ({ reasons }) => reasons.map((reason) => <div key={reason.question}>{reason.text}</div>) },
          ]}
        />
      </section>
    );
  }
  return Array.isArray(quarters) ? <p>Quarters that can be asked about: {quarters.join(", ") || "none yet"}.</p> : null;
}
