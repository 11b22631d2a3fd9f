/** How to cite what is on the screen: text and link. */

import { useSignal } from "@preact/signals";
import { index, store } from "../data";
import { filter, narrowed, place } from "../state";

export function Cite({ view }: { view: string }) {
  const copied = useSignal(false);
  const about = index.value?.about;
  if (!about) return null;
  const narrowing = narrowed.value ? `, filtered by ${described()}` : "";
  const link = store.value?.live ? ` ${location.href}` : ` (${decodeURI(location.hash)})`;
  const text = `${about.title}: ${view}${narrowing}. amity ${about.version}, ${about.as_of ? `as of ${about.as_of}` : `made ${about.made}`}.${link}`;
  return (
    <footer class="cite">
      <span>Cite this view: </span>
      <q>{text}</q>
      <button
        onClick={async () => {
          await navigator.clipboard.writeText(text);
          copied.value = true;
        }}
      >
        {copied.value ? "Copied" : "Copy"}
      </button>
    </footer>
  );
}

function described(): string {
  void place.value;
  return Object.entries(filter.value)
    .filter(([, value]) => (Array.isArray(value) ? value.length : value))
    .map(([field, value]) => `${field} ${Array.isArray(value) ? value.join(" or ") : value === true ? "yes" : value}`)
    .join(", ");
}
