/** Days as numbers (days since 1970-01-01) and as words. */

const DAY = 86_400_000;

/** First day of a date such as `2016`, `2016-04`, `2016-04-02`; null for anything else. */
export function first(text: string): number | null {
  const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text);
  if (!match) return null;
  const time = Date.UTC(Number(match[1]), match[2] ? Number(match[2]) - 1 : 0, match[3] ? Number(match[3]) : 1);
  return Number.isFinite(time) ? time / DAY : null;
}

/** Last day of such a date. */
export function last(text: string): number | null {
  const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text);
  if (!match) return null;
  if (match[3]) return first(text);
  const [year, month] = [Number(match[1]), match[2] ? Number(match[2]) : 12];
  return Date.UTC(year, month, 0) / DAY;
}

export const asDate = (day: number): Date => new Date(day * DAY);
export const asDay = (date: Date): number => Math.floor(date.getTime() / DAY);
export const iso = (day: number): string => asDate(day).toISOString().slice(0, 10);
