/** A table that sorts, turns its pages and can be taken away as CSV or JSON. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { csv, json, save } from "./save";

export interface Column<Row> {
  name: string;
  /** What is shown. */
  cell: (row: Row) => ComponentChildren;
  /** What is sorted by and exported; a column without it does neither. */
  value?: (row: Row) => string | number | null;
  numeric?: boolean;
  /** Not broken into lines: dates. */
  whole?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  /** What tells one row from another. */
  id: (row: Row) => string;
  /** Name of the file that an export makes, without ending. */
  file: string;
  size?: number;
}

export function Table<Row>({ caption, columns, rows, id, file, size = 50 }: Props<Row>) {
  const order = useSignal<{ column: number; down: boolean } | null>(null);
  const page = useSignal(0);
  const sorted = sort(rows, columns, order.value);
  const pages = Math.max(1, Math.ceil(sorted.length / size));
  const at = Math.min(page.value, pages - 1);
  const click = (column: number) => {
    const now = order.value;
    order.value = now?.column === column ? (now.down ? null : { column, down: true }) : { column, down: false };
  };
  return (
    <div class="table">
      <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column, number) => (
                <th key={column.name} scope="col" aria-sort={direction(order.value, number)} class={column.numeric ? "number" : ""}>
                  {column.value ? <button onClick={() => click(number)}>{column.name}</button> : column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(at * size, at * size + size).map((row) => (
              <tr key={id(row)}>
                {columns.map((column) => (
                  <td key={column.name} class={column.numeric ? "number" : column.whole ? "whole" : ""}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="under">
        <Pages at={at} pages={pages} total={sorted.length} go={(to) => (page.value = to)} />
        <button onClick={() => save(`${file}.csv`, "text/csv", csv(exported(columns), sorted))}>CSV</button>
        <button onClick={() => save(`${file}.json`, "application/json", json(exported(columns), sorted))}>JSON</button>
      </div>
    </div>
  );
}

export function Pages({ at, pages, total, go }: { at: number; pages: number; total: number; go: (to: number) => void }) {
  if (pages < 2) return <span class="count">{total.toLocaleString()} in all</span>;
  return (
    <span class="pages">
      <button disabled={at === 0} onClick={() => go(at - 1)} aria-label="Page before">
        ‹
      </button>
      <span class="count">
        page {at + 1} of {pages.toLocaleString()}, {total.toLocaleString()} in all
      </span>
      <button disabled={at >= pages - 1} onClick={() => go(at + 1)} aria-label="Next page">
        ›
      </button>
    </span>
  );
}

const exported = <Row,>(columns: Column<Row>[]) =>
  columns.flatMap((column) => (column.value ? [{ name: column.name, value: column.value }] : []));

function sort<Row>(rows: Row[], columns: Column<Row>[], order: { column: number; down: boolean } | null): Row[] {
  const value = order && columns[order.column]?.value;
  if (!order || !value) return rows;
  const sign = order.down ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
  });
}

const direction = (order: { column: number; down: boolean } | null, column: number) =>
  order?.column !== column ? "none" : order.down ? "descending" : "ascending";
