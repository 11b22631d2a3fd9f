/** The frame of every chart: what it shows, the same as a table, and the ways to take it away. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { drawing, picture, save } from "./save";
import { csv } from "./save";
import { type Column, Table } from "./Table";

interface Props<Row> {
  title: string;
  /** What the reader should know to read it: units, what is left out. */
  note?: ComponentChildren;
  file: string;
  columns: Column<Row>[];
  rows: Row[];
  id: (row: Row) => string;
  /** The drawing: one <svg>. */
  children: ComponentChildren;
}

export function Chart<Row>({ title, note, file, columns, rows, id, children }: Props<Row>) {
  const figure = useRef<HTMLElement>(null);
  const table = useSignal(false);
  const svg = () => figure.current!.querySelector("svg")!;
  const values = columns.flatMap((column) => (column.value ? [{ name: column.name, value: column.value }] : []));
  return (
    <figure class="chart" ref={figure}>
      <figcaption>
        <h3>{title}</h3>
        {note && <p class="note">{note}</p>}
      </figcaption>
      {table.value ? <Table caption={title} columns={columns} rows={rows} id={id} file={file} size={20} /> : children}
      <div class="under">
        <button aria-pressed={table.value} onClick={() => (table.value = !table.value)}>
          {table.value ? "Chart" : "Table"}
        </button>
        {!table.value && <button onClick={() => save(`${file}.svg`, "image/svg+xml", drawing(svg()))}>SVG</button>}
        {!table.value && <button onClick={async () => save(`${file}.png`, "image/png", await picture(svg()))}>PNG</button>}
        {!table.value && <button onClick={() => save(`${file}.csv`, "text/csv", csv(values, rows))}>CSV</button>}
      </div>
    </figure>
  );
}
