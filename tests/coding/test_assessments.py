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


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Riga called the report a fraud.", "fraud"),
        ("The offer, which Riga called a fraud, was withdrawn.", "fraud"),
        ("Lima dismissed the report as baseless.", "baseless"),
        ("Students denounced the treaty as a betrayal of the islands.", "betrayal"),
        ("The survey amounted to an invasion, the mayor said.", "invasion"),
        ("The truce was broken twice. It is a storm in a teapot.", "storm"),
        ("They asked who had paid. This was a fair question.", "fair question"),
        ("It was the most serious clash in a decade.", "most serious"),
        ("Diplomats doubt that the truce will last.", "doubt"),
        ("They could attack. It would be wiser to wait.", "wiser"),
    ],
)
def test_what_a_thing_is_called_judges_it(reader: Read, text: str, verdict: str) -> None:
    assert verdict in [claim.verdict for claim in assessments(reader(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Relations between Chile and Peru are tense.",
        "The government called the president home.",
        "Kenya regards Chad as an ally.",
        "The damage amounted to 40 million dollars.",
        "They describe themselves as ecologists.",
    ],
)
def test_naming_without_judging(reader: Read, text: str) -> None:
    assert list(assessments(reader(text))) == []
