/** What is filtered, as words that can be taken away again, and the means to filter more. */

import { computed, useSignal } from "@preact/signals";
import { index, tally } from "../data";
import { name } from "../names";
import { filter, narrow, narrowed, NOTHING, toggle } from "../state";

const known = computed(() => tally(index.value?.incidents ?? [], (one) => [...one.actors, ...one.recipients]).map(([code]) => code));
const CHOICES = {
  kind: ["event", "transfer", "relation", "quantity", "structure", "assessment"],
  status: ["occurred", "ongoing", "future", "hypothetical", "alleged", "unconfirmed", "denied"],
  layer: ["military", "political", "economic", "cultural", "historic", "geographic"],
} as const;

export function FilterBar() {
  const now = filter.value;
  const open = useSignal(false);
  return (
    <form class={open.value ? "filters open" : "filters"} role="search" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      <label>
        Words
        <input
          type="search"
          size={15}
          value={now.text}
          placeholder="in titles and quotes"
          onChange={(event) => narrow({ text: event.currentTarget.value })}
        />
      </label>
      <button type="button" class="unfold" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        More filters
      </button>
      <label>
        Who
        <input
          list="parties"
          size={17}
          placeholder="state or organisation"
          onChange={(event) => {
            const code = codeOf(event.currentTarget.value);
            if (code) toggle("actor", code);
            event.currentTarget.value = "";
          }}
        />
      </label>
      <datalist id="parties">
        {known.value.slice(0, 400).map((code) => (
          <option key={code} value={name(code)} />
        ))}
      </datalist>
      {Object.entries(CHOICES).map(([field, values]) => (
        <label key={field}>
          {field[0]!.toUpperCase() + field.slice(1)}
          <select
            value=""
            onChange={(event) => {
              if (event.currentTarget.value) toggle(field as keyof typeof CHOICES, event.currentTarget.value);
            }}
          >
            <option value="">any</option>
            {values.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </select>
        </label>
      ))}
      <label>
        From
        <input type="text" size={8} value={now.since} placeholder="2012-02" onChange={(event) => narrow({ since: event.currentTarget.value.trim() })} />
      </label>
      <label>
        to
        <input type="text" size={8} value={now.until} placeholder="2017" onChange={(event) => narrow({ until: event.currentTarget.value.trim() })} />
      </label>
      <label class="check">
        <input type="checkbox" checked={now.contested} onChange={(event) => narrow({ contested: event.currentTarget.checked })} />
        contested
      </label>
      <Chosen />
    </form>
  );
}

function Chosen() {
  const now = filter.value;
  const lists = ["actor", "pair", "kind", "type", "status", "layer", "source"] as const;
  if (!narrowed.value) return null;
  return (
    <div class="chosen" role="group" aria-label="Filtered by">
      {lists.flatMap((field) =>
        now[field].map((value) => (
          <button key={field + value} type="button" class="chip" onClick={() => toggle(field, value)} aria-label={`Remove ${value}`}>
            {field === "actor" || field === "pair" ? name(value) : value} ×
          </button>
        )),
      )}
      <button type="button" class="plain" onClick={() => narrow(NOTHING)}>
        show everything
      </button>
    </div>
  );
}

function codeOf(typed: string): string | null {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return null;
  return known.value.find((code) => code.toLowerCase() === wanted || name(code).toLowerCase() === wanted) ?? null;
}
