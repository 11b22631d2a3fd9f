/** What the reader takes away: files made in the page, without asking anybody. */

type Value = string | number | null;

/** Rows as CSV (RFC 4180). Cells that a spreadsheet would run as a formula get an apostrophe before them. */
export function csv<Row>(columns: { name: string; value: (row: Row) => Value }[], rows: Row[]): string {
  const lines = [columns.map((column) => column.name), ...rows.map((row) => columns.map((column) => column.value(row)))];
  return lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** The same as JSON: a list of objects. */
export function json<Row>(columns: { name: string; value: (row: Row) => Value }[], rows: Row[]): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, column.value(row)])));
  return `${JSON.stringify(objects, null, 1)}\n`;
}

function cell(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hand a file to the reader. */
export function save(file: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const KEPT = [
  ...["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "fill-opacity", "stroke-opacity"],
  ...["font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "visibility", "display"],
];

/** A drawing as a file of its own: styles that come from the page are written into it. */
export function drawing(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const pairs = [[svg, copy] as [Element, Element]];
  svg.querySelectorAll("*").forEach((one, number) => pairs.push([one, copy.querySelectorAll("*")[number]!]));
  for (const [from, to] of pairs) {
    const style = getComputedStyle(from);
    to.removeAttribute("class");
    for (const name of KEPT) to.setAttribute(name, style.getPropertyValue(name));
  }
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

/** The same as a picture, twice as fine as on the screen, on the page's background. */
export async function picture(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const image = new Image(width * 2, height * 2);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
}
