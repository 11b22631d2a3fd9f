"""ATOP: who owed whom what by treaty, dyad by year (Leeds, Ritter, Mitchell and Long 2002)."""

from __future__ import annotations

from collections.abc import Iterator

from amity.sources.datasets.delimited import Layout
from amity.sources.datasets.formats import Desk
from amity.sources.datasets.members import Members
from amity.sources.datasets.tables import Line, Row, of, pair

DUTIES = {
    "defense": ("defense", "atop_defense"),
    "offense": ("offense", "atop_offense"),
    "neutrality": ("neutral", "atop_neutral"),
    "nonaggression": ("nonagg", "atop_nonagg"),
    "consultation": ("consul", "atop_consul"),
}
LAYOUT = Layout(
    columns=(("mem1", "ccode1", "stateA"), ("mem2", "ccode2", "stateB"), "year", *DUTIES.values()),
    separators=",\t;",
)


def _rows(lines: Iterator[Line], desk: Desk) -> Iterator[Row]:
    """Each pair once a year; where files have both directions, or two numbers were one state, a duty of any counts."""
    members = Members(desk.book.states, "cow")
    found: dict[tuple[str, str, int], dict[str, bool]] = {}
    for line in lines:
        year = line.year("year")
        one = line.member(members, "mem1", year)
        other = line.member(members, "mem2", year) if one else None
        if one is None or other is None or year is None:
            continue
        if one[0] == other[0]:
            line.reject("a state allied with itself")
            continue
        duties = found.setdefault((*pair(one[0], other[0]), year), dict.fromkeys(DUTIES, False))
        for duty, names in DUTIES.items():
            duties[duty] |= line.number(names[0]) == 1
    for (a, b, year), duties in found.items():
        if any(duties.values()):
            yield {"a": a, "b": b, "year": year, **duties}


FORMAT = of(
    "atop",
    "alliance obligations by dyad and year",
    "ATOP (atopdata.org): dyad-years atop5_1dy, atop5_1ddyr; peacesciencer's atop_alliance",
    fills="alliances",
    layout=LAYOUT,
    rows=_rows,
)
