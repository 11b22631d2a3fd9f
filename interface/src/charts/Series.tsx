/** Estimates in time with their intervals, one line for each of a few things; uncovered periods are left open. */

import { extent, max, min } from "d3-array";
import { scaleLinear, scaleTime } from "d3-scale";
import { area, line } from "d3-shape";
import { asDate, first } from "../days";
import type { Estimate } from "../structure";
import { useWidth } from "./size";
import "./Series.css";

export interface Spot {
  start: string;
  estimate: Estimate;
  covered: boolean;
}

export interface Line {
  name: string;
  spots: Spot[];
}

export interface Flag {
  start: string;
  since: string;
  until: string;
  title: string;
}

interface Props {
  lines: Line[];
  label: string;
  /** Where nothing leans either way: drawn as a line, and never left out of the axis. */
  zero?: boolean;
  /** Counts and rates begin at nothing. */
  fromZero?: boolean;
  flags?: Flag[];
  height?: number;
}

const MARGIN = { top: 14, right: 24, bottom: 24, left: 44 };
const STYLES = ["one", "two", "three", "four"];

export function Series({ lines, label, zero = false, fromZero = false, flags = [], height = 200 }: Props) {
  const [ref, width] = useWidth();
  const spots = lines.flatMap((one) => one.spots);
  const when = (text: string) => asDate(first(text) ?? 0);
  const days = extent(spots, (one) => when(one.start)) as [Date, Date];
  const low = min(spots, (one) => one.estimate.low) ?? 0;
  const high = max(spots, (one) => one.estimate.high) ?? 1;
  const x = scaleTime(days, [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([zero || fromZero ? Math.min(0, low) : low, zero ? Math.max(0, high) : high], [height - MARGIN.bottom, MARGIN.top]).nice(4);
  const band = area<Spot>()
    .x((one) => x(when(one.start)))
    .y0((one) => y(one.estimate.low))
    .y1((one) => y(one.estimate.high));
  const path = line<Spot>()
    .defined((one) => one.covered)
    .x((one) => x(when(one.start)))
    .y((one) => y(one.estimate.value));
  return (
    <div ref={ref}>
      <svg class="series" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${label}; the table holds the figures`}>
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line class={tick === 0 && zero ? "axis" : "grid"} x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text class="tick" x={MARGIN.left - 6} y={y(tick)} dy="0.32em" text-anchor="end">
              {String(tick).replace("-", "−")}
            </text>
          </g>
        ))}
        {x.ticks(Math.max(3, width / 120)).map((tick) => (
          <text key={Number(tick)} class="tick" x={x(tick)} y={height - 6} text-anchor="middle">
            {x.tickFormat()(tick)}
          </text>
        ))}
        {flags.map((flag) => (
          <g key={flag.start + flag.title} class="flag">
            <rect x={x(when(flag.since))} width={Math.max(1, x(when(flag.until)) - x(when(flag.since)))} y={MARGIN.top} height={height - MARGIN.top - MARGIN.bottom} />
            <line x1={x(when(flag.start))} x2={x(when(flag.start))} y1={MARGIN.top} y2={height - MARGIN.bottom} />
            <title>{flag.title}</title>
          </g>
        ))}
        {lines.map((one, number) => (
          <g key={one.name} class={`line ${STYLES[number % STYLES.length]}`}>
            <path class="band" d={band(one.spots) ?? ""} />
            <path class="middle" d={path(one.spots) ?? ""} />
            {one.spots.length < 60 &&
              one.spots
                .filter((spot) => spot.covered)
                .map((spot) => (
                  <circle key={spot.start} cx={x(when(spot.start))} cy={y(spot.estimate.value)} r={2.4}>
                    <title>{`${one.name}, ${spot.start}: ${spot.estimate.value.toFixed(2)} [${spot.estimate.low.toFixed(2)}, ${spot.estimate.high.toFixed(2)}]`}</title>
                  </circle>
                ))}
          </g>
        ))}
      </svg>
      <ul class="legend">
        {lines.map((one, number) => (
          <li key={one.name}>
            <svg width="34" height="12" aria-hidden="true" class="series">
              <g class={`line ${STYLES[number % STYLES.length]}`}>
                <path class="middle" d="M1,6L33,6" />
              </g>
            </svg>{" "}
            {one.name}
          </li>
        ))}
      </ul>
    </div>
  );
}
