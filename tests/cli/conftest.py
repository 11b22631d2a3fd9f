"""A ledger to ask, and the command line as a function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from amity.cli.main import run
from amity.ledger import Ledger
from tests.ledger import samples


class Said(NamedTuple):
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str


Amity = Callable[..., Said]


@pytest.fixture
def amity(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Amity:
    """Run a command in this process."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("AMITY_LEDGER", raising=False)

    def call(*arguments: object) -> Said:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        return Said(status, *capfd.readouterr())

    return call


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with one article, a claim of every kind, and an incident whose sources disagree."""
    path = tmp_path_factory.mktemp("ledger") / "ledger.db"
    with Ledger.open(str(path), "write") as ledger, ledger.writing("test", "coder") as writer:
        writer.add(samples.ARTICLE, samples.CLAIMS)
        writer.replace_incidents([samples.INCIDENT])
    return path
