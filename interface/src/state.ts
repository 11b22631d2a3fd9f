/** Where the reader is and what is filtered, kept in the address so that every view can be linked to. */

import { computed, effect, signal } from "@preact/signals";

export interface Filter {
  actor: string[];
  pair: string[];
  kind: string[];
  type: string[];
  status: string[];
  layer: string[];
  source: string[];
  since: string;
  until: string;
  text: string;
  contested: boolean;
}

export interface Place {
  view: string;
  id: string;
  filter: Filter;
}

const LISTS = ["actor", "pair", "kind", "type", "status", "layer", "source"] as const;
const WORDS = ["since", "until", "text"] as const;

export const NOTHING: Filter = {
  actor: [],
  pair: [],
  kind: [],
  type: [],
  status: [],
  layer: [],
  source: [],
  since: "",
  until: "",
  text: "",
  contested: false,
};

/** Reads `#/view/id?actor=AZE,ISR&since=2012`. What cannot be understood is left out. */
export function parse(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...rest] = path.split("/");
  const given = new URLSearchParams(query);
  const filter: Filter = { ...NOTHING };
  for (const name of LISTS) filter[name] = (given.get(name) ?? "").split(",").filter(Boolean);
  for (const name of WORDS) filter[name] = given.get(name) ?? "";
  filter.contested = given.get("contested") === "1";
  return { view: view || "story", id: decoded(rest.join("/")), filter };
}

/** The address of a place, the shortest that says it. */
export function address(place: Place): string {
  const query = asked(place.filter).toString();
  const id = place.id ? `/${encodeURIComponent(place.id)}` : "";
  return `#/${place.view}${id}${query ? `?${query}` : ""}`;
}

/** The filter as the server's questions take it. */
export function asked(filter: Filter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of LISTS) if (filter[name].length) query.set(name, filter[name].join(","));
  for (const name of WORDS) if (filter[name]) query.set(name, filter[name]);
  if (filter.contested) query.set("contested", "1");
  return query;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const place = signal<Place>(parse(location.hash));
export const filter = computed(() => place.value.filter);

/** Whether anything is filtered at all. */
export const narrowed = computed(() => asked(filter.value).toString() !== "");

addEventListener("hashchange", () => {
  if (location.hash !== address(place.value)) place.value = parse(location.hash);
});

effect(() => {
  const wanted = address(place.value);
  if (location.hash !== wanted) history.pushState(null, "", wanted);
});
addEventListener("popstate", () => (place.value = parse(location.hash)));

/** Go to a view, keeping the filter. */
export function go(view: string, id = ""): void {
  place.value = { view, id, filter: place.value.filter };
}

/** Change some of the filter, staying where one is. */
export function narrow(change: Partial<Filter>): void {
  place.value = { ...place.value, filter: { ...place.value.filter, ...change } };
}

/** Put a value into one of the filter's lists, or take it out. */
export function toggle(name: (typeof LISTS)[number], value: string): void {
  const now = place.value.filter[name];
  narrow({ [name]: now.includes(value) ? now.filter((one) => one !== value) : [...now, value] });
}

/** The address of a view with a changed filter, for links. */
export function link(view: string, id = "", change: Partial<Filter> = {}): string {
  return address({ view, id, filter: { ...place.value.filter, ...change } });
}
