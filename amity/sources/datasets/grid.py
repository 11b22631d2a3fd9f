"""Tables whose header has to be looked for, or whose columns have no names: rows of cells and where they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice

from amity.errors import InputError
from amity.sources.datasets.delimited import LONGEST_ROW, PREAMBLE

SEPARATORS = ",;\t"
LONGEST_CELL = 131_072
"""Letters that a cell may have."""


class Grid:
    """A text as rows of cells. `begun` are its first lines."""

    def __init__(self, name: str, stream: io.RawIOBase) -> None:
        self.name = name
        self._lines = self._all(io.TextIOWrapper(io.BufferedReader(stream), "utf-8", newline=""))
        self.begun = list(islice(self._lines, PREAMBLE))

    def headers(self) -> Iterator[tuple[int, str, list[str]]]:
        """What may be a header: place among the first lines, separator, cells."""
        for at, line in enumerate(self.begun):
            for separator in SEPARATORS:
                yield at, separator, next(self._cells(iter([line]), separator), (0, []))[1]

    def rows(self, header: int, separator: str) -> Iterator[tuple[int, list[str]]]:
        """The rows below a header, once: the line on which each ends, its cells.

        Raises:
            InputError: when a row or cell is longer than any table's.
        """
        following = self._cells(chain(self.begun[header + 1 :], self._lines), separator)
        return ((header + 1 + line, cells) for line, cells in following)

    def _cells(self, lines: Iterator[str], separator: str) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(LONGEST_CELL)  # one for the whole process: articles in CSV files set it higher
        reader = csv.reader(lines, delimiter=separator)
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as error:
            raise InputError(self.name, f"cannot be read as a table ({error})") from None

    def _all(self, text: io.TextIOWrapper) -> Iterator[str]:
        while line := text.readline(LONGEST_ROW):
            if len(line) >= LONGEST_ROW:
                raise InputError(self.name, f"has a row of more than {LONGEST_ROW >> 20} MB")
            yield line
