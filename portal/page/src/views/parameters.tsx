/** The numbers of law: those of a month, or all that are known. */
import type { Schema } from "ttw-client";
import { useState } from "preact/hooks";
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Line } from "../parts/entry.tsx";
import { Table } from "../parts/table.tsx";
import { ask, client } from "../session.ts";
import { count, day, money, month, payment, ruleName, today } from "../words.ts";

/** A value as people read it, by the unit of its parameter. */
function written(unit: string, amount: string): string {
  switch (unit) {
    case "usd":
      return money(amount);
    case "usd_per_month":
      return `${money(amount)} a month`;
    case "percent":
      return `${amount}%`;
    case "months":
    case "days":
      return count(Number(amount), unit.slice(0, -1));
    case "date":
      return day(amount);
    default:
      return amount;
  }
}

/** Which of a parameter's series: of a payment, of a title, of a kind. */
const series = (key: string): string => (/^p\dm\d+$/.test(key) ? payment(key) : ruleName(key.replaceAll("/", "_")));

interface Row {
  parameter: Schema<"Parameter">;
  value: Schema<"ParameterValue"> | undefined;
}

/** A row for each value; a parameter without one has a row that says so. */
const rowsOf = (parameters: readonly Schema<"Parameter">[]): Row[] =>
  parameters.flatMap((parameter) => (parameter.values.length > 0 ? parameter.values : [undefined]).map((value) => ({ parameter, value })));

export function Parameters() {
  const [entered, setEntered] = useState(() => today().slice(0, "YYYY-MM".length));
  const [on, setOn] = useState(entered);
  const [told] = useAnswer(() => ask(client.GET("/v1/parameters", { params: { query: on ? { on } : {} } })), on);
  return (
    <>
      <h1>Parameters</h1>
      <form class="usa-form" noValidate onSubmit={(event) => (event.preventDefault(), setOn(entered))}>
        <Line id="on" label="Month" hint="All values, where it is left empty." type="month" placeholder="YYYY-MM" value={entered} change={setEntered} />
        <button type="submit" class="usa-button">Look up</button>
      </form>
      <Answer of={told}>
        {({ parameters, rules_version }) => (
          <Table
            caption={`${on ? `Values in ${month(on)}` : "All values"}, by rules version ${rules_version}`}
            rows={rowsOf(parameters)}
            empty="There are none."
            columns={[
              { head: "Parameter", cell: ({ parameter, value }) => `${parameter.title}${value?.key ? `: ${series(value.key)}` : ""}` },
              { head: "Value", cell: ({ parameter, value }) => (value ? written(parameter.unit, value.amount) : "None is known"), isNumber: true },
              { head: "From", cell: ({ value }) => value && month(value.from) },
              { head: "Law", cell: ({ parameter }) => parameter.cite },
              { head: "Source", cell: ({ value }) => value?.source },
            ]}
          />
        )}
      </Answer>
    </>
  );
}
