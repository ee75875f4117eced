/** The API's words as people read them. Each table is held against the API document by the compiler. */
import type { Schema } from "ttw-client";

export const CLAIM_STATUS: Record<Schema<"ClaimStatus">, string> = {
  received: "Received",
  in_review: "In review",
  diaried: "Diaried",
  waiting_on_ssa_verification: "Waiting on SSA verification",
  paid: "Paid",
  denied: "Denied",
  withdrawn: "Withdrawn",
};

const CLOSED: readonly Schema<"ClaimStatus">[] = ["paid", "denied", "withdrawn"];

/** Whether something is still to come of what was filed. */
export const isOpen = (status: Schema<"ClaimStatus">): boolean => !CLOSED.includes(status);

export const EVENT: Record<Schema<"ClaimEvent">, string> = {
  open: "Taken up",
  documents_arrive: "Evidence arrived",
  diary: "Diary",
  resume: "Diary ended",
  diary_runs_out: "Diary ran out",
  await_verification: "Waiting for verification",
  verified: "Verified",
  pay: "Paid",
  deny: "Denied",
  documents_missing: "Denied: the evidence did not come",
  withdraw: "Withdrawn",
};

export const EVIDENCE: Record<Schema<"EvidenceKind">, string> = {
  pay_statements: "Pay statements",
  employer_statement: "Employer-prepared statement",
  third_party_record: "Third-party record",
  self_employment: "Self-employment form",
  service_record: "Service record",
  other: "Other",
};

export const DELIVERY: Record<Schema<"EvidenceDelivery">, string> = {
  enclosed: "It came with the request",
  to_follow: "It follows by fax, with the cover sheet",
  not_needed: "None is needed: the earnings are established already",
};

export const DEMAND: Record<Schema<"Demand">, string> = {
  documents_missing: "Documents are missing",
  diary_runs_out: "The diary runs out",
  decide: "To be decided",
  look_again: "To be looked at again",
  overdue: "Overdue",
};

export const ACTION: Record<Schema<"ActionSent">, string> = {
  open: "Take it up",
  pay: "Pay",
  deny: "Deny",
  diary: "Put into a diary",
  resume: "End the diary",
  await_verification: "Wait for Social Security's verification",
  verified: "Social Security has verified it",
};

export const OTHERWISE: Record<Schema<"OtherwiseSent">, string> = {
  evidence_differs: "The evidence says otherwise",
  evidence_missing: "Evidence is missing",
  earnings_not_verified: "The earnings are not verified",
  record_in_doubt: "The record is in doubt",
  provider_in_doubt: "The provider is in doubt",
};

export const EFFECT: Record<Schema<"Effect">, string> = {
  overpaid: "Overpaid",
  missed: "Missed",
};

export const LEDGER_STATUS: Record<Schema<"LedgerStatus">, string> = {
  paid: "Paid",
  payable: "Payable",
  pending: "Pending",
  unavailable: "Unavailable",
  undetermined: "Cannot be known",
};

export const STANDING: Record<Schema<"TicketStanding">, string> = {
  undetermined: "Cannot be known",
  requested: "Requested",
  pending: "Pending",
  unavailable: "Unavailable",
  paid: "Paid",
};

export const ASSIGNABILITY: Record<Schema<"AssignabilityStatus">, string> = {
  assignable: "Assignable",
  assigned_to_you: "Assigned to you",
  not_assignable: "Not assignable",
};

export const POLICY: Record<Schema<"Policy">, string> = {
  operations: "Operations: what the program manager does",
  regulation: "Regulation: 20 CFR part 411 read strictly",
};

export const RECORD: Record<Schema<"Record">, string> = { t2: "title II", t16: "title XVI" };

export const BENEFIT: Record<Schema<"BenefitStatus">, string> = {
  current_pay: "In current pay",
  suspended_work: "Suspended because of work",
  suspended_other: "Suspended for another reason",
  ended_work: "Ended because of work",
  ended_other: "Ended for another reason",
};

export const DECISION: Record<Schema<"Decision">, string> = {
  payable: "Payable",
  not_payable: "Not payable",
  undetermined: "Cannot be known",
};

export const ACTOR: Record<Schema<"Actor">, string> = {
  provider: "the provider",
  program_manager: "the program manager",
  social_security: "Social Security",
  clock: "a clock",
};

export const KIND: Record<Schema<"ProviderKind">, string> = {
  en: "Employment Network",
  state_vr_as_en: "State VR agency as an Employment Network",
  state_vr: "State VR agency",
};

/** A day of the page's clock, in Eastern time, as the API writes days. */
export const today = (): string => new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York", dateStyle: "short" }).format(new Date());

/** The month before that of a day: the last one that is over on it. */
export function lastMonth(day: string): string {
  const [year, number] = day.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, (number ?? 0) - 2)).toISOString().slice(0, "YYYY-MM".length);
}

/** 1 person, 2 people. */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const monthName = (number: string | undefined): string => MONTHS[Number(number) - 1] ?? "";

/** `2026-03` is March 2026. */
export function month(text: string): string {
  const [year, number] = text.split("-");
  return `${monthName(number)} ${year}`;
}

/** `2026-03-09` is March 9, 2026. */
export function day(text: string): string {
  const [year, number, date] = text.split("-");
  return `${monthName(number)} ${Number(date)}, ${year}`;
}

/** `2026-03-09` is Mar 9, 2026, where many stand in a table. */
export function shortDay(text: string): string {
  const [year, number, date] = text.split("-");
  return `${monthName(number).slice(0, 3)} ${Number(date)}, ${year}`;
}

/** `1850.00` is $1,850.00; the digits are those of the API, so no cent is rounded. */
export function money(text: string): string {
  const [whole = "", cents] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return cents === undefined || /^0*$/.test(cents) ? `$${grouped}` : `$${grouped}.${cents.padEnd(2, "0")}`;
}

/** `-1398.00` is −$1,398. */
export const signed = (text: string): string => (text.startsWith("-") ? `−${money(text.slice(1))}` : `+${money(text)}`);

/** `p1m2` is Phase 1 Milestone 2. */
export function payment(name: string): string {
  const [, phase, milestone] = /^p([12])m(\d+)$/.exec(name) ?? [];
  if (phase) return `Phase ${phase} Milestone ${milestone}`;
  if (name === "p2") return "Next Phase 2 Milestone";
  if (name === "outcome") return "Next outcome payment";
  const [, outcome] = /^outcome(\d+)$/.exec(name) ?? [];
  return outcome ? `Outcome payment ${outcome}` : sentence(name);
}

const SHORT: Readonly<Record<string, string>> = { ii: "II", xvi: "XVI", t2: "title II", t16: "title XVI", vr: "VR", ssi: "SSI" };

/** The name of a rule or of a difference: `current_pay_title_ii` is Current pay title II. */
export function ruleName(name: string): string {
  const words = name.split("_").map((word) => SHORT[word] ?? word).join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The pointer of a fact or a parameter as people read it: `/parameters/rates/2026` is Rates 2026. */
export function fact(path: string): string {
  const [, kind, ...steps] = path.split("/");
  // The place in a list of the record says nothing to people; the year of a parameter does.
  return sentence((kind === "case" ? steps.filter((step) => !/^\d+$/.test(step)) : steps).join(" ")).trim();
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: "Nobody is signed in",
  403: "This is not open to you",
  404: "It is not here",
  409: "This cannot be done now",
  413: "This is too much at once",
  422: "This cannot be taken as it is",
  429: "This was asked too often",
  503: "There is no answer",
};

/** What a refusal is headed by; why it was refused, the API says. */
export const refusal = (status: number): string => REFUSALS[status] ?? (status >= 500 ? "Something went wrong" : "This was refused");

/** `no_cash_due` is No cash due. */
export function sentence(word: string): string {
  const words = word.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** An instant in Eastern time, as the program's days are counted. */
export function instant(text: string): string {
  const style = { dateStyle: "long", timeStyle: "short", timeZone: "America/New_York" } as const;
  return `${new Intl.DateTimeFormat("en-US", style).format(new Date(text))} ET`;
}
