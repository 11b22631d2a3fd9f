"""Ledgers for the tests, and a clock that can be set."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amity.ledger import Ledger
from tests.ledger import samples


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.db")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new ledger to copy, which is quicker than making one for each test."""
    path = tmp_path_factory.mktemp("ledger") / "template.db"
    Ledger.open(str(path), "write").close()
    return path


@pytest.fixture
def empty(path: str, template: Path) -> Ledger:
    shutil.copy(template, path)
    return Ledger.open(path, "write")


@pytest.fixture
def ledger(empty: Ledger) -> Ledger:
    """A ledger that holds one article with a claim of every kind, and an incident."""
    with empty.writing("test", "coder 1") as writer:
        writer.add(samples.ARTICLE, samples.CLAIMS)
        writer.replace_incidents([samples.INCIDENT])
    return empty


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the day on which the ledger writes."""

    def set_to(day: str) -> None:
        monkeypatch.setattr("amity.ledger.writer.now", lambda: f"{day}T12:00:00.000000Z")

    return set_to
