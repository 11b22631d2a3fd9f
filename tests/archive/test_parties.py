"""Suppliers and recipients without a code, in tables of arms."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from amity.archive import Archive
from amity.records.events import TABLES


def test_parties_without_a_code_are_counted_and_listed(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "world.archive")
    named = [
        ("ISR", "Israel", None, "Rebels*"),
        (None, "unknown supplier(s)", None, "Rebels*"),
        ("ISR", "Israel", "AZE", "A"),
    ]
    rows = [
        {"supplier": one, "supplier_name": called, "recipient": other, "recipient_name": name, "year": 2012, "tiv": 1.0}
        for one, called, other, name in named
    ]
    with archive.adding("tables", "deliveries", "test", "digest") as intake:
        intake.write(pa.Table.from_pylist(rows, schema=TABLES["deliveries"]))
    assert [(one.rows, one.unresolved) for one in archive.holdings()] == [(3, 2)]
    listed = [
        {"dataset": "deliveries", "name": "Rebels*", "rows": 2},
        {"dataset": "deliveries", "name": "unknown supplier(s)", "rows": 1},
    ]
    assert archive.unresolved().to_pylist() == archive.unresolved(["deliveries"]).to_pylist() == listed
    assert archive.unresolved(["orders"]).num_rows == 0


def test_tables_without_suppliers_have_nobody_to_list(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "world.archive")
    with archive.adding("tables", "votes", "test", "digest") as intake:
        intake.write(pa.Table.from_pylist([{"state": "AZE", "year": 2012}], schema=TABLES["votes"]))
    assert archive.unresolved().num_rows == 0 and archive.holdings()[0].unresolved == 0
