from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from training import corpora
from training.card import card
from training.evaluate import Tally, of_doc, of_gold
from training.lemmas import irregular_verbs, learn

GOLD = [
    corpora.Sentence(
        ["Iran", "won't", "sell"], [False, True, True], True, True, ["PROPN", "AUX", "VERB"], ["Number=Sing", "", ""],
        ["Iran", "will", "sell"], [3, 3, 0], ["nsubj", "aux", "root"],
    )
]  # fmt: skip


def reading(words: list[str], heads: list[int], labels: list[str]) -> Doc:
    return Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=labels, pos=["X"] * len(words))


def test_words_are_aligned_by_their_characters() -> None:
    gold = of_gold(GOLD)
    found = of_doc(reading(["Iran", "wo", "n't", "sell"], [3, 3, 3, 3], ["nsubj", "aux", "advmod", "ROOT"]))
    tally = Tally()
    tally.add("words", [word.span for word in gold.words], [word.span for word in found.words])
    assert tally.f1("words") == pytest.approx(200 * 2 / 7)
    tally.add("LAS", [(w.span, w.head, w.label) for w in gold.words], [(w.span, w.head, w.label) for w in found.words])
    assert tally.f1("LAS") == pytest.approx(200 * 2 / 7)


def test_a_perfect_reading_is_perfect() -> None:
    gold = of_gold(GOLD)
    found = of_doc(reading(["Iran", "won't", "sell"], [2, 2, 2], ["nsubj", "aux", "ROOT"]))
    assert [(w.span, w.head, w.label) for w in gold.words] == [(w.span, w.head, w.label) for w in found.words]
    assert gold.sentences == found.sentences


def test_lemma_table_holds_what_the_endings_miss() -> None:
    table = learn([GOLD], set())
    assert table["forms"]["AUX"]["won't"] == "will"
    assert "sell" not in table["forms"]["VERB"]
    assert irregular_verbs()["fought"] == "fight"


def test_card_shows_the_scores(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(
        '{"name": "reader", "version": "9", "description": "d", "licence": "l", "data": [], '
        '"encoder": {"name": "e", "licence": "a"}}',
        encoding="utf-8",
    )
    syntax = {"gold words": {"LAS": 88.123}, "raw text": {"LAS": 87.0}}
    names = {"all": 78.9, "PERSON": 1.0, "ORG": 2.0, "LOC": 3.0}
    pace = {"words per second": 12345, "words per second of processor time": 2, "peak memory MB": 3}
    scores = {"EWT": syntax, "UNER EWT": names, "WNUT17": names, "CrossNER politics": names, "speed": pace}
    text = card(tmp_path, scores, "test")
    assert "| LAS | 88.1 | 87.0 |" in text
    assert "| UNER EWT | 78.9 | 1.0 | 2.0 |  | 3.0 |" in text
    assert "12,345 words/s" in text
