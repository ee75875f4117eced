import type { Schema } from "ttw-client";
import { at } from "./draft.ts";
import { type Choices, type Field, type Place, formOf, words } from "./form.ts";

const CHOICES: Record<Schema<"SplitChoice">, string> = {
  osm_decides: "The program manager decides",
  agreed_allocation: "The Employment Networks have agreed",
};
const isAgreed = ({ draft }: Place): boolean => at(draft, "/choice") === "agreed_allocation";

/** Those who are named above. */
const named = ({ draft }: Place): Choices => {
  const networks = at(draft, "/ens");
  const pids = (Array.isArray(networks) ? networks : []).map((network) => at(network, "/pid"));
  return pids.flatMap((pid) => (typeof pid === "string" && pid !== "" ? [{ code: pid, label: pid }] : []));
};
const pid: Field = { kind: "one", of: named, label: "Employment Network", hint: "Its PID, as entered above." };
const percent: Field = { kind: "number", label: "Percent", hint: "A multiple of 10." };
const rows = (of: string) => ({ of, name: "Share", first: 2, most: 4 });

export const splitAgreement = formOf<Schema<"SplitAgreement">>()({
  path: "/v1/split-agreements",
  name: "Split Payment Request",
  purpose: "Say how Employment Networks that have had the same ticket share its payments.",
  sections: [
    { title: "Beneficiary", fields: { ssn: { kind: "ssn", label: "Beneficiary SSN", hint: "Nine digits." } } },
    {
      title: "Employment Networks",
      hint: "One of them holds the ticket now.",
      rows: { of: "ens", name: "Employment Network", first: 2, most: 4 },
      fields: {
        "ens/*/pid": { kind: "text", label: "PID" },
        "ens/*/current": { kind: "yes_no", label: "Does it hold the ticket now?" },
        "ens/*/ticket_assignment_date": { kind: "date", label: "Ticket assignment date" },
        "ens/*/contact_id": { kind: "text", label: "Id of its registered contact" },
        "ens/*/phone": { kind: "text", label: "Phone", hint: "Ten digits." },
      },
    },
    { title: "Who decides", fields: { choice: { kind: "one", of: words(CHOICES), label: "Who decides" } } },
    { title: "Shares of Phase 1 milestones", when: isAgreed, rows: rows("allocation/p1"), fields: { "allocation/p1/*/pid": pid, "allocation/p1/*/percent": percent } },
    { title: "Shares of Phase 2 milestones", when: isAgreed, rows: rows("allocation/p2"), fields: { "allocation/p2/*/pid": pid, "allocation/p2/*/percent": percent } },
    { title: "Shares of outcome payments", when: isAgreed, rows: rows("allocation/outcome"), fields: { "allocation/outcome/*/pid": pid, "allocation/outcome/*/percent": percent } },
  ],
});
