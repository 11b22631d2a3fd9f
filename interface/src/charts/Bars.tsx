/** Horizontal bars with intervals: shares, probabilities. Each bar carries its figure in words. */

import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { useWidth } from "./size";
import "./Bars.css";

export interface Bar {
  name: string;
  value: number;
  low?: number | null;
  high?: number | null;
  text: string;
  tone?: "cooperation" | "conflict" | "other";
}

const LINE = 26;

export function Bars({ bars, label, most }: { bars: Bar[]; label: string; most?: number }) {
  const [ref, width] = useWidth();
  const left = Math.min(190, width * 0.34);
  const right = Math.min(150, width * 0.24);
  const top = most ?? max(bars, (bar) => bar.high ?? bar.value) ?? 1;
  const x = scaleLinear([0, top], [left, width - right]);
  const height = bars.length * LINE + 4;
  return (
    <div ref={ref}>
      <svg class="bars" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${label}; the table holds the figures`}>
        {bars.map((bar, number) => {
          const y = number * LINE + 4;
          return (
            <g key={bar.name + number}>
              <text x={left - 8} y={y + LINE / 2} text-anchor="end" dy="0.1em">
                {bar.name.length > left / 7 ? `${bar.name.slice(0, Math.floor(left / 7) - 1)}…` : bar.name}
              </text>
              <rect class={bar.tone ?? "plain"} x={left} width={Math.max(0, x(bar.value) - left)} y={y} height={LINE - 9} />
              {bar.low != null && bar.high != null && <line class="interval" x1={x(bar.low)} x2={x(Math.min(top, bar.high))} y1={y + (LINE - 9) / 2} y2={y + (LINE - 9) / 2} />}
              <text class="figure" x={x(Math.max(bar.value, Math.min(top, bar.high ?? bar.value))) + 6} y={y + LINE / 2} dy="0.1em">
                {bar.text}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
