"""Incidents as rows of event data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amity.codebook import load
from amity.codebook.plover import Plover
from amity.incidents.rows import rows
from amity.records import Event, Incident
from amity.records.events import EVENTS


@pytest.fixture(scope="module")
def plover() -> Plover:
    return load().plover


def claim(id: str = "c1", article: str = "a1", **other: Any) -> Event:
    told = {"quote": "", "start": 0, "end": 0, "trigger": "", "trigger_start": 0, "type": "CONSULT", "confidence": 0.8}
    return Event(id=id, article=article, **told | other)


def incident(**other: Any) -> Incident:
    about = {
        "id": "i1",
        "kind": "event",
        "type": "CONSULT",
        "title": "talks",
        "actors": ("KEN",),
        "recipients": ("UGA",),
        "date": "2014-03",
        "claims": ("c1",),
        "articles": ("a1",),
        "sources": ("x",),
        "layer": "political",
    }
    return Incident(**about | other)


def made(plover: Plover, *incidents: Incident, claims: tuple[Event, ...] = (claim(),)) -> list[dict[str, Any]]:
    published = {"a1": "2014-04-02", "a2": "2014-05-01", "a3": None}
    table = rows(incidents, {one.id: one for one in claims}, published, plover)
    assert table.schema == EVENTS
    return table.to_pylist()


def test_one_row_for_who_and_whom(plover: Plover) -> None:
    (row,) = made(plover, incident())
    assert (row["actor"], row["recipient"], row["type"], row["quad"]) == ("KEN", "UGA", "CONSULT", "verbal cooperation")
    assert (row["day"], row["until"]) == (date(2014, 3, 1), date(2014, 3, 31))
    assert row["known"] == date(2014, 4, 2)
    assert row["certainty"] == pytest.approx(0.8)


def test_mutual_ones_go_both_ways_and_nobody_acts_on_himself(plover: Plover) -> None:
    both = made(plover, incident(mutual=True, recipients=("UGA", "KEN")))
    assert {(row["actor"], row["recipient"]) for row in both} == {("KEN", "UGA"), ("UGA", "KEN")}


@pytest.mark.parametrize("status", ["future", "hypothetical", "denied"])
def test_what_did_not_happen_is_no_event(plover: Plover, status: Any) -> None:
    assert made(plover, incident(status=status)) == []


def test_what_is_only_alleged_counts_for_less(plover: Plover) -> None:
    (sure,), (doubted,) = made(plover, incident()), made(plover, incident(status="alleged"))
    assert doubted["certainty"] < sure["certainty"]


def test_without_a_recipient_or_any_day_there_is_no_row(plover: Plover) -> None:
    nowhen = made(plover, incident(date=None, articles=("a3",)), claims=(claim(article="a3"),))
    assert nowhen == made(plover, incident(recipients=())) == []


def test_what_no_source_dates_counts_for_less_on_the_day_of_its_report(plover: Plover) -> None:
    (dated,), (undated,) = made(plover, incident()), made(plover, incident(date=None))
    assert undated["day"] == undated["until"] == undated["known"] == date(2014, 4, 2)
    assert undated["certainty"] < dated["certainty"]


def test_a_second_article_makes_it_surer_a_second_claim_of_the_same_does_not(plover: Plover) -> None:
    again = incident(claims=("c1", "c2"), articles=("a1", "a2"))
    (two,) = made(plover, again, claims=(claim(), claim("c2", "a2")))
    (one,) = made(plover, again, claims=(claim(), claim("c2", "a1")))
    assert two["certainty"] == pytest.approx(0.96)
    assert one["certainty"] == pytest.approx(0.8)


def test_an_undated_article_leaves_the_day_of_the_event(plover: Plover) -> None:
    (row,) = made(plover, incident(articles=("a3",)), claims=(claim(article="a3"),))
    assert row["known"] == date(2014, 3, 31)
