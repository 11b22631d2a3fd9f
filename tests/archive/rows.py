"""Rows of events in a few words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from amity.records.events import EVENTS

DEFAULTS: dict[str, Any] = {
    "dataset": "made",
    "day": date(2020, 1, 15),
    "actor": "AAA",
    "recipient": "BBB",
    "type": "CONSULT",
    "quad": "verbal cooperation",
    "layer": "political",
    "plover": 2.5,
    "goldstein": 1.0,
    "count": 1,
    "certainty": 1.0,
}


def events(*rows: dict[str, Any]) -> pa.Table:
    """A table of `EVENTS`; what a row does not say is as in `DEFAULTS`, and what happened on a day was known then."""
    made = []
    for number, row in enumerate(rows):
        whole = DEFAULTS | {"id": str(number)} | row
        whole.setdefault("until", whole["day"])
        whole.setdefault("known", whole["until"])
        whole.setdefault("actor_name", whole["actor"])
        whole.setdefault("recipient_name", whole["recipient"])
        made.append(whole)
    return pa.Table.from_pylist(made, schema=EVENTS)
