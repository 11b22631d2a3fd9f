/** The index as the server sends it: in columns, with words that repeat sent once (`amity/web/columns.py`). */

import type { About, Article, Incident, Index, Named } from "./model";

type Numbers = number[];

export interface Columns {
  about: About;
  names: Record<string, Named>;
  words: string[];
  lists: Numbers[];
  groups: Numbers[];
  incidents: Record<(typeof CODED)[number] | "mutual" | "contested", Numbers> & {
    id: string[];
    first: (number | null)[];
    last: (number | null)[];
    reported: (number | null)[];
    score: (number | null)[];
  };
  articles: { [Field in keyof Article]: Article[Field][] };
}

const CODED = ["kind", "type", "title", "status", "date", "layer", "quad", "actors", "recipients", "sources", "articles"] as const;

/** The index in rows. Equal words and lists are the same object in all of them. */
export function rows(sent: Columns): Index {
  const articles = sent.articles.id.map((_, at) => article(sent.articles, at));
  const lists = sent.lists.map((list) => list.map((one) => sent.words[one]!));
  const groups = sent.groups.map((group) => group.map((one) => articles[one]!.id));
  const word = (number: number | undefined) => sent.words[number!] ?? null;
  const of = sent.incidents;
  const incidents = of.id.map(
    (id, at): Incident => ({
      id,
      kind: word(of.kind[at]) as Incident["kind"],
      type: word(of.type[at])!,
      title: word(of.title[at])!,
      actors: lists[of.actors[at]!]!,
      recipients: lists[of.recipients[at]!]!,
      mutual: of.mutual[at] === 1,
      status: word(of.status[at])!,
      date: word(of.date[at]),
      first: of.first[at]!,
      last: of.last[at]!,
      reported: of.reported[at]!,
      layer: word(of.layer[at]),
      score: of.score[at]!,
      quad: word(of.quad[at]) as Incident["quad"],
      claims: NONE,
      articles: groups[of.articles[at]!]!,
      sources: lists[of.sources[at]!]!,
      contested: of.contested[at]!,
    }),
  );
  return { about: sent.about, names: sent.names, incidents, articles };
}

/** The server keeps an incident's claims until the incident is asked for. */
const NONE: string[] = [];

const article = (of: Columns["articles"], at: number): Article => ({
  id: of.id[at]!,
  title: of.title[at]!,
  publisher: of.publisher[at]!,
  published: of.published[at]!,
  author: of.author[at]!,
  url: of.url[at]!,
  language: of.language[at]!,
  copy_of: of.copy_of[at]!,
  words: of.words[at]!,
});
