/** How one party deals with each other one, counted from incidents. */

import { warmth } from "./data";
import type { Incident } from "./model";

export interface Partner {
  code: string;
  cooperation: number;
  conflict: number;
  other: number;
  /** Arms that pass from the party to the partner, and the other way. */
  supplies: number;
  receives: number;
}

export const total = (one: Partner): number => one.cooperation + one.conflict + one.other;

/** Friendly less hostile, as a share of both: 1 all friendly, −1 all hostile; null where there is neither. */
export const balance = (one: Partner): number | null =>
  one.cooperation + one.conflict === 0 ? null : (one.cooperation - one.conflict) / (one.cooperation + one.conflict);

/** Everybody that incidents join with `party`, those with the most incidents first. */
export function partners(party: string, incidents: Incident[]): Partner[] {
  const found = new Map<string, Partner>();
  for (const one of incidents) {
    const acts = one.actors.includes(party);
    if (!acts && !one.recipients.includes(party)) continue;
    for (const code of new Set(acts ? one.recipients : one.actors)) {
      if (code === party) continue;
      const row = found.get(code) ?? { code, cooperation: 0, conflict: 0, other: 0, supplies: 0, receives: 0 };
      if (one.kind === "transfer") row[acts ? "supplies" : "receives"] += 1;
      else if (one.kind === "event") row[warmth(one)] += 1;
      found.set(code, row);
    }
  }
  return [...found.values()].sort((a, b) => total(b) - total(a) || a.code.localeCompare(b.code));
}

/** In words, for those who see no colours. */
export function described(one: Partner): string {
  const net = balance(one);
  const tone = net === null ? "neither friendly nor hostile" : net > 0.2 ? "mostly friendly" : net < -0.2 ? "mostly hostile" : "mixed";
  const arms = [one.supplies && `supplies arms (${one.supplies})`, one.receives && `receives arms (${one.receives})`].filter(Boolean);
  return [`${tone}: ${one.cooperation} friendly, ${one.conflict} hostile`, ...arms].join("; ");
}
