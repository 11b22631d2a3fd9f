/** Incidents in time, a line for each pair: friendly ones above it, hostile ones below; drag over time to filter. */

import { computed } from "@preact/signals";
import { extent, range } from "d3-array";
import { brushX, type D3BrushEvent } from "d3-brush";
import { scaleTime } from "d3-scale";
import { select } from "d3-selection";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useWidth } from "../charts/size";
import { incidents, index, warmth } from "../data";
import { asDate, asDay, iso } from "../days";
import type { Incident } from "../model";
import { name, titled } from "../names";
import { Chart } from "../parts/Chart";
import { plain, Said } from "../parts/Said";
import { stands } from "../passes";
import { filter, link, narrow } from "../state";
import { Pair } from "./Relations";
import "./Timeline.css";

const LINES = 14;
const LINE = 44;
const MARGIN = { top: 30, right: 26, bottom: 8, left: 150 };
/** A year in which nothing at all is recorded is a gap in what is known, not a quiet year. */
const YEAR = 365;

interface Row {
  incident: Incident;
  pair: [string, string];
}

export function Timeline() {
  const rows = useMemo(() => dated(incidents.value).filter((row) => asked(row.pair)), [incidents.value]);
  const lines = useMemo(() => busiest(rows).slice(0, LINES), [rows]);
  if (rows.length === 0) return <p class="none">Nothing here joins two parties on a day that is known. Widen the filter, or give articles their date of publication.</p>;
  return (
    <>
      <Marks rows={rows} lines={lines} />
      <Amity lines={lines} />
    </>
  );
}

/** The series of a pair under its incidents: the one that is filtered by, or the only one there is. */
function Amity({ lines }: { lines: [string, string][] }) {
  const chosen = filter.value.pair.length === 2 ? filter.value.pair : lines.length === 1 ? lines[0]! : null;
  if (!chosen) return <p class="note">Choose a pair, by its name at the left, to see amity and enmity between the two in time.</p>;
  const [actor, recipient] = chosen.toSorted() as [string, string];
  return (
    <section>
      <h3>
        Amity and enmity: {name(actor)} and {name(recipient)} (<a href={link("relations", `${actor},${recipient},month`)}>by month</a>)
      </h3>
      <Pair actor={actor} recipient={recipient} unit="year" />
    </section>
  );
}

function Marks({ rows, lines }: { rows: Row[]; lines: [string, string][] }) {
  const pairs = busiest(rows).length;
  return (
    <Chart
      title="Incidents by pair"
      note={`Triangles that point up are friendly, those that point down hostile, circles neither; the larger, the more independent sources; hollow: not said to have happened; with a tail to the left: no text gives the day, it stands by its first report. Grey: years of which the ledger tells nothing. Drag over the top to choose a time.${pairs > LINES ? ` The ${LINES} busiest of ${pairs} pairs are drawn; the table holds all.` : ""}`}
      file="timeline"
      columns={[
        { name: "date", whole: true, cell: (row) => row.incident.date ?? "–", value: (row) => row.incident.date },
        { name: "first report", whole: true, cell: (row) => (row.incident.reported === null ? "–" : iso(row.incident.reported)), value: (row) => (row.incident.reported === null ? null : iso(row.incident.reported)) },
        { name: "one", cell: (row) => name(row.pair[0]), value: (row) => row.pair[0] },
        { name: "other", cell: (row) => name(row.pair[1]), value: (row) => row.pair[1] },
        { name: "type", cell: (row) => row.incident.type, value: (row) => row.incident.type },
        { name: "layer", cell: (row) => row.incident.layer ?? "", value: (row) => row.incident.layer },
        { name: "happening", cell: (row) => <a href={link("incidents", row.incident.id)}><Said text={titled(row.incident.title)} /></a>, value: (row) => row.incident.title },
        { name: "status", cell: (row) => row.incident.status, value: (row) => row.incident.status },
        { name: "sources", cell: (row) => row.incident.sources.length, value: (row) => row.incident.sources.length, numeric: true },
      ]}
      rows={rows}
      id={(row) => row.incident.id + row.pair.join()}
    >
      <Drawing rows={rows} lines={lines} />
    </Chart>
  );
}

function Drawing({ rows, lines }: { rows: Row[]; lines: [string, string][] }) {
  const [ref, width] = useWidth();
  const brush = useRef<SVGGElement>(null);
  const left = width < 560 ? 86 : MARGIN.left;
  const height = MARGIN.top + lines.length * LINE + MARGIN.bottom;
  const [from, to] = extent(rows, (row) => stands(row.incident)!) as [number, number];
  const x = useMemo(() => scaleTime([asDate(from - 20), asDate(to + 20)], [left, width - MARGIN.right]), [from, to, left, width]);
  const number = new Map(lines.map((pair, at) => [pair.join("|"), at]));
  useEffect(() => {
    if (!brush.current) return;
    const over = brushX<unknown>().extent([[left, 0], [width - MARGIN.right, MARGIN.top - 6]]);
    over.on("end", (event: D3BrushEvent<unknown>) => {
      const chosen = event.selection as [number, number] | null;
      if (event.sourceEvent && chosen) narrow({ since: iso(asDay(x.invert(chosen[0]))), until: iso(asDay(x.invert(chosen[1]))) });
    });
    select(brush.current).call(over as never);
  }, [x, left, width]);
  return (
    <div ref={ref}>
      <svg class="timeline" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="group" aria-label={`Incidents of ${lines.length} pairs from ${iso(from)} to ${iso(to)}; the table holds them`}>
        {gaps(told.value, from, to).map(([start, end]) => (
          <rect key={start} class="gap" x={x(asDate(start))} width={x(asDate(end)) - x(asDate(start))} y={MARGIN.top - 4} height={height - MARGIN.top} />
        ))}
        {x.ticks(Math.max(3, width / 110)).map((tick) => (
          <g key={Number(tick)}>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1={MARGIN.top - 4} y2={height} />
            <text class="tick" x={x(tick)} y={14} text-anchor="middle">
              {x.tickFormat()(tick)}
            </text>
          </g>
        ))}
        {lines.map((pair, at) => {
          const y = MARGIN.top + at * LINE + LINE / 2;
          return (
            <g key={pair.join("|")}>
              <line class="axis" x1={left} x2={width - MARGIN.right} y1={y} y2={y} />
              <a href={link("timeline", "", { pair, actor: [] })}>
                <text class="pair" x={left - 8} y={y - 5} text-anchor="end">
                  {short(name(pair[0]), left)}
                </text>
                <text class="pair" x={left - 8} y={y + 10} text-anchor="end">
                  {short(name(pair[1]), left)}
                </text>
              </a>
            </g>
          );
        })}
        {apartInTime(rows, number, (row) => x(asDate(stands(row.incident)!))).map(({ row, at, left: spot }) => (
          <Mark key={row.incident.id + at} row={row} x={spot} y={MARGIN.top + at * LINE + LINE / 2} />
        ))}
        <g class="brush" ref={brush} />
      </svg>
      {(filter.value.since || filter.value.until) && (
        <button class="whole" onClick={() => narrow({ since: "", until: "" })}>
          Show all of the time
        </button>
      )}
    </div>
  );
}

function Mark({ row, x, y }: { row: Row; x: number; y: number }) {
  const { incident } = row;
  const size = 3.5 + Math.min(6, Math.sqrt(incident.sources.length) * 2);
  const tone = incident.kind === "transfer" ? "cooperation" : warmth(incident);
  const hollow = incident.status === "occurred" || incident.status === "ongoing" ? "" : " hollow";
  const at = tone === "cooperation" ? y - 8 : tone === "conflict" ? y + 8 : y;
  const up = `M${x - size},${at + size * 0.8}L${x + size},${at + size * 0.8}L${x},${at - size}Z`;
  const down = `M${x - size},${at - size * 0.8}L${x + size},${at - size * 0.8}L${x},${at + size}Z`;
  const when = incident.date ?? `by ${iso(incident.reported!)}`;
  const called = plain(titled(incident.title));
  return (
    <a href={link("incidents", incident.id)} aria-label={`${when}: ${called}, ${incident.type}`}>
      {incident.first === null && <line class={`tail ${tone}`} x1={x - size - 7} x2={x - size / 2} y1={at} y2={at} />}
      {tone === "other" ? <circle class={`mark other${hollow}`} cx={x} cy={at} r={size * 0.8} /> : <path class={`mark ${tone}${hollow}`} d={tone === "cooperation" ? up : down} />}
      <title>{`${when}: ${called} (${incident.type}, ${incident.status}, ${incident.sources.length} sources)`}</title>
    </a>
  );
}

const short = (text: string, room: number): string => {
  const most = Math.floor((room - 12) / 7);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

/** How near two marks of one tone may stand before only the one with more sources is drawn. */
const NEAR = 3;

interface Placed {
  row: Row;
  at: number;
  left: number;
}

/** One mark for each line, tone and few pixels, so that a hundred thousand incidents are as quick to draw as a hundred. */
function apartInTime(rows: Row[], number: Map<string, number>, place: (row: Row) => number): Placed[] {
  const kept = new Map<string, Placed>();
  for (const row of rows) {
    const at = number.get(row.pair.join("|"));
    if (at === undefined) continue;
    const left = place(row);
    const key = `${at}|${row.incident.kind === "transfer" ? "cooperation" : warmth(row.incident)}|${Math.round(left / NEAR)}`;
    const there = kept.get(key);
    if (!there || there.row.incident.sources.length < row.incident.sources.length) kept.set(key, { row, at, left });
  }
  return [...kept.values()];
}

/** Each incident once for each pair that it joins, in time. */
function dated(all: Incident[]): Row[] {
  const rows: Row[] = [];
  for (const incident of all) {
    if (stands(incident) === null || incident.kind === "quantity") continue;
    const pairs = new Set(incident.actors.flatMap((one) => incident.recipients.filter((other) => other !== one).map((other) => [one, other].sort().join("|"))));
    for (const pair of pairs) rows.push({ incident, pair: pair.split("|") as [string, string] });
  }
  return rows;
}

function busiest(rows: Row[]): [string, string][] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.pair.join("|"), (counts.get(row.pair.join("|")) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([pair]) => pair.split("|") as [string, string]);
}

/** Days of which the ledger tells anything, whatever the filter leaves, in order. */
const told = computed(() => (index.value?.incidents ?? []).flatMap((one) => stands(one) ?? []).sort((a, b) => a - b));

/** Stretches of more than a year, between two days, of which nothing is told. */
function gaps(days: number[], from: number, to: number): [number, number][] {
  const known = [from, ...days.filter((day) => day > from && day < to), to];
  return range(1, known.length).flatMap((at) => {
    const [start, end] = [known[at - 1]!, known[at]!];
    return end - start > YEAR ? [[start, end] as [number, number]] : [];
  });
}

/** Whether a pair is the one that is filtered by, if one is. */
const asked = (pair: [string, string]): boolean => filter.value.pair.length < 2 || pair.every((one) => filter.value.pair.includes(one));
