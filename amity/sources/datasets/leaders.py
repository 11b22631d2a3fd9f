"""Who led a state from when until when: Archigos (Goemans, Gleditsch and Chiozza 2009) and REIGN's list (Bell 2016)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amity.sources.datasets.delimited import Layout
from amity.sources.datasets.formats import Desk
from amity.sources.datasets.members import BEFORE, FIRST, Members, joined
from amity.sources.datasets.tables import Line, Row, month_end, of

ARCHIGOS = Layout(columns=(("gwcode", "ccode"), "leader", "startdate", "enddate"), separators=",\t;")
REIGN = Layout(columns=("ccode", "leader", "sdate", "smonth", "syear", "emonth", "eyear"), separators=",\t;")


def _archigos(lines: Iterator[Line], desk: Desk) -> Iterator[Row]:
    members = Members(desk.book.states, "gw")
    for line in lines:
        yield from _spells(line, members, line.whole("gwcode"), line.day("startdate"), line.day("enddate"))


def _reign(lines: Iterator[Line], desk: Desk) -> Iterator[Row]:
    """REIGN tells of the end only the month: it is the day before the next leader of that month, else its last day."""
    members = Members(desk.book.states, "cow")
    held = [(line, line.whole("ccode"), _started(line), _ended(line)) for line in lines]
    starts: dict[int | None, list[date]] = {}
    for _, number, start, _ in held:
        if start is not None:
            starts.setdefault(number, []).append(start)
    for line, number, start, end in held:
        if start and end:
            end = min((day for day in starts[number] if max(start, end.replace(day=1)) < day <= end), default=end)
        yield from _spells(line, members, number, start, end)


def _spells(line: Line, members: Members, number: int | None, start: date | None, end: date | None) -> Iterator[Row]:
    """One row for each state that the leader led under that number: Yeltsin Russia, Gorbachev the Soviet Union."""
    if number is None or start is None or line.text("leader") is None:
        line.reject("no state, leader or time")
    elif end is not None and end < FIRST:
        line.reject(BEFORE)
    elif end is not None and end < start:
        line.reject("ends before it begins")
    else:
        spells = joined(members.spells(number, start, end))
        if not spells:
            line.reject(members.unknown(number))
        for spell in spells:
            yield {"state": spell.state, "name": line.text("leader"), "start": spell.start, "end": spell.end}


def _started(line: Line) -> date | None:
    year, month, day = line.year("syear"), line.whole("smonth"), line.whole("sdate")
    return _day(year, month, day) if year and month and day else None


def _ended(line: Line) -> date | None:
    year, month = line.year("eyear"), line.whole("emonth")
    return month_end(year, month) if year and month and 1 <= month <= 12 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


FORMATS = (
    of(
        "archigos",
        "leaders of states with dates, 1840-2015",
        "Archigos 4.1; peacesciencer's archigos",
        fills="leaders",
        layout=ARCHIGOS,
        rows=_archigos,
    ),
    of(
        "reign",
        "leaders of states with dates, to 2021",
        "REIGN: list of leaders",
        fills="leaders",
        layout=REIGN,
        rows=_reign,
    ),
)
