"""What the tests of coding share: the language model, the codebook, and short texts made ready."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from amity import annotate, codebook
from amity.codebook import Codebook
from amity.coding.reading import Reading, read
from amity.records import Article

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The syntax reader that amity ships; events are the frames' here, so that each can be tested by itself."""
    return annotate.load(events=False)


@pytest.fixture(scope="session")
def book() -> Codebook:
    """The codebook that amity ships."""
    return codebook.load()


@pytest.fixture(scope="session")
def reader(nlp: Language, book: Codebook) -> Read:
    """Parses a text and resolves actors, voices, dates and places: `reader(text, published="2016-05-18")`."""

    def make(text: str, published: str | None = None) -> Reading:
        article = Article(id="test", text=text, source="test", published=published)
        return read(article, parsed(nlp, text), book)

    return make


def parsed(nlp: Language, text: str) -> Doc:
    """The text as the language model reads it."""
    return next(iter(annotate.annotate(nlp, [text])))


def word(doc: Doc, text: str, nth: int = 0) -> Token:
    """The nth token of that form, so that tests can point at words."""
    return [token for token in doc if token.text == text][nth]
