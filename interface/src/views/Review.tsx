/** The desk of a reviewer: claims that are uncertain or contested, one after the other, decided with one key each. */

import { computed, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { index, store } from "../data";
import { action, ACTIONS, type Action, keys, remap, shown } from "../keys";
import { points } from "../marks";
import type { Agreement, ArticleRecord, Claim, ClaimRecord, Decision } from "../model";
import { names } from "../names";
import { plain, Said } from "../parts/Said";
import { Voices } from "../parts/Voices";
import { address, filter, link, place } from "../state";
import "./Review.css";

const SIZE = 50;
const REVIEWER = "amity.reviewer";

const reviewer = signal(remembered());
const queue = signal<Claim[]>([]);
const at = signal(0);
const done = signal<{ claim: Claim; decision: Decision }[]>([]);
const editing = signal(false);
const helping = signal(false);
const reason = signal("");
const told = signal("");
const busy = signal(false);
const current = computed<Claim | null>(() => queue.value[at.value] ?? null);

export function Review() {
  const where = address(place.value);
  useEffect(() => {
    if (reviewer.value) void load();
  }, [where, reviewer.value]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const wanted = action(event);
      if (!wanted || !reviewer.value || (editing.value && wanted !== "keys")) return;
      event.preventDefault();
      perform(wanted);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  if (!reviewer.value) return <Who />;
  const claim = current.value;
  return (
    <div class="review">
      <p class="note">
        Reviewing as <strong>{plain(reviewer.value)}</strong>{" "}
        <button onClick={() => remember("")}>somebody else</button>{" "}
        <button onClick={() => (helping.value = !helping.value)} aria-expanded={helping.value}>
          Keys ({shown(keys.value.keys)})
        </button>{" "}
        <button disabled={busy.value} onClick={() => void merge()}>
          Derive incidents anew
        </button>
        {done.value.length > 0 && ` · ${done.value.length} decided`}
      </p>
      <p role="status" class="status">
        {told.value}
      </p>
      {helping.value && <Help />}
      {claim ? <Case key={claim.id} claim={claim} /> : <p class="none">Nothing is left to decide here. Another filter may bring more.</p>}
      <Agreeing />
    </div>
  );
}

function Who() {
  return (
    <form
      class="who"
      onSubmit={(event) => {
        event.preventDefault();
        remember(new FormData(event.currentTarget).get("name")?.toString().trim() ?? "");
      }}
    >
      <label>
        Your name, which is kept with every decision: <input name="name" required maxLength={80} autocomplete="name" />
      </label>{" "}
      <button>Begin</button>
    </form>
  );
}

function Case({ claim }: { claim: Claim }) {
  return (
    <article class="case">
      <p class="count">
        {at.value + 1} of {queue.value.length}
        {queue.value.length === SIZE ? " or more" : ""}
      </p>
      <Context claim={claim} />
      <h3>
        {claim.kind === "event" ? claim.type : claim.kind}: {names(claim.who) || "somebody"}
        {claim.whom.length > 0 && ` → ${names(claim.whom)}`} — <Said text={claim.what} />
      </h3>
      <p class="note">
        {claim.date ?? "undated"} · {claim.status}, {claim.certainty} · {claim.layer ?? "no layer"} ·{" "}
        {claim.confidence === null ? "no confidence told" : `right with probability ${claim.confidence.toFixed(2)}`} · {plain(claim.rule)} ·{" "}
        <a href={link("articles", `${claim.article}/${claim.id}`)}>in its article</a>
      </p>
      <Voices claim={claim} />
      {editing.value ? <Edit claim={claim} /> : <Decide />}
    </article>
  );
}

const DECISIONS: Decision[] = ["accept", "reject", "edit", "ignore"];

function Decide() {
  return (
    <div class="decide">
      <label>
        Reason{" "}
        <input
          value={reason.value}
          maxLength={400}
          onInput={(event) => (reason.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
          }}
        />
      </label>
      {DECISIONS.map((one) => (
        <button key={one} disabled={busy.value} onClick={() => perform(one)} title={ACTIONS[one]}>
          {one[0]!.toUpperCase() + one.slice(1)} <kbd>{shown(keys.value[one])}</kbd>
        </button>
      ))}
      <button disabled={busy.value || done.value.length === 0} onClick={() => perform("undo")}>
        Undo <kbd>{shown(keys.value.undo)}</kbd>
      </button>
    </div>
  );
}

/** The sentences around the quote, with the quote marked. */
function Context({ claim }: { claim: Claim }) {
  const [article, set] = useState<ArticleRecord | null>(null);
  useEffect(() => {
    store.value!.article(claim.article).then(set, () => set(null));
  }, [claim.article]);
  if (!article) return <p aria-busy="true">…</p>;
  const letters = points(article.text);
  const [from, to] = [Math.max(0, claim.start - 320), Math.min(letters.length, claim.end + 320)];
  const part = (start: number, end: number) => plain(letters.slice(start, end).join(""));
  return (
    <p class="context" lang={article.language ?? undefined} dir="auto">
      {from > 0 && "… "}
      {part(from, claim.start)}
      <mark>{part(claim.start, claim.end)}</mark>
      {part(claim.end, to)}
      {to < letters.length && " …"}
    </p>
  );
}

const FIELDS: Record<string, string[]> = {
  status: ["occurred", "ongoing", "future", "hypothetical", "alleged", "unconfirmed", "denied"],
  certainty: ["certain", "probable", "possible"],
  layer: ["military", "political", "economic", "cultural", "historic", "geographic"],
};
const TYPES = [
  ...["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST"],
  ...["ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
];

function Edit({ claim }: { claim: Claim }) {
  const [record, set] = useState<ClaimRecord | null>(null);
  useEffect(() => {
    store.value!.desk!.record(claim.id).then(set, (error: Error) => (told.value = error.message));
  }, [claim.id]);
  if (!record) return <p aria-busy="true">…</p>;
  const choices = { ...(claim.kind === "event" ? { type: TYPES } : {}), ...FIELDS };
  const change = (field: string, value: unknown) => set({ ...record, [field]: value });
  return (
    <form
      class="edit"
      onSubmit={(event) => {
        event.preventDefault();
        void decide("edit", record);
      }}
    >
      {Object.entries(choices).map(([field, values]) => (
        <label key={field}>
          {field}
          <select value={String(record[field] ?? "")} onChange={(event) => change(field, event.currentTarget.value || null)}>
            {field === "layer" && <option value="">–</option>}
            {values.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </select>
        </label>
      ))}
      <label>
        date
        <input value={String(record["date"] ?? "")} placeholder="2016-04-02" onChange={(event) => change("date", event.currentTarget.value.trim() || null)} />
      </label>
      {claim.kind === "event" &&
        (["actors", "recipients"] as const).map((role) => (
          <Parties key={role} role={role} record={record} claim={claim} change={(value) => change(role, value)} />
        ))}
      {["supplier", "recipient", "a", "b", "system", "category", "label", "subject", "unit", "predicate", "object", "target", "verdict"]
        .filter((field) => field in record || FIELDS_OF[claim.kind]?.includes(field))
        .map((field) => (
          <label key={field}>
            {field}
            <input value={String(record[field] ?? "")} onChange={(event) => change(field, event.currentTarget.value.trim() || null)} />
          </label>
        ))}
      <div class="decide">
        <button disabled={busy.value}>Keep</button>
        <button type="button" onClick={() => (editing.value = false)}>
          Back
        </button>
      </div>
    </form>
  );
}

const FIELDS_OF: Record<string, string[]> = {
  transfer: ["supplier", "recipient", "system", "category"],
  relation: ["a", "b", "label"],
  quantity: ["subject", "unit"],
  structure: ["subject", "predicate", "object"],
  assessment: ["target", "verdict"],
};

interface PartyRecord {
  text: string;
  country?: string | null;
  name?: string | null;
  start: number;
  end: number;
}

/** Who takes part, as codes; those that stay keep their words, new ones stand on the trigger. */
function Parties({ role, record, claim, change }: { role: string; record: ClaimRecord; claim: Claim; change: (value: PartyRecord[]) => void }) {
  const now = (record[role] as PartyRecord[] | undefined) ?? [];
  const code = (one: PartyRecord) => one.country ?? one.name ?? one.text;
  const read = (typed: string): PartyRecord[] =>
    typed
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean)
      .map(
        (part) =>
          now.find((one) => code(one) === part) ?? {
            text: claim.trigger,
            start: claim.trigger_start,
            end: claim.trigger_start + points(claim.trigger).length,
            ...(/^[A-Z]{3}$/.test(part) ? { country: part } : { name: part }),
          },
      );
  return (
    <label>
      {role}
      <input value={now.map(code).join(", ")} placeholder="codes or names, joined by commas" onChange={(event) => change(read(event.currentTarget.value))} />
    </label>
  );
}

function Help() {
  return (
    <table class="keys">
      <caption>Keys. Choose a key to change it, then press the new one.</caption>
      <tbody>
        {(Object.keys(ACTIONS) as Action[]).map((one) => (
          <tr key={one}>
            <td>
              <button
                aria-label={`${shown(keys.value[one])}, key for: ${ACTIONS[one]}`}
                onKeyDown={(event) => {
                  if (event.key === "Tab" || event.key === "Escape" || event.key === "Shift") return;
                  event.preventDefault();
                  event.stopPropagation();
                  remap(one, event.key);
                }}
              >
                <kbd>{shown(keys.value[one])}</kbd>
              </button>
            </td>
            <td>{ACTIONS[one]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Agreeing() {
  const [rows, set] = useState<Agreement[]>([]);
  useEffect(() => {
    store.value!.desk!.agreement().then(set, () => set([]));
  }, [done.value.length]);
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>How far reviewers agree</h3>
      <ul class="list">
        {rows.map((row) => (
          <li key={row.one + row.other}>
            <Said text={`${row.one} and ${row.other}`} />: alike on {Math.round(row.alike * 100)} % of {row.claims} claims
            {row.kappa !== null && `, kappa ${row.kappa.toFixed(2)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

// What happens ------------------------------------------------------------------------------------------------------

function perform(wanted: Action): void {
  if (wanted === "keys") helping.value = !helping.value;
  else if (wanted === "next") move(1);
  else if (wanted === "before") move(-1);
  else if (wanted === "undo") void undo();
  else if (wanted === "edit") editing.value = current.value !== null;
  else void decide(wanted);
}

function move(by: number): void {
  at.value = Math.max(0, Math.min(queue.value.length - 1, at.value + by));
  editing.value = false;
}

async function load(): Promise<void> {
  queue.value = await store.value!.desk!.queue(reviewer.value, filter.value, SIZE);
  at.value = 0;
  editing.value = false;
}

async function decide(decision: Decision, edited?: ClaimRecord): Promise<void> {
  const claim = current.value;
  if (!claim || busy.value) return;
  await working(async () => {
    await store.value!.desk!.decide(claim.id, decision, reviewer.value, reason.value, edited);
    done.value = [...done.value, { claim, decision }];
    queue.value = queue.value.filter((one) => one.id !== claim.id);
    at.value = Math.min(at.value, Math.max(0, queue.value.length - 1));
    editing.value = false;
    reason.value = "";
    told.value = `${WORDS[decision]}: ${plain(claim.what)}`;
    if (queue.value.length === 0) await load();
  });
}

const WORDS: Record<Decision, string> = { accept: "Accepted", reject: "Rejected", edit: "Edited", ignore: "Ignored" };

async function undo(): Promise<void> {
  const last = done.value.at(-1);
  if (!last || busy.value) return;
  await working(async () => {
    await store.value!.desk!.undo(last.claim.id, reviewer.value);
    done.value = done.value.slice(0, -1);
    queue.value = [last.claim, ...queue.value];
    at.value = 0;
    told.value = `Taken back: ${plain(last.claim.what)}`;
  });
}

async function merge(): Promise<void> {
  await working(async () => {
    await store.value!.desk!.merge();
    index.value = await store.value!.index();
    told.value = "Incidents follow the decisions now.";
  });
}

async function working(work: () => Promise<void>): Promise<void> {
  busy.value = true;
  try {
    await work();
  } catch (error) {
    told.value = (error as Error).message;
  } finally {
    busy.value = false;
  }
}

function remember(name: string): void {
  reviewer.value = name;
  done.value = [];
  try {
    localStorage.setItem(REVIEWER, name);
  } catch {
    // Then the name is asked for next time.
  }
}

function remembered(): string {
  try {
    return localStorage.getItem(REVIEWER) ?? "";
  } catch {
    return "";
  }
}
