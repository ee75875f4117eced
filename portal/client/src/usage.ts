/** The way of a form from a draft to its confirmation. `npm run check` holds it against the API's document. */
import { type Client, type Problem, type Schema, idempotencyKey } from "./index";

export type Outcome =
  | { kind: "confirmed"; confirmation: Schema<"PaymentRequestConfirmation"> }
  | { kind: "not acknowledged"; review: Schema<"PaymentRequestReview"> }
  | { kind: "refused"; problem: Problem };

/**
 * Reviews a payment request, has the reviewed form and its warnings looked at, and submits it.
 *
 * @param look shows the form as it will be stored and says whether its warnings are acknowledged
 */
export async function file(
  client: Client,
  draft: Schema<"PaymentRequest">,
  look: (review: Schema<"PaymentRequestReview">) => Promise<boolean>,
  key: string = idempotencyKey(),
): Promise<Outcome> {
  const reviewed = await client.POST("/v1/payment-requests/review", { body: draft });
  if (reviewed.error) return { kind: "refused", problem: reviewed.error };
  const review = reviewed.data;
  if (!(await look(review))) return { kind: "not acknowledged", review };
  const submitted = await client.POST("/v1/payment-requests", {
    params: { header: { "Idempotency-Key": key } },
    body: {
      ...draft,
      review_token: review.review_token,
      acknowledged_warnings: review.warnings.map((warning) => warning.code),
    },
  });
  if (submitted.error) return { kind: "refused", problem: submitted.error };
  return { kind: "confirmed", confirmation: submitted.data };
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
    const page = await client.GET("/v1/payment-requests", { params: { query: cursor ? { cursor } : {} } });
    if (page.error) throw new Error(page.error.detail);
    for (const item of page.data.items) yield item.confirmation;
    cursor = page.data.next_cursor ?? undefined;
  } while (cursor);
}
