import { type ComponentChildren } from "preact";

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ComponentChildren;
  /** Amounts and counts stand at the right. */
  isNumber?: boolean;
}

export function Table<Row>({ caption, columns, rows, empty }: { caption: string; columns: Column<Row>[]; rows: readonly Row[]; empty: string }) {
  if (rows.length === 0) return <p>{empty}</p>;
  return (
    <div class="usa-table-container--scrollable" tabIndex={0}>
      <table class="usa-table usa-table--borderless usa-table--compact width-full">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, isNumber }) => (
              <th key={head} scope="col" class={isNumber ? "text-right" : ""}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {columns.map(({ head, cell, isNumber }) => (
                <td key={head} class={isNumber ? "text-right text-tabular" : ""}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
