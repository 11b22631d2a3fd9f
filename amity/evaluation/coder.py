"""amity as it is judged: one language pipeline and one codebook, over as many texts as a task has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from amity.errors import InputError
from amity.records import Article, Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from amity.coding.reading import Reading

Without = Literal["frames", "reader"]


class Coder:
    """Codes texts one after the other, also `without` its `frames` or its `reader` of events.

    Raises `ModelError`, `CodebookError` and `InputError` when it is made.
    """

    def __init__(self, model: Path | str | None = None, without: Without | None = None) -> None:
        import amity.annotate
        import amity.codebook
        from amity.codebook.frames import Frames

        if without not in (None, "frames", "reader"):
            raise InputError("--without", f"'{without}' is neither frames nor reader")
        self.nlp = amity.annotate.load(model, events=without != "reader")
        self.book = amity.codebook.load()
        if without == "frames":
            self.book = replace(self.book, frames=Frames((), self.book.frames.words))

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parses, in order."""
        from amity.annotate import annotate

        return annotate(self.nlp, texts)

    def claims(self, articles: Iterable[Article]) -> Iterator[tuple[Doc, list[Claim]]]:
        """The parse and the claims of each article, in order."""
        from amity.coding import code

        for article in articles:
            doc = next(self.docs([article.text]))
            yield doc, code(article, doc, self.book)

    def sentences(self, texts: Iterable[str]) -> Iterator[list[Claim]]:
        """The claims of plain texts without a date."""
        articles = (Article(id=str(number), text=text, source="sentence") for number, text in enumerate(texts))
        return (claims for _, claims in self.claims(articles))

    def reading(self, article: Article, doc: Doc) -> Reading:
        """What the extractors of claims see."""
        from amity.coding.reading import read

        return read(article, doc, self.book)
