/** The fax cover sheet of a work case: issued once, and again as a copy for more documents of the same request. */
import type { Problem } from "ttw-client";
import { useRef, useState } from "preact/hooks";
import { client } from "../session.ts";
import { Refused } from "./ask.tsx";
import { askFile, keep } from "./download.tsx";

export function CoverSheet({ number }: { number: string }) {
  const [problem, setProblem] = useState<Problem>();
  const [isIssued, setIssued] = useState(false);
  // A second click while the first is under way would issue a copy as well.
  const isUnderWay = useRef(false);
  const [isBusy, setBusy] = useState(false);

  async function get() {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    setProblem(undefined);
    const sheet = await ask(isIssued);
    isUnderWay.current = false;
    setBusy(false);
    if (!sheet.ok) return setProblem(sheet.problem);
    setIssued(true);
    keep(sheet.data, `cover-sheet-${number}.pdf`);
  }

  async function ask(isCopy: boolean): ReturnType<typeof askFile> {
    const params = { path: { confirmation: number }, query: isCopy ? { copy: true } : {} };
    const told = await askFile(client.GET("/v1/payment-requests/{confirmation}/cover-sheet", { params, parseAs: "blob" }));
    const wasIssued = !told.ok && told.problem.errors.some(({ code }) => code === "PR_SHEET_ISSUED");
    return wasIssued && !isCopy ? ask(true) : told;
  }

  return (
    <div class="margin-top-2">
      <button type="button" class="usa-button usa-button--outline" disabled={isBusy} onClick={() => void get()}>
        {isIssued ? "Another copy of the cover sheet" : "Fax cover sheet (PDF)"}
      </button>
      {problem && <Refused problem={problem} />}
    </div>
  );
}
