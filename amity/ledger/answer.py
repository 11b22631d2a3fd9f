"""An answer of the ledger: records to iterate over, or a table for pandas, polars, Arrow and notebooks."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from amity.records.flat import columns, flat

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_T = TypeVar("_T")

SHOWN = 20
"""Rows that a notebook shows."""


class Answer(Generic[_T]):
    """Records that fit a question, read anew from the ledger each time they are used.

    `flat` tables have one column for each plain value (see `amity.records.flat`); nested ones keep lists of actors
    with their places in the text.
    """

    def __init__(self, rows: Callable[[int, int | None], Iterator[_T]], count: Callable[[], int], kind: Any) -> None:
        self._rows = rows
        self._count = count
        self._kind = kind

    def __iter__(self) -> Iterator[_T]:
        return self._rows(0, None)

    def part(self, start: int, size: int) -> Iterator[_T]:
        """Some of the records: `size` of them after the first `start`."""
        return self._rows(start, size)

    def __len__(self) -> int:
        return self._count()

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def __repr__(self) -> str:
        return f"<{len(self)} {self._noun()}>"

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the flat table."""
        return columns(self._kind)

    def to_dicts(self) -> Iterator[dict[str, Any]]:
        """Flat rows, one after the other."""
        return (flat(record) for record in self)  # type: ignore[arg-type]

    def to_arrow(self, nested: bool = True) -> pyarrow.Table:
        """An Arrow table: nested by default, as it goes into Parquet."""
        import pyarrow

        from amity.records import arrow

        if nested:
            return arrow.table(self, self._kind)
        types = {name: _FLAT_TYPES.get(name, "string") for name in self.columns}
        schema = pyarrow.schema([(name, pyarrow.type_for_alias(type_)) for name, type_ in types.items()])
        return pyarrow.Table.from_pylist(list(self.to_dicts()), schema=schema)

    def to_pandas(self, nested: bool = False) -> pandas.DataFrame:
        """A pandas data frame: flat by default. Needs pandas (`pip install amity[pandas]`)."""
        return self.to_arrow(nested).to_pandas()

    def to_polars(self, nested: bool = False) -> polars.DataFrame:
        """A polars data frame: flat by default. Needs polars (`pip install amity[polars]`)."""
        import polars

        frame = polars.from_arrow(self.to_arrow(nested))
        assert isinstance(frame, polars.DataFrame)
        return frame

    def _repr_html_(self) -> str:
        """What notebooks show: the first rows, without columns that are empty there."""
        rows = list(islice(self.to_dicts(), SHOWN))
        used = [name for name in self.columns if any(row[name] is not None for row in rows) and name not in _LONG]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in used)
        body = "".join(f"<tr>{''.join(f'<td>{_cell(row[name])}</td>' for name in used)}</tr>" for row in rows)
        note = f"<p>{len(self)} {self._noun()}{f', the first {SHOWN} shown' if len(self) > SHOWN else ''}</p>"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"

    def _noun(self) -> str:
        return f"{getattr(self._kind, '__name__', 'Claim').lower()}s"


_LONG = frozenset(
    {"text", "first_day", "last_day", "latitude", "longitude", "start", "end", "trigger_start", "sentence"}
)
_FLAT_TYPES = (
    dict.fromkeys(("latitude", "longitude", "confidence", "intensity", "value_low", "value_high"), "double")
    | dict.fromkeys(
        ("start", "end", "trigger_start", "sentence", "claims", "articles", "sources", "contradictions"), "int64"
    )
    | {"mutual": "bool"}
)


def _cell(value: Any) -> str:
    return "" if value is None else html.escape(str(value))
