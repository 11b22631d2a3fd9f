/** Articles in a table, and the page of one: its text with the claims marked in it, from words to claim and back. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { articles, read, store } from "../data";
import { paragraphs, pieces, type Piece } from "../marks";
import type { Article, ArticleRecord, Claim } from "../model";
import { names } from "../names";
import { plain, Said } from "../parts/Said";
import { type Column, Table } from "../parts/Table";
import { Voices } from "../parts/Voices";
import { go, link } from "../state";
import "./Articles.css";

export function Articles({ id }: { id: string }) {
  const [article = "", claim = ""] = id.split("/");
  return article ? <One id={article} claim={claim} /> : <Table caption="Articles" columns={COLUMNS} rows={read.value} id={(row) => row.id} file="articles" />;
}

const COLUMNS: Column<Article>[] = [
  { name: "published", whole: true, cell: (row) => row.published?.slice(0, 10) ?? "–", value: (row) => row.published },
  {
    name: "title",
    cell: (row) => (
      <a href={link("articles", row.id)}>
        <Said text={row.title ?? "untitled"} lang={row.language} />
      </a>
    ),
    value: (row) => row.title,
  },
  { name: "publisher", cell: (row) => <Said text={row.publisher ?? "–"} />, value: (row) => row.publisher },
  { name: "language", cell: (row) => row.language ?? "", value: (row) => row.language },
  { name: "words", cell: (row) => row.words.toLocaleString(), value: (row) => row.words, numeric: true },
  { name: "repeats", cell: (row) => (row.copy_of ? <a href={link("articles", row.copy_of)}>another</a> : ""), value: (row) => row.copy_of },
];

function One({ id, claim }: { id: string; claim: string }) {
  const [found, set] = useState<ArticleRecord | string | null>(null);
  useEffect(() => {
    set(null);
    store.value!.article(id).then(set, (error: Error) => set(error.message));
  }, [id]);
  if (found === null) return <p aria-busy="true">…</p>;
  if (typeof found === "string") return <p role="alert">{found}</p>;
  return <Reading article={found} chosen={claim} />;
}

function Reading({ article, chosen }: { article: ArticleRecord; chosen: string }) {
  const text = useRef<HTMLDivElement>(null);
  const told = useMemo(() => article.told.toSorted((a, b) => a.trigger_start - b.trigger_start), [article]);
  const shown = useMemo(() => paragraphs(pieces(article.text, told)), [article, told]);
  const claim = told.find((one) => one.id === chosen) ?? null;
  useEffect(() => {
    text.current?.querySelector("[data-chosen]")?.scrollIntoView({ block: "center" });
  }, [chosen, article]);
  return (
    <article class="reading">
      <header>
        <h3>
          <Said text={article.title ?? "untitled"} lang={article.language} />
        </h3>
        <p class="note">
          <Said text={[article.author, article.publisher, article.published?.slice(0, 10)].filter(Boolean).join(", ") || "unknown origin"} />
          {article.copy_of && (
            <>
              {" · repeats "}
              <a href={link("articles", article.copy_of)}>
                <Said text={articles.value.get(article.copy_of)?.title ?? "another article"} />
              </a>
            </>
          )}
          {` · ${told.length} claims`}
        </p>
      </header>
      <div class="text" ref={text} lang={article.language ?? undefined} dir="auto">
        {shown.map((paragraph, number) => (
          <p key={number} dir="auto">
            {paragraph.map((piece, at) => (
              <Words key={at} piece={piece} chosen={chosen} article={article.id} />
            ))}
          </p>
        ))}
      </div>
      <aside aria-label="The chosen claim, and all claims of the article">
        {claim ? <Chosen claim={claim} /> : <p class="note">Choose marked words to see what was made of them.</p>}
        <ol class="told">
          {told.map((one) => (
            <li key={one.id}>
              <a href={link("articles", `${article.id}/${one.id}`)} aria-current={one.id === chosen ? "true" : undefined}>
                <Line claim={one} />
              </a>
            </li>
          ))}
        </ol>
      </aside>
    </article>
  );
}

function Words({ piece, chosen, article }: { piece: Piece; chosen: string; article: string }) {
  const inner = piece.claims.at(-1);
  if (!inner) return <>{plain(piece.text)}</>;
  const lit = piece.claims.some((one) => one.id === chosen);
  const trigger = piece.triggers.length > 0;
  const classes = ["words", warmth(inner), lit ? "lit" : "", trigger ? "trigger" : ""].join(" ");
  const target = piece.triggers.at(-1) ?? inner;
  const choose = () => go("articles", `${article}/${target.id}`);
  if (!trigger)
    return (
      <mark class={classes} data-chosen={lit ? "" : undefined} onClick={choose}>
        {plain(piece.text)}
      </mark>
    );
  return (
    <a class={classes} href={link("articles", `${article}/${target.id}`)} data-chosen={lit ? "" : undefined} title={`${target.type ?? target.kind}: ${plain(target.what)}`}>
      {plain(piece.text)}
    </a>
  );
}

const warmth = (claim: Claim): string =>
  claim.quad?.endsWith("cooperation") || claim.type === "amity" ? "cooperation" : claim.quad?.endsWith("conflict") || claim.type === "enmity" ? "conflict" : "neither";

function Line({ claim }: { claim: Claim }) {
  return (
    <>
      <strong>{claim.kind === "event" ? claim.type : claim.kind}</strong> {names(claim.who)}
      {claim.whom.length > 0 && ` → ${names(claim.whom)}`}: <Said text={claim.what} />
    </>
  );
}

function Chosen({ claim }: { claim: Claim }) {
  const rows: [string, string][] = [
    ["date", claim.date ?? "not told"],
    ["status", `${claim.status}, ${claim.certainty}`],
    ["layer", claim.layer ?? "–"],
    ["confidence", claim.confidence === null ? "–" : `right with probability ${claim.confidence.toFixed(2)}`],
    ["rule", claim.rule],
  ];
  return (
    <section class="chosen-claim" aria-live="polite">
      <h4>
        <Line claim={claim} />
      </h4>
      <Voices claim={claim} />
      <dl>
        {rows.map(([field, value]) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>{plain(value)}</dd>
          </div>
        ))}
      </dl>
      <p class="note">
        <code>amity explain {claim.id}</code> shows the parse and the alternatives.
      </p>
    </section>
  );
}
