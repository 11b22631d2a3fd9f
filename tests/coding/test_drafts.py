"""What every claim has in common."""

from __future__ import annotations

import pytest

from amity.coding.events import events
from amity.records import Article, Span
from tests.coding.conftest import Read


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("DOHA, 4 May 2015 (Gulf Wire) – Qatar threatened Iran on Monday.", "Qatar threatened Iran on Monday"),
        ("Oslo, 4 May 2015 (Nordic Wire) — Russia threatened Norway.", "Russia threatened Norway"),
        ("He said that Qatar had threatened Iran.", "Qatar had threatened Iran"),
    ],
)
def test_quote_is_the_clause(reader: Read, text: str, quote: str) -> None:
    reading = reader(text)
    (claim,) = (one for one in events(reading) if one.type == "THREATEN")
    assert claim.quote == quote == text[claim.start : claim.end]


def test_quote_begins_after_the_byline(reader: Read) -> None:
    text = "By Jane Roe\nDOHA, 4 May 2015 (Gulf Wire) – Qatar threatened Iran on Monday."
    reading = reader(text)
    reading.article = Article(id="test", text=text, source="test", furniture=(Span(0, 11),))
    (claim,) = (one for one in events(reading) if one.type == "THREATEN")
    assert claim.quote == "Qatar threatened Iran on Monday"
