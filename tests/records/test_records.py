"""Records survive JSON, keep their ids, and refuse what is malformed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import InputError
from amity.records import (
    Actor,
    Article,
    Claim,
    Event,
    Interval,
    Quantity,
    Relation,
    Transfer,
    from_json,
    identified,
    parties,
    to_json,
)
from amity.records.article import content_id


def event(**more: Any) -> Event:
    fields: dict[str, Any] = {"article": "a", "quote": "q", "start": 0, "end": 1, "trigger": "q", "trigger_start": 0}
    return Event(type="ACCUSE", **fields | more)


TEXT = st.text(max_size=40)
ACTORS = st.builds(
    Actor, text=TEXT, country=st.sampled_from(["AZE", None]), name=st.none() | TEXT, start=st.just(0), end=st.just(1)
)
EVENTS = st.builds(
    Event,
    article=TEXT,
    quote=TEXT,
    start=st.integers(0, 9),
    end=st.integers(0, 9),
    trigger=TEXT,
    trigger_start=st.integers(0, 9),
    type=st.sampled_from(["AGREE", "ASSAULT"]),
    actors=st.tuples(ACTORS),
    recipients=st.tuples(ACTORS),
    attribution=st.tuples(ACTORS, ACTORS),
    date=st.none() | st.dates().map(str),
)


@given(EVENTS)
def test_json_and_back(claim: Event) -> None:
    assert from_json(to_json(claim), Claim) == claim
    assert b"\n" not in to_json(claim)


@pytest.mark.parametrize("value", [4, 2.5, Interval(4000, 5000)])
def test_figures_survive(value: Any) -> None:
    claim = Quantity(article="a", quote="q", start=0, end=1, trigger="4", trigger_start=0, subject="tanks", value=value)
    assert from_json(to_json(claim), Claim).value == value


@given(EVENTS)
def test_ids_depend_on_content_alone(claim: Event) -> None:
    named = identified(claim)
    assert len(named.id) == 16
    assert identified(named).id == named.id
    assert identified(msgspec.structs.replace(claim, confidence=0.5, source="elsewhere")).id == named.id
    assert identified(msgspec.structs.replace(claim, date="1000-01-01")).id != named.id


@pytest.mark.parametrize(
    "line",
    [b"{}", b'{"kind":"rumour"}', b'{"kind":"event","type":"GOSSIP"}', b"[1", b"\xff", b'{"kind":"event","start":"x"}'],
)
def test_malformed_claims_are_refused_by_name(line: bytes) -> None:
    with pytest.raises(InputError, match=r"^here: "):
        from_json(line, Claim, "here")


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InputError):
        from_json(b'{"kind":"event","actors":' + b"[" * 100_000, Claim, "here")


def test_parties_are_codes_in_order_and_once() -> None:
    baku = Actor(text="Baku", country="AZE", start=0, end=4)
    hamas = Actor(text="Hamas", name="Hamas", start=0, end=5)
    crowd = Actor(text="protesters", start=0, end=9)
    assert parties(event(actors=(baku, crowd), recipients=(hamas, baku))) == ("AZE", "Hamas")
    common: dict[str, Any] = {"article": "a", "quote": "q", "start": 0, "end": 1, "trigger": "q", "trigger_start": 0}
    assert parties(Transfer(supplier=None, recipient="AZE", **common)) == ("AZE",)
    assert parties(Relation(a="ISR", b="AZE", valence="amity", label="allies", **common)) == ("ISR", "AZE")


def test_rebels_act_in_their_own_name() -> None:
    armed = Actor(text="Hamas fighters", name="Hamas", country="PSE", sector="REB", start=0, end=5)
    unnamed = Actor(text="Syrian rebels", country="SYR", sector="REB", start=0, end=5)
    assert (armed.code, unnamed.code) == ("Hamas", "SYR")


def test_the_same_text_has_the_same_id() -> None:
    assert content_id("Baku") == content_id("Baku") != content_id("Baku ")
    assert len(content_id("\ud800")) == 16


def test_articles_survive_json() -> None:
    article = Article(id="1", text="‮x", source="-", published="2021-10-14")
    assert from_json(to_json(article), Article) == article
