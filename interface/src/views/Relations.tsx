/** How two deal with each other: intensity and valence of both directions with intervals, and when they turned. */

import { useMemo } from "preact/hooks";
import { Series } from "../charts/Series";
import { incidents, index, tally } from "../data";
import { name } from "../names";
import { Chart } from "../parts/Chart";
import { Notes, Waiting } from "../parts/Waiting";
import { filter, go, link } from "../state";
import { interval, type Point, type Relation, type Relations as Answer, signed, useStructure } from "../structure";

const UNITS = ["month", "quarter", "year"];

/** The address is `#/relations/AZE,ARM,month`; by default the busiest pair. */
export function Relations({ id }: { id: string }) {
  const pairs = useMemo(busiest, [index.value, incidents.value]);
  const chosen = filter.value.pair.length === 2 ? filter.value.pair : (pairs[0] ?? []);
  const [actor = chosen[0] ?? "", recipient = chosen[1] ?? "", unit = "year"] = id ? id.split(",") : [];
  if (!actor || !recipient) return <p class="none">Nothing here joins two states.</p>;
  const known = pairs.some((pair) => pair.join() === `${actor},${recipient}`);
  return (
    <>
      <p>
        <label>
          Pair{" "}
          <select value={`${actor},${recipient}`} onChange={(event) => go("relations", `${event.currentTarget.value},${unit}`)}>
            {!known && <option value={`${actor},${recipient}`}>{`${name(actor)} – ${name(recipient)}`}</option>}
            {pairs.slice(0, 200).map((pair) => (
              <option key={pair.join()} value={pair.join()}>
                {pair.map(name).join(" – ")}
              </option>
            ))}
          </select>
        </label>{" "}
        <label>
          by{" "}
          <select value={unit} onChange={(event) => go("relations", `${actor},${recipient},${event.currentTarget.value}`)}>
            {UNITS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>{" "}
        <a href={link("timeline", "", { pair: [actor, recipient], actor: [] })}>their incidents in time</a>
      </p>
      <Pair actor={actor} recipient={recipient} unit={unit} />
    </>
  );
}

/** Both directions of a pair in time, with intervals, gaps and turns. */
export function Pair({ actor, recipient, unit }: { actor: string; recipient: string; unit: string }) {
  const told = useStructure<Answer>("relations", { actor, recipient, unit });
  return <Waiting told={told}>{(answer) => <Drawn answer={answer} />}</Waiting>;
}

interface Row {
  relation: Relation;
  point: Point;
}

function Drawn({ answer }: { answer: Answer }) {
  const rows = answer.relations.flatMap((relation) => relation.points.map((point) => ({ relation, point })));
  const columns = [
    { name: "who", cell: (row: Row) => title(row.relation), value: (row: Row) => `${row.relation.actor} ${row.relation.recipient}` },
    { name: "from", cell: (row: Row) => row.point.start, value: (row: Row) => row.point.start },
    { name: "events", cell: (row: Row) => (row.point.count === null ? "unknown" : Number(row.point.count.toFixed(1)).toLocaleString()), value: (row: Row) => row.point.count, numeric: true },
    { name: "per thousand recorded", cell: (row: Row) => interval(row.point.intensity), value: (row: Row) => row.point.intensity.value, numeric: true },
    { name: "valence", cell: (row: Row) => interval(row.point.valence, 1), value: (row: Row) => row.point.valence.value, numeric: true },
  ];
  const id = (row: Row) => row.relation.actor + row.point.start;
  const lines = (of: (point: Point) => Point["valence"]) =>
    answer.relations.map((relation) => ({
      name: title(relation),
      spots: relation.points.map((point) => ({ start: point.start, estimate: of(point), covered: point.covered })),
    }));
  const flags = (aspect: string) =>
    answer.relations.flatMap((relation) =>
      relation.changes
        .filter((one) => one.aspect === aspect)
        .map((one) => ({ ...one, title: `${title(relation)} turned about ${one.start}: ${aspect === "valence" ? signed(one.effect.value) : `×${one.effect.value.toFixed(1)}`} (adjusted p ${one.adjusted.toFixed(3)})` })),
    );
  return (
    <>
      <ul class="list">
        {answer.relations.map((relation) => (
          <li key={relation.actor}>{sentence(relation)}</li>
        ))}
      </ul>
      <Chart
        title="Valence: how they deal with each other"
        note="Mean score of an event, from −10 (conflict) to 10 (cooperation), with 90 % intervals. The line is broken where nothing at all was recorded; the band then says what would be expected. Upright lines: when it turned, with the time in which it may have."
        file="valence"
        columns={columns}
        rows={rows}
        id={id}
      >
        <Series lines={lines((point) => point.valence)} label="Valence in time" zero flags={flags("valence")} />
      </Chart>
      <Chart title="Intensity: how much they deal with each other" note="Events of one towards the other per thousand recorded events, with 90 % intervals." file="intensity" columns={columns} rows={rows} id={id}>
        <Series lines={lines((point) => point.intensity)} label="Intensity in time" fromZero flags={flags("intensity")} />
      </Chart>
      <Notes notes={answer.notes} />
    </>
  );
}

const title = (one: Relation): string => `${name(one.actor)} towards ${name(one.recipient)}`;

function sentence(one: Relation): string {
  const last = one.points.at(-1)!;
  const { events, covered, periods, datasets } = one.coverage;
  const turns = one.changes.map((turn) => `${turn.aspect} turned about ${turn.start} (${turn.since} – ${turn.until})`);
  const told = `valence ${signed(last.valence.value)} [${signed(last.valence.low)}, ${signed(last.valence.high)}], intensity ${interval(last.intensity)}`;
  return `${title(one)}: ${told}; rests on ${Math.round(events).toLocaleString()} events, ${covered} of ${periods} ${one.unit}s covered (${datasets.join(", ")})${turns.length ? `; ${turns.join("; ")}` : "; no clear turn"}.`;
}

/** Pairs of states by number of incidents. */
function busiest(): string[][] {
  const states = index.value?.names ?? {};
  const counted = tally(incidents.value, (one) =>
    one.kind === "event"
      ? one.actors.flatMap((actor) => one.recipients.filter((other) => other !== actor && states[actor] && states[other]).map((other) => [actor, other].sort().join()))
      : [],
  );
  return counted.map(([pair]) => pair.split(","));
}
