/** What to expect between two states, as distributions with their track record; never a point alone. */

import { Bars } from "../charts/Bars";
import { name } from "../names";
import { Chart } from "../parts/Chart";
import { plain } from "../parts/Said";
import { active, StatePick } from "../parts/StatePick";
import { Waiting } from "../parts/Waiting";
import { filter, go } from "../state";
import { type Expected, type Outlook as Answer, share, useStructure } from "../structure";

/** The address is `#/outlook/AZE,ARM,month`. */
export function Outlook({ id }: { id: string }) {
  const states = active();
  const [actor = filter.value.pair[0] ?? states[0] ?? "", recipient = filter.value.pair[1] ?? states.find((one) => one !== actor) ?? "", unit = "month"] = id ? id.split(",") : [];
  const told = useStructure<Answer[]>("outlook", { actor, recipient, unit });
  if (!actor || !recipient) return <p class="none">Nothing here joins two states.</p>;
  return (
    <>
      <p>
        <StatePick label="Between" value={actor} choose={(code) => go("outlook", `${code},${recipient},${unit}`)} />{" "}
        <StatePick label="and" value={recipient} choose={(code) => go("outlook", `${actor},${code},${unit}`)} />{" "}
        <label>
          by{" "}
          <select value={unit} onChange={(event) => go("outlook", `${actor},${recipient},${event.currentTarget.value}`)}>
            {["week", "month", "quarter", "year"].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </p>
      <Waiting told={told}>{(answers) => answers.map((one) => <One key={one.actor} answer={one} />)}</Waiting>
    </>
  );
}

function One({ answer }: { answer: Answer }) {
  const title = `${name(answer.actor)} towards ${name(answer.recipient)}, from ${answer.origin}`;
  const rows = [...answer.expected, ...answer.types];
  return (
    <section>
      <h3>{title}</h3>
      <ul class="list">
        {answer.lines.map((line) => (
          <li key={line}>{plain(line)}</li>
        ))}
      </ul>
      <Chart
        title="Probability of more than usual, and of anything at all"
        note={`“More” is half as much again as at the rate of the last 12 ${answer.basis.unit}s, and at least two events more. The table holds counts with their intervals.`}
        file={`outlook-${answer.actor}-${answer.recipient}`}
        columns={[
          { name: "of what", cell: (row) => row.target, value: (row) => row.target },
          { name: `${answer.basis.unit}s ahead`, cell: (row) => row.horizon, value: (row) => row.horizon, numeric: true },
          { name: "expected", cell: (row) => row.mean.toFixed(1), value: (row) => row.mean, numeric: true },
          { name: "90 % interval", cell: (row) => `${row.low} – ${row.high}`, value: (row) => row.high },
          { name: "usual", cell: (row) => row.usual.toFixed(1), value: (row) => row.usual, numeric: true },
          { name: "any", cell: (row) => share(row.any), value: (row) => row.any, numeric: true },
          { name: "more", cell: (row) => share(row.more), value: (row) => row.more, numeric: true },
        ]}
        rows={rows}
        id={(row) => row.target + row.horizon}
      >
        <Bars label={title} most={1} bars={rows.flatMap(bars)} />
      </Chart>
    </section>
  );
}

const bars = (one: Expected) => [
  { name: `more ${one.target}, ${one.horizon}`, value: one.more, text: share(one.more), tone: one.target === "cooperation" ? ("cooperation" as const) : ("conflict" as const) },
  { name: `any ${one.target}, ${one.horizon}`, value: one.any, text: share(one.any), tone: "other" as const },
];
