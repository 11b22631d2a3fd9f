"""Capitals with dates and coordinates, by COW or Gleditsch-Ward number."""

from __future__ import annotations

from collections.abc import Iterator

from amity.sources.datasets.delimited import Layout
from amity.sources.datasets.formats import Desk
from amity.sources.datasets.members import BEFORE, FIRST, Members, joined
from amity.sources.datasets.tables import Line, Row, figure, of

LAYOUT = Layout(
    columns=("capital", "stdate", "enddate", "lat", ("lng", "lon")),
    optional=("ccode", "gwcode"),
    separators=",\t;",
)


def _rows(lines: Iterator[Line], desk: Desk) -> Iterator[Row]:
    cow, gw = Members(desk.book.states, "cow"), Members(desk.book.states, "gw")
    for line in lines:
        members, number = (gw, line.whole("gwcode")) if line.text("gwcode") else (cow, line.whole("ccode"))
        start, end = line.day("stdate"), line.day("enddate")
        if number is None or start is None or end is None or line.text("capital") is None:
            line.reject("no state, city or time")
        elif end < FIRST:
            line.reject(BEFORE)
        else:
            spells = joined(members.spells(number, start, end))
            if not spells:
                line.reject(members.unknown(number))
            for spell in spells:
                place = {"latitude": figure(line.text("lat")), "longitude": figure(line.text("lng"))}
                yield {
                    "state": spell.state,
                    "city": line.text("capital"),
                    "start": spell.start,
                    "end": spell.end,
                    **place,
                }


FORMAT = of(
    "capitals",
    "capitals of states with dates and coordinates",
    "peacesciencer: cow_capitals, gw_capitals",
    fills="capitals",
    layout=LAYOUT,
    rows=_rows,
)
