"""Sources that count the same thing differently are set against each other, and nobody else is."""

from __future__ import annotations

from typing import Any

import pytest

from amity.incidents import merge
from amity.records import Actor, Article, Incident, Interval, Quantity, identified

MATTER = "Troops took heights and villages around Talish on the line of contact in four days of fighting over Karabakh."
OTHER = "The central bank lowered interest rates again while inflation kept falling and growth in exports recovered."
BAKU, YEREVAN = (Actor(text=city, country=code, start=0, end=4) for city, code in (("Baku", "AZE"), ("Yerevan", "ARM")))


def article(name: str, published: str | None = "2016-04-05", text: str = MATTER) -> Article:
    return Article(id=name, text=f"{text} {name}", source=f"{name}.txt", publisher=name, published=published)


def figure(where: str, value: Any, subject: str, unit: str | None, **more: Any) -> Quantity:
    fields = {"quote": f"{value} {subject}", "start": 0, "end": 9, "trigger": str(value), "trigger_start": 0} | more
    return identified(Quantity(article=where, value=value, subject=subject, unit=unit, **fields))


def disputes(claims: list[Any], *articles: Article) -> list[Incident]:
    return [one for one in merge(claims, articles) if one.kind == "quantity"]


def test_areas_in_one_matter_are_compared_whatever_the_words() -> None:
    gained = figure("courier", 20, "land regained", "km2", attribution=(BAKU,))
    lost = figure("ledger", 8, "given up", "km2", attribution=(YEREVAN,))
    (dispute,) = disputes([gained, lost], article("courier"), article("ledger", "2016-05-18"))
    (point,) = dispute.contradictions
    assert [(side.value, side.sources) for side in point.sides] == [("20", ("Baku (AZE)",)), ("8", ("Yerevan (ARM)",))]
    assert dispute.type == "km2"


@pytest.mark.parametrize(
    ("claims", "articles"),
    [
        ([(20, "tanks destroyed"), (20, "tanks destroyed")], {}),
        ([(6, "tanks destroyed"), (25, "tanks destroyed")], {"published": "2016-04-08"}),
        ([(20, "tanks destroyed"), (8, "pupils hurt")], {}),
        ([(20, "tanks destroyed"), (8, "tanks destroyed")], {"text": OTHER}),
        ([(20, "tanks destroyed"), (8, "tanks destroyed")], {"published": "2018-04-05"}),
        ([(20, "tanks destroyed"), (8, "tanks destroyed")], {"published": None}),
        ([(Interval(24, 99), "tanks destroyed"), (8, "tanks destroyed")], {}),
    ],
    ids=["agreement", "a toll that grew", "other things", "another matter", "years later", "undated", "a vague range"],
)
def test_no_contradiction_is_made_up(claims: list[Any], articles: dict[str, Any]) -> None:
    (a, what), (b, other) = claims
    told = [figure("courier", a, what, what.split()[0]), figure("ledger", b, other, other.split()[0])]
    assert disputes(told, article("courier"), article("ledger", **articles)) == []


def test_a_toll_that_shrinks_is_contested_and_parts_are_not() -> None:
    claims = [
        figure("courier", 300, "soldiers killed", "soldiers"),
        figure("ledger", 29, "its soldiers killed", "soldiers"),
        figure("ledger", 3, "soldiers killed", "soldiers", trigger_start=7),
    ]
    (dispute,) = disputes(claims, article("courier"), article("ledger", "2016-04-06"))
    assert [side.value for side in dispute.contradictions[0].sides] == ["300", "29"]
