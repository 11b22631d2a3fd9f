"""Check the codebook's facts against the research data: `python -m tests.codebook.check_facts`.

Prints what differs, one line each, and a summary; exit status 1 when a state or capital differs. Persons are counted by
how many families of sources support them: REIGN, Archigos, CountryInfo, Wikidata.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from amity.codebook import Codebook, State, load
from amity.codebook.files import Term
from amity.codebook.persons import Person
from amity.codebook.words import key
from tests.codebook.facts import Tenure, data, day, rows

SINCE = date(1945, 1, 1)
NEAR = 0.6  # degrees between two sources' middles of one city
PARTICLES = frozenset(
    "al el bin ibn ben de da dos del von van der dr gen general sir prince sheikh king queen haji".split()
)
# The snapshots of the lists end here; membership that reaches the end is open.
COW_END, GW_END = date(2016, 12, 31), date(2017, 12, 31)
# States that the lists carry on under one number while their codes change, by the day of the change.
CHANGES = {
    ("cow", 365): date(1991, 12, 26),
    ("gw", 365): date(1991, 12, 26),
    ("cow", 816): date(1976, 7, 2),
    ("gw", 816): date(1976, 7, 2),
    ("cow", 345): date(2003, 2, 4),
    ("gw", 345): date(2003, 2, 4),
}
# Where the sources err: the middle of the country for the city, a city by its later name, another state's number.
ERRATA = ("Brasilia lies", "Tunis lies", "Riyadh lies", "Ho Chi Minh City", "COG: COW", "MOZ: COW")
SECOND_CHANGES = {("cow", 345): date(2006, 6, 5), ("gw", 345): date(2006, 6, 5)}


def membership(codebook: Codebook, folder: Path) -> Iterator[str]:
    """Spans of COW and GW membership that the codebook does not have, or has otherwise."""
    for source, number, name, start, end in _spans(folder):
        days = [start]
        days += [change[source, number] for change in (CHANGES, SECOND_CHANGES) if (source, number) in change]
        for begin in [d for d in days if start <= d <= (end or d)]:
            find = codebook.states.by_cow if source == "cow" else codebook.states.by_gw
            state = find(number, begin)
            spans = (state.cow_member if source == "cow" else state.gw_member) if state else ()
            if not any(_equal(span, begin, start, end) for span in spans):
                ours = f"{state.id if state else 'no state'} has {spans}"
                yield f"{source} {number} {name}: {start} to {end or 'now'}, {ours}"


def capitals(codebook: Codebook, folder: Path) -> Iterator[str]:
    """Capitals of the two lists since 1945 that the codebook does not know, or puts elsewhere."""
    for source in ("cow", "gw"):
        for row in rows(folder / "states" / f"{source}_capitals.csv"):
            end = day(row["enddate"])
            if end is None or end < SINCE:
                continue
            number = int(row["ccode" if source == "cow" else "gwcode"])
            states = [s for s in codebook.states if number in (s.cow if source == "cow" else (s.gw,))]
            seats = [seat for state in states for seat in state.capitals]
            found = [s for s in seats if _same_city(row["capital"], (s.city, *s.also))]
            if states and not found:
                yield f"{source} {number} {row['statenme']}: capital {row['capital']} is missing"
            elif found and not any(
                _near(seat.latitude, row["lat"]) and _near(seat.longitude, row["lng"]) for seat in found
            ):
                yield f"{source} {number}: {row['capital']} lies at {row['lat']}, {row['lng']}"


def numbers(codebook: Codebook, folder: Path) -> Iterator[str]:
    """COW numbers and alpha-2 codes that CountryInfo gives otherwise."""
    import gzip

    text = gzip.decompress((folder / "actors" / "CountryInfo.txt.gz").read_bytes()).decode("utf-8", "replace")
    for block in text.split("<Country>")[1:]:
        field = {tag: value.strip() for tag, value in re.findall(r"<([\w-]+)>([^<\n]*)</", block)}
        state = codebook.states.get(field.get("ISO3166-alpha3"))
        cow, alpha2 = field.get("COW-Numeric", ""), field.get("ISO3166-alpha2", "")
        if state and cow.isdigit() and int(cow) and state.cow and int(cow) not in state.cow:
            yield f"{state.id}: COW {state.cow}, CountryInfo {cow}"
        if state and state.alpha2 and re.fullmatch("[A-Z]{2}", alpha2) and alpha2 != state.alpha2:
            yield f"{state.id}: alpha-2 {state.alpha2}, CountryInfo {alpha2}"


def support(codebook: Codebook, folder: Path) -> dict[str, set[str]]:
    """Which families of sources know each person in office for the same state at an overlapping time."""
    tenures: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in _tenures(codebook, folder):
        tenures[tenure.country].append(tenure)
    return {
        person.id: {
            tenure.family
            for office in person.offices
            for tenure in tenures.get(_root(office.country), ())
            if _overlap(office.term, tenure) and _same_person(person, tenure)
        }
        for person in codebook.persons.values()
    }


def differences(codebook: Codebook, folder: Path) -> list[str]:
    """What the codebook says of states otherwise than the sources, their known errors apart."""
    lines = [line for check in (membership, capitals, numbers) for line in check(codebook, folder)]
    return [line for line in lines if not any(erratum in line for erratum in ERRATA)]


def main() -> int:
    """Run all checks; the exit status."""
    folder = data()
    if folder is None:
        print("no research data: set AMITY_DATA", file=sys.stderr)
        return 2
    codebook = load()
    wrong = differences(codebook, folder)
    print(*wrong, sep="\n")
    counts = Counter(min(len(families), 3) for families in support(codebook, folder).values())
    print(f"states and capitals: {len(wrong)} differences")
    print(
        f"persons: {sum(counts.values())}; supported by 3 or more: {counts[3]}, by 2: {counts[2]}, by 1: {counts[1]},",
        end=" ",
    )
    print(f"by none (known well, or after the sources end): {counts[0]}")
    return 1 if wrong else 0


def _spans(folder: Path) -> Iterator[tuple[str, int, str, date, date | None]]:
    for row in rows(folder / "states" / "cow_states.csv"):
        start = date(int(row["styear"]), int(row["stmonth"]), int(row["stday"]))
        end = date(int(row["endyear"]), int(row["endmonth"]), int(row["endday"]))
        if end > date(1945, 12, 31) or (end >= SINCE and row["ccode"] != "255"):
            yield "cow", int(row["ccode"]), row["statenme"], start, None if end == COW_END else end
    for row in rows(folder / "states" / "gw_states.csv"):
        begin, last = date.fromisoformat(row["startdate"]), date.fromisoformat(row["enddate"])
        if last > date(1945, 12, 31):
            yield "gw", int(row["gwcode"]), row["statename"], begin, None if last == GW_END else last


def _equal(span: Term, begin: date, start: date, end: date | None) -> bool:
    """The same span, or the part of it that one of several codes covers."""
    return span.covers(begin) and (span.start in (start, begin)) and (span.end == end or span.end is not None)


def _near(ours: float | None, theirs: str) -> bool:
    return ours is None or abs(ours - float(theirs)) < NEAR


def _same_city(theirs: str, ours: tuple[str, ...]) -> bool:
    wanted = "".join(key(theirs))
    return any(
        wanted in (name := "".join(key(city))) or name in wanted or SequenceMatcher(None, wanted, name).ratio() > 0.75
        for city in ours
    )


def _tenures(codebook: Codebook, folder: Path) -> Iterator[Tenure]:
    states = codebook.states
    for row in rows(folder / "actors" / "reign_leaders.csv"):
        if all(row[column].isdigit() for column in ("ccode", "syear", "smonth", "eyear", "emonth")):
            start = f"{row['syear']}-{int(row['smonth']):02d}"
            state = states.by_cow(int(row["ccode"]), day(start)) or states.by_cow(int(row["ccode"]))
            yield Tenure("reign", _code(state), row["leader"], start, f"{row['eyear']}-{int(row['emonth']):02d}")
    for row in rows(folder / "states" / "archigos.csv.gz"):
        state = states.by_gw(int(row["gwcode"]), day(row["startdate"])) or states.by_gw(int(row["gwcode"]))
        yield Tenure("archigos", _code(state), row["leader"], row["startdate"], row["enddate"])
    for row in rows(folder / "actors" / "officials_1945_2012.csv.gz"):
        state = states.get(row["iso3"])
        yield Tenure("countryinfo", _code(state), row["name"].split("|")[0], row["from"], row["to"])
    slugs = {"-".join(key(name.text)): s.id for s in states for name in s.names}
    slugs |= {"us": "USA", "saudi": "SAU", "congo-kinshasa": "COD", "uae": "ARE"}
    for row in rows(folder / "actors" / "officeholders_2000_2022.csv.gz"):
        yield Tenure("wikidata", _root(slugs.get(row["country"], "")), row["person"], row["start"], row["end"])


def _code(state: State | None) -> str:
    return _root(state.id) if state else ""


def _root(country: str | None) -> str:
    """One code for states that followed each other."""
    return {"SUN": "RUS", "YUG": "SRB", "SCG": "SRB", "DDR": "DEU", "CSK": "CZE"}.get(country or "", country or "")


def _overlap(term: Term, tenure: Tenure) -> bool:
    start, end = day(tenure.start), day(tenure.end)
    return not (
        (start and term.end and term.end.year < start.year - 1)
        or (end and term.start and term.start.year > end.year + 1)
    )


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in key(name) if len(word) > 1 and word not in PARTICLES)


def _same_person(person: Person, tenure: Tenure) -> bool:
    theirs = _words(tenure.name)
    return bool(theirs) and any(_same(_words(name), theirs) for name in (person.name, *person.aliases))


def _same(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """All words of the shorter name in the longer one, allowing for spelling; one word must be the last."""
    short, long = sorted((ours, theirs), key=len)
    if not short or (
        len(short) == 1 and len(long) > 1 and not _alike(short[0], long[-1]) and not _alike(short[0], long[0])
    ):
        return False
    left = list(long)
    for word in short:
        match = next((other for other in left if _alike(word, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


@cache
def _alike(one: str, other: str) -> bool:
    return one == other or (
        len(one) > 3 and len(other) > 3 and one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= 0.8
    )


if __name__ == "__main__":
    raise SystemExit(main())
