"""Where states lie, and which are powers."""

from __future__ import annotations

from datetime import date

from amity import codebook
from amity.codebook.regions import powers


def test_every_state_lies_somewhere() -> None:
    book = codebook.load()
    assert {state.id for state in book.states if state.kind == "state"} <= set(book.regions)
    assert book.regions["AZE"].subregion == "Western Asia" and book.regions["AZE"].region == "Asia"
    assert len({place.region for place in book.regions.values()}) == 5


def test_powers_have_their_time() -> None:
    known = codebook.load().powers
    assert powers(known, date(1985, 1, 1)) | {"SUN": "superpower"} == powers(known, date(1985, 1, 1))
    now = powers(known, date(2014, 1, 1))
    assert [state for state, level in now.items() if level == "superpower"] == ["USA"]
    assert {"RUS", "CHN"} <= set(now) and "SUN" not in now
