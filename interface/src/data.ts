/** The ledger's index as signals: everything that charts draw is computed from what the filter leaves. */

import { computed, signal } from "@preact/signals";
import type { Article, Incident, Index } from "./model";
import { passes } from "./passes";
import { filter } from "./state";
import type { Store } from "./store";

export const store = signal<Store | null>(null);
export const index = signal<Index | null>(null);

/** Incidents that the filter leaves, in the order of the index: by date, undated ones last. */
export const incidents = computed<Incident[]>(() => {
  const all = index.value?.incidents ?? [];
  return all.filter((incident) => passes(incident, filter.value));
});

/** Articles by id. */
export const articles = computed(() => new Map((index.value?.articles ?? []).map((one) => [one.id, one])));

/** Articles that the incidents in view rest on; all when nothing is filtered. */
export const read = computed<Article[]>(() => {
  const cited = new Set(incidents.value.flatMap((incident) => incident.articles));
  return (index.value?.articles ?? []).filter((article) => cited.has(article.id));
});

/** Everything on how two deal with each other: friendly, hostile, or neither. */
export const warmth = (incident: Incident): "cooperation" | "conflict" | "other" =>
  incident.quad?.endsWith("cooperation") ? "cooperation" : incident.quad?.endsWith("conflict") ? "conflict" : "other";

/** Counts of what `of` gives, the most frequent first. */
export function tally<Row>(rows: Row[], of: (row: Row) => Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const one of new Set(of(row))) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
