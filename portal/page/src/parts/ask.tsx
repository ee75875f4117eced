/** What stands on the page while an answer is waited for, and in place of one that was refused. */
import type { Answered, Problem } from "ttw-client";
import { type ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { to } from "../route.ts";
import { refusal } from "../words.ts";

interface Alerting {
  kind: "error" | "warning" | "success" | "info";
  /** How it is told to who hears the page; an answer that was asked for is no alert, whatever its colour. */
  role?: "alert" | "status";
  title?: string;
  children?: ComponentChildren;
}

export function Alert({ kind, role = kind === "error" ? "alert" : "status", title, children }: Alerting) {
  return (
    <div class={`usa-alert usa-alert--${kind}`} role={role}>
      <div class="usa-alert__body">
        {title && <h2 class="usa-alert__heading">{title}</h2>}
        <div class="usa-alert__text">{children}</div>
      </div>
    </div>
  );
}

/** What was filed already stands under the form whose code says so. */
const FILED_AT: Readonly<Record<string, string>> = {
  PR_DUPLICATE_REQUEST: "payment-requests",
  IWP_DUPLICATE: "work-plans",
  F1365_DUPLICATE: "ticket-assignments",
};

/** A sentence of the API; where it speaks of a form on file, with the way there. */
export function Told({ error: { code, message, params } }: { error: Problem["errors"][number] }) {
  const { confirmation } = params ?? {};
  const at = FILED_AT[code];
  return (
    <>
      {message}
      {at && typeof confirmation === "string" && <> <a class="usa-link" href={to("filed", at, confirmation)}>See {confirmation}</a></>}
    </>
  );
}

/** A refusal, where no field of a form can show it. */
export function Refused({ problem }: { problem: Problem }) {
  const [first, ...others] = problem.errors;
  const isTold = first !== undefined && others.length === 0;
  return (
    <Alert kind="error" title={refusal(problem.status)}>
      <p>{isTold ? <Told error={first} /> : problem.detail}</p>
      {!isTold && (
        <ul>
          {problem.errors.map((error) => (
            <li key={error.code + error.path}><Told error={error} /></li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

/** Asks when it is first shown and whenever `what` changes; `again` asks once more. */
export function useAnswer<Data>(call: () => Promise<Answered<Data>>, what: string): [Answered<Data> | undefined, () => void] {
  const [told, setTold] = useState<{ what: string; answer: Answered<Data> }>();
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void call().then((answer) => isCurrent && setTold({ what, answer }));
    return () => {
      isCurrent = false;
    };
  }, [what, times]);
  const again = useCallback(() => setTimes((before) => before + 1), []);
  return [told?.what === what ? told.answer : undefined, again];
}

/** A question that was put, and its answer once it is here. */
export interface Put<Asked, Data> {
  asked: Asked;
  told?: Answered<Data>;
}

/**
 * Questions that somebody puts one after the other. The answer stands beside the very question it was given to: what comes late,
 * after another question or after `forget`, is dropped.
 */
export function useQuestion<Asked, Data>(call: (asked: Asked) => Promise<Answered<Data>>) {
  const [held, setHeld] = useState<Put<Asked, Data>>();
  const last = useRef(0);
  /** Whether it was still the last question when its answer came. */
  async function put(asked: Asked): Promise<boolean> {
    const mine = (last.current += 1);
    setHeld({ asked });
    const told = await call(asked);
    if (last.current !== mine) return false;
    setHeld({ asked, told });
    return true;
  }
  function forget() {
    last.current += 1;
    setHeld(undefined);
  }
  return { held, put, forget };
}

/** One live region stays where it is, so that who hears the page hears that something is waited for. */
export function Answer<Data>({ of, children }: { of: Answered<Data> | undefined; children: (data: Data) => ComponentChildren }) {
  return (
    <>
      <div>
        <p role="status" class={of ? "usa-sr-only" : ""}>{of ? "" : "Loading…"}</p>
      </div>
      {of && (of.ok ? children(of.data) : <Refused problem={of.problem} />)}
    </>
  );
}
