/** The way of a form from a draft to its confirmation. `npm run check` holds it against the API's document. */
import { type Client, type Problem, type Schema, answered } from "./index.js";

export type Refused = { kind: "refused"; problem: Problem };
/** A form as it was shown, and the body that submits it, made once so that a repeat sends the same. */
export interface Reviewed {
  kind: "reviewed";
  review: Schema<"PaymentRequestReview">;
  body: Readonly<Schema<"PaymentRequest">>;
}
export interface Confirmed {
  kind: "confirmed";
  confirmation: Schema<"PaymentRequestConfirmation">;
}

/** Reviews a payment request. Show `review.document` and `review.warnings`: to submit the body acknowledges them all. */
export async function review(client: Client, draft: Schema<"PaymentRequest">): Promise<Reviewed | Refused> {
  const body = structuredClone(draft);
  const reviewed = answered(await client.POST("/v1/payment-requests/review", { body }));
  if (!reviewed.ok) return { kind: "refused", problem: reviewed.problem };
  const { review_token, warnings } = reviewed.data;
  const acknowledged_warnings = [...new Set(warnings.map((warning) => warning.code))];
  return { kind: "reviewed", review: reviewed.data, body: { ...body, review_token, acknowledged_warnings } };
}

/**
 * Submits what was reviewed.
 *
 * When no answer comes (it rejects), or `mayRepeat` says so of the problem, call it again with the same form and key; after a
 * 401 too, once somebody is signed in again.
 *
 * @param key of `idempotencyKey()`, made before the first try
 */
export async function submit(client: Client, { body }: Reviewed, key: string): Promise<Confirmed | Refused> {
  const params = { header: { "Idempotency-Key": key } };
  const submitted = answered(await client.POST("/v1/payment-requests", { params, body }));
  if (!submitted.ok) return { kind: "refused", problem: submitted.problem };
  return { kind: "confirmed", confirmation: submitted.data };
}

/** Whether the same submission with the same key may go through later: whoever refused it has not looked at the form. */
export function mayRepeat({ status, errors }: Problem): boolean {
  return status === 429 || status >= 500 || errors.some((error) => error.code === "IDEMPOTENCY_IN_FLIGHT");
}

/** What will probably become of a request, in a line. */
export function inALine(review: Schema<"PaymentRequestReview">): string {
  const { claim_month, request_type, employer } = review.document;
  return `${request_type} for ${claim_month}, ${employer?.name ?? "self-employed"}: ${review.advice.text}`;
}

/** The confirmation numbers of everything that was filed, newest first, page by page. */
export async function* confirmations(client: Client): AsyncGenerator<string, void> {
  let cursor: string | undefined;
  do {
    const page = answered(await client.GET("/v1/payment-requests", { params: { query: cursor ? { cursor } : {} } }));
    if (!page.ok) throw new Error(page.problem.detail);
    for (const item of page.data.items) yield item.confirmation;
    cursor = page.data.next_cursor ?? undefined;
  } while (cursor);
}
