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

/** What an incident is called: codes in a title that was made of them are told by name. */
export function titled(title: string): string {
  const made = / → .*: /.test(title) && title.indexOf(": ");
  if (!made) return title;
  const named = title.slice(0, made).replace(/[^,→]+/g, (part) => part.replace(part.trim(), part.trim() === "?" ? "somebody" : name(part.trim())));
  return named + title.slice(made);
}

/** A name that was made of codes in brackets, such as “Asia (CHN, IND)”, told by names. */
export const spelled = (text: string): string => text.replace(/\(([A-Z]{3}(?:, [A-Z]{3})*)\)/g, (_, codes: string) => `(${names(codes.split(", "))})`);

/** Several names in a row. */
export const names = (codes: string[]): string => codes.map(name).join(", ");
