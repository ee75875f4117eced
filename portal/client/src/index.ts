/** A typed client of the provider portal's API: paths, bodies and answers as `functions/portal/openapi.json` has them. */
import createFetchClient, { type Client as FetchClient, type Middleware } from "openapi-fetch";
import { asProblem } from "./problem.js";
import type { components, paths } from "./schema.js";

export { type Answered, type Problem, answered, problemOf } from "./problem.js";
export type { components, operations, paths } from "./schema.js";
/** A schema of the document by its name. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
export type Client = FetchClient<paths>;

export interface ClientOptions {
  /** Where the API is, such as `http://127.0.0.1:9000`. */
  baseUrl: string;
  /** Gives the access token of who is signed in; undefined for nobody. It is asked before each request, so that it may change. */
  token?: () => string | undefined | Promise<string | undefined>;
  /** In place of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client that sends the token with each request, and whose every refusal is a `Problem`, whoever refused.
 * A request that nobody answers rejects, as `fetch` does.
 */
export function createClient({ baseUrl, token, fetch }: ClientOptions): Client {
  const client = createFetchClient<paths>(fetch ? { baseUrl, fetch } : { baseUrl });
  const signIn: Middleware = {
    async onRequest({ request }) {
      const held = await token?.();
      if (held) request.headers.set("Authorization", `Bearer ${held}`);
      return request;
    },
  };
  client.use(signIn, asProblem);
  return client;
}

/**
 * A new key for one submission. Make it once, before the form is first submitted, and keep it beside what was reviewed: each
 * repeat sends both as they are. Then nothing is filed twice, for a week. With a new key it would be another submission; a form
 * that was changed or reviewed again is refused under the old key.
 */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}
