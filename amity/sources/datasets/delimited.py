"""Delimited text in batches of columns: headers checked by name, rows of another width left out and counted."""

from __future__ import annotations

import bisect
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow

from amity.errors import InputError
from amity.sources.datasets.rejects import EXAMPLES, Rejects

LONGEST_ROW = 1 << 22
"""Bytes that one row may have. Batches are cut from blocks of this size."""

SAMPLE, ROWS = 1 << 16, 50
"""Bytes and rows from which the width of a table is told."""

PREAMBLE = 40
"""Lines in which a header is looked for."""


class NotThis(InputError):
    """The file is not of this format; another one may fit."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written.

    `columns` are those that it must have, by the names that the importer uses, each with other names it goes by in
    the file (case, spaces and underscores do not matter); `optional` ones may be missing and are null then. Without
    `header` the file has none, and `columns` are all its columns in order: several layouts of different width may be
    given to `read`. `separators` are tried on the header. `whole` are all columns in order, for formats with files
    whose header names more columns than their rows have. `quoted`: cells may stand in quotes (null: all but those
    between tabs, and those too where the header has quotes).
    """

    columns: tuple[str | tuple[str, ...], ...]
    optional: tuple[str | tuple[str, ...], ...] = ()
    separators: str = "\t"
    quoted: bool | None = None
    header: bool = True
    whole: tuple[str, ...] = ()


class Batch:
    """Some rows: text columns by the importer's names, empty cells null. `lines` tells where rows stand."""

    def __init__(self, name: str, rows: pa.RecordBatch, line: Callable[[int], int]) -> None:
        self.name = name
        self._rows = rows
        self._line = line

    def __len__(self) -> int:
        return int(self._rows.num_rows)

    def __getitem__(self, column: str) -> pa.Array:
        return self._rows.column(column)

    def lines(self, rows: Iterable[int]) -> list[str]:
        """Where rows stand, as `file:line`; a line is a row of the table, the header being the first."""
        return [f"{self.name}:{self._line(row)}" for row in rows]

    def keep(self, mask: pa.Array, rejects: Rejects, reason: str) -> Batch:
        """The rows for which `mask` is true; the others are counted as rejected."""
        kept = pc.fill_null(mask, False)
        if kept.true_count == len(self):
            return self
        lost = pc.indices_nonzero(pc.invert(kept)).to_pylist()
        rejects.note(reason, self.lines(lost[:EXAMPLES]), len(lost))
        numbers = pc.indices_nonzero(kept)
        rows = numbers.to_numpy()
        return Batch(self.name, self._rows.take(numbers), lambda row: self._line(int(rows[row])))


def read(name: str, stream: io.RawIOBase, layout: Layout | Sequence[Layout], rejects: Rejects) -> Iterator[Batch]:
    """The rows of a text in batches.

    Raises:
        NotThis: when columns are missing, with their names and what there is instead.
        InputError: when it is empty, or has rows longer than `LONGEST_ROW`.
    """
    text = io.BufferedReader(stream, LONGEST_ROW)
    begun = text.peek(SAMPLE)
    if not begun.strip():
        raise InputError(name, "is empty")
    layouts = [layout] if isinstance(layout, Layout) else list(layout)
    plan = _plan(name, text, layouts[0]) if layouts[0].header else _headless(name, begun, layouts)
    return _batches(name, text, plan, rejects)


def fits(name: str, stream: io.RawIOBase, layouts: Sequence[Layout]) -> bool:
    """Whether a text has the columns of one of the layouts."""
    text = io.BufferedReader(stream, SAMPLE)
    begun = text.peek(SAMPLE)
    try:
        _plan(name, text, layouts[0]) if layouts[0].header else _headless(name, begun, layouts)
    except InputError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a header led to: the cut, all names, which of them is wanted under which name, lines gone by."""

    separator: str
    quoted: bool
    names: list[str]
    wanted: dict[str, str | None]
    line: int


def _plan(name: str, text: io.BufferedReader[Any], layout: Layout) -> _Plan:
    """Reads lines up to the header; what stands above it is a preamble."""
    needed = [_alternatives(column) for column in layout.columns]
    best: tuple[int, list[str], list[str]] = (-1, [], [])
    for line in range(1, PREAMBLE + 1):
        raw = text.readline(LONGEST_ROW)
        if not raw:
            break
        for separator in layout.separators:
            header = _cells(raw.decode("utf-8", "replace"), separator)
            places = {_plain(cell): place for place, cell in reversed(list(enumerate(header)))}
            missing = [one[0] for one in needed if not any(_plain(other) in places for other in one)]
            if not missing:
                return _found(name, raw, separator, header, places, layout, line, text)
            if len(needed) - len(missing) > best[0]:
                best = (len(needed) - len(missing), missing, _cells(raw.decode("utf-8", "replace"), _cut(raw)))
    _, missing, header = best
    shown = ", ".join([cell.strip()[:40] for cell in header[:8]] + ["…"] * (len(header) > 8))
    raise NotThis(name, f"lacks columns: {', '.join(missing)} (it has {len(header)}: {shown})")


def _cut(line: bytes) -> str:
    """What parts the cells of a line, by what is commonest in it."""
    return max("\t,;", key=lambda sign: line.count(sign.encode()))


def _found(
    name: str,
    raw: bytes,
    separator: str,
    header: list[str],
    places: dict[str, int],
    layout: Layout,
    line: int,
    text: io.BufferedReader[Any],
) -> _Plan:
    quoted = layout.quoted if layout.quoted is not None else separator != "\t" or b'"' in raw
    rows = _typical(text.peek(SAMPLE), separator, quoted)
    width = len(rows[0]) if rows else len(header)
    if layout.whole and width == len(layout.whole) != len(header):
        header = list(layout.whole)
        places = {_plain(cell): place for place, cell in enumerate(header)}
    if any(cell.strip() for row in rows for cell in row[len(header) :]):
        raise InputError(
            name, f"has rows of {width} cells under {len(header)} columns, so that nobody knows which is which"
        )
    header += [""] * (width - len(header))
    names = [f"{place}" for place in range(len(header))]
    wanted: dict[str, str | None] = {}
    for column in (*layout.columns, *layout.optional):
        one = _alternatives(column)
        place = next((places[_plain(other)] for other in one if _plain(other) in places), None)
        wanted[one[0]] = None if place is None else names[place]
    return _Plan(separator, quoted, names, wanted, line)


def _headless(name: str, begun: bytes, layouts: Sequence[Layout]) -> _Plan:
    cuts = {separator: _typical(begun, separator, False) for layout in layouts for separator in layout.separators}
    there = {separator: len(rows[0]) if rows else 0 for separator, rows in cuts.items()}
    for layout in layouts:
        for separator in layout.separators:
            if there[separator] == len(layout.columns):
                names = [_alternatives(column)[0] for column in layout.columns]
                return _Plan(separator, False, names, {column: column for column in names}, 0)
    widths = ", ".join(str(len(layout.columns)) for layout in layouts)
    raise NotThis(name, f"has {max(there.values())} columns, not {widths}")


def _typical(begun: bytes, separator: str, quoted: bool) -> list[list[str]]:
    """Those of the first rows that are as wide as most of them."""
    lines = begun[:SAMPLE].decode("utf-8", "replace").split("\n", ROWS + 1)
    whole = [line.rstrip("\r") for line in (lines[:-1] or lines)[:ROWS] if line.strip()]
    rows = [_cells(line, separator) if quoted else line.split(separator) for line in whole]
    widths = Counter(map(len, rows)).most_common(1)
    return [row for row in rows if len(row) == widths[0][0]] if widths else []


def _batches(name: str, text: io.BufferedReader[Any], plan: _Plan, rejects: Rejects) -> Iterator[Batch]:
    skipped: list[int] = []

    def skip(row: Any) -> str:
        skipped.append(row.number + plan.line)
        rejects.note(
            f"not {row.expected_columns} columns",
            [f"{name}:{row.number + plan.line}"] if len(skipped) <= EXAMPLES else [],
            1,
        )
        return "skip"

    wanted = {ours: theirs for ours, theirs in plan.wanted.items() if theirs is not None}
    absent = [ours for ours, theirs in plan.wanted.items() if theirs is None]
    try:
        reader = arrow.open_csv(
            text,
            read_options=arrow.ReadOptions(use_threads=False, block_size=LONGEST_ROW, column_names=plan.names),
            parse_options=arrow.ParseOptions(
                delimiter=plan.separator,
                quote_char='"' if plan.quoted else False,
                newlines_in_values=plan.quoted,
                invalid_row_handler=skip,
            ),
            convert_options=arrow.ConvertOptions(
                column_types={theirs: pa.string() for theirs in wanted.values()},
                include_columns=list(dict.fromkeys(wanted.values())),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
        done = plan.line + 1
        for rows in reader:
            columns = {ours: rows.column(theirs) for ours, theirs in wanted.items()}
            columns |= {ours: pa.nulls(rows.num_rows, pa.string()) for ours in absent}
            yield Batch(name, pa.RecordBatch.from_pydict(columns), partial(_line, done, skipped))
            done += rows.num_rows
    except pa.ArrowInvalid as error:
        raise InputError(name, _said(str(error))) from None


def _line(first: int, skipped: Sequence[int], row: int) -> int:
    """The line of a good row, the n-th of its batch: bad ones before it count too."""
    line = first + row
    while (further := first + row + bisect.bisect_right(skipped, line)) != line:
        line = further
    return line


def _said(error: str) -> str:
    if "straddl" in error:
        return f"has a row of more than {LONGEST_ROW >> 20} MB (a quotation mark that is never closed?)"
    if "Empty CSV" in error:
        return "has a header and no rows"
    return f"cannot be read as a table ({' '.join(error.split())})"


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])
    except csv.Error:  # a cell longer than any column's name
        return []


def _alternatives(column: str | tuple[str, ...]) -> tuple[str, ...]:
    return (column,) if isinstance(column, str) else column


def _plain(name: str) -> str:
    """A column's name without what writers vary."""
    return "".join(sign for sign in name.lower() if sign.isalnum())
