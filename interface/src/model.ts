/** What the page knows of a ledger: the same records as in Python, in the form in which they are sent. */

export type Kind = "event" | "transfer" | "relation" | "quantity" | "structure" | "assessment";
export type Quad = "verbal cooperation" | "material cooperation" | "verbal conflict" | "material conflict";

export interface Party {
  text: string;
  country: string | null;
  sector: string | null;
  name: string | null;
  start: number;
  end: number;
}

export interface Claim {
  id: string;
  kind: Kind;
  article: string;
  quote: string;
  start: number;
  end: number;
  trigger: string;
  trigger_start: number;
  status: string;
  certainty: string;
  date: string | null;
  layer: string | null;
  confidence: number | null;
  attribution: Party[];
  /** PLOVER type, mode of a transfer, valence of a relation, unit of a figure. */
  type: string | null;
  who: string[];
  whom: string[];
  /** The content in a few words. */
  what: string;
  quad: Quad | null;
  rule: string;
}

export interface Side {
  value: string;
  sources: string[];
  claims: string[];
}

export interface Contradiction {
  aspect: string;
  about: string;
  sides: Side[];
}

/** One row of the index: enough of an incident for every chart and table. Days count from 1970-01-01. */
export interface Incident {
  id: string;
  kind: "event" | "transfer" | "quantity";
  type: string;
  title: string;
  actors: string[];
  recipients: string[];
  mutual: boolean;
  status: string;
  date: string | null;
  first: number | null;
  last: number | null;
  /** The day of the first report, where texts give no day the last on which it can have been. */
  reported: number | null;
  layer: string | null;
  score: number | null;
  quad: Quad | null;
  claims: string[];
  articles: string[];
  sources: string[];
  contested: number;
}

export interface IncidentRecord extends Incident {
  contradictions: Contradiction[];
  told: Claim[];
}

export interface Article {
  id: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  author: string | null;
  url: string | null;
  language: string | null;
  copy_of: string | null;
  words: number;
}

export interface ArticleRecord extends Article {
  text: string;
  told: Claim[];
}

/** A state or organisation: its English name and, for states, the ISO alpha-2 code that browsers name them by. */
export interface Named {
  name: string;
  alpha2: string | null;
  latitude: number | null;
  longitude: number | null;
}

export interface About {
  title: string;
  version: string;
  made: string;
  as_of: string | null;
  claims: number;
  unread: number;
  failures: number;
}

export interface Index {
  about: About;
  names: Record<string, Named>;
  incidents: Incident[];
  articles: Article[];
}

export interface Page<Row> {
  rows: Row[];
  total: number;
}

/** How many claims are of which kind, type, status, layer, and of whom they tell, the most frequent first. */
export type Facets = Record<"kind" | "type" | "status" | "layer" | "actor", [string, number][]>;

/** A source: what rests on it, who quotes it, who bears it out, repeats it, contradicts it. */
export interface Voice {
  source: string;
  claims: number;
  quoted: number;
  articles: number;
  corroborated: number;
  contested: number;
  copied: number;
  by: string[];
}

/** What a verb on structure (relations, complexes, alignment, arms, outlook) gives, as its JSON. */
export type Structure = Record<string, unknown>;

export type Decision = "accept" | "reject" | "edit" | "ignore";

/** A decision as its history tells it. */
export interface Review {
  claim: string;
  article: string;
  decision: Decision;
  reviewer: string;
  reason: string | null;
  recorded: string;
  superseded: string | null;
}

export interface Agreement {
  one: string;
  other: string;
  claims: number;
  alike: number;
  kappa: number | null;
}

/** A claim whole, as the server stores it. */
export type ClaimRecord = Record<string, unknown>;
