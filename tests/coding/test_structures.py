"""Statements on the structure of the system: on short texts of our own."""

from __future__ import annotations

import pytest

from amity.coding.structures import structures
from amity.records import Structure
from tests.coding.conftest import Read


def triples(reader: Read, text: str) -> set[tuple[str, str, str]]:
    return {(claim.subject, claim.predicate, claim.object) for claim in structures(reader(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Armenia is a member of NATO.", ("ARM", "member of", "NATO")),
        ("Armenia belongs to NATO.", ("ARM", "member of", "NATO")),
        ("Iran played a major role in Syria.", ("IRN", "role in", "major role in SYR")),
        ("Turkey is a key player in the region.", ("TUR", "role in", "key player in region")),
        ("Russia is the guarantor of Armenia's security.", ("RUS", "guarantor of", "Armenia's security")),
        ("The region is a subsystem of the complex.", ("region", "part of", "complex")),
        ("The war increased the role of Iran.", ("war", "driver of", "role of Iran")),
        (
            "The sanctions undermine the stability of the region.",
            ("sanctions", "undermines", "stability of the region"),
        ),
        ("Armenia depends on Russia for its security.", ("ARM", "depends on", "RUS")),
        ("Crimea is controlled by Russia.", ("RUS", "controls", "Crimea")),
        ("The exercise was held near Iran's border with Azerbaijan.", ("IRN", "borders", "AZE")),
        ("Serbia balances against Russia.", ("SRB", "balances", "RUS")),
        ("Armenia aligned with Russia.", ("ARM", "bandwagons with", "RUS")),
        ("The Russian presence in Syria worries Turkey.", ("RUS", "presence in", "SYR")),
        ("Russian interests in Syria are many.", ("RUS", "interest in", "SYR")),
        ("Iran is a threat to Israel.", ("IRN", "threat to", "ISR")),
    ],
)
def test_a_statement_is_found(reader: Read, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers crossed the river at night.",
        "He is the leader of the opposition.",
        "They will take part in the exercise.",
        "The farmers raised the price of milk.",
    ],
)
def test_other_sentences_give_none(reader: Read, text: str) -> None:
    assert triples(reader, text) == set()


def test_lists_are_spelled_out(reader: Read) -> None:
    found = triples(reader, "Russia, Turkey and Iran play a major role in the region.")
    assert {subject for subject, _, _ in found} == {"RUS", "TUR", "IRN"}


def test_a_statement_knows_its_evidence_and_its_parties(reader: Read) -> None:
    text = "Officials said that Armenia depends on Russia."
    (claim,) = structures(reader(text))
    assert isinstance(claim, Structure)
    assert text[claim.start : claim.end] == claim.quote
    assert "Armenia depends on Russia" in claim.quote
    assert [party.country for party in claim.parties] == ["ARM", "RUS"]
    assert [source.text for source in claim.attribution] == ["Officials"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers from Kenya are stationed in Haiti.", ("KEN", "presence in", "HTI")),
        ("Twenty thousand Tanzanian soldiers are still in Uganda.", ("TZA", "presence in", "UGA")),
        ("Russia has a naval base in Syria.", ("RUS", "presence in", "SYR")),
        ("Parliament approved a Turkish base in Qatar.", ("TUR", "presence in", "QAT")),
        ("Nepal lies between India and China.", ("NPL", "borders", "IND")),
        ("Djibouti lives on its port.", ("DJI", "depends on", "DJI’s port")),
        ("The western half became Indonesian in 1969.", ("western half", "territory of", "IDN")),
        ("The valley belongs to Chile.", ("valley", "territory of", "CHL")),
        ("Somali militias hold the port.", ("Somali militias", "controls", "port")),
    ],
)
def test_statements_in_other_words(reader: Read, text: str, expected: tuple[str, str, str]) -> None:
    found = {(one.predicate, end) for one in structures(reader(text)) for end in (one.subject, one.object)}
    assert found & {(expected[1], expected[0]), (expected[1], expected[2])}, found


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan soldiers were killed in Nairobi.",
        "Our forces are at home.",
        "Six flags hang on the wall.",
        "The governor was a taxi driver in Cardiff.",
        "Chad is the only country at the fair.",
    ],
)
def test_what_says_nothing_of_the_system(reader: Read, text: str) -> None:
    assert list(structures(reader(text))) == []
