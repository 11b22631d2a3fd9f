/** What the verbs on structure give: the parts of their records (amity/records/) that views draw. */

import { useEffect, useState } from "preact/hooks";
import { store } from "./data";

export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface Point {
  start: string;
  end: string;
  covered: boolean;
  exposure: number;
  count: number | null;
  mean: number | null;
  intensity: Estimate;
  valence: Estimate;
}

export interface Turned {
  aspect: "intensity" | "valence";
  start: string;
  since: string;
  until: string;
  effect: Estimate;
  p: number;
  adjusted: number;
}

export interface Relation {
  actor: string;
  recipient: string;
  layer: string | null;
  unit: string;
  scale: string;
  points: Point[];
  coverage: { datasets: string[]; covered: number; periods: number; events: number };
  changes: Turned[];
}

export interface Relations {
  relations: Relation[];
  notes: string[];
  false: number;
}

export interface Member {
  state: string;
  probability: number;
  events: number;
}

export interface Complex {
  id: string;
  name: string;
  members: Member[];
  together: number;
  inside: number;
  events: number;
  polarity: { kind: string; effective: number | null; shares: Record<string, number>; basis: string };
  pattern: { amity: number; enmity: number; neither: number; camps: string[][]; balanced: number | null; chance: number | null };
  reach: { state: string; share: number; low: number; high: number }[];
  overlay: { probability: number; why: string };
  subcomplexes: { name: string; members: string[] }[];
}

export interface Complexes {
  at: string;
  datasets: string[];
  events: number;
  complexes: Complex[];
  insulators: { state: string; between: Record<string, number>; score: number; why: string }[];
  unassigned: { state: string; events: number; reason: string }[];
  powers: { state: string; level: string; home: string | null; probability: number }[];
  notes: string[];
}

export interface Alignment {
  toward: string;
  against: string;
  year: number;
  alignment: Estimate | null;
  engagement: Estimate | null;
  hedging: Estimate | null;
  verdict: string | null;
  probability: number | null;
  covered: number;
  of: number;
}

export interface Alignments {
  state: string;
  poles: string[];
  alignments: Alignment[];
  missing: string[];
  notes: string[];
}

export interface ArmsTransfer {
  supplier: string | null;
  recipient: string | null;
  system: string | null;
  category: string | null;
  outcome: string;
  order: { id: string; ordered: number | null; number: number | null; delivered: number | null; delivery_years: number[]; licence: boolean | null } | null;
  reports: { status: string; value: unknown; claims: string[]; sources: string[]; told: string | null }[];
  why: string | null;
  differences: { aspect: string; text: string; register: string }[];
}

export interface Arms {
  state: string;
  side: string;
  transfers: ArmsTransfer[];
  shares: { partner: string; amount: number; share: number; low: number | null; high: number | null; first: number | null; last: number | null }[];
  years: { year: number; basis: string; amounts: Record<string, number> }[];
  spread: { value: number; low: number | null; high: number | null; effective: number } | null;
  missing: string[];
  notes: string[];
}

export interface Expected {
  target: string;
  horizon: number;
  mean: number;
  median: number;
  low: number;
  high: number;
  inner_low: number;
  inner_high: number;
  any: number;
  usual: number;
  threshold: number;
  more: number;
}

export interface Outlook {
  actor: string;
  recipient: string;
  origin: string;
  horizons: number[];
  basis: { datasets: string[]; unit: string };
  expected: Expected[];
  types: Expected[];
  record: { target: string; horizon: number; event: string; told: number; came: number; came_low: number; came_high: number; number: number }[];
  lines: string[];
}

export type Told<Answer> = { state: "waiting" } | { state: "told"; answer: Answer } | { state: "failed"; why: string };

/** The answer of a verb; asked anew when the question changes. */
export function useStructure<Answer>(verb: string, asked: Record<string, string>): Told<Answer> {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value).sort()).toString();
  const [told, set] = useState<Told<Answer>>({ state: "waiting" });
  useEffect(() => {
    let current = true;
    set({ state: "waiting" });
    store.value!.structure(verb, new URLSearchParams(query)).then(
      (answer) => {
        if (!current) return;
        set(answer ? { state: "told", answer: answer as unknown as Answer } : { state: "failed", why: `This dossier carries no ${verb} for that.` });
      },
      (error: Error) => current && set({ state: "failed", why: error.message }),
    );
    return () => {
      current = false;
    };
  }, [verb, query]);
  return told;
}

export const signed = (value: number, digits = 1): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
export const share = (value: number): string => `${Math.round(value * 100)} %`;
export const interval = (one: Estimate, digits = 2): string => `${one.value.toFixed(digits)} [${one.low.toFixed(digits)}, ${one.high.toFixed(digits)}]`;
