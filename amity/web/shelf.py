"""What the server answers from: a ledger and its pages, the index kept until the ledger changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import msgspec

from amity.archive import Archive, archive_of
from amity.codebook import Codebook
from amity.errors import AmityError
from amity.ledger import Ledger
from amity.pipeline.world import World
from amity.records import Article
from amity.report.pages import About, ClaimPage, Index, Pages, article_page
from amity.version import __version__
from amity.web.answers import Packed
from amity.web.columns import columns


class ClaimsPage(msgspec.Struct, frozen=True):
    """Some of the claims that fit, and how many there are."""

    rows: list[ClaimPage]
    total: int


class Shelf:
    """A ledger as pages. Safe to ask from several threads."""

    def __init__(self, ledger: Ledger, codebook: Codebook) -> None:
        self.ledger = ledger
        self.codebook = codebook
        self.pages = Pages(codebook)
        self._kept: tuple[str, Index] | None = None
        self._world: tuple[str, World] | None = None
        self._lock = Lock()
        self._packed: tuple[str, Packed] | None = None
        self._packing = Lock()

    def index(self) -> Index:
        """Everything but claims and texts; made anew when the ledger has changed."""
        version = self.ledger.version()
        with self._lock:
            if self._kept is None or self._kept[0] != version:
                self._kept = version, self.pages.index(self.about(), self.ledger.incidents(), self._articles())
            return self._kept[1]

    def columns(self, wait: bool = False) -> Packed:
        """The index in columns, packed. When the ledger has changed, what was packed before goes out once more while it
        is packed anew: a reader sees at once what was there seconds ago. `wait` for it to be of now."""
        packed = self._packed
        if packed is not None and packed[0] == self.ledger.version():
            return packed[1]
        if packed is None or wait:
            return self._pack()
        if not self._packing.locked():
            Thread(target=self.warm, daemon=True).start()
        return packed[1]

    def _pack(self) -> Packed:
        with self._packing:
            version = self.ledger.version()
            if self._packed is None or self._packed[0] != version:
                names = {one.id: named for one in self.codebook.states if (named := self.pages.named(one.id))}
                made = columns(self.about(), names, self.ledger.outline(), self.codebook)
                self._packed = version, Packed.of(made)
            return self._packed[1]

    def warm(self) -> None:
        """Have the index ready before the first page asks for it."""
        with suppress(AmityError):  # whoever asks is told
            self._pack()

    def about(self) -> About:
        """What the ledger is."""
        counts = self.ledger.counts()
        return About(
            title=Path(self.ledger.where).stem or "amity",
            version=__version__,
            made=datetime.now(UTC).date().isoformat(),
            claims=counts["claims"],
            unread=counts["unread"],
            failures=counts["failures"],
        )

    def claims(self, offset: int, limit: int, **asked: Any) -> ClaimsPage:
        """Claims that fit, a page of them."""
        answer = self.ledger.claims(**asked)
        rows = [self.pages.claim(claim) for claim in answer.part(offset, limit)]
        return ClaimsPage(rows, len(answer))

    def facets(self, **asked: Any) -> dict[str, list[tuple[str, int]]]:
        """How many of the claims that fit are of which kind, type, status, layer, and of whom they tell."""
        return self.ledger.facets(**asked)

    def claim(self, id: str) -> ClaimPage:
        """One claim."""
        return self.pages.claim(self.ledger.claim(id))

    def incident(self, id: str) -> dict[str, Any]:
        """One incident with its claims and contradictions."""
        one = self.ledger.incident(id)
        told = [self.pages.claim(self.ledger.claim(claim)) for claim in one.claims]
        published = {id: self.ledger.article(id).published for id in one.articles}
        page = msgspec.structs.asdict(self.pages.incident(one, published))
        return {**page, "contradictions": one.contradictions, "told": told}

    def article(self, id: str) -> dict[str, Any]:
        """One article with its text and claims."""
        article = self.ledger.article(id)
        told = [self.pages.claim(claim) for claim in self.ledger.claims(article=article.id)]
        return {**msgspec.structs.asdict(article_page(article)), "text": article.text, "told": told}

    def world(self) -> World:
        """The ledger's incidents and the data sets of its archive; made anew when the ledger has changed."""
        version = self.ledger.version()
        if self._world is None or self._world[0] != version:
            self._world = version, World(Archive(archive_of(self.ledger.where)), self.ledger, self.codebook)
        return self._world[1]

    def _articles(self) -> Iterator[Article]:
        yield from self.ledger.articles()
