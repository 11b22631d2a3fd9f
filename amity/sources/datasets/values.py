"""SIPRI's trend indicator values of arms deliveries: by supplier, recipient and year, or a matrix under a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from amity.sources.datasets.delimited import Layout, NotThis, fits
from amity.sources.datasets.formats import Delivery, Desk, Format
from amity.sources.datasets.grid import SEPARATORS, Grid
from amity.sources.datasets.opening import Source
from amity.sources.datasets.sipri import Who
from amity.sources.datasets.tables import Line, Row, figure, lines, table

LONG = Layout(columns=("supplier", "recipient", "year", ("value", "tiv", "sipri tiv")), separators=SEPARATORS)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TITLE = re.compile(
    r"^\W*(?:TIV of arms )?(?P<way>exports?|imports?) (?:from|to|of) (?P<who>.+?),? (?:\d{4}|from \d{4})", re.IGNORECASE
)


def _read(source: Source, desk: Desk) -> Delivery:
    long = any(fits(name, stream, (LONG,)) for name, stream in source.first())
    return Delivery("tables", "deliveries", table("deliveries", _long(source, desk) if long else _tables(source, desk)))


def _long(source: Source, desk: Desk) -> Iterator[Row]:
    who = Who(desk.book)
    for line in lines(source, LONG, desk):
        supplier, recipient, year, value = _cells(line)
        if supplier is None or recipient is None or year is None or value is None:
            line.reject("no supplier, recipient, year or value")
        else:
            yield _row(who, supplier, recipient, year, value)


def _cells(line: Line) -> tuple[str | None, str | None, int | None, float | None]:
    return line.text("supplier"), line.text("recipient"), line.year("year"), line.number("value")


def _row(who: Who, supplier: str, recipient: str, year: int, value: float) -> Row:
    return {
        "supplier": who(supplier, year),
        "recipient": who(recipient, year),
        "supplier_name": supplier,
        "recipient_name": recipient,
        "year": year,
        "tiv": value,
    }


def _tables(source: Source, desk: Desk) -> Iterator[Row]:
    who = Who(desk.book)
    for name, stream in source.texts(desk.advance):
        for supplier, recipient, year, value in _matrix(Grid(name, stream)):
            yield _row(who, supplier, recipient, year, value)


def _matrix(grid: Grid) -> Iterator[tuple[str, str, int, float]]:
    """Partners by years under a title that says whose exports or imports they are; totals are left out."""
    title = next((found for line in grid.begun if (found := _TITLE.search(line))), None)
    for at, separator, header in grid.headers():
        years = {place: int(cell) for place, cell in enumerate(header) if _YEAR.fullmatch(cell.strip())}
        if years and len(years) >= len(header) - 3:
            if title is None:
                raise NotThis(grid.name, "no title says whose exports or imports they are (TIV of arms exports from …)")
            yield from _partners(grid.rows(at, separator), years, title)
            return
    raise NotThis(grid.name, "lacks columns: supplier, recipient, year and value, or years side by side")


def _partners(
    rows: Iterator[tuple[int, list[str]]], years: Mapping[int, int], title: re.Match[str]
) -> Iterator[tuple[str, str, int, float]]:
    whose, exports = title["who"].strip(), title["way"].casefold().startswith("export")
    for _, row in rows:
        partner = row[0].strip() if row else ""
        if not partner or partner.casefold().startswith("total"):
            continue
        for place, year in years.items():
            value = figure(row[place].strip()) if place < len(row) else None
            if value is not None and value >= 0:
                yield (whose, partner, year, value) if exports else (partner, whose, year, value)


FORMAT = Format(
    name="sipri-tiv",
    what="trend indicator values of arms deliveries by supplier, recipient and year",
    provider="SIPRI Arms Transfers Database: importer/exporter TIV tables",
    shelf="tables",
    read=_read,
    layouts=(LONG,),
)
