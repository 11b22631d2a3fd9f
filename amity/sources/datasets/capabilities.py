"""COW National Material Capabilities: what states have, by year, and their share of the world (Singer 1987)."""

from __future__ import annotations

from collections.abc import Iterator

from amity.sources.datasets.delimited import Layout
from amity.sources.datasets.formats import Desk
from amity.sources.datasets.members import Members
from amity.sources.datasets.tables import Line, Row, of

FIGURES = {
    "spending": "milex",
    "personnel": "milper",
    "iron": "irst",
    "energy": "pec",
    "population": "tpop",
    "urban": "upop",
    "cinc": "cinc",
}
LAYOUT = Layout(columns=("ccode", "year", *FIGURES.values()), separators=",\t;")


def _rows(lines: Iterator[Line], desk: Desk) -> Iterator[Row]:
    """Each state once a year. In the year of a union two numbers are one state: the one that held longer counts."""
    members = Members(desk.book.states, "cow")
    found: dict[tuple[str, int], tuple[int, Row]] = {}
    for line in lines:
        year = line.year("year")
        member = line.member(members, "ccode", year)
        if member is None or year is None:
            continue
        state, rank = member
        row = {"state": state, "year": year} | {ours: line.number(theirs) for ours, theirs in FIGURES.items()}
        held = found.get((state, year))
        if held is not None:
            line.reject("a second row of the same state and year")
        if held is None or rank < held[0]:
            found[state, year] = (rank, row)
    yield from (row for _, row in found.values())


FORMAT = of(
    "nmc",
    "military spending and personnel, industry, population, CINC by state and year",
    "Correlates of War: National Material Capabilities",
    fills="capabilities",
    layout=LAYOUT,
    rows=_rows,
)
