"""What every claim has in common."""

from __future__ import annotations

import pytest

from amity.coding.events import events
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
