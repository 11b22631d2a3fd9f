"""Formats read from files in a few words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from amity import codebook
from amity.records.events import EVENTS
from amity.sources.datasets import FORMATS, Desk, Source

Take = Callable[..., tuple[list[dict[str, Any]], Desk]]


@pytest.fixture(scope="session")
def book() -> codebook.Codebook:
    return codebook.load()


@pytest.fixture
def take(book: codebook.Codebook) -> Take:
    """The rows that a format makes of a file, and the desk that counted what was left out."""

    def taken(
        form: str, path: Path, first: date | None = None, name: str | None = None
    ) -> tuple[list[dict[str, Any]], Desk]:
        desk = Desk(book=book, first=first, name=name)
        delivery = FORMATS[form].read(Source(path), desk)
        tables = list(delivery.rows)
        assert all(table.schema == EVENTS for table in tables)
        rows = pa.concat_tables(tables).to_pylist() if tables else []
        assert all(row["dataset"] == delivery.name for row in rows)
        return rows, desk

    return taken
