/** How many incidents each year tells of, hostile below and friendly above the line; years without any stay empty. */

import { max, range } from "d3-array";
import { scaleBand, scaleLinear } from "d3-scale";
import { warmth } from "../data";
import { asDate } from "../days";
import type { Incident } from "../model";
import { stands } from "../passes";
import { Chart } from "../parts/Chart";
import { narrow } from "../state";
import { useWidth } from "./size";

interface Year {
  year: number;
  cooperation: number;
  conflict: number;
  other: number;
}

const HEIGHT = 180;
const MARGIN = { top: 8, right: 8, bottom: 22, left: 40 };

export function Coverage({ incidents }: { incidents: Incident[] }) {
  const [ref, width] = useWidth();
  const years = byYear(incidents);
  const reported = incidents.filter((one) => one.first === null && one.reported !== null).length;
  if (years.length === 0) return <p class="none">Nothing that is dated.</p>;
  const x = scaleBand(years.map((one) => one.year), [MARGIN.left, width - MARGIN.right]).paddingInner(0.15);
  const top = max(years, (one) => Math.max(one.cooperation + one.other, one.conflict)) ?? 1;
  const y = scaleLinear([-top, top], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const every = Math.ceil(years.length / (width / 60));
  return (
    <Chart
      title="Incidents by year"
      note={`Friendly ones above the line, hostile ones below, neither in outline.${reported ? ` ${reported.toLocaleString()} that no text dates stand in the year of their first report.` : ""} Choose a year to see it alone.`}
      file="incidents-by-year"
      columns={[
        { name: "year", cell: (row) => row.year, value: (row) => row.year, numeric: true },
        { name: "friendly", cell: (row) => row.cooperation, value: (row) => row.cooperation, numeric: true },
        { name: "hostile", cell: (row) => row.conflict, value: (row) => row.conflict, numeric: true },
        { name: "neither", cell: (row) => row.other, value: (row) => row.other, numeric: true },
      ]}
      rows={years}
      id={(row) => String(row.year)}
    >
      <div ref={ref}>
        <svg viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} role="img" aria-label={`Incidents by year, ${years[0]!.year} to ${years.at(-1)!.year}; the table holds the figures`}>
          {y.ticks(4).map((tick) => (
            <g key={tick}>
              <line class="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
              <text class="tick" x={MARGIN.left - 6} y={y(tick)} dy="0.32em" text-anchor="end">
                {Math.abs(tick)}
              </text>
            </g>
          ))}
          {years.map((one, number) => (
            <g key={one.year} class="bar" onClick={() => narrow({ since: String(one.year), until: String(one.year) })}>
              <title>{`${one.year}: ${one.cooperation} friendly, ${one.conflict} hostile, ${one.other} neither`}</title>
              <rect class="cooperation" x={x(one.year)} width={x.bandwidth()} y={y(one.cooperation)} height={y(0) - y(one.cooperation)} />
              <rect class="other" x={x(one.year)} width={x.bandwidth()} y={y(one.cooperation + one.other)} height={y(0) - y(one.other)} />
              <rect class="conflict" x={x(one.year)} width={x.bandwidth()} y={y(0)} height={y(-one.conflict) - y(0)} />
              {number % every === 0 && (
                <text class="tick" x={(x(one.year) ?? 0) + x.bandwidth() / 2} y={HEIGHT - 6} text-anchor="middle">
                  {one.year}
                </text>
              )}
            </g>
          ))}
          <line class="axis" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(0)} y2={y(0)} />
        </svg>
      </div>
    </Chart>
  );
}

function byYear(incidents: Incident[]): Year[] {
  const counts = new Map<number, Year>();
  for (const one of incidents) {
    const day = stands(one);
    if (day === null) continue;
    const year = asDate(day).getUTCFullYear();
    const row = counts.get(year) ?? { year, cooperation: 0, conflict: 0, other: 0 };
    row[warmth(one)] += 1;
    counts.set(year, row);
  }
  const years = [...counts.keys()];
  if (years.length === 0) return [];
  return range(Math.min(...years), Math.max(...years) + 1).map((year) => counts.get(year) ?? { year, cooperation: 0, conflict: 0, other: 0 });
}
