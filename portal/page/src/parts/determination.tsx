/** A decision with every reason, and a ledger: what the engine says, in its own sentences. */
import type { Schema } from "ttw-client";
import { DECISION, LEDGER_STATUS, money, month, payment } from "../words.ts";
import { Alert } from "./ask.tsx";
import { Table } from "./table.tsx";

const HOLDS = { true: "Holds", false: "Fails", null: "Not known" } as const;
const KIND = { payable: "success", not_payable: "error", undetermined: "warning" } as const;

export function Determination({ of }: { of: Schema<"Determination"> }) {
  const failed = of.reasons.filter((reason) => reason.holds === false);
  const amount = of.decision === "payable" ? `: ${of.amount === null ? "no rate is published yet" : money(of.amount)}` : "";
  return (
    <section>
      <Alert kind={KIND[of.decision]} title={`${DECISION[of.decision]}${amount}`}>
        <p>
          {payment(of.payment)} for {month(of.month)}.
        </p>
        {failed.map((reason) => (
          <p key={reason.rule}>{reason.text}</p>
        ))}
        {of.next && <p><strong>What would help:</strong> {of.next.text}</p>}
      </Alert>
      <details class="margin-top-2">
        <summary>All {of.reasons.length} rules that were asked</summary>
        <Table
          caption={`Rules, by rules version ${of.rules_version}`}
          rows={of.reasons}
          empty="None."
          columns={[
            { head: "Rule", cell: (reason) => <a href={`#/rules/${reason.rule}`}>{reason.rule}</a> },
            { head: "Answer", cell: (reason) => HOLDS[`${reason.holds}`] },
            { head: "Why", cell: (reason) => reason.text },
            { head: "Source", cell: (reason) => reason.source },
          ]}
        />
      </details>
    </section>
  );
}

type Row = Schema<"LedgerRow">;

/** Payments of which there is nothing to say but how they stand, one after the other. */
interface Run {
  first: Row;
  last: Row;
}

function runs(rows: readonly Row[]): Run[] {
  const found: Run[] = [];
  const isBare = (row: Row) => !row.attained_in && !row.amount && !row.progress && row.blocked_by.length === 0;
  const kind = ({ payment }: Row) => payment.replace(/\d+$/, "");
  for (const row of rows) {
    const before = found.at(-1);
    const goesOn = before && isBare(before.last) && isBare(row) && before.last.status === row.status && kind(before.last) === kind(row);
    if (goesOn) before.last = row;
    else found.push({ first: row, last: row });
  }
  return found;
}

const name = ({ first, last }: Run): string =>
  first === last ? payment(first.payment) : `${payment(first.payment)} to ${/\d+$/.exec(last.payment)?.[0]}`;
const when = ({ first: { attained_in, progress } }: Run): string =>
  attained_in ? month(attained_in) : progress ? `${progress.have} of ${progress.need} months` : "";
const amount = ({ first: { amount, status } }: Run): string => (amount ? money(amount) : status === "payable" ? "no rate yet" : "");

export function Ledger({ of, ask }: { of: Schema<"Ledger">; ask?: (row: Row) => void }) {
  const why = ({ first }: Run) =>
    first.attained_in && (
      <button type="button" class="usa-button usa-button--unstyled" aria-label={`Why: ${payment(first.payment)}`} onClick={() => ask?.(first)}>
        Why?
      </button>
    );
  return (
    <Table
      caption={`Payments of the ticket. Paid ${money(of.totals.paid)}, payable now ${money(of.totals.payable)}`}
      rows={runs(of.rows)}
      empty="The ticket carries no payments."
      columns={[
        { head: "Payment", cell: name },
        { head: "Status", cell: ({ first }) => LEDGER_STATUS[first.status] },
        { head: "Month", cell: when },
        { head: "Amount", cell: amount, isNumber: true },
        { head: "Barred by", cell: ({ first }) => first.blocked_by.map((rule) => <a key={rule} class="margin-right-1" href={`#/rules/${rule}`}>{rule}</a>) },
        ...(ask ? [{ head: "Reasons", cell: why }] : []),
      ]}
    />
  );
}
