/** Regional security complexes: who belongs to them with what probability, their inner pattern, who reaches in. */

import { Bars } from "../charts/Bars";
import { name, spelled } from "../names";
import { Chart } from "../parts/Chart";
import { Notes, Waiting } from "../parts/Waiting";
import { go, link } from "../state";
import { type Complex, type Complexes as Answer, share, useStructure } from "../structure";

export function Complexes({ id }: { id: string }) {
  const told = useStructure<Answer>("complexes", { at: id });
  return (
    <>
      <p>
        <label>
          As of{" "}
          <input type="text" size={10} placeholder="last day" value={id} onChange={(event) => go("complexes", event.currentTarget.value.trim())} />
        </label>{" "}
        <small>a day such as 2014-12-31</small>
      </p>
      <Waiting told={told}>{(answer) => <Drawn answer={answer} />}</Waiting>
    </>
  );
}

function Drawn({ answer }: { answer: Answer }) {
  return (
    <>
      <p class="note">
        As of {answer.at}, from {answer.datasets.join(", ")}: {Math.round(answer.events).toLocaleString()} security events. A security complex holds its enemies: membership says
        who deals with whom in security, not who is friends.
      </p>
      {answer.complexes.length === 0 && <p class="none">No complex stands out from what is recorded up to {answer.at}. Choose a day of which more is recorded, or import events.</p>}
      {answer.complexes.map((one) => (
        <One key={one.id} complex={one} at={answer.at} />
      ))}
      {answer.insulators.length > 0 && (
        <section>
          <h3>Insulators: between complexes</h3>
          <ul class="list">
            {answer.insulators.map((one) => (
              <li key={one.state}>
                <a href={link("map", one.state)}>{name(one.state)}</a>: {one.why}
              </li>
            ))}
          </ul>
        </section>
      )}
      {answer.powers.length > 0 && (
        <section>
          <h3>Powers held out</h3>
          <ul class="list">
            {answer.powers.map((one) => (
              <li key={one.state}>
                {name(one.state)} ({one.level}){one.home && `: strongest in ${spelled(one.home)} (${share(one.probability)})`}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Unassigned answer={answer} />
      <Notes notes={answer.notes} />
    </>
  );
}

function One({ complex, at }: { complex: Complex; at: string }) {
  const { pattern, polarity } = complex;
  return (
    <Chart
      title={spelled(complex.name)}
      note={
        <>
          {share(complex.inside)} of its members' security interaction stays among them. Inside: {pattern.amity} friendly pairs, {pattern.enmity} hostile, {pattern.neither} neither
          {pattern.camps.length === 2 && ` (camps: ${pattern.camps.map((camp) => camp.map(name).join(", ")).join(" against ")})`}. Power: {polarity.kind}
          {polarity.effective !== null && `, as of ${polarity.effective.toFixed(1)} equal poles`} (by {polarity.basis}).
          {complex.reach.length > 0 && ` From outside reach in: ${complex.reach.map((one) => `${name(one.state)} (${share(one.share)})`).join(", ")}.`}
          {complex.overlay.probability > 0.5 && ` Overlay is likely (${share(complex.overlay.probability)}): ${complex.overlay.why}.`}
          {complex.subcomplexes.length > 0 && ` Subcomplexes: ${complex.subcomplexes.map((one) => one.members.map(name).join(", ")).join("; ")}.`}
        </>
      }
      file={`complex-${complex.id}`}
      columns={[
        { name: "state", cell: (row) => <a href={link("map", `${row.state},complex,${at}`)}>{name(row.state)}</a>, value: (row) => row.state },
        { name: "membership", cell: (row) => share(row.probability), value: (row) => row.probability, numeric: true },
        { name: "security events", cell: (row) => Math.round(row.events).toLocaleString(), value: (row) => row.events, numeric: true },
      ]}
      rows={complex.members}
      id={(row) => row.state}
    >
      <Bars
        label={`Membership in ${spelled(complex.name)}`}
        most={1}
        bars={complex.members.map((one) => ({ name: name(one.state), value: one.probability, text: share(one.probability) }))}
      />
    </Chart>
  );
}

function Unassigned({ answer }: { answer: Answer }) {
  if (answer.unassigned.length === 0) return null;
  return (
    <details>
      <summary>{answer.unassigned.length} states in no complex, with the reason</summary>
      <ul class="list">
        {answer.unassigned.map((one) => (
          <li key={one.state}>
            {name(one.state)}: {one.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
