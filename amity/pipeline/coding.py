"""The coding stage: articles in, their claims out, batch by batch, on whatever engine."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from amity.records import Article, Claim
from amity.version import __version__

if TYPE_CHECKING:
    import pyarrow

log = logging.getLogger(__name__)

BATCH_ARTICLES = 16
BATCH_CHARACTERS = 60_000
"""A batch is full when it holds this much: enough to make handing it over cheap, little enough to share out evenly."""


class Coded(msgspec.Struct, frozen=True):
    """The claims of one article, or why it could not be coded."""

    claims: tuple[Claim, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """A stage for the engines: a language pipeline and a codebook, loaded once for each process."""

    model: str | None = None
    codebook: Path | None = None

    def load(self) -> Callable[[Sequence[Article]], list[Coded]]:
        """Raises `ModelError` and `CodebookError`."""
        from amity import annotate, codebook
        from amity.coding import code

        nlp = annotate.load(self.model)
        book = codebook.load(self.codebook)

        def one(article: Article) -> Coded:
            try:
                doc = next(annotate.annotate(nlp, [article.text]))
                return Coded(tuple(code(article, doc, book)))
            except Exception as error:  # a bug that one text brings to light must not cost the others
                log.debug("%s", article.source, exc_info=True)
                return Coded(failure=f"cannot be coded ({type(error).__name__}: {str(error).splitlines()[:1]})")

        return lambda batch: [one(article) for article in batch]

    def seconds(self, batch: Sequence[Article]) -> float:
        """Far more than any batch needs on a slow machine."""
        return 60.0 + sum(len(article.text) for article in batch) / 200

    def identity(self) -> str:
        """Who codes: version, model and codebook. The same identity gives the same claims."""
        parts = [f"amity {__version__}"]
        if self.model:
            parts.append(f"model {Path(self.model).name} {_digest(Path(self.model))}")
        if self.codebook:
            parts.append(f"codebook {self.codebook.name} {_digest(self.codebook)}")
        return ", ".join(parts)

    def arrow(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        """The same stage on Arrow batches, articles in, claims out, as Spark's `mapInArrow` wants it."""
        from amity.records import arrow

        work = self.load()
        for batch in batches:
            coded = work(list(arrow.records(batch, Article)))
            yield arrow.batch((claim for one in coded for claim in one.claims), Claim)


def batched(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles in batches of bounded size, in order."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if len(batch) == BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _digest(path: Path) -> str:
    """A short digest of a file, or of all files in a folder; of the name alone when there is nothing of that name."""
    digest = hashlib.sha256(str(path.name).encode())
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    for file in files:
        if file.is_file():
            digest.update(file.name.encode("utf-8", "surrogateescape"))
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:8]
