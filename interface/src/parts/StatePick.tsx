/** Choose a state: the most active ones of what the filter leaves come first. */

import { useMemo } from "preact/hooks";
import { incidents, index, tally } from "../data";
import { name } from "../names";

export function StatePick({ label, value, choose }: { label: string; value: string; choose: (code: string) => void }) {
  const codes = useMemo(active, [incidents.value, index.value]);
  return (
    <label>
      {label}{" "}
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {!codes.includes(value) && <option value={value}>{name(value)}</option>}
        {codes.map((code) => (
          <option key={code} value={code}>
            {name(code)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** States by number of incidents. */
export function active(): string[] {
  const states = index.value?.names ?? {};
  return tally(incidents.value, (one) => [...one.actors, ...one.recipients]).flatMap(([code]) => (states[code] ? [code] : []));
}
