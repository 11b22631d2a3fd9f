"""What the importers of tables of states share: rows of text as rows of one of `TABLES`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from math import isfinite
from typing import Any, TypeAlias

import pyarrow as pa

from amity.records.events import TABLES
from amity.sources.datasets import columns as cols
from amity.sources.datasets.delimited import Batch, Layout, read
from amity.sources.datasets.formats import Delivery, Desk, Format
from amity.sources.datasets.members import BEFORE, FIRST, Members, gather
from amity.sources.datasets.opening import Source

Row: TypeAlias = dict[str, Any]
CHUNK = 50_000
YEARS = (1500, 2200)
MOST = 2**31 - 1


class Line:
    """One row of text: cells by the importer's names, and where it stands."""

    __slots__ = ("_batch", "_columns", "_row", "desk")

    def __init__(self, columns: dict[str, list[str | None]], row: int, batch: Batch, desk: Desk) -> None:
        self._columns = columns
        self._row = row
        self._batch = batch
        self.desk = desk

    def text(self, column: str) -> str | None:
        """A cell, null when empty."""
        cell = (self._columns[column][self._row] or "").strip()
        return None if cell in ("", "NA", ".") else cell

    def number(self, column: str) -> float | None:
        """A number, null when it is none or one of the negative figures that stand for missing ones (-9)."""
        value = figure(self.text(column))
        return None if value is None or value < 0 else value

    def whole(self, column: str) -> int | None:
        """A whole number, null when it is none, or more than anything is counted in."""
        return counted(self.number(column))

    def year(self, column: str) -> int | None:
        """A year, null when it is none that states were in."""
        value = self.whole(column)
        return value if value is not None and YEARS[0] <= value <= YEARS[1] else None

    def day(self, column: str) -> date | None:
        """A date such as 1991-12-26 or 19911226."""
        cell = self.text(column)
        return cols.iso(cell) if cell else None

    def reject(self, reason: str) -> None:
        """Count the row as one that could not be used."""
        self.desk.rejects.note(reason, self._batch.lines([self._row]))

    def member(self, members: Members, column: str, year: int | None) -> tuple[str, int] | None:
        """The state of a number in a year, with how sure (see `Members.in_year`); the row is rejected without."""
        number = self.whole(column)
        if number is None or year is None:
            self.reject("no state or no year")
        elif year < FIRST.year:
            self.reject(BEFORE)
        elif (found := members.in_year(number, year)) is None:
            self.reject(members.unknown(number))
        else:
            return found
        return None


def figure(text: str | None) -> float | None:
    """A number as written, `1,234.5` included; null for anything else."""
    try:
        value = float(text.replace(",", "")) if text else None
    except ValueError:
        return None
    return value if value is not None and isfinite(value) else None


def counted(value: float | None) -> int | None:
    """A number as a count; null when it is more than anything is counted in."""
    return None if value is None or abs(value) > MOST else round(value)


def lines(source: Source, layout: Layout, desk: Desk) -> Iterator[Line]:
    """The rows of all texts in a source, one by one.

    Raises:
        InputError: when columns are missing, or it cannot be read.
    """
    wanted = [one if isinstance(one, str) else one[0] for one in (*layout.columns, *layout.optional)]
    for name, stream in source.texts(desk.advance):
        for batch in read(name, stream, layout, desk.rejects):
            columns = {column: batch[column].to_pylist() for column in wanted}
            yield from (Line(columns, row, batch, desk) for row in range(len(batch)))


def table(name: str, rows: Iterable[Row]) -> Iterator[pa.Table]:
    """Rows as tables of the schema of that name; columns that they lack are null."""
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield pa.Table.from_pylist(chunk, schema=TABLES[name])
            chunk = []
    if chunk:
        yield pa.Table.from_pylist(chunk, schema=TABLES[name])


def of(
    name: str, what: str, provider: str, *, fills: str, layout: Layout, rows: Callable[[Iterator[Line], Desk], Any]
) -> Format:
    """A format whose rows of text, read by `layout`, become rows of the table `fills`."""

    def batches(source: Source, desk: Desk) -> Iterator[pa.Table]:
        yield from table(fills, rows(lines(source, layout, desk), desk))
        gather(desk.rejects)

    def made(source: Source, desk: Desk) -> Delivery:
        return Delivery("tables", fills, batches(source, desk))

    return Format(name=name, what=what, provider=provider, shelf="tables", read=made, layouts=(layout,))


def pair(one: str, other: str) -> tuple[str, str]:
    """Two states in the order in which undirected tables have them."""
    return (one, other) if one < other else (other, one)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
