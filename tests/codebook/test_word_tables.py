"""The tables of words for speech, status, structure and judgement: ours, the user's on top, and what bad ones get."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amity.codebook.factuality import load_factuality
from amity.codebook.judgements import load_judgements
from amity.codebook.speech import load_speech
from amity.codebook.structures import load_structures
from amity.errors import CodebookError

TABLES = [
    ("reporting.yaml", load_speech),
    ("status.yaml", load_factuality),
    ("structures.yaml", load_structures),
    ("assessments.yaml", load_judgements),
]


def test_a_verb_may_do_several_things_to_its_content() -> None:
    assert load_speech().verbs["warn"] == ("states", "shows", "commits")
    assert load_speech().verbs["deny"] == ("denies",)


def test_words_that_yaml_takes_for_truth_values_stay_words() -> None:
    assert "no" in load_factuality().negations
    assert "true" in load_judgements().adjectives


def test_every_word_of_structure_belongs_to_a_predicate() -> None:
    book = load_structures()
    assert set(book.by_noun.values()) <= set(book.predicates)
    assert all(names for names in book.by_verb.values())
    assert all(predicate.gloss for predicate in book.predicates.values())


def test_the_users_words_are_added_to_ours(tmp_path: Path) -> None:
    (tmp_path / "reporting.yaml").write_text("verbs:\n  alleges: [moot]\n", encoding="utf-8")
    speech = load_speech(tmp_path)
    assert speech.verbs["moot"] == ("alleges",)
    assert "say" in speech.verbs and "moot" in speech.words


@pytest.mark.parametrize(("name", "load"), TABLES)
def test_a_broken_table_is_named(tmp_path: Path, name: str, load: Callable[[Path], object]) -> None:
    (tmp_path / name).write_text("verbs: [[[", encoding="utf-8")
    with pytest.raises(CodebookError, match=name):
        load(tmp_path)


@pytest.mark.parametrize(("name", "load"), TABLES)
def test_a_table_of_another_shape_is_named(tmp_path: Path, name: str, load: Callable[[Path], object]) -> None:
    key = {"reporting.yaml": "verbs", "status.yaml": "verbs", "structures.yaml": "predicates"}.get(name, "adjectives")
    (tmp_path / name).write_text(f"{key}: 7\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=name):
        load(tmp_path)
