"""The view for analysis: plainer, and every character in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amity.ingest import normalise


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text())
def test_once_is_enough(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_stays_as_it_is(text: str) -> None:
    assert normalise(text) == text.replace("`", "'") or normalise(text) == text


def test_typography_becomes_plain() -> None:
    assert normalise("“Why‘s ‹x›”\u00a0«y»…") == '"Why\'s \'x\'" "y"…'
    assert normalise("4,000‒5,000 – no — yes ― well‑known −3") == "4,000–5,000 – no — yes — well-known –3"
    assert normalise("２０１６\u2009km\u3000ａ") == "2016 km a"


def test_invisible_characters_do_not_split_words() -> None:
    assert normalise("\u202eBaku\u202c said\u200b.") == " Baku  said ."
    assert normalise("Azer\u200bbaijan") == "Azer\u00adbaijan"
