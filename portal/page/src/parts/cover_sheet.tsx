/** The fax cover sheet of a work case: issued once, and again as a copy for more documents of the same request. */
import type { Problem } from "ttw-client";
import { useState } from "preact/hooks";
import { ask, client } from "../session.ts";
import { Refused } from "./ask.tsx";

export function CoverSheet({ number }: { number: string }) {
  const [problem, setProblem] = useState<Problem>();
  const [isIssued, setIssued] = useState(false);

  async function get(isCopy: boolean) {
    setProblem(undefined);
    const params = { path: { confirmation: number }, query: isCopy ? { copy: true } : {} };
    const told = await ask<Blob>(client.GET("/v1/payment-requests/{confirmation}/cover-sheet", { params, parseAs: "blob" }) as Promise<{ data?: Blob; error?: unknown; response: Response }>);
    const wasIssued = !told.ok && told.problem.errors.some(({ code }) => code === "PR_SHEET_ISSUED");
    if (wasIssued && !isCopy) return get(true);
    if (!told.ok) return setProblem(told.problem);
    setIssued(true);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(told.data);
    link.download = `cover-sheet-${number}.pdf`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <div class="margin-top-2">
      <button type="button" class="usa-button usa-button--outline" onClick={() => void get(isIssued)}>
        {isIssued ? "Another copy of the cover sheet" : "Fax cover sheet (PDF)"}
      </button>
      {problem && <Refused problem={problem} />}
    </div>
  );
}
