/** What a filter lets through. */

import { first, last } from "./days";
import type { Incident } from "./model";
import type { Filter } from "./state";

/** Whether an incident passes a filter. Words are looked for in titles; sources by part of a name. */
export function passes(incident: Incident, wanted: Filter): boolean {
  const parties = [...incident.actors, ...incident.recipients];
  const since = wanted.since ? first(wanted.since) : null;
  const until = wanted.until ? last(wanted.until) : null;
  return (
    has(wanted.kind, incident.kind) &&
    has(wanted.type, incident.type) &&
    has(wanted.status, incident.status) &&
    has(wanted.layer, incident.layer) &&
    (wanted.actor.length === 0 || wanted.actor.some((one) => parties.includes(one))) &&
    wanted.pair.every((one) => parties.includes(one)) &&
    (wanted.source.length === 0 || wanted.source.some((one) => incident.sources.some((source) => holds(source, one)))) &&
    (!wanted.contested || incident.contested > 0) &&
    (since === null || (incident.last !== null && incident.last >= since)) &&
    (until === null || (incident.first !== null && incident.first <= until)) &&
    (!wanted.text || words(wanted.text).every((word) => holds(incident.title, word)))
  );
}

const has = (wanted: string[], value: string | null): boolean =>
  wanted.length === 0 || (value !== null && wanted.includes(value));
const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
const words = (text: string): string[] => text.replaceAll('"', " ").split(/\s+/).filter(Boolean);
