"""Hard sentences: that they can be read, that verdicts are fair, and that the page in the docs shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.evaluation import notation
from amity.evaluation.coder import Coder
from amity.evaluation.hard import PASSAGES, Verdict, compare, evaluate, page, results
from amity.evaluation.matching import Matcher
from amity.evaluation.notation import Passage, parse, read

PAGE = Path(__file__).parents[2] / "docs" / "hard-sentences.md"
MARKED = """\
=== sale
hard: none
published: 2014-03-05

Russia sold India radars, Rome said; Turkey attacked Greece.
---
transfer sale | sold | from Russia =RUS | to India =IND | what radars {said}| "Russia sold India radars"
event {type} | attacked | by Turkey =TUR | to {greece} | "Turkey attacked Greece"
"""


def marked(said: str = "", type: str = "ASSAULT", greece: str = "Greece =GRC") -> Passage:
    return next(parse(MARKED.format(said=said, type=type, greece=greece)))


def verdicts(gold: Passage, found: Passage) -> list[Verdict]:
    return list(compare(gold.claims, found.claims, Matcher()))


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    return read(PASSAGES)


def test_thirty_passages_tell_what_is_hard_in_them(passages: list[Passage]) -> None:
    assert len(passages) >= 30 and notation.problems(passages) == []
    assert all(passage.about.get("hard") and passage.published for passage in passages)
    assert len({passage.text for passage in passages}) == len(passages)


def test_what_matches_strictly_with_its_status_and_voices_is_right() -> None:
    assert [verdict.mark for verdict in verdicts(marked(), marked())] == ["right", "right"]


def test_a_wrong_voice_or_type_is_partly_right_and_told() -> None:
    voice, type = verdicts(marked(said="| said Rome =ITA.GOV "), marked(type="ACCUSE"))
    assert (voice.mark, voice.amiss) == ("partly", ("voices",)) and (type.mark, type.amiss) == ("partly", ())


def test_another_party_is_both_missed_and_false() -> None:
    marks = [verdict.mark for verdict in verdicts(marked(), marked(greece="Rome =ITA"))]
    assert marks == ["right", "missed", "false"]


def test_every_claim_has_one_verdict_and_every_passage_its_place_on_the_page(passages: list[Passage]) -> None:
    found = results(passages, Coder())
    golds = [verdict.gold for result in found for verdict in result.verdicts if verdict.gold]
    assert golds == [claim for passage in passages for claim in passage.claims]
    text = page(found)
    assert all(f". {passage.id[0].upper()}{passage.id[1:]}\n\n> {passage.text}\n" in text for passage in passages)


def test_figures_add_up(tmp_path: Path) -> None:
    path = tmp_path / "passages.txt"
    path.write_text(MARKED.format(said="", type="ASSAULT", greece="Greece =GRC"))
    scores = evaluate(path)
    assert scores["claims"] == 2 == scores["right"] + scores["partly"] + scores["missed"]
    assert scores["by passage"]["sale"]["right"] == scores["right"]


def test_the_page_in_the_docs_shows_these_sentences(passages: list[Passage]) -> None:
    quoted = [line[2:] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("> ")]
    assert quoted == [passage.text for passage in passages]
