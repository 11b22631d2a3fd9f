"""A coder that needs no language model: one event for each `A attacked B` with alpha-3 codes."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from amity.pipeline.coding import Coded
from amity.records import Actor, Article, Event, identified

ATTACK = re.compile(r"\b([A-Z]{3}) attacked ([A-Z]{3})\b")


@dataclass(frozen=True)
class FakeCoding:
    """Stands in for `amity.pipeline.coding.Coding`. Texts may tell it to fail, to die or to take its time."""

    model: str | None = None
    codebook: Path | None = None

    def load(self) -> Callable[[Sequence[Article]], list[Coded]]:
        return lambda batch: [self.code(article) for article in batch]

    def code(self, article: Article) -> Coded:
        if "UNCODABLE" in article.text:
            return Coded(failure="cannot be coded (ValueError: UNCODABLE)")
        if "DEADLY" in article.text:
            os._exit(9)
        if "SLOW" in article.text:
            time.sleep(0.02)
        return Coded(tuple(identified(_event(article, found)) for found in ATTACK.finditer(article.text)))

    def seconds(self, batch: Sequence[Article]) -> float:
        return 30.0

    def identity(self) -> str:
        return f"fake {self.model or 1}"


def _event(article: Article, found: re.Match[str]) -> Event:
    sides = [
        Actor(text=found[side], country=found[side], start=found.start(side), end=found.end(side)) for side in (1, 2)
    ]
    return Event(
        article=article.id,
        source=article.source,
        quote=found[0],
        start=found.start(),
        end=found.end(),
        trigger="attacked",
        trigger_start=found.start() + 4,
        type="ASSAULT",
        actors=(sides[0],),
        recipients=(sides[1],),
        date=(article.published or "")[:10] or None,
    )


if __name__ == "__main__":  # `python -m tests.pipeline.faking FOLDER LEDGER`: a run that tests can kill
    import amity.pipeline.running
    from amity import pipeline
    from amity.ledger import Ledger

    amity.pipeline.running.Coding = FakeCoding  # type: ignore[misc, assignment]
    with Ledger.open(sys.argv[2], "write") as opened:
        pipeline.read([sys.argv[1]], opened, pipeline.Options(jobs=1))
