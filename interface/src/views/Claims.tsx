/** Claims that fit the filter, a page at a time, with facets; and the page of one. */

import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { articles, store } from "../data";
import type { Claim, Facets, Page } from "../model";
import { name, names } from "../names";
import { plain, Said } from "../parts/Said";
import { type Column, Pages, Table } from "../parts/Table";
import { Voices } from "../parts/Voices";
import { asked, filter, link, toggle } from "../state";

const SIZE = 50;
/** Values of a facet that are offered at once; those that are chosen always are. */
const OFFERED = 9;

export function Claims({ id }: { id: string }) {
  return id ? <One id={id} /> : <Many />;
}

function Many() {
  const from = useSignal(0);
  const [page, set] = useState<Page<Claim> | null>(null);
  const wanted = asked(filter.value).toString();
  useEffect(() => {
    from.value = 0;
  }, [wanted]);
  useEffect(() => {
    let current = true;
    store.value!.claims(filter.value, from.value, SIZE).then((found) => current && set(found));
    return () => {
      current = false;
    };
  }, [wanted, from.value]);
  if (!page) return <p aria-busy="true">…</p>;
  if (page.total === 0) return <p class="none">No claim fits the filter. Take some of it away, above.</p>;
  return (
    <>
      <Facetted wanted={wanted} />
      <Table caption="Claims" columns={COLUMNS} rows={page.rows} id={(row) => row.id} file="claims" size={SIZE} />
      <Pages at={from.value / SIZE} pages={Math.ceil(page.total / SIZE)} total={page.total} go={(to) => (from.value = to * SIZE)} />
    </>
  );
}

/** How many claims are of which sort; a click narrows the filter to it, or widens it again. */
function Facetted({ wanted }: { wanted: string }) {
  const [facets, set] = useState<Facets | null>(null);
  useEffect(() => {
    let current = true;
    store.value!.facets(filter.value).then((found) => current && set(found));
    return () => {
      current = false;
    };
  }, [wanted]);
  if (!facets) return null;
  return (
    <section class="facets" aria-label="Claims by sort">
      {(Object.entries(facets) as [keyof Facets, [string, number][]][])
        .filter(([, counts]) => counts.length > 0)
        .map(([field, counts]) => (
          <div key={field} class="facet" role="group" aria-label={LABELS[field]}>
            <strong>{LABELS[field]}</strong>
            {counts
              .filter(([value], at) => at < OFFERED || filter.value[field].includes(value))
              .map(([value, count]) => (
                <button key={value} aria-pressed={filter.value[field].includes(value)} onClick={() => toggle(field, value)}>
                  {field === "actor" ? plain(name(value)) : value} <small>{count.toLocaleString()}</small>
                </button>
              ))}
            {counts.length > OFFERED && <small>and {counts.length - OFFERED} more</small>}
          </div>
        ))}
    </section>
  );
}

const LABELS: Record<keyof Facets, string> = { kind: "kind", type: "type", status: "status", layer: "layer", actor: "who" };

const COLUMNS: Column<Claim>[] = [
  { name: "date", whole: true, cell: (row) => row.date ?? "–", value: (row) => row.date },
  { name: "kind", cell: (row) => <a href={link("claims", row.id)}>{row.kind === "event" ? row.type : row.kind}</a>, value: (row) => row.type ?? row.kind },
  { name: "who", cell: (row) => <Said text={names(row.who)} />, value: (row) => row.who.join(" ") },
  { name: "whom", cell: (row) => <Said text={names(row.whom)} />, value: (row) => row.whom.join(" ") },
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
      <a class="quote" href={link("articles", `${row.article}/${row.id}`)}>
        <Said text={row.quote} />
      </a>
    ),
    value: (row) => row.quote,
  },
  { name: "confidence", cell: (row) => row.confidence?.toFixed(2) ?? "", value: (row) => row.confidence, numeric: true },
];

function One({ id }: { id: string }) {
  const [found, set] = useState<Claim | string | null>(null);
  useEffect(() => {
    set(null);
    store.value!.claim(id).then(set, (error: Error) => set(error.message));
  }, [id]);
  if (found === null) return <p aria-busy="true">…</p>;
  if (typeof found === "string") return <p role="alert">{plain(found)}</p>;
  const article = articles.value.get(found.article);
  const facts: [string, string][] = [
    ["kind", found.kind === "event" ? `event, ${found.type}` : found.kind],
    ["who", names(found.who) || "nobody named"],
    ["whom", names(found.whom) || "nobody named"],
    ["date", found.date ?? "not told"],
    ["status", `${found.status}, ${found.certainty}`],
    ["layer", found.layer ?? "none"],
    ["confidence", found.confidence === null ? "not estimated" : `right with probability ${found.confidence.toFixed(2)}`],
    ["rule", found.rule],
  ];
  return (
    <article class="record">
      <h3>
        <Said text={found.what} />
      </h3>
      <Voices claim={found} />
      <p>
        <a href={link("articles", `${found.article}/${found.id}`)}>
          Read it in <Said text={article?.title ?? "the article"} lang={article?.language} />
        </a>
        {article?.publisher && (
          <small>
            {" "}
            <Said text={[article.publisher, article.published?.slice(0, 10)].filter(Boolean).join(", ")} />
          </small>
        )}
      </p>
      <dl class="facts">
        {facts.flatMap(([field, value]) => [<dt key={field}>{field}</dt>, <dd key={`${field} told`}>{plain(value)}</dd>])}
      </dl>
    </article>
  );
}
