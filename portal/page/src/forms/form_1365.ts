import type { Schema } from "ttw-client";
import { at } from "./draft.ts";
import { type Place, formOf, words } from "./form.ts";

const SYSTEMS: Record<Schema<"AgencyPayment">, string> = {
  cost_reimbursement: "Cost reimbursement",
  en_elected: "The Employment Network payment system the agency has elected",
};
const SIGNERS: Record<Schema<"BeneficiarySigner">, string> = { beneficiary: "The beneficiary", representative: "A representative" };
const CLOSURES: Record<Schema<"ClosureStatus">, string> = { employed: "Employed", not_employed: "Not employed" };
const isOlderAndElected = ({ draft }: Place): boolean => at(draft, "/existing_ipe") === true && at(draft, "/payment_system") === "en_elected";

export const form1365 = formOf<Schema<"Form1365">>()({
  path: "/v1/ticket-assignments",
  name: "State Agency Ticket Assignment (1365)",
  purpose: "Assign a ticket to a State vocational rehabilitation agency, report it in use, or report a closed case.",
  sections: [
    { title: "Beneficiary", fields: { ssn: { kind: "ssn", label: "Beneficiary SSN", hint: "Nine digits." } } },
    {
      title: "Individualized plan for employment",
      fields: {
        ipe_signed_statement: { kind: "yes", label: "The individualized plan for employment was agreed to and signed" },
        ipe_signed_on: { kind: "date", label: "Day on which it was signed" },
        vocational_goal_soc: { kind: "text", label: "Vocational goal in it", hint: "A code of the Standard Occupational Classification, such as 29-2061." },
        existing_ipe: { kind: "yes_no", label: "Is the plan older than the ticket?" },
      },
    },
    {
      title: "Payment",
      fields: {
        payment_system: { kind: "one", of: words(SYSTEMS), label: "How the agency is paid" },
        both_agree_assignment: { kind: "yes_no", label: "Do both agree to assign the ticket?", when: isOlderAndElected },
        converts_cr_case: { kind: "yes_no", label: "Was the case reported under cost reimbursement before?", isOptional: true },
      },
    },
    {
      title: "Signatures",
      fields: {
        beneficiary_signer: { kind: "one", of: words(SIGNERS), label: "Who signed for the beneficiary" },
        beneficiary_signed_on: { kind: "date", label: "Day of that signature" },
        vr_rep_signed_on: { kind: "date", label: "Day on which the agency signed" },
      },
    },
    {
      title: "Closure",
      hint: "Only of a case that is closed.",
      fields: {
        case_closed_on: { kind: "date", label: "Day on which the case was closed", isOptional: true },
        closure_status: { kind: "one", of: words(CLOSURES), label: "Employment at closure", isOptional: true },
      },
    },
  ],
});
