/** Where the records come from: the dossier that this page is, or the server that sent it. */

import MiniSearch from "minisearch";
import { tally } from "./data";
import { type Columns, rows } from "./columns";
import { first, last } from "./days";
import { passes } from "./passes";
import type {
  Agreement,
  ArticleRecord,
  Claim,
  ClaimRecord,
  Decision,
  Facets,
  IncidentRecord,
  Index,
  Page,
  Review,
  Structure,
  Voice,
} from "./model";
import { asked, type Filter } from "./state";

export interface Store {
  /** Whether the ledger behind it lives, so that it can be searched whole and reviewed. */
  readonly live: boolean;
  index(): Promise<Index>;
  claims(filter: Filter, from: number, size: number): Promise<Page<Claim>>;
  claim(id: string): Promise<Claim>;
  facets(filter: Filter): Promise<Facets>;
  incident(id: string): Promise<IncidentRecord>;
  article(id: string): Promise<ArticleRecord>;
  sources(filter: Filter): Promise<Voice[]>;
  /** What a verb on structure gives; null where a dossier carries none. */
  structure(verb: string, query: URLSearchParams): Promise<Structure | null>;
  /** What reviewers do; null in a dossier, where nothing can be kept. */
  readonly desk: Desk | null;
}

/** Review over a live ledger. */
export interface Desk {
  queue(reviewer: string, filter: Filter, size: number): Promise<Claim[]>;
  decide(claim: string, decision: Decision, reviewer: string, reason: string, edited?: ClaimRecord): Promise<void>;
  undo(claim: string, reviewer: string): Promise<void>;
  record(claim: string): Promise<ClaimRecord>;
  history(claim: string): Promise<Review[]>;
  agreement(): Promise<Agreement[]>;
  merge(): Promise<void>;
}

/** Something that is not there, or a server that does not answer. */
export class Missing extends Error {}

interface Dossier {
  index: Index;
  claims: Claim[];
  texts: Record<string, string>;
  contradictions: Record<string, IncidentRecord["contradictions"]>;
  sources: Voice[];
  structure: Record<string, Structure>;
}

/** A dossier: everything is in the page. */
class Embedded implements Store {
  readonly live = false;
  readonly desk = null;
  private readonly byId: Map<string, Claim>;
  private readonly contested: Set<string>;
  private readonly words = new MiniSearch<{ id: string; text: string }>({ fields: ["text"], storeFields: [] });

  constructor(private readonly dossier: Dossier) {
    this.byId = new Map(dossier.claims.map((claim) => [claim.id, claim]));
    this.contested = new Set(dossier.index.incidents.flatMap((one) => (one.contested ? one.claims : [])));
    this.words.addAll(dossier.claims.map((claim) => ({ id: claim.id, text: `${claim.quote} ${claim.what}` })));
  }

  async index(): Promise<Index> {
    return this.dossier.index;
  }

  async claims(filter: Filter, from: number, size: number): Promise<Page<Claim>> {
    const rows = this.fitting(filter);
    return { rows: rows.slice(from, from + size), total: rows.length };
  }

  async facets(filter: Filter): Promise<Facets> {
    return facets(this.fitting(filter));
  }

  private fitting(filter: Filter): Claim[] {
    const found = filter.text
      ? new Set(this.words.search(filter.text, { combineWith: "AND", prefix: true }).map((hit) => String(hit.id)))
      : null;
    const told = filter.contested ? this.contested : null;
    return this.dossier.claims.filter(
      (claim) => (!found || found.has(claim.id)) && (!told || told.has(claim.id)) && fits(claim, filter),
    );
  }

  async claim(id: string): Promise<Claim> {
    const claim = this.byId.get(id);
    if (!claim) throw new Missing(`no claim ${id} in this dossier`);
    return claim;
  }

  async incident(id: string): Promise<IncidentRecord> {
    const incident = this.dossier.index.incidents.find((one) => one.id === id);
    if (!incident) throw new Missing(`no incident ${id} in this dossier`);
    const told = incident.claims.flatMap((one) => this.byId.get(one) ?? []);
    return { ...incident, told, contradictions: this.dossier.contradictions[id] ?? [] };
  }

  async article(id: string): Promise<ArticleRecord> {
    const article = this.dossier.index.articles.find((one) => one.id === id);
    const text = this.dossier.texts[id];
    if (!article || text === undefined) throw new Missing(`no article ${id} in this dossier`);
    return { ...article, text, told: this.dossier.claims.filter((claim) => claim.article === id) };
  }

  async sources(filter: Filter): Promise<Voice[]> {
    if (!asked(filter).toString()) return this.dossier.sources;
    const speaking = new Set(this.dossier.index.incidents.filter((one) => passes(one, filter)).flatMap((one) => one.sources));
    return this.dossier.sources.filter((one) => speaking.has(one.source));
  }

  async structure(verb: string, query: URLSearchParams): Promise<Structure | null> {
    const exact = query.toString();
    return this.dossier.structure[exact ? `${verb}?${exact}` : verb] ?? null;
  }
}

const SHOWN = 30;

/** How many claims are of which sort, and of whom they tell. */
export function facets(claims: Claim[]): Facets {
  const counted = (of: (claim: Claim) => (string | null)[]) =>
    tally(claims, (claim) => of(claim).filter((one) => one !== null)).slice(0, SHOWN);
  return {
    kind: counted((claim) => [claim.kind]),
    type: counted((claim) => [claim.type]),
    status: counted((claim) => [claim.status]),
    layer: counted((claim) => [claim.layer]),
    actor: counted((claim) => [...claim.who, ...claim.whom]),
  };
}

/** Whether a claim fits all of a filter but its words. */
export function fits(claim: Claim, filter: Filter): boolean {
  const parties = [...claim.who, ...claim.whom];
  const says = claim.attribution.flatMap((voice) => [voice.country, voice.name, voice.text]);
  const day = claim.date ? first(claim.date) : null;
  return (
    some(filter.kind, [claim.kind]) &&
    some(filter.type, [claim.type]) &&
    some(filter.status, [claim.status]) &&
    some(filter.layer, [claim.layer]) &&
    some(filter.actor, parties) &&
    filter.pair.every((one) => parties.includes(one)) &&
    some(filter.source, says) &&
    (!filter.since || (day !== null && day >= (first(filter.since) ?? -Infinity))) &&
    (!filter.until || (day !== null && day <= (last(filter.until) ?? Infinity)))
  );
}

const some = (wanted: string[], has: (string | null)[]): boolean =>
  wanted.length === 0 || wanted.some((one) => has.includes(one));

/** The server that sent this page. */
class Served implements Store, Desk {
  readonly live = true;
  readonly desk = this;
  private known: Promise<Index> | null = null;

  index(): Promise<Index> {
    this.known ??= this.get<Columns>("columns").then(rows);
    return this.known;
  }

  claims(filter: Filter, from: number, size: number): Promise<Page<Claim>> {
    const query = asked(filter);
    query.set("offset", String(from));
    query.set("limit", String(size));
    return this.get(`claims?${query}`);
  }

  facets = (filter: Filter): Promise<Facets> => this.get(`claims/facets?${asked(filter)}`);

  claim = (id: string): Promise<Claim> => this.get(`claims/${encodeURIComponent(id)}`);
  incident = (id: string): Promise<IncidentRecord> => this.get(`incidents/${encodeURIComponent(id)}`);
  article = (id: string): Promise<ArticleRecord> => this.get(`articles/${encodeURIComponent(id)}`);

  sources = (filter: Filter): Promise<Voice[]> => this.get(`sources?${asked(filter)}`);

  async structure(verb: string, query: URLSearchParams): Promise<Structure | null> {
    return this.get(`structure/${encodeURIComponent(verb)}?${query}`);
  }

  queue(reviewer: string, filter: Filter, size: number): Promise<Claim[]> {
    const query = asked(filter);
    query.set("reviewer", reviewer);
    query.set("limit", String(size));
    return this.get(`reviews/queue?${query}`);
  }

  async decide(claim: string, decision: Decision, reviewer: string, reason: string, edited?: ClaimRecord): Promise<void> {
    await this.send("POST", "reviews", { claim, decision, reviewer, reason: reason || null, edited: edited ?? null });
  }

  async undo(claim: string, reviewer: string): Promise<void> {
    await this.send("DELETE", `reviews/${encodeURIComponent(claim)}?${new URLSearchParams({ reviewer })}`);
  }

  async merge(): Promise<void> {
    await this.send("POST", "reviews/merge");
    this.known = null;
  }

  record = (claim: string): Promise<ClaimRecord> => this.get(`reviews/records/${encodeURIComponent(claim)}`);
  history = (claim: string): Promise<Review[]> => this.get(`reviews?${new URLSearchParams({ claim })}`);
  agreement = (): Promise<Agreement[]> => this.get("reviews/agreement");

  private get<Answer>(path: string): Promise<Answer> {
    return this.send("GET", path);
  }

  private async send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = { accept: "application/json", "x-amity": "1" };
    if (body !== undefined) headers["content-type"] = "application/json";
    const answer = await fetch(`api/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!answer.ok) throw new Missing(await reason(answer));
    return (await answer.json()) as Answer;
  }
}

async function reason(answer: Response): Promise<string> {
  try {
    const told = (await answer.json()) as { detail?: unknown };
    return typeof told.detail === "string" ? told.detail : answer.statusText;
  } catch {
    return answer.statusText;
  }
}

/** The store of this page. */
export async function open(): Promise<Store> {
  const carried = document.getElementById("dossier");
  if (!carried?.textContent) return new Served();
  return new Embedded(JSON.parse(await unpacked(carried.textContent)) as Dossier);
}

/** Base64 of gzipped UTF-8, as a dossier carries its records. */
async function unpacked(text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
