"""Reading codebook files: tables (CSV) and trees (YAML), ours first, then the user's on top."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from amity.errors import CodebookError
from amity.records.days import days

DATA = Path(__file__).with_name("data")
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_T = TypeVar("_T")


class _Loader(_Base):  # type: ignore[misc]
    """Dates stay text, and so do the words that YAML 1.1 takes for truth values (`no`, `on`, `NO` for Norway)."""


_PLAIN = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}
for _letter in "tf":
    _Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), [_letter])


class Term(msgspec.Struct, frozen=True, gc=False):
    """A stretch of time, both days included; null means open."""

    start: date | None = None
    end: date | None = None

    def covers(self, on: date | None) -> bool:
        """Whether `on` lies inside; true when no day is asked for."""
        return on is None or ((self.start is None or self.start <= on) and (self.end is None or on <= self.end))

    def distance(self, on: date) -> int:
        """Days between `on` and the nearest day of the term; 0 inside it."""
        if self.start is not None and on < self.start:
            return (self.start - on).days
        return (on - self.end).days if self.end is not None and on > self.end else 0


ALWAYS = Term()


class Row:
    """One line of a table; every reader names file and line when the cell is not what it should be."""

    __slots__ = ("cells", "line", "path")

    def __init__(self, path: Path, line: int, cells: dict[str, str]) -> None:
        self.path = path
        self.line = line
        self.cells = cells

    def error(self, reason: str) -> CodebookError:
        """An error that names this line."""
        return CodebookError(f"{self.path.name}, line {self.line}: {reason} (in {self.path.parent})")

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        cell = self.cells.get(column, "")
        if not cell:
            raise self.error(f"'{column}' is empty")
        return cell

    def optional(self, column: str) -> str | None:
        """A cell, null when empty."""
        return self.cells.get(column) or None

    def several(self, column: str, separator: str = "|") -> tuple[str, ...]:
        """The parts of a cell that holds a list."""
        cell = self.cells.get(column, "")
        return tuple(part for part in map(str.strip, cell.split(separator)) if part) if cell else ()

    def one_of(self, column: str, choices: Sequence[str]) -> str:
        """A cell that must hold one of `choices`."""
        cell = self.text(column)
        if cell not in choices:
            raise self.error(f"'{column}' is '{cell}', not one of {', '.join(choices)}")
        return cell

    def whole(self, column: str) -> int | None:
        """A whole number, null when empty."""
        return self._number(column, int)

    def decimal(self, column: str) -> float | None:
        """A number, null when empty."""
        return self._number(column, float)

    def term(self) -> Term:
        """The columns `start` and `end`: ISO dates, months or years; empty means open."""
        return as_term(self.cells.get("start"), self.cells.get("end"), self.error)

    def _number(self, column: str, kind: Callable[[str], _T]) -> _T | None:
        cell = self.cells.get(column)
        if not cell:
            return None
        try:
            return kind(cell)
        except ValueError:
            raise self.error(f"'{column}' is '{cell}', not a number") from None


def table(name: str, key: Sequence[str], extra: Path | None = None) -> Iterator[Row]:
    """Rows of our `name`, then of `extra/name`; a later row with the same `key` columns replaces an earlier one."""
    rows: dict[tuple[str, ...], Row] = {}
    for path in paths(name, extra):
        for row in _rows(path, key):
            rows[tuple(row.cells[column] for column in key)] = row
    return iter(rows.values())


def tree(name: str, kind: type[_T] | Any, extra: Path | None = None) -> dict[str, _T]:
    """Entries of our YAML file `name`, then of `extra/name`, checked; a later one replaces an earlier one."""
    return dict(trees(name, kind, extra))


def trees(name: str, kind: type[_T] | Any, extra: Path | None = None) -> Iterator[tuple[str, _T]]:
    """Entries of our YAML file `name`, then of `extra/name`, checked against `kind`, in order."""
    for path in paths(name, extra):
        for identity, body in read_yaml(path).items():
            try:
                yield str(identity), msgspec.convert(body, kind, strict=False)
            except msgspec.ValidationError as error:
                raise CodebookError(f"{path.name}, entry '{identity}': {error} (in {path.parent})") from None


def check_names(extra: Path) -> None:
    """Raise `CodebookError` for a file in the user's folder that nothing would read: none of ours has its name."""
    if not extra.is_dir():
        raise CodebookError(f"{extra}: not a folder of codebook files")
    for path in sorted(extra.iterdir()):
        if path.suffix in (".csv", ".yaml", ".yml") and not (DATA / path.name).is_file():
            raise CodebookError(f"{path.name}: no codebook file has this name (in {extra})")


def paths(name: str, extra: Path | None) -> list[Path]:
    """Where `name` is read from: our data, then the user's folder where it has such a file."""
    return [DATA / name, *([extra / name] if extra is not None and (extra / name).is_file() else [])]


def read_yaml(path: Path) -> dict[Any, Any]:
    """A YAML file that holds a mapping."""
    try:
        content = yaml.load(path.read_bytes(), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise CodebookError(f"{path.name}: {' '.join(str(error).split())} (in {path.parent})") from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise CodebookError(f"{path.name}: not a mapping of entries (in {path.parent})")
    return content


def as_term(start: object, end: object, error: Callable[[str], CodebookError]) -> Term:
    """Two cells as a term; raises what `error` makes of the reason."""
    first, last = _day(start, 0, "start", error), _day(end, 1, "end", error)
    if first is not None and last is not None and last < first:
        raise error(f"'end' {end} lies before 'start' {start}")
    return Term(first, last) if first or last else ALWAYS


def _day(cell: object, side: int, column: str, error: Callable[[str], CodebookError]) -> date | None:
    if cell is None or cell == "":
        return None
    text = str(cell)
    try:
        if len(text) == len("2012-02-26"):
            return date.fromisoformat(text)
        bounds = days(text)
    except ValueError:
        bounds = None
    if bounds is None:
        raise error(f"'{column}' is '{text}', not a date, month or year")
    return bounds[side]


def _rows(path: Path, key: Sequence[str]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            missing = [column for column in key if column not in header]
            if missing:
                raise CodebookError(f"{path.name}, line 1: column '{missing[0]}' is missing (in {path.parent})")
            for cells in reader:
                if not cells:
                    continue
                row = Row(path, reader.line_num, dict(zip(header, map(str.strip, cells), strict=False)))
                if len(cells) != len(header):
                    raise row.error(f"{len(cells)} cells under {len(header)} columns")
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodebookError(f"{path.name}: {error} (in {path.parent})") from None
