/** Where claims stand in a text: pieces of it, each with the claims whose words cover it. */

import type { Claim } from "./model";

export interface Piece {
  text: string;
  /** Claims whose quote holds this piece, the shortest quote last. */
  claims: Claim[];
  /** Of these, the ones whose trigger it is. */
  triggers: Claim[];
}

/** Offsets of records count code points; this is the text by them. */
export const points = (text: string): string[] => Array.from(text);

/** The text cut at every edge of a quote or trigger, in order; joined again it is the text. */
export function pieces(text: string, claims: Claim[]): Piece[] {
  const letters = points(text);
  const inside = claims.filter((one) => one.start >= 0 && one.start < one.end && one.end <= letters.length);
  const edges = new Set([0, letters.length]);
  for (const one of inside) {
    edges.add(one.start).add(one.end);
    for (const edge of triggerOf(one)) if (edge > 0 && edge < letters.length) edges.add(edge);
  }
  const cuts = [...edges].sort((a, b) => a - b);
  const starting = inside.toSorted((a, b) => a.start - b.start);
  const open: Claim[] = [];
  let next = 0;
  return cuts.slice(0, -1).map((start, number) => {
    while (next < starting.length && starting[next]!.start <= start) open.push(starting[next++]!);
    const covering = open.filter((one) => one.end > start).sort((a, b) => b.end - b.start - (a.end - a.start));
    open.splice(0, open.length, ...covering);
    const triggers = covering.filter((one) => {
      const [from, to] = triggerOf(one);
      return start >= from && start < to;
    });
    return { text: letters.slice(start, cuts[number + 1]).join(""), claims: covering, triggers };
  });
}

/** Of a trigger in several parts ("broke off … relations") the first. */
const triggerOf = (claim: Claim): [number, number] => [
  claim.trigger_start,
  claim.trigger_start + points(claim.trigger.split(" … ")[0]!).length,
];

/** Pieces in paragraphs: broken where the text has an empty line. */
export function paragraphs(all: Piece[]): Piece[][] {
  const made: Piece[][] = [[]];
  for (const piece of all) {
    piece.text.split(/\n\s*\n/).forEach((part, number) => {
      if (number > 0) made.push([]);
      if (part) made.at(-1)!.push({ ...piece, text: part });
    });
  }
  return made.filter((paragraph) => paragraph.some((piece) => piece.text.trim()));
}
