"""COW direct contiguity: which states touch by land or across how much water, and since when (Stinnett et al. 2002)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amity.sources.datasets.delimited import Layout
from amity.sources.datasets.formats import Desk
from amity.sources.datasets.members import BEFORE, FIRST, Members, Spell, common, joined
from amity.sources.datasets.tables import YEARS, Line, Row, month_end, of, pair

LAYOUT = Layout(
    columns=(("ccode1", "state1no"), ("ccode2", "state2no"), "conttype"),
    optional=("stdate", "enddate", "begin", "end", "year"),
    separators=",\t;",
)
KINDS = range(1, 6)


def _rows(lines: Iterator[Line], desk: Desk) -> Iterator[Row]:
    """Spells of each pair and kind. Files tell them by dates, by months, or by directed dyad-years; the spells of
    numbers that passed to another state are cut where they passed."""
    members = Members(desk.book.states, "cow")
    found: dict[tuple[str, str, int], set[tuple[date, date | None]]] = {}
    for line in lines:
        one, other, kind = line.whole("ccode1"), line.whole("ccode2"), line.whole("conttype")
        span = _span(line)
        if one is None or other is None or kind is None or span is None:
            line.reject("no pair, kind or time")
        elif kind not in KINDS:
            line.reject(f"no contiguity: kind {kind}")
        elif span[1] < FIRST:
            line.reject(BEFORE)
        else:
            sides = [members.spells(number, *span) for number in (one, other)]
            for number, side in zip((one, other), sides, strict=True):
                if not side:
                    line.reject(members.unknown(number))
            for a, b in common(*sides):
                if a.state != b.state:
                    found.setdefault((*pair(a.state, b.state), kind), set()).add((a.start, a.end))
    for (first, second, kind), spans in found.items():
        for spell in joined(Spell("", *span) for span in spans):
            yield {"a": first, "b": second, "kind": kind, "start": spell.start, "end": spell.end}


def _span(line: Line) -> tuple[date, date] | None:
    """From when until when: days, months (`199112`), or a year."""
    if (start := line.day("stdate")) and (end := line.day("enddate")):
        return start, end
    if (begin := line.whole("begin")) and (last := line.whole("end")):
        if not all(1 <= one % 100 <= 12 and YEARS[0] <= one // 100 <= YEARS[1] for one in (begin, last)):
            return None
        return date(begin // 100, begin % 100, 1), month_end(last // 100, last % 100)
    year = line.year("year")
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


FORMAT = of(
    "contiguity",
    "direct contiguity of states by land and water, with dates",
    "Correlates of War: Direct Contiguity (contdir, contdird); peacesciencer's cow_contdir",
    fills="contiguity",
    layout=LAYOUT,
    rows=_rows,
)
