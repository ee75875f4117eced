/** Who is signed in. The token stays in this tab: it is gone when the tab is closed. */
import { UserManager, WebStorageStateStore } from "oidc-client-ts";
import { type Answered, type Client, type Schema, answered, createClient, problemOf } from "ttw-client";

export type Me = Schema<"Me">;

const { VITE_API, VITE_ISSUER, VITE_CLIENT_ID } = import.meta.env;
const page = location.origin + location.pathname;

const users = new UserManager({
  authority: VITE_ISSUER || `${location.origin}/dev`,
  client_id: VITE_CLIENT_ID || "ttw-local",
  redirect_uri: page,
  post_logout_redirect_uri: page,
  scope: "openid",
  userStore: new WebStorageStateStore({ store: sessionStorage }),
  automaticSilentRenew: false,
});
// What a sign-in that was never completed has left; it holds nobody's name.
void users.clearStaleState();
// With a refresh token the sign-in goes on; without one it ends in its time.
users.events.addAccessTokenExpiring(() => {
  void users.getUser().then((user) => (user?.refresh_token ? users.signinSilent() : null)).catch(() => undefined);
});

const token = async (): Promise<string | undefined> => (await users.getUser())?.access_token;

export const client: Client = createClient({ baseUrl: VITE_API || location.origin, token });

let whenOver = (): void => undefined;

/** What is done when an answer says that the sign-in is over. */
export function onSignInOver(tell: () => void): void {
  whenOver = tell;
}

/** What a call of the client gives; that nobody answers is a problem like another. */
export async function ask<Data>(call: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Answered<Data>> {
  try {
    const told = answered(await call);
    if (!told.ok && told.problem.status === 401) whenOver();
    return told;
  } catch {
    return { ok: false, problem: problemOf(503) };
  }
}

export type Entry = "signed in" | "nobody" | "refused";

/** Whether somebody is signed in. Who comes back from the sign-in is led to where they were. */
export async function enter(): Promise<Entry> {
  if (/[?&](code|error)=/.test(location.search)) {
    const user = await users.signinCallback().catch(() => null);
    history.replaceState(null, "", page + (typeof user?.state === "string" ? user.state : ""));
    dispatchEvent(new Event("hashchange"));
    if (user === null) return "refused";
  }
  const user = await users.getUser();
  return user !== null && user.expired !== true ? "signed in" : "nobody";
}

/** Leaves for the sign-in; false where that does not answer. */
export async function signIn(): Promise<boolean> {
  return users.signinRedirect({ state: location.hash }).then(() => true, () => false);
}

/** Signs the same person in again in a window of its own, so that nothing here is lost; false where that comes to nothing. */
export async function signInAgain(): Promise<boolean> {
  const before = await users.getUser();
  const after = await users.signinPopup().catch(() => undefined);
  if (after && before && after.profile.sub !== before.profile.sub) location.reload();
  return after !== undefined;
}

/** Forgets who is signed in. */
export async function forget(): Promise<void> {
  await users.removeUser();
}

/** Forgets who is signed in, here and, where it can be told, at the sign-in. */
export async function signOut(): Promise<void> {
  const ends = await users.metadataService.getEndSessionEndpoint().catch(() => undefined);
  // Cognito has names of its own for what it is told.
  const extraQueryParams = { client_id: users.settings.client_id, logout_uri: page };
  if (ends) await users.signoutRedirect({ extraQueryParams }).catch(forget);
  else await forget();
}
