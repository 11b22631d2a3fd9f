/** Where a state stands between poles, year by year, and how much it deals with them. */

import { Series } from "../charts/Series";
import { name } from "../names";
import { Chart } from "../parts/Chart";
import { active, StatePick } from "../parts/StatePick";
import { Notes, Waiting } from "../parts/Waiting";
import { go } from "../state";
import { type Alignment as Year, type Alignments, type Estimate, interval, share, useStructure } from "../structure";

export function Alignment({ id }: { id: string }) {
  const state = id || active()[0] || "";
  const told = useStructure<Alignments>("alignment", { state });
  if (!state) return <p class="none">Nothing here tells of a state.</p>;
  return (
    <>
      <p>
        <StatePick label="State" value={state} choose={(code) => go("alignment", code)} />
      </p>
      <Waiting told={told}>{(answer) => <Drawn answer={answer} />}</Waiting>
    </>
  );
}

function Drawn({ answer }: { answer: Alignments }) {
  const pairs = [...new Set(answer.alignments.map((one) => `${one.toward}|${one.against}`))];
  return (
    <>
      {pairs.map((pair) => (
        <Between key={pair} years={answer.alignments.filter((one) => `${one.toward}|${one.against}` === pair)} state={answer.state} />
      ))}
      <Notes notes={[...answer.missing, ...answer.notes]} />
    </>
  );
}

const line = (label: string, years: Year[], of: (year: Year) => Estimate | null) => ({
  name: label,
  spots: years.flatMap((one) => {
    const estimate = of(one);
    return estimate ? [{ start: `${one.year}-01-01`, estimate, covered: true }] : [];
  }),
});

function Between({ years, state }: { years: Year[]; state: string }) {
  const { toward, against } = years[0]!;
  const lines = [
    line(`alignment (1: ${name(toward)}, −1: ${name(against)})`, years, (one) => one.alignment),
    line("engagement", years, (one) => one.engagement),
    line("hedging", years, (one) => one.hedging),
  ].filter((one) => one.spots.length > 0);
  if (lines.length === 0) return null;
  return (
    <Chart
      title={`${name(state)} between ${name(toward)} and ${name(against)}`}
      note="Bands are 90 % intervals. Engagement is how much it deals with them in security; hedging is engagement without alignment, kept apart from dealing with neither."
      file={`alignment-${state}-${toward}-${against}`}
      columns={[
        { name: "year", cell: (row) => row.year, value: (row) => row.year, numeric: true },
        { name: "alignment", cell: (row) => (row.alignment ? interval(row.alignment) : "–"), value: (row) => row.alignment?.value ?? null, numeric: true },
        { name: "engagement", cell: (row) => (row.engagement ? interval(row.engagement) : "–"), value: (row) => row.engagement?.value ?? null, numeric: true },
        { name: "hedging", cell: (row) => (row.hedging ? interval(row.hedging) : "–"), value: (row) => row.hedging?.value ?? null, numeric: true },
        { name: "verdict", cell: (row) => (row.verdict ? `${row.verdict} (${share(row.probability ?? 0)})` : "–"), value: (row) => row.verdict },
        { name: "parts known", cell: (row) => `${row.covered} of ${row.of}`, value: (row) => row.covered, numeric: true },
      ]}
      rows={years}
      id={(row) => String(row.year)}
    >
      <Series lines={lines} label={`${name(state)} between ${name(toward)} and ${name(against)}`} zero />
    </Chart>
  );
}
