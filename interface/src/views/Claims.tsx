/** Claims that fit the filter, a page at a time, with facets. */

import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { store } from "../data";
import type { Claim, Page } from "../model";
import { names } from "../names";
import { Said } from "../parts/Said";
import { type Column, Pages, Table } from "../parts/Table";
import { address, filter, link, place } from "../state";

const SIZE = 50;

export function Claims() {
  const from = useSignal(0);
  const [page, set] = useState<Page<Claim> | null>(null);
  const where = address(place.value);
  useEffect(() => {
    from.value = 0;
  }, [where]);
  useEffect(() => {
    let current = true;
    store.value!.claims(filter.value, from.value, SIZE).then((found) => current && set(found));
    return () => {
      current = false;
    };
  }, [where, from.value]);
  if (!page) return <p aria-busy="true">…</p>;
  return (
    <>
      <Table caption="Claims" columns={COLUMNS} rows={page.rows} id={(row) => row.id} file="claims" size={SIZE} />
      <Pages at={from.value / SIZE} pages={Math.ceil(page.total / SIZE)} total={page.total} go={(to) => (from.value = to * SIZE)} />
    </>
  );
}

const COLUMNS: Column<Claim>[] = [
  { name: "date", cell: (row) => row.date ?? "–", value: (row) => row.date },
  { name: "kind", cell: (row) => (row.kind === "event" ? row.type : row.kind), value: (row) => row.type ?? row.kind },
  { name: "who", cell: (row) => names(row.who), value: (row) => row.who.join(" ") },
  { name: "whom", cell: (row) => names(row.whom), value: (row) => row.whom.join(" ") },
  { name: "what", cell: (row) => <Said text={row.what} />, value: (row) => row.what },
  { name: "status", cell: (row) => row.status, value: (row) => row.status },
  {
    name: "said by",
    cell: (row) => <Said text={row.attribution.map((voice) => voice.name ?? voice.text).join(" › ")} />,
    value: (row) => row.attribution.map((voice) => voice.name ?? voice.text).join(" > "),
  },
  {
    name: "quote",
    cell: (row) => (
      <a href={link("articles", `${row.article}/${row.id}`)}>
        <Said text={row.quote} />
      </a>
    ),
    value: (row) => row.quote,
  },
  { name: "confidence", cell: (row) => row.confidence?.toFixed(2) ?? "", value: (row) => row.confidence, numeric: true },
];
