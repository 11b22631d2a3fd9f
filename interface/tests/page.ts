/** What modules of the page ask of a browser when they are loaded. */

const store = new Map<string, string>();
const kept = { getItem: (key: string) => store.get(key) ?? null, setItem: (key: string, value: string) => void store.set(key, value) };
Object.assign(globalThis, {
  location: { hash: "" },
  history: { pushState: (_state: unknown, _title: string, to: string) => void (globalThis.location.hash = to) },
  addEventListener: () => {},
  localStorage: kept,
});
