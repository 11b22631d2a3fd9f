/** Who arms a state, or whom it arms: what the text says beside a register of deliveries, shares, differences. */

import { Bars } from "../charts/Bars";
import { name } from "../names";
import { Chart } from "../parts/Chart";
import { plain, Said } from "../parts/Said";
import { active, StatePick } from "../parts/StatePick";
import { type Column, Table } from "../parts/Table";
import { Notes, Waiting } from "../parts/Waiting";
import { go, link } from "../state";
import { type Arms as Answer, type ArmsTransfer, share, useStructure } from "../structure";
import { index } from "../data";

/** The address is `#/arms/AZE` or `#/arms/ISR,supplier`. */
export function Arms({ id }: { id: string }) {
  const [state = "", side = "recipient"] = (id || mostArmed()).split(",");
  const told = useStructure<Answer>("arms", { state, side });
  if (!state) return <p class="none">Nothing here tells of arms.</p>;
  return (
    <>
      <p>
        <StatePick label="State" value={state} choose={(code) => go("arms", `${code},${side}`)} />{" "}
        <label>
          as{" "}
          <select value={side} onChange={(event) => go("arms", `${state},${event.currentTarget.value}`)}>
            <option value="recipient">recipient</option>
            <option value="supplier">supplier</option>
          </select>
        </label>
      </p>
      <Waiting told={told}>{(answer) => <Drawn answer={answer} />}</Waiting>
    </>
  );
}

function Drawn({ answer }: { answer: Answer }) {
  const partner = answer.side === "recipient" ? "Supplier" : "Recipient";
  const basis = [...new Set(answer.years.map((one) => one.basis))].map((one) => BASIS[one] ?? one).join(", ");
  return (
    <>
      {answer.shares.length > 0 && (
        <Chart
          title={`${partner}s of ${name(answer.state)}`}
          note={`Shares of ${basis || "reports"}, with 90 % intervals.${answer.spread ? ` Diversification ${answer.spread.value.toFixed(2)}: as of ${answer.spread.effective.toFixed(1)} equal ones.` : ""}`}
          file={`arms-${answer.state}-${answer.side}`}
          columns={[
            { name: partner.toLowerCase(), cell: (row) => <a href={link("arms", `${row.partner},${answer.side === "recipient" ? "supplier" : "recipient"}`)}>{name(row.partner)}</a>, value: (row) => row.partner },
            { name: "share", cell: (row) => share(row.share), value: (row) => row.share, numeric: true },
            { name: "amount", cell: (row) => row.amount.toLocaleString(undefined, { maximumFractionDigits: 1 }), value: (row) => row.amount, numeric: true },
            { name: "first", cell: (row) => row.first ?? "–", value: (row) => row.first, numeric: true },
            { name: "last", cell: (row) => row.last ?? "–", value: (row) => row.last, numeric: true },
          ]}
          rows={answer.shares}
          id={(row) => row.partner}
        >
          <Bars
            label={`${partner}s of ${name(answer.state)}`}
            most={1}
            bars={answer.shares.slice(0, 15).map((one) => ({ name: name(one.partner), value: one.share, low: one.low, high: one.high, text: share(one.share) }))}
          />
        </Chart>
      )}
      <Table caption="Transfers" columns={COLUMNS} rows={answer.transfers} id={(row) => JSON.stringify([row.supplier, row.recipient, row.system, row.order?.id, row.reports[0]?.claims[0]])} file={`transfers-${answer.state}-${answer.side}`} />
      <Notes notes={[...answer.missing, ...answer.notes]} />
    </>
  );
}

const BASIS: Record<string, string> = { values: "trend indicator values", register: "the register's values", reports: "reports in the text" };
const OUTCOMES: Record<string, string> = {
  register: "in the register alone",
  both: "in text and register",
  adds: "the text adds it",
  kind: "lines of its kind in the register",
  denied: "denied, not in the register",
  general: "told of in general",
};

const COLUMNS: Column<ArmsTransfer>[] = [
  { name: "supplier", cell: (row) => (row.supplier ? name(row.supplier) : "–"), value: (row) => row.supplier },
  { name: "recipient", cell: (row) => (row.recipient ? name(row.recipient) : "–"), value: (row) => row.recipient },
  { name: "what", cell: (row) => <Said text={row.system ?? row.category ?? "arms"} />, value: (row) => row.system ?? row.category },
  { name: "kind", cell: (row) => row.category ?? "", value: (row) => row.category },
  { name: "ordered", cell: (row) => row.order?.ordered ?? "", value: (row) => row.order?.ordered ?? null, numeric: true },
  { name: "delivered", cell: (row) => row.order?.delivery_years.join(", ") ?? "", value: (row) => row.order?.delivery_years[0] ?? null },
  { name: "licence", cell: (row) => (row.order?.licence ? "yes" : ""), value: (row) => (row.order?.licence ? "yes" : null) },
  { name: "rests on", cell: (row) => OUTCOMES[row.outcome] ?? row.outcome, value: (row) => row.outcome },
  {
    name: "text",
    cell: (row) =>
      row.reports.map((report) => (
        <span key={report.claims.join()}>
          <a href={link("claims", report.claims[0] ?? "")}>{report.status}</a>
          {report.told && ` (${report.told})`}{" "}
        </span>
      )),
    value: (row) => row.reports.map((report) => report.status).join("; ") || null,
  },
  {
    name: "differences",
    cell: (row) => row.differences.map((one) => `${one.aspect}: ${plain(one.text)} against ${plain(one.register)}`).join("; "),
    value: (row) => row.differences.map((one) => `${one.aspect}: ${one.text} / ${one.register}`).join("; ") || null,
  },
];

/** The state that most transfers in the index go to. */
function mostArmed(): string {
  const counts = new Map<string, number>();
  for (const one of index.value?.incidents ?? [])
    if (one.kind === "transfer") for (const code of one.recipients) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? active()[0] ?? "";
}
