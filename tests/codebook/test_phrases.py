"""Finding phrases in text: words, capitals, ambiguities, neighbours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.codebook import Codebook
from amity.codebook.phrases import Ambiguity, Entry, Phrases, Reading
from amity.codebook.words import fold, key, words


def found(book: Codebook, text: str, on: date | None = None) -> list[tuple[str, str]]:
    return [(text[match.start : match.end], match.entries[0].id) for match in book.find(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.", ("us",)),
        ("US", ("us",)),
        ("Əliyev", ("eliyev",)),
        ("Erdoğan", ("erdogan",)),
        ("al-Shabaab", ("al", "shabaab")),
        ("F-16", ("f", "16")),
        ("F16", ("f", "16")),
        ("N'Djamena", ("n", "djamena")),
        ("OPEC+", ("opec+",)),
        ("", ()),
    ],
)
def test_key(text: str, expected: tuple[str, ...]) -> None:
    assert key(text) == expected


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        if word.key:
            assert word.text == text[word.start : word.end].replace(".", "")


@given(st.text(alphabet="ÀÉÎõüşğıİəłßÆ aZ"))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. and the UK met.", [("U.S.", "USA"), ("UK", "GBR")]),
        ("Tell us about us.", []),
        ("JOIN US NOW", []),
        ("He broke the china in Turkey.", [("Turkey", "TUR")]),
        ("The Russo – Georgian war", [("Russo", "RUS"), ("Georgian", "GEO")]),
        ("Russo was there.", []),
        ("post-Soviet states", []),
        ("the Indian Ocean", [("Indian Ocean", "Indian Ocean")]),
        ("South America and Latin American states", []),
        ("They flew to Paris, Texas.", [("Texas", "Texas")]),
        ("The Patriot Act passed.", []),
        ("The Washington Post reported", [("The Washington Post", "Washington Post")]),
        ("Michael Jordan played for Chicago.", []),
        ("South Ossetia, not North Korea", [("South Ossetia", "XSO"), ("North Korea", "PRK")]),
        ("Iran. Israel", [("Iran", "IRN"), ("Israel", "ISR")]),
        ("Azerbaijan’s army", [("Azerbaijan", "AZE")]),
        ("IRAN AND ISRAEL", [("IRAN", "IRN"), ("ISRAEL", "ISR")]),
        ("ISIS terror; the West is preoccupied", [("ISIS", "ISIS"), ("West", "the West")]),
        ("a cold west wind, the West Bank", [("West Bank", "West Bank")]),
        ("United\n\nStates", []),
    ],
)
def test_find(book: Codebook, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(book, text) == expected


def test_the_day_of_the_text_decides(book: Codebook) -> None:
    assert found(book, "Bush spoke.", date(1991, 2, 1)) == [("Bush", "usa-george-h-w-bush")]
    assert found(book, "Bush spoke.", date(2003, 4, 1)) == [("Bush", "usa-george-w-bush")]
    assert found(book, "Serbia was bombed.", date(1999, 4, 1)) == [("Serbia", "YUG")]


def test_the_whole_text_is_context(book: Codebook) -> None:
    assert found(book, "Congo accused Rwanda over M23 in Goma.")[0] == ("Congo", "COD")
    assert ("Congo", "COD") not in found(book, "Congo protested.")


@given(st.text(max_size=300))
def test_find_never_fails_and_never_overlaps(text: str) -> None:
    last = 0
    for match in _SMALL.find(text):
        assert last <= match.start < match.end <= len(text)
        last = match.end


_SMALL = Phrases(
    [
        Entry(phrase="United States", kind="state", role="name", id="USA", name="United States", country="USA"),
        Entry(phrase="US", kind="state", role="abbreviation", id="USA", name="United States", country="USA"),
        Entry(phrase="a b", kind="place", role="name", id="X", name="X", cased=False),
        Entry(phrase="a", kind="place", role="name", id="Y", name="Y", cased=False),
    ],
    {
        "a": Ambiguity(not_before=("c",), readings=(Reading(stands_for=None, near=("zebra",)),), default="Y"),
        "a b c": Ambiguity(),
    },
)


def test_rules_of_an_ambiguity() -> None:
    def ids(text: str) -> list[str]:
        return [match.entries[0].id for match in _SMALL.find(text)]

    assert ids("a") == ["Y"]
    assert ids("a b") == ["X"]
    assert ids("a c") == []
    assert ids("a and a zebra") == []
    assert ids("A b c") == []  # a phrase that no table has hides what it contains
