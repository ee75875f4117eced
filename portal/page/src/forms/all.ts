import type { Me } from "../session.ts";
import { earningsInquiry } from "./earnings_inquiry.ts";
import type { Form } from "./form.ts";
import { form1365 } from "./form_1365.ts";
import { paymentRequest } from "./payment_request.ts";
import { progressReview } from "./progress_review.ts";
import { splitAgreement } from "./split_agreement.ts";
import { workPlan } from "./work_plan.ts";

const ALL: readonly Form[] = [paymentRequest, earningsInquiry, workPlan, form1365, progressReview, splitAgreement];

/** The forms an organization files. Who may file what is the API's to say; this is what is offered. */
export function formsOf({ organization }: Me): readonly Form[] {
  switch (organization?.kind) {
    case "en":
      return ALL.filter((form) => form !== form1365);
    case "state_vr_as_en":
      return ALL;
    case "state_vr":
      return [earningsInquiry, form1365, progressReview];
    default:
      return [];
  }
}

/** What a form is called in addresses. */
export const slug = (form: Form): string => form.path.slice("/v1/".length);

export const formNamed = (name: string | undefined): Form | undefined => ALL.find((form) => slug(form) === name);
