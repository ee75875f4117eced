/** What is known of a form before it is filled in: its option lists and, of a progress review, the questions of every period. */
import type { Answered } from "ttw-client";
import type { Form, FormPath, Known } from "../forms/form.ts";
import { type Me, ask, client } from "../session.ts";

const optionsAt = (path: FormPath) => `${path}/options` as "/v1/payment-requests/options";

export async function knownOf(form: Form, me: Me): Promise<Answered<Known>> {
  const options = await ask(client.GET(optionsAt(form.path)));
  if (!options.ok) return options;
  const known: Known = { me, options: options.data, questions: [], holdings: {} };
  if (form.path !== "/v1/progress-reviews") return { ok: true, data: known };
  const periods = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7].map((period) => ask(client.GET("/v1/progress-reviews/questions", { params: { query: { period } } }))),
  );
  const questions = [];
  for (const period of periods) {
    if (!period.ok) return period;
    questions.push(period.data);
  }
  return { ok: true, data: { ...known, questions } };
}
