"""The naive coder, on parses written by hand in both sets of labels."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import amity.codebook
from amity.evaluation import naive
from amity.records import PLOVER_TYPES, Event

BOOK = amity.codebook.load()


def events(words: str, heads: list[int], labels: str, tags: str) -> list[Event]:
    """Events of a sentence; its verbs stand in the base form."""
    written = words.split()
    doc = Doc(
        spacy.blank("en").vocab,
        words=written,
        heads=heads,
        deps=labels.split(),
        pos=tags.split(),
        lemmas=[word.lower() for word in written],
    )
    return naive.code(doc, BOOK)


@pytest.mark.parametrize(
    ("words", "heads", "labels", "tags"),
    [
        ("Kenya attack Uganda", [1, 1, 1], "nsubj ROOT obj", "PROPN VERB PROPN"),
        ("Kenya clash with Uganda", [1, 1, 3, 1], "nsubj ROOT case obl", "PROPN VERB ADP PROPN"),
        ("Kenya clash with Uganda", [1, 1, 1, 2], "nsubj ROOT prep pobj", "PROPN VERB ADP PROPN"),
    ],
)
def test_subject_and_object_in_both_sets_of_labels(words: str, heads: list[int], labels: str, tags: str) -> None:
    (event,) = events(words, heads, labels, tags)
    assert event.type == "ASSAULT"
    assert [actor.country for actor in (*event.actors, *event.recipients)] == ["KEN", "UGA"]


def test_passives_turn_round() -> None:
    (event,) = events("Kenya attack by Uganda", [1, 1, 3, 1], "nsubj:pass ROOT case obl:agent", "PROPN VERB ADP PROPN")
    assert [actor.country for actor in (*event.actors, *event.recipients)] == ["UGA", "KEN"]


def test_without_a_country_or_a_listed_verb_there_is_nothing() -> None:
    assert events("bees attack wasps", [1, 1, 1], "nsubj ROOT obj", "NOUN VERB NOUN") == []
    assert events("Kenya resemble Uganda", [1, 1, 1], "nsubj ROOT obj", "PROPN VERB PROPN") == []


def test_every_listed_verb_has_one_type() -> None:
    assert len(naive.verbs()) > 200 and set(naive.verbs().values()) == set(PLOVER_TYPES)
