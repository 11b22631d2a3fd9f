/** Happenings in a table, and the page of one: its sides next to each other, with sources and figures. */

import { useEffect, useState } from "preact/hooks";
import { articles, incidents, store } from "../data";
import type { Incident, IncidentRecord } from "../model";
import { names } from "../names";
import { Said } from "../parts/Said";
import { type Column, Table } from "../parts/Table";
import { link } from "../state";

export function Incidents({ id }: { id: string }) {
  return id ? <One id={id} /> : <Table caption="Incidents" columns={COLUMNS} rows={incidents.value} id={(row) => row.id} file="incidents" />;
}

const COLUMNS: Column<Incident>[] = [
  { name: "date", cell: (row) => row.date ?? "–", value: (row) => row.date },
  { name: "type", cell: (row) => row.type, value: (row) => row.type },
  { name: "who", cell: (row) => names(row.actors), value: (row) => row.actors.join(" ") },
  { name: "whom", cell: (row) => names(row.recipients), value: (row) => row.recipients.join(" ") },
  {
    name: "happening",
    cell: (row) => (
      <a href={link("incidents", row.id)}>
        <Said text={row.title} />
      </a>
    ),
    value: (row) => row.title,
  },
  { name: "status", cell: (row) => row.status, value: (row) => row.status },
  { name: "sources", cell: (row) => row.sources.length, value: (row) => row.sources.length, numeric: true },
  { name: "contested", cell: (row) => row.contested || "", value: (row) => row.contested, numeric: true },
];

function One({ id }: { id: string }) {
  const [found, set] = useState<IncidentRecord | string | null>(null);
  useEffect(() => {
    set(null);
    store.value!.incident(id).then(set, (error: Error) => set(error.message));
  }, [id]);
  if (found === null) return <p aria-busy="true">…</p>;
  if (typeof found === "string") return <p role="alert">{found}</p>;
  return (
    <article class="record">
      <h3>
        <Said text={found.title} />
      </h3>
      <p>
        {found.type} · {names(found.actors)} → {names(found.recipients) || "nobody named"} · {found.date ?? "undated"} · {found.status} ·{" "}
        {found.sources.length} independent {found.sources.length === 1 ? "source" : "sources"}: <Said text={found.sources.join("; ")} />
      </p>
      {found.contradictions.map((point) => (
        <section key={point.about} class="contradiction">
          <h4>
            Contested: <Said text={point.about} /> <small>({point.aspect})</small>
          </h4>
          <div class="sides">
            {point.sides.map((side) => (
              <div key={side.value} class="side">
                <strong>
                  <Said text={side.value} />
                </strong>
                <p>
                  <Said text={side.sources.join("; ")} />
                </p>
              </div>
            ))}
          </div>
        </section>
      ))}
      <h4>As told</h4>
      <ul class="list">
        {found.told.map((claim) => (
          <li key={claim.id}>
            <a href={link("articles", `${claim.article}/${claim.id}`)}>
              <q>
                <Said text={claim.quote} />
              </q>
            </a>{" "}
            <small>
              {claim.status}
              {claim.confidence !== null && `, right with probability ${claim.confidence.toFixed(2)}`} ·{" "}
              <Said text={articles.value.get(claim.article)?.publisher ?? "unknown publisher"} />
            </small>
          </li>
        ))}
      </ul>
    </article>
  );
}
