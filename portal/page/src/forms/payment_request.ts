import type { Schema } from "ttw-client";
import { at } from "./draft.ts";
import { type Choices, type Place, formOf, list, words } from "./form.ts";
import { payment } from "../words.ts";

const METHODS: Record<Schema<"PaymentMethod">, string> = {
  outcome_milestone: "Outcome-milestone",
  outcome_only: "Outcome only",
};
const WORK: Record<Schema<"WorkType">, string> = { employee: "Employed", self_employed: "Self-employed" };
const FREQUENCIES: Record<Schema<"PayFrequency">, string> = {
  weekly: "Weekly",
  biweekly: "Every two weeks",
  semimonthly: "Twice a month",
  monthly: "Monthly",
};
const DELIVERIES: Record<Schema<"ProofDelivery">, string> = {
  none_needed: "No proof is needed beside what is entered here",
  faxed_in: "Proof of earnings will be faxed in, with a cover sheet",
};

export const PAYMENTS: Choices = [
  ...[1, 2, 3, 4].map((number) => `p1m${number}`),
  "p2",
  ...Array.from({ length: 18 }, (_, place) => `p2m${place + 1}`),
  "outcome",
  ...Array.from({ length: 60 }, (_, place) => `outcome${place + 1}`),
].map((code) => ({ code, label: payment(code) }));
const payments = ({ draft }: Place): Choices =>
  at(draft, "/payment_method") === "outcome_only" ? PAYMENTS.filter(({ code }) => code.startsWith("outcome")) : PAYMENTS;

const OTHER = { code: "", label: "Another employer" };
const onFile = ({ known }: Place): Choices => (known.holdings["/ssn"]?.employers ?? []).map(({ id, name }) => ({ code: id, label: name }));
const isPhase1 = ({ draft }: Place): boolean => `${at(draft, "/request_type") ?? ""}`.startsWith("p1");
const isSelfEmployed = ({ draft }: Place): boolean => at(draft, "/work_type") === "self_employed";
const isEmployed = ({ draft }: Place): boolean => at(draft, "/work_type") === "employee";
const isOther = (place: Place): boolean => onFile(place).length === 0 || !at(place.draft, "/employer/employer_id");

/** Without what certified requests had until July 2015: the API takes that for old ones alone. */
export const paymentRequest = formOf<Omit<Schema<"PaymentRequest">, "cert">>()({
  path: "/v1/payment-requests",
  name: "Payment Request",
  purpose: "Claim one payment for one month.",
  sections: [
    {
      title: "Ticket holder",
      fields: {
        ssn: {
          kind: "ssn",
          label: "Beneficiary SSN",
          hint: "Nine digits. What is on file fills in the payment method and the employers.",
          fills: ({ payment_method }) => ({ "/payment_method": payment_method ?? undefined }),
          owns: ["/employer/employer_id"],
        },
        ticket_number: { kind: "text", label: "Ticket number", hint: "The SSN, TW and a digit.", isOptional: true },
      },
    },
    {
      title: "Payment",
      fields: {
        payment_method: { kind: "one", of: words(METHODS), label: "Payment method", hint: "The payment system in effect when the ticket was assigned." },
        request_type: { kind: "one", of: payments, label: "Phase and milestone" },
        claim_month: { kind: "month", label: "Claim month" },
        p1m1_basis: { kind: "one", of: list("p1m1_basis"), label: "How the milestone was reached", when: ({ draft }) => at(draft, "/request_type") === "p1m1" },
      },
    },
    {
      title: "Work",
      fields: { work_type: { kind: "one", of: words(WORK), label: "Employed or self-employed" } },
    },
    {
      title: "Employer",
      when: isEmployed,
      fields: {
        "employer/employer_id": {
          kind: "one",
          of: (place) => [...onFile(place), OTHER],
          label: "Employer on file",
          when: (place) => onFile(place).length > 0,
        },
        "employer/name": { kind: "text", label: "Name of the employer", when: isOther },
        "employer/ein": { kind: "text", label: "EIN of the employer", hint: "Nine digits.", isOptional: true, when: isOther },
        "employer/start_date": { kind: "date", label: "Start date", isOptional: true },
        "employer/hourly_wage": { kind: "money", label: "Hourly wage in dollars", isOptional: true },
        "employer/hours_per_week": { kind: "money", label: "Hours a week", isOptional: true },
        "employer/pay_frequency": { kind: "one", of: words(FREQUENCIES), label: "Pay frequency", isOptional: true },
      },
    },
    {
      title: "Pay statements",
      hint: "What each pay statement shows. None is needed where Social Security's records prove the earnings.",
      when: isEmployed,
      rows: { of: "earnings", name: "Pay statement", first: 0, most: 25 },
      fields: {
        "earnings/*/period_start": { kind: "date", label: "First day of the pay period" },
        "earnings/*/period_end": { kind: "date", label: "Last day of the pay period" },
        "earnings/*/pay_date": { kind: "date", label: "Pay date" },
        "earnings/*/gross": { kind: "money", label: "Gross wages in dollars" },
        "earnings/*/ytd_gross": { kind: "money", label: "Gross wages of the year to date in dollars" },
        "earnings/*/withholdings_shown": { kind: "yes_no", label: "Does the statement show what was withheld?" },
      },
    },
    {
      title: "Self-employment",
      when: isSelfEmployed,
      fields: {
        "sei/month": { kind: "same", as: "/claim_month", label: "Month" },
        "sei/gross_receipts": { kind: "money", label: "Gross receipts in dollars" },
        "sei/business_expenses": { kind: "money", label: "Business expenses in dollars" },
        "sei/net": { kind: "money", label: "Net earnings in dollars", hint: "Receipts less expenses; counted where it is left empty.", isOptional: true },
        "sei/hours_worked": { kind: "money", label: "Hours worked in the month", isOptional: true },
        "sei/tax_year_filed": { kind: "yes_no", label: "Has a tax return been filed for the year?", isOptional: true },
        "sei/partnership_share_pct": { kind: "number", label: "Share in a partnership in percent", isOptional: true },
      },
    },
    {
      title: "Proof of earnings",
      fields: { proof_delivery: { kind: "one", of: words(DELIVERIES), label: "How proof of earnings arrives" } },
    },
    {
      title: "Services",
      fields: {
        services_summary_codes: { kind: "some", of: list("services"), label: "Services provided", when: isPhase1 },
        services_certified: {
          kind: "yes",
          label: "I certify the services provided",
          hint: "Needed for Phase 1 without pay statements, and where the ticket was no longer assigned in the claim month.",
        },
      },
    },
    {
      title: "Attestation",
      fields: { attested: { kind: "yes", label: "I attest that what is sent here is true and complete" } },
    },
  ],
});
