/** How to cite what is on the screen: text and link. */

import { useSignal } from "@preact/signals";
import { articles, index, store } from "../data";
import { titled } from "../names";
import { plain } from "./Said";
import { filter, narrowed, place } from "../state";

export function Cite({ view }: { view: string }) {
  const copied = useSignal(false);
  const about = index.value?.about;
  if (!about) return null;
  const narrowing = narrowed.value ? `, filtered by ${described()}` : "";
  const of = titleOf();
  const link = store.value?.live ? ` ${location.href}` : ` (${decodeURI(location.hash)})`;
  const text = `${about.title}: ${view}${of && `, “${of}”`}${narrowing}. amity ${about.version}, ${about.as_of ? `as of ${about.as_of}` : `made ${about.made}`}.${link}`;
  return (
    <footer class="cite">
      <span>Cite this view: </span>
      <q>
        <bdi>{text}</bdi>
      </q>{" "}
      <button
        onClick={async () => {
          await navigator.clipboard?.writeText(text);
          copied.value = Boolean(navigator.clipboard);
        }}
      >
        {copied.value ? "Copied" : "Copy"}
      </button>
    </footer>
  );
}

/** What the record in view is called; nothing for views of many. */
function titleOf(): string {
  const { view, id } = place.value;
  const [first = ""] = id.split("/");
  if (view === "incidents") return plain(titled(index.value?.incidents.find((one) => one.id === first)?.title ?? ""));
  if (view !== "articles") return "";
  const article = articles.value.get(first);
  return plain([article?.title, article?.publisher, article?.published?.slice(0, 10)].filter(Boolean).join(", "));
}

function described(): string {
  void place.value;
  return Object.entries(filter.value)
    .filter(([, value]) => (Array.isArray(value) ? value.length : value))
    .map(([field, value]) => `${field} ${Array.isArray(value) ? value.join(" or ") : value === true ? "yes" : value}`)
    .join(", ");
}
