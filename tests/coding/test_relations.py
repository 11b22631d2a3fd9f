"""Relations: each word class by an example, then what colours them and what is none."""

from __future__ import annotations

import pytest

from amity.codebook.relations import load_relations
from amity.coding.relations import relations
from tests.coding.conftest import Read


@pytest.mark.parametrize("example", load_relations().examples)
def test_example(reader: Read, example: str) -> None:
    text, _, wanted = example.rpartition(" | ")
    a, valence, b = wanted.split()
    found = [
        ({claim.a, claim.b, *(party.country for party in claim.parties)}, claim.valence)
        for claim in relations(reader(text))
    ]
    assert any({a, b} <= parties and valence == coded for parties, coded in found), found


@pytest.mark.parametrize(
    ("text", "valence", "label"),
    [
        ("Relations between Iran and Azerbaijan improved.", "amity", "Relations improved"),
        ("Relations between Iran and Azerbaijan deteriorated.", "enmity", "Relations deteriorated"),
        ("The relations between Iran and Azerbaijan are old.", "neutral", "relations"),
        ("The strained alliance between Turkey and Germany survived.", "mixed", "strained alliance"),
    ],
)
def test_words_around_give_the_valence(reader: Read, text: str, valence: str, label: str) -> None:
    (claim,) = relations(reader(text))
    assert (claim.valence, claim.label) == (valence, label)


def test_lists_are_distributed(reader: Read) -> None:
    found = {
        (claim.a, claim.b) for claim in relations(reader("Iran has friendly relations with Russia, China and Syria."))
    }
    assert found == {("IRN", "RUS"), ("IRN", "CHN"), ("IRN", "SYR")}


@pytest.mark.parametrize(
    "text", ["Israel attacked Iran on Friday.", "Iran is a country in Asia.", "The allies landed in 1944."]
)
def test_single_happenings_are_no_relations(reader: Read, text: str) -> None:
    assert list(relations(reader(text))) == []


@pytest.mark.parametrize(
    ("text", "valence"),
    [
        ("Peru and Ecuador met. Since then relations have been cordial.", "amity"),
        ("Peru and Ecuador met. The roots of the quarrel lie in maps.", "enmity"),
        ("Peru and Ecuador met. The dispute cost a waiter his job.", ""),
        ("Peru, Chile and Ecuador met. Since then relations have been cordial.", ""),
    ],
)
def test_known_relations_have_the_parties_named_before(reader: Read, text: str, valence: str) -> None:
    found = [({one.a, one.b}, one.valence) for one in relations(reader(text))]
    assert found == ([({"PER", "ECU"}, valence)] if valence else [])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Serbia is a close friend of Russia.", "ongoing"),
        ("The alliance between Armenia and Russia worries Turkey.", "ongoing"),
        ("Serbia was a close friend of Russia.", "occurred"),
        ("Relations between Vietnam and India could worsen.", "hypothetical"),
    ],
)
def test_what_stands_is_ongoing_unless_told_in_the_past(reader: Read, text: str, status: str) -> None:
    (claim,) = relations(reader(text))
    assert claim.status == status


def test_what_two_quarrel_over_is_no_party(reader: Read) -> None:
    (found,) = relations(reader("Egypt and Turkey quarrelled over Libya."))
    assert {found.a, found.b} == {"EGY", "TUR"}


def found_in(reader: Read, text: str) -> list[tuple[set[str], str]]:
    return [({one.a, one.b}, one.valence) for one in relations(reader(text))]


@pytest.mark.parametrize(
    ("text", "pair", "valence"),
    [
        ("Beijing, at odds with Manila over a shoal, pledged little.", {"CHN", "PHL"}, "enmity"),
        ("Peru and Chile are on bad terms.", {"PER", "CHL"}, "enmity"),
        ("The minister met Iran's envoy while Kuwait, Oman's friend, kept out of it.", {"KWT", "OMN"}, "amity"),
        ("Zambia and Malawi, allies of Harare in the war against the rebels, paid.", {"ZMB", "ZWE"}, "amity"),
        ("Kenya has no ties with Somalia.", {"KEN", "SOM"}, "enmity"),
        ("Mali does not trust Niger.", {"MLI", "NER"}, "enmity"),
    ],
)
def test_two_stand_so_in_many_words(reader: Read, text: str, pair: set[str], valence: str) -> None:
    assert (pair, valence) in found_in(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Ecuador met. Friction remains.",
        "Peru and Ecuador met. Villagers till fields that both countries claim.",
        "Peru and Ecuador met. The valley has been disputed for forty years.",
    ],
)
def test_both_are_the_two_that_the_text_is_about(reader: Read, text: str) -> None:
    assert ({"PER", "ECU"}, "enmity") in found_in(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "France and Germany are in NATO, and the alliance met on Monday.",
        "The paper in Paris puts the price of the German tanks closer to three million.",
        "Jakarta feared a second Cuba.",
        "Nepal does not want to quarrel with India.",
        "The ministers of Chile and Peru expressed their sympathy with Ecuador after the floods.",
    ],
)
def test_nothing_is_said_of_how_they_stand(reader: Read, text: str) -> None:
    assert found_in(reader, text) == []
