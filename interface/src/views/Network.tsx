/** Who deals with whom: states and organisations as a graph, layer by layer, the sign in colour, line and label. */

import { computed } from "@preact/signals";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { useMemo } from "preact/hooks";
import { apart } from "../charts/labels";
import { useWidth } from "../charts/size";
import { incidents, index, warmth } from "../data";
import type { Incident } from "../model";
import { name } from "../names";
import { Chart } from "../parts/Chart";
import { filter, link, narrow } from "../state";
import "./Network.css";

const LAYERS = ["military", "political", "economic", "cultural", "historic", "geographic"];
const MOST = 140;

interface Tie {
  pair: [string, string];
  cooperation: number;
  conflict: number;
  other: number;
}

/** Where each party stands, from everything that the ledger holds: a filter hides, it never moves. */
const places = computed(() => layout(ties(index.value?.incidents ?? [])));
const shown = computed(() => ties(incidents.value).slice(0, MOST));

export function Network() {
  const all = useMemo(() => ties(incidents.value), [incidents.value]);
  if (all.length === 0) return <p class="none">Nothing here joins two parties.</p>;
  return (
    <>
      <fieldset class="layers">
        <legend>Layer</legend>
        {["", ...LAYERS].map((layer) => (
          <label key={layer}>
            <input
              type="radio"
              name="layer"
              checked={(filter.value.layer[0] ?? "") === layer && filter.value.layer.length < 2}
              onChange={() => narrow({ layer: layer ? [layer] : [] })}
            />
            {layer || "all"}
          </label>
        ))}
      </fieldset>
      <Chart
        title="Who deals with whom"
        note={`Whole lines marked + are mostly friendly, dashed ones marked − mostly hostile, thin dotted ones neither or both. Parties keep their place when the filter changes.${all.length > MOST ? ` The ${MOST} strongest of ${all.length} ties are drawn; the table holds all.` : ""}`}
        file="network"
        columns={[
          { name: "one", cell: (row) => name(row.pair[0]), value: (row) => row.pair[0] },
          { name: "other", cell: (row) => name(row.pair[1]), value: (row) => row.pair[1] },
          { name: "friendly", cell: (row) => row.cooperation, value: (row) => row.cooperation, numeric: true },
          { name: "hostile", cell: (row) => row.conflict, value: (row) => row.conflict, numeric: true },
          { name: "neither", cell: (row) => row.other, value: (row) => row.other, numeric: true },
          { name: "", cell: (row) => <a href={link("incidents", "", { pair: row.pair })}>incidents</a> },
        ]}
        rows={all}
        id={(row) => row.pair.join("|")}
      >
        <Drawing />
      </Chart>
    </>
  );
}

function Drawing() {
  const [ref, width] = useWidth();
  const height = Math.round(Math.min(720, width * 0.62));
  const at = useMemo(() => fit(places.value, width, height), [places.value, width, height]);
  const drawn = shown.value;
  const degree = new Map<string, number>();
  for (const one of drawn) for (const code of one.pair) degree.set(code, (degree.get(code) ?? 0) + count(one));
  const labels = [...degree].sort((a, b) => b[1] - a[1]).flatMap(([code]) => {
    const spot = at(code);
    return spot ? [{ code, text: name(code), x: spot.x, y: spot.y - 9 }] : [];
  });
  return (
    <div ref={ref}>
      <svg class="network" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="group" aria-label={`Graph of ${degree.size} parties and ${drawn.length} ties; the table holds the figures`}>
        {drawn.map((one) => {
          const [a, b] = [at(one.pair[0]), at(one.pair[1])];
          if (!a || !b) return null;
          const sign = tone(one);
          return (
            <a key={one.pair.join("|")} href={link("incidents", "", { pair: one.pair })} tabIndex={-1}>
              <line class={`tie ${sign}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} stroke-width={0.8 + Math.sqrt(count(one)) / 1.8}>
                <title>{`${one.pair.map(name).join(" – ")}: ${one.cooperation} friendly, ${one.conflict} hostile, ${one.other} neither`}</title>
              </line>
              {count(one) > 3 && sign !== "other" && (
                <text class={`sign ${sign}`} x={(a.x + b.x) / 2} y={(a.y + b.y) / 2} dy="0.35em" text-anchor="middle">
                  {sign === "conflict" ? "−" : "+"}
                </text>
              )}
            </a>
          );
        })}
        {[...degree].map(([code, strength]) => {
          const spot = at(code);
          if (!spot) return null;
          const size = 3 + Math.sqrt(strength) * 0.8;
          const state = Boolean(index.value?.names[code]);
          return (
            <a key={code} href={link("incidents", "", { actor: [code] })} aria-label={`${name(code)}, ${strength} incidents`}>
              {state ? <circle class="node" cx={spot.x} cy={spot.y} r={size} /> : <rect class="node" x={spot.x - size} y={spot.y - size} width={size * 2} height={size * 2} />}
              <title>{name(code)}</title>
            </a>
          );
        })}
        {apart(labels).map((one) => (
          <text key={one.code} class="label" x={one.x} y={one.y} text-anchor="middle">
            {one.text}
          </text>
        ))}
      </svg>
    </div>
  );
}

const count = (one: Tie): number => one.cooperation + one.conflict + one.other;

function tone(one: Tie): "cooperation" | "conflict" | "other" {
  const signed = one.cooperation + one.conflict;
  if (signed === 0 || Math.abs(one.cooperation - one.conflict) / signed < 0.2) return "other";
  return one.cooperation > one.conflict ? "cooperation" : "conflict";
}

/** Pairs that incidents join, the most often joined first. */
function ties(all: Incident[]): Tie[] {
  const found = new Map<string, Tie>();
  for (const one of all) {
    if (one.kind === "quantity") continue;
    for (const actor of one.actors)
      for (const recipient of one.recipients) {
        if (actor === recipient) continue;
        const pair = [actor, recipient].sort() as [string, string];
        const tie = found.get(pair.join("|")) ?? { pair, cooperation: 0, conflict: 0, other: 0 };
        tie[one.kind === "transfer" ? "cooperation" : warmth(one)] += 1;
        found.set(pair.join("|"), tie);
      }
  }
  return [...found.values()].sort((a, b) => count(b) - count(a) || a.pair.join().localeCompare(b.pair.join()));
}

interface Node extends SimulationNodeDatum {
  code: string;
  x: number;
  y: number;
}

const LAID = 400;
const ROUNDS = 220;

/** Forces start from where states lie on the globe, and from a circle for the rest, so that the result is always the same. */
function layout(all: Tie[]): Map<string, Node> {
  const strong = all.slice(0, LAID * 3);
  const codes = [...new Set(strong.flatMap((one) => one.pair))].slice(0, LAID);
  const nodes: Node[] = codes.map((code, number) => {
    const known = index.value?.names[code];
    const angle = number * 2.4;
    return known && known.longitude !== null && known.latitude !== null
      ? { code, x: known.longitude * 4, y: -known.latitude * 4 }
      : { code, x: Math.cos(angle) * 300, y: Math.sin(angle) * 160 };
  });
  const byCode = new Map(nodes.map((one) => [one.code, one]));
  const links = strong.flatMap((one) => {
    const [source, target] = [byCode.get(one.pair[0]), byCode.get(one.pair[1])];
    return source && target ? [{ source, target, weight: Math.sqrt(count(one)) }] : [];
  });
  forceSimulation(nodes)
    .force("link", forceLink(links).distance(60).strength((one) => Math.min(0.6, 0.08 * one.weight)))
    .force("charge", forceManyBody().strength(-320))
    .force("collide", forceCollide(22))
    .force("x", forceX(0).strength(0.05))
    .force("y", forceY(0).strength(0.11))
    .stop()
    .tick(ROUNDS);
  return byCode;
}

/** From the layout's plane to the drawing. */
function fit(laid: Map<string, Node>, width: number, height: number): (code: string) => { x: number; y: number } | null {
  const nodes = [...laid.values()];
  const [left, right] = [Math.min(...nodes.map((one) => one.x)), Math.max(...nodes.map((one) => one.x))];
  const [top, bottom] = [Math.min(...nodes.map((one) => one.y)), Math.max(...nodes.map((one) => one.y))];
  const margin = 36;
  const across = (value: number, from: number, to: number, size: number) => margin + ((value - from) / (to - from || 1)) * (size - 2 * margin);
  return (code) => {
    const node = laid.get(code);
    return node ? { x: across(node.x, left, right, width), y: across(node.y, top, bottom, height) } : null;
  };
}
