/** Who speaks, through whom: how often quoted, by which publishers, how often on a point that others contradict. */

import { useEffect, useState } from "preact/hooks";
import { store } from "../data";
import type { Voice } from "../model";
import { Said } from "../parts/Said";
import { type Column, Table } from "../parts/Table";
import { address, filter, link, place } from "../state";

export function Sources() {
  const [rows, set] = useState<Voice[] | null>(null);
  const where = address(place.value);
  useEffect(() => {
    let current = true;
    store.value!.sources(filter.value).then((found) => current && set(found));
    return () => {
      current = false;
    };
  }, [where]);
  if (!rows) return <p aria-busy="true">…</p>;
  return (
    <>
      <p class="note">A source is whoever says something in an article, or the publisher where it speaks in its own voice. Copies of an article count once.</p>
      <Table caption="Sources" columns={COLUMNS} rows={rows} id={(row) => row.source} file="sources" />
    </>
  );
}

const COLUMNS: Column<Voice>[] = [
  {
    name: "source",
    cell: (row) => (
      <a href={link("incidents", "", { source: [row.source] })}>
        <Said text={row.source} />
      </a>
    ),
    value: (row) => row.source,
  },
  { name: "claims", cell: (row) => row.claims, value: (row) => row.claims, numeric: true },
  { name: "when quoted", cell: (row) => row.quoted, value: (row) => row.quoted, numeric: true },
  { name: "articles", cell: (row) => row.articles, value: (row) => row.articles, numeric: true },
  { name: "corroborated", cell: (row) => row.corroborated, value: (row) => row.corroborated, numeric: true },
  { name: "contradicted", cell: (row) => row.contested, value: (row) => row.contested, numeric: true },
  { name: "copied", cell: (row) => row.copied, value: (row) => row.copied, numeric: true },
  { name: "through", cell: (row) => <Said text={row.by.join(", ")} />, value: (row) => row.by.join("; ") },
];
