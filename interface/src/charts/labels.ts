/** Labels that do not run over each other: the first of a list are kept, later ones that would touch them are not. */

export interface Label {
  text: string;
  x: number;
  y: number;
}

const LETTER = 6.2;
const LINE = 13;

export function apart<Kind extends Label>(labels: Kind[]): Kind[] {
  const kept: Kind[] = [];
  for (const one of labels) {
    const wide = (other: Label) => ((one.text.length + other.text.length) * LETTER) / 2 + 4;
    if (kept.every((other) => Math.abs(other.x - one.x) > wide(other) || Math.abs(other.y - one.y) > LINE)) kept.push(one);
  }
  return kept;
}
