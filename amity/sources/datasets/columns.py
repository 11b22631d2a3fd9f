"""Columns made of columns: every distinct value is looked at once, whole batches are computed by Arrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from amity.records.events import EVENTS

T = TypeVar("T")
LONGEST = 200
"""Characters of an id, a code or a name that are kept."""

YEARS = range(1800, 2200)
"""Years that events can be of."""

SEPARATOR = "\x1f"
"""Between the parts of a value that several columns make up."""


def spread(column: pa.Array, function: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """`function` of each distinct value, laid out over the rows; null stays null."""
    coded = column.dictionary_encode()
    values = pa.array([None if value is None else function(value) for value in coded.dictionary.to_pylist()], kind)
    return values.take(coded.indices)


def days(column: pa.Array, parse: Callable[[str], date | None]) -> pa.Array:
    """Dates; null where `parse` gives none."""
    return spread(column, parse, pa.date32())


def numbers(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """Numbers as far as the cells are some that `kind` can hold, whole ones without their fraction; null elsewhere."""
    found = spread(column, _number, pa.float64())
    if pa.types.is_integer(kind):
        found = pc.if_else(pc.less_equal(pc.abs(found), np.iinfo(kind.to_pandas_dtype()).max), found, None)
    return found.cast(kind, safe=False)


def together(columns: Iterable[pa.Array]) -> pa.Array:
    """Several text columns as one, to be told apart by `parts`; null cells are empty."""
    return pc.binary_join_element_wise(*(pc.fill_null(column, "") for column in columns), SEPARATOR)


def parts(value: str) -> list[str]:
    """The cells that `together` joined."""
    return value.split(SEPARATOR)


def rows(length: int, columns: Mapping[str, Any]) -> pa.Table:
    """Rows of `EVENTS`: arrays as they are, other values for every row, null where nothing is given."""
    made = []
    for column in EVENTS:
        given = columns.get(column.name, 1 if column.name in ("count", "certainty") else None)
        if column.name in ("id", "code") and isinstance(given, pa.Array):
            given = pc.utf8_slice_codeunits(given, 0, LONGEST)
        if not isinstance(given, pa.Array | pa.ChunkedArray):
            plain = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
            given = pa.nulls(length, plain) if given is None else pa.repeat(pa.scalar(given, plain), length)
        made.append(given.cast(column.type))
    return pa.Table.from_arrays(made, schema=EVENTS)


def iso(text: str) -> date | None:
    """`2014-01-31`, whatever follows; `20140131`; null for what is none, or lies outside `YEARS`."""
    try:
        day = date.fromisoformat(text[:10] if "-" in text[:8] else text[:8])
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None
