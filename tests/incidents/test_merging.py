"""Claims about one happening come together, others stay apart, and sources are made to disagree only when they do."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from amity.incidents import merge
from amity.incidents.contradictions import agree
from amity.incidents.happening import days
from amity.incidents.origins import origin, original
from amity.records import Actor, Article, Event, Incident, Interval, Quantity, Transfer, identified

TEXTS = {
    "courier": "Azerbaijani forces attacked Armenian positions on the line of contact, Yerevan said.",
    "ledger": "Armenia said Azerbaijani troops launched an offensive on its positions; Baku spoke of 20 km2.",
    "herald": "The foreign ministers of India and Pakistan met for talks on water on Monday, officials said.",
}


def article(name: str, **more: Any) -> Article:
    text = TEXTS.get(name, name)
    return Article(id=name, text=text, source=f"{name}.txt", **{"publisher": name, "published": "2016-04-03"} | more)


def actor(code: str) -> Actor:
    return Actor(text=code, country=code, start=0, end=3)


def event(where: str, trigger: str, type_: Any, by: str, to: str, **more: Any) -> Event:
    quote = more.pop("quote", TEXTS.get(where, trigger))
    return identified(
        Event(
            article=where,
            quote=quote,
            start=0,
            end=len(quote),
            trigger=trigger,
            trigger_start=more.pop("at", 5),
            type=type_,
            actors=(actor(by),),
            recipients=(actor(to),),
            **more,
        )
    )


def merged(claims: list[Any], *articles: Article) -> list[Incident]:
    return merge(claims, articles or [article(name) for name in TEXTS])


KNOWN = {name: article(name) for name in TEXTS}
ATTACK = event("courier", "attacked", "ASSAULT", "AZE", "ARM", date="2016-04-02")
OFFENSIVE = event("ledger", "offensive", "ASSAULT", "AZE", "ARM", date="2016-04-02")
TALKS = event("herald", "met", "CONSULT", "IND", "PAK", mutual=True, date="2016-04-04")


def test_different_words_for_the_same_day_parties_and_type_are_one() -> None:
    incidents = merged([ATTACK, OFFENSIVE, TALKS])
    assert [sorted(one.articles) for one in incidents] == [["courier", "ledger"], ["herald"]]
    assert incidents[0].sources == ("courier", "ledger")


@pytest.mark.parametrize("date", ["2016-04-03", "2016-04"])
def test_neighbouring_days_and_wider_dates_are_compatible(date: str) -> None:
    other = event("ledger", "attack", "ASSAULT", "AZE", "ARM", date=date)
    (incident,) = merged([ATTACK, other])
    assert incident.date in ("2016-04-02", "2016-04-03")


@pytest.mark.parametrize(
    "other",
    [
        event("ledger", "attacked", "ASSAULT", "AZE", "ARM", date="2014-08-01"),
        event("ledger", "attacked", "ASSAULT", "ARM", "AZE", date="2016-04-02", quote="Armenia attacked"),
        event("ledger", "accused", "ACCUSE", "AZE", "ARM", date="2016-04-02"),
        event("ledger", "attacked", "ASSAULT", "IND", "PAK", date="2016-04-02"),
    ],
    ids=["two years earlier", "roles reversed", "another act", "other parties"],
)
def test_other_happenings_stay_apart(other: Event) -> None:
    assert len(merged([ATTACK, other])) == 2


@pytest.mark.parametrize(
    ("published", "together"),
    [("2016-04-05", True), ("2018-04-05", False), ("2016-03-01", False)],
    ids=["days later", "years later", "before it took place"],
)
def test_publication_stands_for_a_missing_date(published: str, together: bool) -> None:
    undated = event("ledger", "attacked", "ASSAULT", "AZE", "ARM", quote="Azerbaijan attacked Armenia")
    incidents = merged([ATTACK, undated], article("courier"), article("ledger", published=published))
    assert (len(incidents) == 1) is together


def test_parties_are_missed_where_nobody_is_named() -> None:
    nobody = {"actors": (), "recipients": ()}
    detained = [
        identified(msgspec.structs.replace(event(name, "detained", "COERCE", "AZE", "ARM", quote=words), **nobody))
        for name, words in (("courier", "Police detained a blogger"), ("herald", "Thousands have been detained"))
    ]
    assert len(merged(detained)) == 2


def test_an_undated_report_does_not_join_what_is_years_apart() -> None:
    words = "China fired missiles toward Taiwan"
    now, undated, then = (
        event(where, "fired missiles", "ASSAULT", "CHN", "TWN", quote=words, date=date, at=at)
        for at, (where, date) in enumerate((("courier", "2022-08-04"), ("courier", None), ("courier", "1995/1996")))
    )
    dates = [one.date for one in merged([now, undated, then])]
    assert sorted(dates, key=str) == ["1995/1996", "2022-08-04"]


def test_a_span_of_decades_is_no_date() -> None:
    one = event("courier", "agreed", "AGREE", "USA", "TWN", date="1992/2019", quote="Bush agreed to more jets")
    other = event("herald", "agreed", "AGREE", "USA", "AZE", date="2016-05-16", quote="The three agreed on monitors")
    assert len(merged([one, other], article("courier", published="2019-08-21"), article("herald"))) == 2


def test_order_of_claims_does_not_matter() -> None:
    claims = [ATTACK, OFFENSIVE, TALKS, event("herald", "talks", "CONSULT", "IND", "PAK", mutual=True, at=40)]
    expected = merged(claims)
    for seed in range(5):
        random.Random(seed).shuffle(claims)
        assert merged(claims) == expected


def test_every_event_and_transfer_is_in_exactly_one_incident() -> None:
    claims = [ATTACK, OFFENSIVE, TALKS]
    found = [claim for incident in merged(claims) for claim in incident.claims]
    assert sorted(found) == sorted(claim.id for claim in claims)
    assert merged([]) == []


def test_copies_and_shared_sources_count_once() -> None:
    minister = Actor(text="the minister", name="Zohrab Mnatsakanyan", country="ARM", start=0, end=3)
    quoted = event("courier", "attacked", "ASSAULT", "AZE", "ARM", date="2016-04-02", attribution=(minister,))
    again = event("ledger", "attacked", "ASSAULT", "AZE", "ARM", date="2016-04-02", attribution=(minister,))
    (incident,) = merged([quoted, again])
    assert incident.sources == ("Zohrab Mnatsakanyan",)
    known = {"courier": article("courier"), "ledger": article("ledger", copy_of="courier")}
    assert origin(OFFENSIVE, known) == "courier"
    assert original("ledger", known) == "courier"


def test_unnamed_sources_belong_to_the_paper_that_quotes_them() -> None:
    def said(where: str, **speaker: Any) -> str:
        voice = Actor(start=0, end=3, **speaker)
        return origin(msgspec.structs.replace(ATTACK, article=where, attribution=(voice,)), KNOWN)

    assert said("courier", text="officials") == "officials (courier)" != said("ledger", text="officials")
    assert said("courier", text="He") == "courier"
    ministry = {"text": "the ministry", "name": "Defence Ministry"}
    assert said("courier", **ministry, country="AZE") == "Defence Ministry (AZE)" != said("ledger", **ministry)
    assert said("courier", text="he", name="Ilham Aliyev", country="AZE") == "Ilham Aliyev"


def test_articles_of_speech_do_not_make_two_sources() -> None:
    other = event("ledger", "attacked", "ASSAULT", "AZE", "ARM", date="2016-04-02")
    (incident,) = merge([ATTACK, other], [article("courier"), article("ledger", publisher="The courier")])
    assert incident.sources == ("courier",)


def test_a_ring_of_copies_ends() -> None:
    known = {"courier": article("courier", copy_of="ledger"), "ledger": article("ledger", copy_of="courier")}
    assert original("ledger", known) in known


def figure(where: str, value: Any, source: str | None = None) -> Quantity:
    voices = (Actor(text=source, name=source, start=0, end=1),) if source else ()
    return identified(
        Quantity(
            article=where, quote="20 km2", start=0, end=6, trigger=str(value), trigger_start=2,
            subject="territory", unit="km2", value=value, attribution=voices,
        )
    )  # fmt: skip


def test_figures_of_different_sources_conflict() -> None:
    (incident,) = merged([ATTACK, figure("courier", 20), figure("courier", 8, "Armenian side")])
    (conflict,) = incident.contradictions
    assert conflict.aspect == "figure"
    assert {(side.value, side.sources) for side in conflict.sides} == {("20", ("courier",)), ("8", ("Armenian side",))}


def test_one_source_is_not_made_to_contradict_itself() -> None:
    (incident,) = merged([ATTACK, figure("courier", 20), figure("courier", 8)])
    assert incident.contradictions == ()


def test_a_number_within_a_range_agrees_with_it() -> None:
    assert agree(4000, Interval(4000, 5000))
    assert not agree(20, 8)


def test_denial_against_assertion() -> None:
    baku = Actor(text="Baku", country="AZE", start=0, end=4)
    denied = event(
        "ledger", "attacked", "ASSAULT", "AZE", "ARM", date="2016-04-02", status="denied", attribution=(baku,)
    )
    (incident,) = merged([ATTACK, denied])
    (conflict,) = incident.contradictions
    assert conflict.aspect == "status"
    assert [side.value for side in conflict.sides] == ["asserted", "denied"]


def transfer(where: str, trigger: str, recipient: str = "AZE", at: int = 0, **more: Any) -> Transfer:
    place = {"start": at, "end": at + 9, "trigger_start": at}
    fields = {"article": where, "quote": trigger, "trigger": trigger, "supplier": "ISR", "recipient": recipient}
    return identified(Transfer(**fields | place | more))


def test_transfers_of_the_same_goods_meet_and_of_others_do_not() -> None:
    bought, sold = transfer("courier", "bought", category="UAVs"), transfer("ledger", "sold", category="UAVs")
    ships = transfer("ledger", "delivered", category="ships")
    elsewhere = transfer("ledger", "sold", category="UAVs", recipient="IND", at=50)
    groups = {one.claims for one in merged([bought, sold, ships, elsewhere])}
    assert {(ships.id,), (elsewhere.id,)} < groups
    assert len(groups) == 3


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("2016-04-02", 1),
        ("2016-04", 30),
        ("2016", 366),
        ("2016-04-02/2016-04-05", 4),
        ("2016-02-31", None),
        ("soon", None),
    ],
)
def test_days_of_a_date(text: str, length: int | None) -> None:
    found = days(text)
    assert (found[1] - found[0] + 1 if found else None) == length
