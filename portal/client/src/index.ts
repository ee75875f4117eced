/** A typed client of the provider portal's API: paths, bodies and answers as `functions/portal/openapi.json` has them. */
import createFetchClient, { type Client as FetchClient, type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema";

export type { components, operations, paths } from "./schema";
/** A schema of the document by its name. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
/** The one shape of a refusal. */
export type Problem = Schema<"Problem">;
export type Client = FetchClient<paths>;

export interface ClientOptions {
  /** Where the API is, such as `http://127.0.0.1:9000`. */
  baseUrl: string;
  /** Gives the access token of who is signed in; undefined for nobody. It is asked before each request, so that it may change. */
  token?: () => string | undefined | Promise<string | undefined>;
  /** In place of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/** A client that sends the token with each request. */
export function createClient({ baseUrl, token, fetch }: ClientOptions): Client {
  const client = createFetchClient<paths>(fetch ? { baseUrl, fetch } : { baseUrl });
  const signIn: Middleware = {
    async onRequest({ request }) {
      const held = await token?.();
      if (held) request.headers.set("Authorization", `Bearer ${held}`);
      return request;
    },
  };
  client.use(signIn);
  return client;
}

/** A new key for one submission. Keep it until the submission is answered: the same key with the same form files nothing twice. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}
