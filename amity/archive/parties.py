"""Suppliers and recipients in tables of arms that stand for nobody we know."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

TABLES = ("orders", "deliveries")
"""Tables that name who supplies whom."""

SIDES = ("supplier", "recipient")


def unnamed(rows: pa.Table) -> int:
    """How many rows have a party without a code."""
    return int(pc.sum(pc.or_(*(pc.is_null(rows[side]) for side in SIDES))).as_py() or 0)


def nobody(table: str, rows: pa.Table) -> pa.Table:
    """Names of parties without a code: data set, name, rows, the commonest first."""
    names = [rows[f"{side}_name"].filter(pc.is_null(rows[side])) for side in SIDES]
    counted = pc.value_counts(pa.chunked_array([chunk for one in names for chunk in one.chunks], pa.string()))
    found = pa.table({"name": counted.field("values"), "rows": counted.field("counts")})
    found = found.sort_by([("rows", "descending"), ("name", "ascending")])
    return found.add_column(0, "dataset", pa.array([table] * found.num_rows, pa.string()))
