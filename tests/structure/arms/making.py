"""Orders and reports for the tests of arms."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from amity import codebook
from amity.records.arms import Order, Report


@cache
def book() -> codebook.Codebook:
    return codebook.load()


def order(id: str = "line 2", **fields: Any) -> Order:
    """Israel's five Herons for Azerbaijan, ordered in 2011 and delivered in 2013, unless told otherwise."""
    made = {
        "supplier": "ISR",
        "recipient": "AZE",
        "designation": "Heron",
        "description": "UAV",
        "category": "drone",
        "ordered": 2011,
        "number": 5,
        "delivered": 5,
        "delivery_years": (2013,),
        "tiv": 15.0,
    }
    return Order(id=id, **(made | fields))


def report(**fields: Any) -> Report:
    """A text of 2016 that tells of Herons from Israel for Azerbaijan, unless told otherwise."""
    made = {
        "supplier": "ISR",
        "recipient": "AZE",
        "system": "Heron",
        "category": "drone",
        "told": date(2016, 12, 14),
        "claims": ("c1",),
    }
    return Report(**(made | fields))


def dated(since: int, until: int | None = None) -> dict[str, date]:
    """From the first day of a year to the last day of the same or another."""
    return {"since": date(since, 1, 1), "until": date(until or since, 12, 31)}
