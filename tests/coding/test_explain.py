"""Every claim explains itself."""

from __future__ import annotations

import pytest
from spacy.language import Language

from amity.codebook import Codebook
from amity.coding import code
from amity.coding.explain import Explanation, explain
from amity.records import Article, Event
from tests.coding.conftest import parsed

TEXT = (
    "A leading Iranian journalist claimed on Monday that Israel and Turkey are planning to attack Iran. "
    "Azerbaijan is a close ally of Turkey, which has 40 tanks. Israel sold drones to Azerbaijan."
)


@pytest.fixture(scope="module")
def told(nlp: Language, book: Codebook) -> list[tuple[Explanation, object]]:
    article = Article(id="test", text=TEXT, source="test", published="2021-10-14")
    doc = parsed(nlp, TEXT)
    return [(explain(article, doc, book, claim), claim) for claim in code(article, doc, book)]


def test_every_kind_is_explained(told: list[tuple[Explanation, object]]) -> None:
    assert {type(claim).__name__ for _, claim in told} >= {"Event", "Relation", "Transfer"}
    for explanation, claim in told:
        text = str(explanation)
        assert claim.id in text and claim.coder.rule in text
        assert explanation.sentence in TEXT
        assert all(TEXT[mark.start : mark.end] for mark in explanation.marks)


def test_event_shows_words_rule_chain_and_alternatives(told: list[tuple[Explanation, object]]) -> None:
    explanation = next(found for found, claim in told if isinstance(claim, Event) and claim.type == "ASSAULT")
    text = str(explanation)
    assert "[Israel]actor" in text and "[attack]trigger" in text and "[Iran]recipient" in text
    assert "actor: subj" in explanation.rule_words
    assert [(link.source, link.cue) for link in explanation.chain] == [("A leading Iranian journalist", "claimed")]
    assert any("planning" in cue for cue in explanation.status_cues)
    assert {"attack", "planning", "Israel", "Iran"} <= {word.text for word in explanation.path}


def test_alternatives_say_why_not(nlp: Language, book: Codebook) -> None:
    text = "Russia withdrew its troops from Georgia."
    article = Article(id="test", text=text, source="test")
    doc = parsed(nlp, text)
    (claim,) = code(article, doc, book)
    explanation = explain(article, doc, book, claim)
    assert claim.coder.rule == "retreat/verb/withdraw"
    reasons = {alternative.rule: alternative.reason for alternative in explanation.alternatives}
    assert "sanction/verb/recall ambassador" in reasons and all(reasons.values())
