/** Keys of the review and what they do; the reader may change them, and this browser remembers. */

import { signal } from "@preact/signals";

export const ACTIONS = {
  accept: "Accept: the claim is right",
  reject: "Reject: it is not there, or wrong throughout",
  edit: "Edit: it is there, but some of it is wrong",
  ignore: "Ignore: leave it to others",
  undo: "Undo the last decision",
  next: "Next claim",
  before: "Claim before",
  keys: "Show the keys",
} as const;

export type Action = keyof typeof ACTIONS;
export type Keys = Record<Action, string>;

const USUAL: Keys = { accept: "a", reject: "x", edit: "e", ignore: " ", undo: "Backspace", next: "j", before: "k", keys: "?" };
const KEPT = "amity.keys";

export const keys = signal<Keys>({ ...USUAL, ...remembered() });

/** What a key press asks for; nothing while somebody types or holds a modifier. */
export function action(event: KeyboardEvent): Action | null {
  const target = event.target as HTMLElement | null;
  if (event.ctrlKey || event.metaKey || event.altKey || target?.closest("input, textarea, select, [contenteditable]")) return null;
  const found = (Object.entries(keys.value) as [Action, string][]).find(([, key]) => key === event.key);
  if (!found) return null;
  // The space bar and Enter belong to a button or link that has the focus.
  return event.key === " " && target?.closest("button, a, summary") ? null : found[0];
}

/** Give an action another key; whatever had that key gets the old one. */
export function remap(wanted: Action, key: string): void {
  const old = keys.value[wanted];
  const changed = { ...keys.value, [wanted]: key };
  for (const other of Object.keys(changed) as Action[]) if (other !== wanted && changed[other] === key) changed[other] = old;
  keys.value = changed;
  try {
    localStorage.setItem(KEPT, JSON.stringify(changed));
  } catch {
    // A browser that keeps nothing still works until the page is left.
  }
}

export const shown = (key: string): string => (key === " " ? "space" : key === "Backspace" ? "backspace" : key);

function remembered(): Partial<Keys> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    const pairs = Object.entries(kept as object).filter(([name, key]) => name in USUAL && typeof key === "string");
    return Object.fromEntries(pairs) as Partial<Keys>;
  } catch {
    return {};
  }
}
