import type { Schema } from "ttw-client";
import { formOf, list, words } from "./form.ts";

const TYPES: Record<Schema<"PlanType">, string> = { initial: "First plan", amendment: "Amendment" };
const SIGNERS: Record<Schema<"Signer">, string> = { beneficiary: "The beneficiary", representative: "A representative" };
const SOC = "A code of the Standard Occupational Classification, such as 43-4051.";

export const workPlan = formOf<Schema<"WorkPlan">>()({
  path: "/v1/work-plans",
  name: "Individual Work Plan",
  purpose: "Assign a ticket by a plan that both have signed.",
  sections: [
    {
      title: "Beneficiary",
      fields: {
        ssn: { kind: "ssn", label: "Beneficiary SSN", hint: "Nine digits." },
        plan_type: { kind: "one", of: words(TYPES), label: "Kind of plan" },
      },
    },
    {
      title: "Career planning",
      fields: {
        discussion_date: { kind: "date", label: "Day on which the plan was discussed", isOptional: true },
        discussion_modality: { kind: "one", of: list("discussion_modality"), label: "How it was discussed", isOptional: true },
        goal_soc_short: { kind: "text", label: "Short-term vocational goal", hint: SOC },
        goal_months_short: { kind: "number", label: "Months to the short-term goal", isOptional: true },
        expected_earnings_short: { kind: "one", of: list("earnings_band_short"), label: "Monthly earnings expected in the short term" },
        goal_soc_long: { kind: "text", label: "Long-term vocational goal", hint: SOC, isOptional: true },
        goal_years_long: { kind: "number", label: "Years to the long-term goal", isOptional: true },
        expected_earnings_long: { kind: "one", of: list("earnings_band_long"), label: "Monthly earnings expected in the long term" },
      },
    },
    {
      title: "Services",
      fields: {
        immediate_services: { kind: "some", of: list("services"), label: "Services needed immediately" },
        later_services: { kind: "some", of: list("services"), label: "Services after nine months" },
        business_model: { kind: "one", of: list("business_model"), label: "Business model", isOptional: true },
      },
    },
    {
      title: "Signatures",
      fields: {
        rights_ack_version: { kind: "one", of: list("rights_statement"), label: "Statement of rights and responsibilities that was acknowledged" },
        accessible_format: { kind: "one", of: list("accessible_format"), label: "Accessible format of the copy", isOptional: true },
        beneficiary_signer: { kind: "one", of: words(SIGNERS), label: "Who signed for the beneficiary" },
        beneficiary_signed_on: { kind: "date", label: "Day of that signature" },
        en_signed_on: { kind: "date", label: "Day on which the Employment Network signed" },
        signatures_on_file: { kind: "yes", label: "The signed plan is held on file" },
      },
    },
  ],
});
