/** What a filter lets through. */

import { first, last } from "./days";
import type { Incident } from "./model";
import type { Filter } from "./state";

/** The day by which an incident stands in time: its own, or where no text gives one that of the first report. */
export const stands = (incident: Incident): number | null => incident.first ?? incident.reported;

/** Whether an incident passes a filter. Words are looked for in titles; sources by part of a name;
 * what no text dates passes by the day of its first report. */
export function passes(incident: Incident, wanted: Filter): boolean {
  const parties = [...incident.actors, ...incident.recipients];
  const since = wanted.since ? first(wanted.since) : null;
  const until = wanted.until ? last(wanted.until) : null;
  const start = stands(incident);
  const end = incident.last ?? start;
  return (
    has(wanted.kind, incident.kind) &&
    has(wanted.type, incident.type) &&
    has(wanted.status, incident.status) &&
    has(wanted.layer, incident.layer) &&
    (wanted.actor.length === 0 || wanted.actor.some((one) => parties.includes(one))) &&
    wanted.pair.every((one) => parties.includes(one)) &&
    (wanted.source.length === 0 || wanted.source.some((one) => incident.sources.some((source) => holds(source, one)))) &&
    (!wanted.contested || incident.contested > 0) &&
    (since === null || (end !== null && end >= since)) &&
    (until === null || (start !== null && start <= until)) &&
    (!wanted.text || words(wanted.text).every((word) => holds(incident.title, word)))
  );
}

const has = (wanted: string[], value: string | null): boolean =>
  wanted.length === 0 || (value !== null && wanted.includes(value));
const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
const words = (text: string): string[] => text.replaceAll('"', " ").split(/\s+/).filter(Boolean);
