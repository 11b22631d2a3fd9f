/** Names of states in the reader's language, as browsers know them (CLDR), else as the codebook does. */

import { index } from "./data";

const regions = (() => {
  try {
    return new Intl.DisplayNames(navigator.languages as string[], { type: "region", fallback: "none" });
  } catch {
    return null;
  }
})();

/** What people call a code: `AZE` is Azerbaijan, Aserbaidschan, Azərbaycan; what is no code stays as it is. */
export function name(code: string): string {
  const known = index.value?.names[code];
  if (!known) return code;
  return (known.alpha2 && regions?.of(known.alpha2)) || known.name;
}

/** Several names in a row. */
export const names = (codes: string[]): string => codes.map(name).join(", ");
