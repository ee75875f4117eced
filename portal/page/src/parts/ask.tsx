/** What stands on the page while an answer is waited for, and in place of one that was refused. */
import type { Answered, Problem } from "ttw-client";
import { type ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";

export function Alert({ kind, title, children }: { kind: "error" | "warning" | "success" | "info"; title?: string; children?: ComponentChildren }) {
  return (
    <div class={`usa-alert usa-alert--${kind}`} role={kind === "error" ? "alert" : "status"}>
      <div class="usa-alert__body">
        {title && <h2 class="usa-alert__heading">{title}</h2>}
        <div class="usa-alert__text">{children}</div>
      </div>
    </div>
  );
}

/** A refusal, where no field of a form can show it. */
export function Refused({ problem }: { problem: Problem }) {
  const [first, ...others] = problem.errors;
  const isTold = first !== undefined && others.length === 0;
  return (
    <Alert kind="error" title={problem.title}>
      <p>{isTold ? first.message : problem.detail}</p>
      {!isTold && (
        <ul>
          {problem.errors.map((error) => (
            <li key={error.code + error.path}>{error.message}</li>
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

export function Answer<Data>({ of, children }: { of: Answered<Data> | undefined; children: (data: Data) => ComponentChildren }) {
  if (!of) return <p role="status">Loading…</p>;
  return of.ok ? <>{children(of.data)}</> : <Refused problem={of.problem} />;
}
