"""Judgements of author and speakers: on short texts of our own."""

from __future__ import annotations

import pytest

from amity.coding.assessments import assessments
from tests.coding.conftest import Read


@pytest.mark.parametrize(
    ("text", "target", "verdict"),
    [
        ("The notion that Serbia would help is ludicrous.", "notion", "ludicrous"),
        ("It is most plausible that Serbia sold the drones.", "Serbia sold the drones", "most plausible"),
        ("There is no doubt that Serbia sold the drones.", "Serbia sold the drones", "no doubt"),
        ("The truce remains fragile.", "truce", "fragile"),
        ("The talks were successful.", "talks", "successful"),
        ("The offensive was not very effective.", "offensive", "not very effective"),
        ("The alliance proved its effectiveness.", "alliance", "proved its effectiveness"),
        ("The visit was a great success.", "visit", "great success"),
        ("The minister led a reckless campaign against the press.", "reckless campaign", "reckless"),
        ("The plan failed.", "plan", "failed"),
    ],
)
def test_a_judgement_is_found(reader: Read, text: str, target: str, verdict: str) -> None:
    found = [(claim.target, claim.verdict) for claim in assessments(reader(text))]
    assert any(target in judged and verdict == words for judged, words in found), found


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers crossed the river at night.",
        "If the talks are successful, the border opens.",
        "Is the offensive effective?",
        "The minister signed the treaty in the capital.",
    ],
)
def test_other_sentences_give_none(reader: Read, text: str) -> None:
    assert list(assessments(reader(text))) == []


def test_hedges_are_kept(reader: Read) -> None:
    (claim,) = assessments(reader("The truce may be fragile."))
    assert claim.hedges == ("may",)


def test_a_judgement_belongs_to_its_speaker(reader: Read) -> None:
    (claim,) = assessments(reader("The truce is fragile, Vladimir Putin said."))
    assert [source.name for source in claim.attribution] == ["Vladimir Putin"]


def test_negation_is_part_of_the_verdict(reader: Read) -> None:
    (claim,) = assessments(reader("The offensive was not effective."))
    assert (claim.verdict, claim.status) == ("not effective", "occurred")
