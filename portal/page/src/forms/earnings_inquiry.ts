import type { Schema } from "ttw-client";
import { formOf } from "./form.ts";

export const earningsInquiry = formOf<Schema<"EarningsInquiry">>()({
  path: "/v1/earnings-inquiries",
  name: "Earnings Inquiry Request",
  purpose: "Ask whether wages on file reach substantial gainful activity, by calendar quarter.",
  by: {
    roles: ["signatory", "primary_contact", "negotiator"],
    text: "It is submitted by a signatory, a primary contact or a negotiator.",
  },
  sections: [
    {
      title: "Beneficiaries",
      hint: "Rows that are left empty are passed over.",
      rows: { of: "beneficiaries", name: "Beneficiary" },
      fields: {
        "beneficiaries/*/ssn": { kind: "ssn", label: "SSN", fills: ({ assigned_on }) => ({ "/assignment_date": assigned_on }) },
        "beneficiaries/*/assignment_date": { kind: "date", label: "Ticket assignment date" },
      },
    },
  ],
});
