/** A file of the API: asked for with the token, and given to the browser to be kept. */
import { type Answered, type Problem, problemOf } from "ttw-client";
import { useState } from "preact/hooks";
import { ask } from "../session.ts";
import { Refused } from "./ask.tsx";

/** What a call with `parseAs: "blob"` gives; its types speak of the answer as it is without that. */
export type Fetched = Promise<{ data?: unknown; error?: unknown; response: Response }>;
export const askFile = (call: Fetched) => ask<Blob>(call as Promise<{ data?: Blob; error?: unknown; response: Response }>);

export function keep(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** All parts of a table: each says in `Link` where the next one begins, and has its line of names again. */
async function whole(call: (from: { cursor?: string }) => Fetched): Promise<Answered<Blob>> {
  const parts: BlobPart[] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
    const fetched = await call(cursor ? { cursor } : {}).catch(() => undefined);
    if (!fetched) return { ok: false, problem: problemOf(503) };
    const told = await askFile(Promise.resolve(fetched));
    if (!told.ok) return told;
    parts.push(isFirst ? told.data : (await told.data.text()).replace(/^[^\n]*\n/, ""));
    const next = /<([^>]*)>; rel="next"/.exec(fetched.response.headers.get("link") ?? "")?.[1];
    cursor = next ? (new URL(next, location.href).searchParams.get("cursor") ?? undefined) : undefined;
  }
  return { ok: true, data: new Blob(parts, { type: "text/csv" }) };
}

export function Download({ label, name, call }: { label: string; name: string; call: (from: { cursor?: string }) => Fetched }) {
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);

  async function get() {
    setBusy(true);
    setProblem(undefined);
    const told = await whole(call);
    setBusy(false);
    if (told.ok) keep(told.data, name);
    else setProblem(told.problem);
  }

  return (
    <div class="margin-y-2">
      <button type="button" class="usa-button usa-button--outline" disabled={isBusy} onClick={() => void get()}>{label}</button>
      {problem && <Refused problem={problem} />}
    </div>
  );
}
