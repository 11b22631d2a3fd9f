/** The overview: what the ledger holds, coverage in time and by source, the most contested, the biggest changes. */

import { computed } from "@preact/signals";
import { incidents, index, read, tally, warmth } from "../data";
import { asDate } from "../days";
import type { Incident } from "../model";
import { name, titled } from "../names";
import { stands } from "../passes";
import { Said } from "../parts/Said";
import { link, narrowed } from "../state";
import { Coverage } from "../charts/Coverage";

const contested = computed(() => incidents.value.filter((one) => one.contested > 0).toSorted((a, b) => b.contested - a.contested || b.sources.length - a.sources.length));
const pairs = computed(() => changes(incidents.value));

export function Story() {
  const about = index.value!.about;
  const all = incidents.value;
  const publishers = tally(read.value, (article) => [article.publisher ?? "unknown publisher"]);
  return (
    <>
      <p class="lead">
        <Number of={all.length} what="incidents" to={link("incidents")} /> between{" "}
        <Number of={tally(all, (one) => [...one.actors, ...one.recipients]).length} what="states and organisations" to={link("network")} />, told by{" "}
        <Number of={read.value.length} what="articles" to={link("articles")} /> of <Number of={publishers.length} what="publishers" to={link("sources")} />
        {!narrowed.value && (
          <>
            , from <Number of={about.claims} what="claims" to={link("claims")} />
          </>
        )}
        .{about.failures > 0 && ` ${counted(about.failures, "input")} could not be read.`}
        {about.unread > 0 && ` ${counted(about.unread, "article")} in a language that amity does not read ${about.unread === 1 ? "was" : "were"} left aside.`}
      </p>
      <Coverage incidents={all} />
      <div class="columns">
        <section>
          <h3>Most contested</h3>
          {contested.value.length === 0 && <p class="none">No sources contradict each other here.</p>}
          <ol class="list">
            {contested.value.slice(0, 8).map((one) => (
              <li key={one.id}>
                <a href={link("incidents", one.id)}>
                  <Said text={titled(one.title)} />
                </a>{" "}
                <small>
                  {one.date ?? "undated"}, {counted(one.sources.length, "source")}, {counted(one.contested, "point")}
                </small>
              </li>
            ))}
          </ol>
        </section>
        <section>
          <h3>Biggest changes</h3>
          {pairs.value.length === 0 && <p class="none">No pair of whom enough is told has changed much.</p>}
          <ol class="list">
            {pairs.value.slice(0, 8).map((one) => (
              <li key={one.pair.join()}>
                <a href={link("timeline", "", { pair: one.pair, actor: [] })}>{one.pair.map(name).join(" – ")}</a>{" "}
                <small>
                  from {share(one.before)} to {share(one.after)} hostile since {asDate(one.turn).getUTCFullYear()} ({one.count} incidents)
                </small>
              </li>
            ))}
          </ol>
        </section>
        <section>
          <h3>Who tells it</h3>
          <ol class="list">
            {publishers.slice(0, 8).map(([publisher, count]) => (
              <li key={publisher}>
                <Said text={publisher} /> <small>{counted(count, "article")}</small>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}

function Number({ of, what, to }: { of: number; what: string; to: string }) {
  return (
    <a href={to}>
      <strong>{of.toLocaleString()}</strong> {what}
    </a>
  );
}

const counted = (number: number, what: string): string => `${number.toLocaleString()} ${what}${number === 1 ? "" : "s"}`;
const share = (part: number): string => `${Math.round(part * 100)} %`;

interface Change {
  pair: string[];
  before: number;
  after: number;
  turn: number;
  count: number;
}

const ENOUGH = 6;
/** A change that a single incident more or less would undo is none. */
const NOTABLE = 0.2;

/** Pairs whose share of hostile incidents differs most between the earlier and the later half of what is told of them. */
function changes(all: Incident[]): Change[] {
  const byPair = new Map<string, Incident[]>();
  for (const one of all) {
    if (one.kind !== "event" || stands(one) === null || warmth(one) === "other") continue;
    for (const actor of one.actors)
      for (const recipient of one.recipients) {
        const key = [actor, recipient].sort().join("|");
        if (actor !== recipient) byPair.set(key, [...(byPair.get(key) ?? []), one]);
      }
  }
  const found = [...byPair].filter(([, told]) => told.length >= ENOUGH).map(([key, told]) => halves(key.split("|"), told)).filter((one) => Math.abs(one.after - one.before) >= NOTABLE);
  return found.toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
}

function halves(pair: string[], told: Incident[]): Change {
  const sorted = told.toSorted((a, b) => stands(a)! - stands(b)!);
  const half = Math.ceil(sorted.length / 2);
  const hostile = (part: Incident[]) => part.filter((one) => warmth(one) === "conflict").length / part.length;
  return { pair, before: hostile(sorted.slice(0, half)), after: hostile(sorted.slice(half)), turn: stands(sorted[half]!)!, count: told.length };
}

