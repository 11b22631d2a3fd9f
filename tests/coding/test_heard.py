"""Transfers and relations that only the event reader hears; what it hears is made up here."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from spacy.language import Language

from amity.codebook import Codebook
from amity.coding.reading import Reading, read
from amity.coding.relations import relations
from amity.coding.transfers import transfers
from amity.records import Article
from amity.records.happening import KEY, Happening
from tests.coding.conftest import parsed


def reading(nlp: Language, book: Codebook, text: str, word: str, types: Mapping[str, float], a: str, b: str) -> Reading:
    """A text of which the reader hears one word, with who acts and who is acted upon."""
    doc = parsed(nlp, text)
    place = {token.text: token.i for token in doc}
    heard = Happening(place[word], types, {}, {}, {place[a]: 0.9}, {place[b]: 0.9})
    doc.user_data[KEY] = {place[word]: heard}
    return read(Article(id="test", text=text, source="test"), doc, book)


@pytest.mark.parametrize(("chance", "found"), [(0.8, [("KEN", "SOM", "mortars")]), (0.2, [])])
def test_a_transfer_that_no_rule_knows(nlp: Language, book: Codebook, chance: float, found: list[object]) -> None:
    text = "Kenya slipped Somalia some mortars by night."
    seen = reading(nlp, book, text, "slipped", {"TRANSFER": chance}, "Kenya", "Somalia")
    assert [(one.supplier, one.recipient, one.system) for one in transfers(seen)] == found


def test_a_transfer_has_two_known_sides(nlp: Language, book: Codebook) -> None:
    seen = reading(nlp, book, "Kenya slipped them mortars.", "slipped", {"TRANSFER": 0.9}, "Kenya", "mortars")
    assert list(transfers(seen)) == []


def test_a_relation_that_no_rule_joins(nlp: Language, book: Codebook) -> None:
    text = "In Kenya the word Somalia is said with distrust."
    seen = reading(nlp, book, text, "distrust", {"RELATION": 0.7}, "Kenya", "Somalia")
    assert [({one.a, one.b}, one.valence) for one in relations(seen)] == [({"KEN", "SOM"}, "enmity")]


def test_a_relation_of_no_known_colour_is_left_out(nlp: Language, book: Codebook) -> None:
    seen = reading(nlp, book, "Kenya watches Somalia.", "watches", {"RELATION": 0.9}, "Kenya", "Somalia")
    assert list(relations(seen)) == []
