/** A decision with every reason, and a ledger: what the engine says, in its own sentences. */
import type { Schema } from "ttw-client";
import { DECISION, LEDGER_STATUS, count, day, lastMonth, money, month, payment } from "../words.ts";
import { Alert } from "./ask.tsx";
import { Missing } from "./missing.tsx";
import { RuleLinks } from "./rule_links.tsx";
import { Table } from "./table.tsx";

const HOLDS = { true: "Holds", false: "Fails", null: "Not known" } as const;
const KIND = { payable: "success", not_payable: "error", undetermined: "warning" } as const;
/** Which rules the answer hangs on: those that fail, or those of which nobody knows. */
const TELLING = { payable: undefined, not_payable: false, undetermined: null } as const;

export function Determination({ of, whose }: { of: Schema<"Determination">; whose?: string }) {
  const telling = of.reasons.filter((reason) => reason.holds === TELLING[of.decision]);
  const amount = of.decision === "payable" ? `: ${of.amount === null ? "no rate is published yet" : money(of.amount)}` : "";
  return (
    <section>
      <Alert kind={KIND[of.decision]} role="status" title={`${DECISION[of.decision]}${amount}`}>
        <p>
          {payment(of.payment)} for {month(of.month)}{whose && `, of the number ending in ${whose}`}.
        </p>
        {telling.map((reason) => (
          <p key={reason.rule}>{reason.text}</p>
        ))}
        {of.missing.length > 0 && (
          <>
            <p><strong>What is not known:</strong></p>
            <Missing of={of.missing} />
          </>
        )}
        {of.next && <p><strong>What would help:</strong> {of.next.text}</p>}
      </Alert>
      <details class="margin-top-2">
        <summary>All {of.reasons.length} rules that were asked</summary>
        <Table
          caption={`Rules, by rules version ${of.rules_version}, policy ${of.policy}`}
          rows={of.reasons}
          empty="None."
          columns={[
            { head: "Rule", cell: (reason) => <RuleLinks of={[reason.rule]} /> },
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

function when({ first: { attained_in, progress } }: Run): string {
  if (attained_in) return month(attained_in);
  if (!progress) return "";
  const { have, need } = progress;
  // Where there are enough, something else is waited for.
  return have < need ? `${have} of ${need} months` : `${need} months needed, ${have} there`;
}

const amount = ({ first: { amount, status } }: Run): string => (amount ? money(amount) : status === "payable" ? "no rate yet" : "");

/** What a ledger sums up to; a payment without a published rate is in no sum. */
function sums({ rows, totals: { paid, payable, potential } }: Schema<"Ledger">): string {
  const without = rows.filter(({ status, amount }) => status === "payable" && amount === null).length;
  const left = without > 0 ? `, without ${count(without, "payment")} whose rate is not published yet` : "";
  const more = potential === null
    ? "What pending payments would bring is not known, since a rate is not published yet."
    : `Pending payments would bring ${money(potential)}.`;
  return `Paid ${money(paid)}; payable now ${money(payable)}${left}. ${more}`;
}

interface Listed {
  of: Schema<"Ledger">;
  /** The last four digits of whom it is about, where that is not plain. */
  whose?: string;
  /** Asks for the reasons of a payment; the month is left open where the ledger does not tell which one to ask about. */
  ask?: (payment: string, month: string | undefined) => void;
  /** Whether a payment was requested already. */
  isRequested?: (row: Row) => boolean;
}

export function Ledger({ of, whose, ask, isRequested }: Listed) {
  function why({ first: { payment: name, status, attained_in } }: Run) {
    if (!ask || status === "paid") return null;
    const isOpen = status === "undetermined" && !attained_in;
    // What is still to come, or barred, is asked about for the newest month that is over.
    const asked = attained_in ?? (isOpen ? undefined : lastMonth(of.as_of));
    const label = isOpen ? "Ask for a month" : "Why?";
    return (
      <button type="button" class="usa-button usa-button--unstyled" aria-label={`${label} ${payment(name)}`} onClick={() => ask(name, asked)}>
        {label}
      </button>
    );
  }
  return (
    <>
      <p>{sums(of)}</p>
      <Table
        caption={`Payments of the ticket${whose ? ` of the number ending in ${whose}` : ""} on ${day(of.as_of)}`}
        rows={runs(of.rows)}
        empty="The ticket carries no payments."
        columns={[
          { head: "Payment", cell: name },
          { head: "Status", cell: ({ first }) => (isRequested?.(first) ? "Requested" : LEDGER_STATUS[first.status]) },
          { head: "Month", cell: when },
          { head: "Amount", cell: amount, isNumber: true },
          { head: "Barred by", cell: ({ first }) => <RuleLinks of={first.blocked_by} /> },
          ...(ask ? [{ head: "Reasons", cell: why }] : []),
        ]}
      />
    </>
  );
}
