/** One shape for every refusal: what the gateway answers by itself becomes a problem document too. */
import type { Middleware } from "openapi-fetch";
import type { components } from "./schema.js";

/** The one shape of a refusal. */
export type Problem = components["schemas"]["Problem"];

type Said = Pick<components["schemas"]["Error"], "code" | "class" | "message" | "action"> & { title: string };

/** The codes are those of docs/codes.md where it has one; `RATE_LIMITED`, `INTERNAL` and `REFUSED` are the client's own. */
const SAID: Record<number, Said> = {
  401: {
    title: "Unauthorized",
    code: "AUTH_REQUIRED",
    class: "policy",
    message: "Sign in, and send the access token as Authorization: Bearer.",
    action: "correct",
  },
  413: {
    title: "Content Too Large",
    code: "REQ_TOO_LARGE",
    class: "syntactical",
    message: "The request is too large; send less at a time.",
    action: "correct",
  },
  429: {
    title: "Too Many Requests",
    code: "RATE_LIMITED",
    class: "policy",
    message: "Too many requests came at once; send it again in a moment.",
    action: "correct",
  },
  503: {
    title: "Service Unavailable",
    code: "UPSTREAM_UNAVAILABLE",
    class: "syntactical",
    message: "A service that is needed here does not answer; try again later.",
    action: "correct",
  },
};
const FAILED: Said = {
  title: "Internal Server Error",
  code: "INTERNAL",
  class: "syntactical",
  message: "Something went wrong here, not with the request; try again later.",
  action: "correct",
};
const REFUSED: Said = {
  title: "Refused",
  code: "REFUSED",
  class: "policy",
  message: "The request was refused on its way; do not send it again as it is.",
  action: "do_not_resubmit",
};

/** The problem that stands for an answer which says nothing but its status. */
export function problemOf(status: number): Problem {
  const { title, ...said } = SAID[status] ?? (status >= 400 && status < 500 ? REFUSED : FAILED);
  return { type: "about:blank", title, status, detail: said.message, errors: [{ ...said, path: "" }] };
}

/** Whether a value is a problem document. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const { status, detail, errors } = value as Partial<Record<keyof Problem, unknown>>;
  return typeof status === "number" && typeof detail === "string" && Array.isArray(errors);
}

/** Puts a problem document in place of each refusal that is none: the gateway's `{"message": …}`, a page, nothing at all. */
export const asProblem: Middleware = {
  async onResponse({ response }) {
    // A redirect and "not modified" refuse nothing.
    if (response.status < 400) return undefined;
    const told: unknown = await response.clone().json().catch(() => undefined);
    if (isProblem(told)) return undefined;
    const headers = new Headers(response.headers);
    for (const name of ["Content-Length", "Content-Encoding", "Transfer-Encoding"]) headers.delete(name);
    headers.set("Content-Type", "application/problem+json");
    return new Response(JSON.stringify(problemOf(response.status)), { status: response.status, headers });
  },
};

/** What a call gives: the answer, or the problem in its place. */
export type Answered<Data> = { ok: true; data: Data } | { ok: false; problem: Problem };

/** Reads what a call of the client gives. The status decides, not whether there is a body. */
export function answered<Data>(given: { data?: Data; error?: unknown; response: Response }): Answered<Data> {
  const { data, error, response } = given;
  if (response.ok && data !== undefined) return { ok: true, data };
  return { ok: false, problem: isProblem(error) ? error : problemOf(response.ok ? 500 : response.status) };
}
