"""Figures, and what they count."""

from __future__ import annotations

import pytest

from amity.coding.numerals import number
from amity.coding.quantities import quantities
from amity.records import Interval, Quantity
from tests.coding.conftest import Read, parsed


def figures(reader: Read, text: str) -> list[Quantity]:
    return list(quantities(reader(text, "2016-05-18")))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("31 soldiers", 31),
        ("2,000 hectares", 2000),
        ("4.85 billion dollars", 4_850_000_000),
        ("twenty-one ships", 21),
        ("two hundred and fifty thousand people", 250_000),
        ("a dozen members", 12),
        ("a billion dollars", 1_000_000_000),
        ("4,000 or 5,000 missiles", Interval(4000, 5000)),
        ("4,000–5,000 missiles", Interval(4000, 5000)),
        ("between six and eight tanks", Interval(6, 8)),
        ("four to five million barrels", Interval(4_000_000, 5_000_000)),
        ("tens of thousands of refugees", Interval(20_000, 99_999)),
        ("several hundred fighters", Interval(300, 900)),
        ("dozens of soldiers", Interval(24, 99)),
        ("two thirds of the territory", 0.667),
        ("several soldiers", None),
        ("many of them", None),
    ],
)
def test_numbers(nlp, text: str, value: object) -> None:  # type: ignore[no-untyped-def]
    assert number(parsed(nlp, text)[:]) == value


@pytest.mark.parametrize(
    ("text", "value", "unit", "subject"),
    [
        ("Twelve Azerbaijani soldiers were killed.", 12, "soldiers", "Azerbaijani soldiers killed"),
        ("The army destroyed six enemy tanks.", 6, "tanks", "enemy tanks destroyed"),
        ("The army regained 20 square kilometres of land.", 20, "km2", "land"),
        ("The army regained 20 km2 of land.", 20, "km2", "land"),
        ("They signed a contract worth 1.6 billion dollars.", 1_600_000_000, "USD", "contract"),
        ("They signed a contract worth $1.6 billion.", 1_600_000_000, "USD", "contract"),
        ("Azerbaijan covers 40 per cent of the imports.", 40, "%", "imports"),
        ("Iran has 5,000 precision-guided missiles.", 5000, "missiles", "precision-guided missiles"),
        ("Hundreds of civilians fled the town.", Interval(200, 999), "civilians", "civilians"),
    ],
)
def test_figures(reader: Read, text: str, value: object, unit: str, subject: str) -> None:
    (claim,) = figures(reader, text)
    assert (claim.value, claim.unit, claim.subject) == (value, unit, subject)
    assert claim.trigger_start == text.index(claim.trigger)
    assert text[claim.start : claim.end] == claim.quote


def test_part_of_a_whole(reader: Read) -> None:
    (claim,) = figures(reader, "Four of eighteen tanks were destroyed.")
    assert (claim.value, claim.of, claim.unit) == (4, 18, "tanks")


@pytest.mark.parametrize(
    "text",
    [
        "Israel attacked the base on 3 May 2016.",
        "The war of 1988–1994 ended with a truce.",
        "The two countries have friendly relations.",
        "The boy is 12 years old.",
        "It was a three-day operation.",
        "The two presidents met for six hours.",
        "Iran bought S-300 missiles and T-72 tanks.",
        "The meeting began at 10:14 on Monday.",
        "Resolution 1929 tightened the embargo.",
        "He came first, and that was the second time.",
        "Iran is the No. 1 enemy.",
        "1 COMMENT",
    ],
)
def test_other_numbers_are_no_figures(reader: Read, text: str) -> None:
    assert [claim.trigger for claim in figures(reader, text)] == []


def test_figure_has_the_voice_and_time_of_its_clause(reader: Read) -> None:
    (claim,) = figures(reader, "Armenia said on Monday that 18 soldiers had been killed.")
    assert [who.country for who in claim.attribution] == ["ARM"]
    assert claim.layer == "military"
    (claim,) = figures(reader, "Eighteen soldiers were killed on Monday.")
    assert claim.date == "2016-05-16"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two and a half million followers", 2_500_000),
        ("half a million shells", 500_000),
        ("half a dozen ships", 6),
        ("15 or even 20 billion dollars", Interval(15_000_000_000, 20_000_000_000)),
        ("nine tenths of the people", 0.9),
    ],
)
def test_spoken_numbers(nlp, text: str, value: object) -> None:  # type: ignore[no-untyped-def]
    assert number(parsed(nlp, text)[:]) == value


def test_halves_of_time_are_no_figures(reader: Read) -> None:
    assert figures(reader, "They will meet in the second half of May.") == []


def test_type_of_weapon_is_not_what_is_counted(reader: Read) -> None:
    (claim,) = figures(reader, "India ordered 36 Rafale fighters.")
    assert (claim.value, claim.unit) == (36, "fighters")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Soldiers came by night, 1,100 of them in lorries.", 1100),
        ("The ministry put their number at 900.", 900),
        ("The toll has risen to thirty-six.", 36),
        ("The war drove a quarter of a million people abroad.", 250000),
        ("The raid killed a hundred and seventy people.", 170),
        ("Their debts come to seven thousand million dollars.", 7_000_000_000),
    ],
)
def test_figures_in_other_words(reader: Read, text: str, value: int) -> None:
    assert value in [claim.value for claim in figures(reader, text)]
