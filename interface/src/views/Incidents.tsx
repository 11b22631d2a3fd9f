/** Happenings in a table, and the page of one: its sides next to each other, with sources and figures. */

import { useEffect, useState } from "preact/hooks";
import { articles, incidents, store } from "../data";
import { iso } from "../days";
import type { Claim, Incident, IncidentRecord } from "../model";
import { names, spelled, titled } from "../names";
import { plain, Said } from "../parts/Said";
import { type Column, Table } from "../parts/Table";
import { link } from "../state";

export function Incidents({ id }: { id: string }) {
  if (!id && incidents.value.length === 0) return <p class="none">No incident fits the filter. Take some of it away, above.</p>;
  return id ? <One id={id} /> : <Table caption="Incidents" columns={COLUMNS} rows={incidents.value} id={(row) => row.id} file="incidents" />;
}

const COLUMNS: Column<Incident>[] = [
  { name: "date", whole: true, cell: (row) => row.date ?? "–", value: (row) => row.date },
  { name: "first report", whole: true, cell: (row) => (row.reported === null ? "–" : iso(row.reported)), value: (row) => (row.reported === null ? null : iso(row.reported)) },
  { name: "type", cell: (row) => row.type, value: (row) => row.type },
  { name: "who", cell: (row) => <Said text={names(row.actors)} />, value: (row) => row.actors.join(" ") },
  { name: "whom", cell: (row) => <Said text={names(row.recipients)} />, value: (row) => row.recipients.join(" ") },
  {
    name: "happening",
    cell: (row) => (
      <a href={link("incidents", row.id)}>
        <Said text={titled(row.title)} />
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
  const [sides, setSides] = useState<Claim[]>([]);
  useEffect(() => {
    if (found === null || typeof found === "string") return;
    const cited = new Set(found.contradictions.flatMap((point) => point.sides.flatMap((side) => side.claims)));
    Promise.all([...cited].map((one) => store.value!.claim(one).catch(() => null))).then((all) => setSides(all.filter((one) => one !== null)));
  }, [found]);
  if (found === null) return <p aria-busy="true">…</p>;
  if (typeof found === "string") return <p role="alert">{plain(found)}</p>;
  const quoted = new Map([...found.told, ...sides].map((claim) => [claim.id, claim]));
  return (
    <article class="record">
      <h3>
        <Said text={titled(found.title)} />
      </h3>
      <dl class="facts">
        <dt>what</dt>
        <dd>
          {found.kind === "event" ? found.type : found.kind}, {found.status}
          {found.layer && `, ${found.layer}`}
        </dd>
        <dt>who</dt>
        <dd>
          <Said text={names(found.actors) || "nobody named"} /> {found.mutual ? "with" : "→"} <Said text={names(found.recipients) || "nobody named"} />
        </dd>
        <dt>when</dt>
        <dd>{found.date ?? (found.reported === null ? "not told" : `not told; first reported ${iso(found.reported)}`)}</dd>
        <dt>{found.sources.length === 1 ? "source" : `${found.sources.length} independent sources`}</dt>
        <dd>
          <Said text={spelled(found.sources.join("; "))} />
        </dd>
      </dl>
      {found.contradictions.map((point) => (
        <section key={point.about} class="contradiction">
          <h4>
            Contested {point.aspect}: <Said text={point.about} />
          </h4>
          <div class="sides">
            {point.sides.map((side) => (
              <div key={side.value} class="side">
                <div class="figure">
                  <Said text={side.value} />
                </div>
                <p>
                  says <Said text={spelled(side.sources.join("; "))} />
                </p>
                <Quotes claims={side.claims.flatMap((id) => quoted.get(id) ?? [])} />
              </div>
            ))}
          </div>
        </section>
      ))}
      <h4>As told</h4>
      <Quotes claims={found.told} />
      <h4>In these articles</h4>
      <ul class="list">
        {found.articles.map((id) => (
          <li key={id}>
            <a href={link("articles", id)}>
              <Said text={articles.value.get(id)?.title ?? "untitled"} lang={articles.value.get(id)?.language} />
            </a>{" "}
            <small>
              <Said text={[articles.value.get(id)?.publisher, articles.value.get(id)?.published?.slice(0, 10)].filter(Boolean).join(", ")} />
            </small>
          </li>
        ))}
      </ul>
    </article>
  );
}

function Quotes({ claims }: { claims: Claim[] }) {
  return (
    <ul class="list">
      {claims.map((claim) => (
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
  );
}
