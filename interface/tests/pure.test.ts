/** The functions under the components: addresses, filters, marks in a text, files, labels, keys. */

import "./page";
import { beforeEach, describe, expect, it } from "vitest";
import { apart } from "../src/charts/labels";
import { tally } from "../src/data";
import { first, iso, last } from "../src/days";
import { action, keys, remap } from "../src/keys";
import { paragraphs, pieces } from "../src/marks";
import type { Claim, Incident } from "../src/model";
import { titled } from "../src/names";
import { csv, json } from "../src/parts/save";
import { plain } from "../src/parts/Said";
import { passes, stands } from "../src/passes";
import { balance, partners } from "../src/relation";
import { address, type Filter, NOTHING, parse } from "../src/state";
import { facets, fits } from "../src/store";

const incident = (change: Partial<Incident> = {}): Incident => ({
  id: "a",
  kind: "event",
  type: "ASSAULT",
  title: "Shelling near the border",
  actors: ["AZE"],
  recipients: ["ARM"],
  mutual: false,
  status: "occurred",
  date: "2016-04",
  first: first("2016-04"),
  last: last("2016-04"),
  reported: first("2016-05-18"),
  layer: "military",
  score: -9,
  quad: "material conflict",
  claims: [],
  articles: [],
  sources: ["Defence Ministry (AZE)"],
  contested: 0,
  ...change,
});

const claim = (change: Partial<Claim> = {}): Claim => ({
  id: "c",
  kind: "event",
  article: "t",
  quote: "",
  start: 0,
  end: 1,
  trigger: "x",
  trigger_start: 0,
  status: "occurred",
  certainty: "certain",
  date: "2016-04-02",
  layer: "military",
  confidence: null,
  attribution: [],
  type: "ASSAULT",
  who: ["AZE"],
  whom: ["ARM"],
  what: "shelled",
  quad: null,
  rule: "r",
  ...change,
});

const only = (change: Partial<Filter>): Filter => ({ ...NOTHING, ...change });

describe("addresses", () => {
  it.each([
    ["#/story", "story", ""],
    ["", "story", ""],
    ["#/map/AZE%2Carms", "map", "AZE,arms"],
    ["#/articles/abc/def", "articles", "abc/def"],
    ["#/articles/%E0%A4%A", "articles", "%E0%A4%A"],
  ])("reads %s", (hash, view, id) => {
    expect(parse(hash)).toMatchObject({ view, id });
  });

  it("comes back from an address as it went in", () => {
    const filter = only({ actor: ["AZE", "the “Group” & Co"], status: ["denied"], since: "2012-02", text: "a=b&c d?", contested: true });
    const place = { view: "incidents", id: "x/y z?", filter };
    expect(parse(address(place))).toEqual(place);
  });

  it("says nothing of what is not filtered", () => {
    expect(address({ view: "map", id: "", filter: NOTHING })).toBe("#/map");
  });
});

describe("filters", () => {
  it.each<[Partial<Filter>, boolean]>([
    [{}, true],
    [{ actor: ["ARM"] }, true],
    [{ actor: ["IND", "AZE"] }, true],
    [{ actor: ["IND"] }, false],
    [{ pair: ["AZE", "ARM"] }, true],
    [{ pair: ["AZE", "IND"] }, false],
    [{ since: "2016-04-30" }, true],
    [{ since: "2016-05" }, false],
    [{ until: "2016-04-01" }, true],
    [{ until: "2016-03" }, false],
    [{ text: "BORDER shelling" }, true],
    [{ text: "border treaty" }, false],
    [{ source: ["defence ministry"] }, true],
    [{ contested: true }, false],
    [{ layer: ["political"] }, false],
  ])("%j lets it through: %s", (change, through) => {
    expect(passes(incident(), only(change))).toBe(through);
  });

  it("takes the first report for what no text dates", () => {
    const undated = incident({ date: null, first: null, last: null });
    expect(stands(undated)).toBe(first("2016-05-18"));
    expect(passes(undated, only({ since: "2016-05", until: "2016-05" }))).toBe(true);
    expect(passes(undated, only({ until: "2016-04" }))).toBe(false);
    expect(passes({ ...undated, reported: null }, only({ since: "1900" }))).toBe(false);
  });

  it("treats claims alike", () => {
    expect(fits(claim(), only({ pair: ["ARM", "AZE"], since: "2016" }))).toBe(true);
    expect(fits(claim({ date: null }), only({ since: "2016" }))).toBe(false);
    expect(fits(claim(), only({ type: ["AID"] }))).toBe(false);
  });

  it("counts what facets lead to", () => {
    const all = [claim(), claim({ whom: ["AZE"] }), claim({ layer: null, type: "AID" })];
    const told = facets(all);
    for (const [value, count] of told.actor) expect(all.filter((one) => fits(one, only({ actor: [value] })))).toHaveLength(count);
    expect(told.type).toEqual([["ASSAULT", 2], ["AID", 1]]);
    expect(told.layer).toEqual([["military", 2]]);
  });
});

describe("days", () => {
  it("covers what a date says", () => {
    expect(iso(first("2016")!)).toBe("2016-01-01");
    expect(iso(last("2016")!)).toBe("2016-12-31");
    expect(iso(last("2016-02")!)).toBe("2016-02-29");
    expect(first("soon")).toBeNull();
  });
});

describe("marks", () => {
  const text = "𝔘ne 😀 day Azerbaijan shelled\n\na village; Armenia denied it.";
  const points = Array.from(text);
  const made = [
    claim({ id: "one", start: 2, end: 30, trigger: "shelled", trigger_start: points.join("").indexOf("shelled") - 2 }),
    claim({ id: "two", start: 8, end: 44, trigger: "broke off … relations", trigger_start: 12 }),
    claim({ id: "beyond", start: 10, end: 900 }),
    claim({ id: "empty", start: 5, end: 5 }),
  ];

  it("joined again are the text", () => {
    expect(pieces(text, made).map((one) => one.text).join("")).toBe(text);
    expect(pieces("", made)).toEqual([]);
    expect(pieces(text, [])).toEqual([{ text, claims: [], triggers: [] }]);
  });

  it("hold the quotes of claims, by code points", () => {
    const quoted = (id: string) => pieces(text, made).filter((one) => one.claims.some((other) => other.id === id)).map((one) => one.text).join("");
    expect(quoted("one")).toBe(points.slice(2, 30).join(""));
    expect(quoted("two")).toBe(points.slice(8, 44).join(""));
    expect(quoted("beyond") + quoted("empty")).toBe("");
  });

  it("break where the text has an empty line", () => {
    const told = paragraphs(pieces(text, made)).map((one) => one.map((piece) => piece.text).join(""));
    expect(told).toEqual(text.split("\n\n"));
  });
});

describe("files", () => {
  const columns = [
    { name: "what", value: (row: [string | null, number]) => row[0] },
    { name: "how many", value: (row: [string | null, number]) => row[1] },
  ];

  it("quote, and disarm formulas", () => {
    const rows: [string | null, number][] = [['a "b", c', 1], ["=1+1", -2], [null, 3], ["two\nlines", 4]];
    expect(csv(columns, rows)).toBe('what,how many\r\n"a ""b"", c",1\r\n\'=1+1,-2\r\n,3\r\n"two\nlines",4\r\n');
  });

  it("are JSON too", () => {
    expect(JSON.parse(json(columns, [["é", 1]]))).toEqual([{ what: "é", "how many": 1 }]);
  });
});

describe("words", () => {
  it("show what would deceive the eye", () => {
    expect(plain("a\u202eb\u200bc\nd")).toBe("a·b·c\nd");
    expect(plain("नमस्ते שלום")).toBe("नमस्ते שלום");
  });

  it("leave titles that people wrote", () => {
    expect(titled("Breaking: ARM signs")).toBe("Breaking: ARM signs");
    expect(titled("? → KHM: died (ASSAULT)")).toBe("somebody → KHM: died (ASSAULT)");
  });
});

describe("labels", () => {
  it("keep the first and drop what would touch it", () => {
    const at = (text: string, x: number, y = 0) => ({ text, x, y });
    const all = [at("Azerbaijan", 0), at("Armenia", 20), at("Georgia", 0, 30), at("Iran", 400)];
    expect(apart(all).map((one) => one.text)).toEqual(["Azerbaijan", "Georgia", "Iran"]);
  });
});

describe("relations", () => {
  it("count both ways, and each incident once for a partner", () => {
    const all = [incident(), incident({ actors: ["ARM"], recipients: ["AZE"], quad: "verbal cooperation" }), incident({ kind: "transfer", type: "sale", recipients: ["ISR", "ISR"], quad: null })];
    const told = Object.fromEntries(partners("AZE", all).map((one) => [one.code, one]));
    expect(told["ARM"]).toMatchObject({ cooperation: 1, conflict: 1 });
    expect(balance(told["ARM"]!)).toBe(0);
    expect(told["ISR"]).toMatchObject({ supplies: 1, receives: 0 });
    expect(balance(told["ISR"]!)).toBeNull();
  });

  it("are tallied by number, then by name", () => {
    expect(tally(["b", "a", "ab"], (one) => one)).toEqual([["a", 2], ["b", 2]]);
  });
});

describe("keys", () => {
  const usual = { ...keys.value };
  const press = (key: string, more: object = {}) => action({ key, target: null, ctrlKey: false, metaKey: false, altKey: false, ...more } as unknown as KeyboardEvent);
  beforeEach(() => {
    keys.value = usual;
  });

  it("do what they say", () => {
    expect(["a", "x", "e", " ", "Backspace", "j", "k", "?", "q"].map((key) => press(key))).toEqual(["accept", "reject", "edit", "ignore", "undo", "next", "before", "keys", null]);
    expect(press("a", { ctrlKey: true })).toBeNull();
  });

  it("swap when one takes the other's", () => {
    remap("accept", "x");
    expect(press("x")).toBe("accept");
    expect(press("a")).toBe("reject");
  });
});
