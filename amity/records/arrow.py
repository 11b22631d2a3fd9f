"""Arrow schemas, derived from the records, and batches in them: the form in which engines pass records on.

Claims of all kinds share one table: the union of their fields, and `kind`. A figure is a struct of `low` and `high`,
equal for a plain number. Nothing is lost on the way there and back.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa

from amity.records.claim import Claim, Interval, Value

Batch: TypeAlias = "pa.RecordBatch"

_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


@cache
def schema(kind: Any) -> pa.Schema:
    """The Arrow schema of `Article`, `Claim`, `Incident`, or any other record made of plain values and records."""
    fields: dict[str, Any] = {}
    for struct in _structs(kind):
        fields |= {name: hint for name, hint in _hints(struct).items() if name not in fields}
    columns = [pa.field(name, _type(hint)) for name, hint in fields.items()]
    return pa.schema([pa.field("kind", pa.string()), *columns] if kind == Claim else columns)


def batch(records: Iterable[Any], kind: Any) -> Batch:
    """Records of one kind as an Arrow batch."""
    figures = _figures(kind)
    rows = [_spread(msgspec.to_builtins(record), figures) for record in records]
    return pa.RecordBatch.from_pylist(rows, schema=schema(kind))


def table(records: Iterable[Any], kind: Any, size: int = 4096) -> pa.Table:
    """Records of one kind as an Arrow table, made in batches of `size` rows."""
    batches = []
    rows: list[Any] = []
    for record in records:
        rows.append(record)
        if len(rows) == size:
            batches.append(batch(rows, kind))
            rows = []
    batches.append(batch(rows, kind))
    return pa.Table.from_batches(batches, schema=schema(kind))


def records(rows: Batch | pa.Table, kind: Any) -> Iterator[Any]:
    """The records of a batch or table."""
    figures = _figures(kind)
    for row in rows.to_pylist():
        yield msgspec.convert(_present(_gather(row, figures)), kind)


def _structs(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def _hints(struct: Any) -> dict[str, Any]:
    hints = get_type_hints(struct)
    return {field.name: hints[field.name] for field in msgspec.structs.fields(struct)}


def _type(hint: Any) -> pa.DataType:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if _is_figure(hint):
        return pa.struct([("low", pa.float64()), ("high", pa.float64())])
    arguments = [argument for argument in get_args(hint) if argument is not type(None)]
    origin = get_origin(hint)
    if origin is Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(_type(arguments[0]))
    if origin in (Union, types.UnionType) and len(arguments) == 1:
        return _type(arguments[0])
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return pa.struct([(name, _type(inner)) for name, inner in _hints(hint).items()])
    raise TypeError(f"no Arrow type for {hint}")


def _is_figure(hint: Any) -> bool:
    return bool(set(get_args(Value)) <= set(get_args(hint)))


@cache
def _figures(kind: Any) -> frozenset[str]:
    """Names of the fields that hold a number or a range."""
    return frozenset(name for struct in _structs(kind) for name, hint in _hints(struct).items() if _is_figure(hint))


def _spread(row: dict[str, Any], figures: frozenset[str]) -> dict[str, Any]:
    for name in figures & row.keys():
        if isinstance(row[name], int | float):
            row[name] = {"low": row[name], "high": row[name]}
    return row


def _gather(row: dict[str, Any], figures: frozenset[str]) -> dict[str, Any]:
    for name in figures & row.keys():
        if (value := row[name]) is not None:
            row[name] = _number(value["low"]) if value["low"] == value["high"] else Interval(**value)
    return row


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _present(value: Any) -> Any:
    """Without nulls, so that records take their own defaults."""
    if isinstance(value, dict):
        return {name: _present(inner) for name, inner in value.items() if inner is not None}
    return [_present(inner) for inner in value] if isinstance(value, list) else value
