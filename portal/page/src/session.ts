/** Who is signed in. The token stays in this tab: it is gone when the tab is closed. */
import { type Answered, type Client, type Schema, answered, createClient, problemOf } from "ttw-client";

export type Me = Schema<"Me">;

const TOKEN = "ttw.token";

export const token = (): string | undefined => sessionStorage.getItem(TOKEN) ?? undefined;

export const client: Client = createClient({ baseUrl: location.origin, token });

/** What a call of the client gives; that nobody answers is a problem like another. */
export async function ask<Data>(call: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Answered<Data>> {
  try {
    return answered(await call);
  } catch {
    return { ok: false, problem: problemOf(503) };
  }
}

export interface DemoUser {
  subject: string;
  label: string;
}

/** The made-up users of a local server; none where the portal is deployed. */
export async function demoUsers(): Promise<DemoUser[]> {
  try {
    const response = await fetch("/dev/users");
    const isList = response.ok && response.headers.get("Content-Type")?.startsWith("application/json");
    return isList ? ((await response.json()) as DemoUser[]) : [];
  } catch {
    return [];
  }
}

/** Signs a made-up user of a local server in. */
export async function signInAs(user: string): Promise<boolean> {
  const headers = { "Content-Type": "application/json" };
  try {
    const response = await fetch("/dev/token", { method: "POST", headers, body: JSON.stringify({ user }) });
    if (!response.ok) return false;
    const { access_token } = (await response.json()) as { access_token: string };
    sessionStorage.setItem(TOKEN, access_token);
    return true;
  } catch {
    return false;
  }
}

export function signOut(): void {
  sessionStorage.removeItem(TOKEN);
}
