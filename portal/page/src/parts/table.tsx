/** A table, and what becomes of it where it is wider than its place: it is stacked on a telephone, and scrolls by itself elsewhere. */
import { type ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ComponentChildren;
  /** Amounts and counts stand at the right. */
  isNumber?: boolean;
}

interface Tabled<Row> {
  caption: string;
  /** The first of them is what a row is called by. */
  columns: Column<Row>[];
  rows: readonly Row[];
  empty: string;
}

export function Table<Row>({ empty, ...table }: Tabled<Row>) {
  return table.rows.length === 0 ? <p>{empty}</p> : <Rows {...table} />;
}

function Rows<Row>({ caption, columns: [first, ...others], rows }: Omit<Tabled<Row>, "empty">) {
  const id = useId();
  const [box, isWide] = useIsWide();
  const align = ({ isNumber }: Column<Row>) => (isNumber ? "is-number text-tabular" : "");
  if (!first) return null;
  return (
    <div ref={box} class="table" {...(isWide && { role: "region", "aria-labelledby": id, tabIndex: 0 })}>
      <table class="usa-table usa-table--borderless usa-table--compact usa-table--stacked width-full">
        <caption id={id}>{caption}</caption>
        <thead>
          <tr>
            {[first, ...others].map((column) => <th key={column.head} scope="col" class={align(column)}>{column.head}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              <th scope="row" data-label={first.head} class={align(first)}>{first.cell(row)}</th>
              {others.map((column) => <td key={column.head} data-label={column.head} class={align(column)}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether what a box holds is wider than the box: only then is it a stop of the keyboard, which scrolls it. */
function useIsWide() {
  const box = useRef<HTMLDivElement>(null);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const watch = new ResizeObserver(() => setWide(current.scrollWidth > current.clientWidth));
    watch.observe(current);
    return () => watch.disconnect();
  }, []);
  return [box, isWide] as const;
}
