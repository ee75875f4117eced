/** The program manager's work: the open work cases in their order. What is asked for stands in the address, so that it is there again after a visit to one. */
import { useEffect, useState } from "preact/hooks";
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Line } from "../parts/entry.tsx";
import { Table } from "../parts/table.tsx";
import { query, to } from "../route.ts";
import { ask, client } from "../session.ts";
import { ACTOR, CLAIM_STATUS, DEMAND, day, month, payment, shortDay } from "../words.ts";
import { Pages } from "../parts/pages.tsx";

const ORDERS = { received: "First in, first out", due: "By what is due" } as const;
const { received, in_review, diaried, waiting_on_ssa_verification } = CLAIM_STATUS;
const OPEN = { received, in_review, diaried, waiting_on_ssa_verification } as const;
const FILTERS = ["order", "status", "provider"] as const;
type Filter = Record<(typeof FILTERS)[number], string>;

/** What the queue was asked for, as it stands in the address. */
export const asAsked = (): string => (query().size > 0 ? `?${query()}` : "");

function show(filter: Filter, cursors: readonly string[]): void {
  const parts = [...FILTERS.flatMap((name) => (filter[name] ? [[name, filter[name]]] : [])), ...cursors.map((cursor) => ["cursor", cursor])];
  location.hash = `${to("queue")}${parts.length > 0 ? `?${new URLSearchParams(parts as [string, string][])}` : ""}`;
}

export function Queue() {
  const asked = query();
  const given = (name: string) => asked.get(name) ?? "";
  const filter = Object.fromEntries(FILTERS.map((name) => [name, isPerson(given(name)) ? "" : given(name)])) as Filter;
  const cursors = asked.getAll("cursor");
  const filled = Object.entries({ ...filter, cursor: cursors.at(-1) ?? "" }).filter(([, value]) => value);
  const [page] = useAnswer(() => ask(client.GET("/v1/work-queue", { params: { query: Object.fromEntries(filled) } })), asAsked());
  return (
    <>
      <h1>Work queue</h1>
      <div class="grid-row grid-gap">
        <div class="tablet:grid-col-6"><Filters filter={filter} /></div>
        <div class="tablet:grid-col-6"><ByNumber /></div>
      </div>
      <div class="margin-top-4">
        <Answer of={page}>
          {({ items, as_of, next_cursor }) => (
            <>
              <Table
                caption={`Open work cases on ${day(as_of)}`}
                rows={items}
                empty={next_cursor ? "None of these is on this page." : "No such work case is open."}
                columns={[
                  { head: "Number", cell: ({ number }) => <a class="text-no-wrap" href={to("queue", number) + asAsked()}>{number}</a> },
                  { head: "Received", cell: (each) => <span class="text-no-wrap">{shortDay(each.received_on)}</span> },
                  { head: "Provider", cell: (each) => each.provider_name },
                  { head: "Payment", cell: (each) => payment(each.payment) },
                  { head: "Month", cell: (each) => month(each.month) },
                  { head: "Status", cell: ({ state }) => `${CLAIM_STATUS[state.status]}${state.title ? `: ${state.title}` : ""}` },
                  { head: "Waiting on", cell: ({ waiting_for: waiting }) => (waiting ? `${ACTOR[waiting.from]}, for ${waiting.what}` : "") },
                  { head: "Due", cell: (each) => each.due.map(({ rule, demand, since }) => <div key={rule + demand}>{DEMAND[demand]} since {shortDay(since)}</div>) },
                ]}
              />
              <Pages cursors={cursors} next={next_cursor ?? undefined} go={(cursors) => show(filter, cursors)} />
            </>
          )}
        </Answer>
      </div>
    </>
  );
}

function Pick({ id, label, table, value, change, none }: { id: string; label: string; table: Readonly<Record<string, string>>; value: string; change: (value: string) => void; none?: string }) {
  return (
    <>
      <label class="usa-label" for={id}>{label}</label>
      <select class="usa-select" id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {none && <option value="">{none}</option>}
        {Object.entries(table).map(([code, words]) => <option key={code} value={code}>{words}</option>)}
      </select>
    </>
  );
}

/** Numbers of people stand in no address, and are asked about nowhere but in a body. */
const isPerson = (provider: string): boolean => /^\d{3}-?\d{2}-?\d{4}$/.test(provider);

function Filters({ filter }: { filter: Filter }) {
  const [draft, setDraft] = useState(filter);
  const [wrong, setWrong] = useState<string>();
  // The address may have changed by itself, as it does on the way back.
  useEffect(() => setDraft(filter), [asAsked()]);
  const submit = (event: Event) => {
    event.preventDefault();
    const provider = draft.provider.trim();
    const isWrong = isPerson(provider);
    setWrong(isWrong ? "This is the number of a person; enter the id of a provider." : undefined);
    if (isWrong) document.getElementById("provider")?.focus();
    else show({ ...draft, provider }, []);
  };
  return (
    <form class="usa-form" onSubmit={submit}>
      <h2>What is shown</h2>
      <Pick id="order" label="Order" table={ORDERS} value={draft.order || "received"} change={(order) => setDraft({ ...draft, order })} />
      <Pick id="status" label="Status" none="All that are open" table={OPEN} value={draft.status} change={(status) => setDraft({ ...draft, status })} />
      <Line id="provider" type="text" label="Provider (optional)" hint="Its id in assignments, such as EN-HARBOR." wrong={wrong} value={draft.provider} change={(provider) => setDraft({ ...draft, provider })} />
      <button type="submit" class="usa-button usa-button--outline">Show</button>
    </form>
  );
}

/** A work case number in its four groups; what is none is nothing. Letters that look like digits are read as such, as the API does. */
function numberIn(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(digits) ? digits.replace(/.{4}(?=.)/g, "$&-") : undefined;
}

function ByNumber() {
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    const number = numberIn(text);
    setWrong(!number);
    if (number) location.hash = to("queue", number) + asAsked();
    else document.getElementById("number")?.focus();
  };
  return (
    <form class="usa-form" onSubmit={submit}>
      <h2>One work case</h2>
      <Line
        id="number"
        type="text"
        label="Work case number"
        hint="Four groups of four digits and letters, such as 1NFK-J7G0-AJZ7-JEHQ."
        wrong={isWrong ? "This is not a work case number; enter its four groups of four." : undefined}
        value={text}
        change={setText}
      />
      <button type="submit" class="usa-button usa-button--outline">Open</button>
    </form>
  );
}
