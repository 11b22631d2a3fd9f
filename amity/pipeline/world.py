"""The world as amity knows it: the incidents of a ledger and the data sets of its archive, asked as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from amity.archive import Archive, archive_of
from amity.archive.questions import Extent, Question
from amity.codebook import Codebook
from amity.errors import InputError
from amity.incidents.rows import DATASET, rows
from amity.ledger import Ledger
from amity.records import Claim, Event
from amity.records.panel import Panel

AGAINST = frozenset({"REB", "CRM", "UAF"})
"""Sectors whose deeds are not their state's."""


class World:
    """What the verbs on structure read. `ledger` is null when there are only imported data."""

    def __init__(self, archive: Archive, ledger: Ledger | None, codebook: Codebook) -> None:
        self.archive = archive
        self.ledger = ledger
        self.codebook = codebook

    @classmethod
    def open(cls, ledger: str, codebook: Path | None = None) -> World:
        """The ledger at a path or URL, where there is one, and its archive.

        Raises:
            LedgerError: when the ledger cannot be read.
        """
        from amity import codebook as codebooks

        there = "://" in ledger or Path(ledger).exists()
        book = codebooks.load(codebook)
        return cls(Archive(archive_of(ledger)), Ledger.open(ledger) if there else None, book)

    def panel(self, **asked: Any) -> Panel:
        """Events between states, counted. `asked` are fields of `Question`; parties are states unless told otherwise.

        Raises:
            InputError: when nothing fits, with what to do about it.
        """
        question = self.question(**asked)
        return self.archive.panel(question, self._own(question))

    def extent(self, **asked: Any) -> Extent:
        """From when to when there are events that fit, and whether some were known late.

        Raises:
            InputError: when nothing fits.
        """
        question = self.question(**asked)
        return self.archive.extent(question, self._own(question))

    def evidence(self, dyads: Sequence[tuple[str, str]], **asked: Any) -> pa.Table:
        """The rows of event data under the cells of some dyads: table of `EVENTS` by day."""
        question = self.question(**asked)
        return self.archive.events(question, dyads, self._own(question))

    def question(self, **asked: Any) -> Question:
        """The fields of `Question`, with the defaults of the world: states, and those who act for them.

        Raises:
            InputError: for a data set that is not held.
        """
        states = tuple(state.id for state in self.codebook.states)
        acting = tuple(sector for sector in self.codebook.plover.sectors if sector not in AGAINST)
        question = Question(**{"parties": states, "sectors": acting} | asked)
        held = (*self.archive.datasets(), *((DATASET,) if self.ledger else ()))
        for name in question.datasets or ():
            if name not in held:
                raise InputError(
                    name, f"is no data set that is held ({', '.join(held) or 'none'}); amity import brings in others"
                )
        return question

    def table(self, name: str) -> pa.Table | None:
        """One of `amity.records.events.TABLES`; null when it was not imported."""
        return self.archive.table(name)

    def transfers(self, known: date | None = None) -> list[Claim]:
        """Claims of arms transfers in the ledger."""
        if self.ledger is None:
            return []
        return list(self.ledger.claims(kind="transfer", **({"as_of": known.isoformat()} if known else {})))

    def _own(self, asked: Question) -> pa.Table | None:
        """The ledger's incidents, unless other data sets were asked for; as the ledger stood when that was asked."""
        if self.ledger is None or (asked.datasets is not None and DATASET not in asked.datasets):
            return None
        return self._incidents

    @cached_property
    def _incidents(self) -> pa.Table:
        assert self.ledger is not None
        claims = {claim.id: claim for claim in self.ledger.claims(kind="event") if isinstance(claim, Event)}
        incidents = self.ledger.incidents(kind="event")
        return rows(incidents, claims, self.ledger.published(), self.codebook.plover)
