"""What the event reader's words come to for a given pair."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from amity.annotate.events import KEY, Happening
from amity.evaluation import reader

NORLAND, SUDLAND = (0, 7), (16, 23)


def doc(*happenings: Happening) -> Doc:
    read = Doc(spacy.blank("en").vocab, words="Norland scolded Sudland".split())
    read.user_data[KEY] = {happening.token: happening for happening in happenings}
    return read


SCOLDED = Happening(1, {"ACCUSE": 0.8, "THREATEN": 0.2}, {"occurred": 1.0}, {"certain": 1.0}, {0: 0.9}, {2: 0.5})


def test_types_are_a_distribution() -> None:
    types = reader.types(doc(SCOLDED), NORLAND, SUDLAND)
    assert sum(types.values()) == pytest.approx(1) and types["ACCUSE"] == pytest.approx(0.8)


def test_words_with_the_pair_weigh_more() -> None:
    other = Happening(2, {"AID": 1.0}, {}, {}, {1: 0.9}, {})
    types = reader.types(doc(SCOLDED, other), NORLAND, SUDLAND)
    assert types["ACCUSE"] > types["AID"] > 0


def test_directions_differ() -> None:
    assert reader.directed(doc(SCOLDED), NORLAND, SUDLAND)["ACCUSE"] == pytest.approx(0.8 * 0.9 * 0.5)
    assert not any(reader.directed(doc(SCOLDED), SUDLAND, NORLAND).values())


def test_without_a_reader_there_is_no_guess() -> None:
    silent = Doc(spacy.blank("en").vocab, words="Norland scolded Sudland".split())
    assert reader.types(silent, NORLAND, SUDLAND) == {} == reader.directed(silent, NORLAND, None)
