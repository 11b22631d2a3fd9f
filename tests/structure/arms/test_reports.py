"""Claims as reports, and what is said of use."""

from __future__ import annotations

from datetime import date
from typing import Any

from amity.records import Actor, Event, Incident, Transfer
from amity.structure.arms import concerning, reports, uses
from tests.structure.arms.making import book

PUBLISHED = {"one": "2016-12-14", "two": "2016-12", "three": None}


def transfer(id: str, article: str = "one", trigger: str = "sold", **fields: Any) -> Transfer:
    made = {"quote": "…", "start": 0, "end": 1, "trigger_start": 0, "supplier": "ISR", "recipient": "AZE"}
    return Transfer(id=id, article=article, trigger=trigger, **(made | {"category": "drone"} | fields))


def attack(id: str, quote: str, **fields: Any) -> Event:
    acting = (Actor(text="Thailand", country="THA", start=0, end=8),)
    made = {"article": "one", "start": 0, "end": 1, "trigger": "used", "trigger_start": 0, "actors": acting}
    return Event(id=id, quote=quote, type="ASSAULT", **(made | fields))


def test_claims_of_one_incident_are_one_report() -> None:
    claims = [
        transfer("a", system="Heron", quantity=5, date="2013"),
        transfer("b", article="two", system="Heron", quantity=10, trigger="delivered"),
        transfer("c", article="two", quantity=5, mode="sale"),
        transfer("d", article="three", supplier=None, status="future"),
    ]
    own = ("a", "b", "c")
    incident = Incident(id="i", kind="transfer", type="sale", title="", date="2013", claims=own, sources=("X",))
    other = Incident(id="j", kind="event", type="ASSAULT", title="", claims=("d",))
    first, second = reports(claims, [incident, other], PUBLISHED)
    assert (first.claims, first.incident, first.sources) == (("a", "b", "c"), "i", ("X",))
    assert (first.system, first.value, first.mode, first.status) == ("Heron", 5, "sale", "occurred")
    assert (first.since, first.until, first.told) == (date(2013, 1, 1), date(2013, 12, 31), date(2016, 12, 1))
    assert first.delivery and first.many == (5.0, 5.0)
    assert (second.claims, second.incident, second.told, second.supplier) == (("d",), None, None, None)
    assert second.sources == ("article three",) and second.many is None
    assert concerning([first, second], "ISR", "supplier") == [first]
    assert concerning([first, second], "AZE", "recipient") == [first, second]


def test_an_incident_with_several_suppliers_is_as_many_reports() -> None:
    claims = [
        transfer("a", supplier="TUR"),
        transfer("b", supplier="IRN"),
        transfer("c", supplier=None),
        transfer("d", supplier="IRN", recipient=None),
    ]
    incident = Incident(id="i", kind="transfer", type="sale", title="", claims=("a", "b", "c", "d"))
    found = {one.supplier: one.claims for one in reports(claims, [incident], PUBLISHED)}
    assert found == {"TUR": ("a",), "IRN": ("b", "d"), None: ("c",)}
    (one,) = reports(
        [claims[0], claims[2]], [Incident(id="i", kind="transfer", type="", title="", claims=("a", "c"))], {}
    )
    assert one.claims == ("a", "c")


def test_use_is_what_somebody_says() -> None:
    events = [
        attack("a", "Thailand used F-16 fighters against targets in Cambodia"),
        attack("b", "Thailand shot down an F-16 near the border"),
        attack("c", "Thailand will attack with F-16 fighters", status="future"),
        attack("d", "Thailand used aircraft against targets in Cambodia"),
        attack("e", "strikes with F-16 fighters", actors=()),
    ]
    told = [
        transfer("t", trigger="used", system="Bayraktar TB2", supplier="TUR"),
        transfer("u", trigger="used", system="drones"),
        transfer("v", trigger="sold", system="Bayraktar TB2"),
    ]
    assert uses(events, told, book()) == {("THA", "F-16"): ["a"], ("AZE", "Bayraktar TB2"): ["t"]}
    assert uses([], [], book()) == {}
