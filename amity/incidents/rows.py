"""Incidents as rows of event data: what happened, between which two, how surely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from amity.records import Incident
from amity.records.days import days
from amity.records.events import EVENTS

DATASET = "ledger"
HAPPENED: Mapping[str, float] = {"occurred": 1.0, "ongoing": 1.0, "alleged": 0.6, "unconfirmed": 0.5}
"""How far an incident of a status counts as having happened; the future, the hypothetical and the denied do not.

The two shares below one are conventions of ours, not estimates: see docs/structure.md."""

Judge = Callable[[Incident], float]
"""The probability that an incident was coded rightly."""


def rows(
    incidents: Iterable[Incident], score: Callable[[str], float | None], quad: Mapping[str, str], right: Judge
) -> pa.Table:
    """Event incidents as a table of `EVENTS`, one row for each actor and recipient, mutual ones in both directions.

    `score` gives a PLOVER type's score, `quad` its quadrant. Incidents without a date, a recipient or a share in what
    happened are left out.
    """
    made = [row for incident in incidents for row in _rows(incident, score, quad, right)]
    return pa.Table.from_pylist(made, schema=EVENTS)


def _rows(
    incident: Incident, score: Callable[[str], float | None], quad: Mapping[str, str], right: Judge
) -> Iterator[dict[str, Any]]:
    when = days(incident.date)
    share = HAPPENED.get(incident.status, 0.0)
    if incident.kind != "event" or when is None or not share:
        return
    for actor, recipient in _pairs(incident):
        yield {
            "dataset": DATASET,
            "id": incident.id,
            "day": when[0],
            "until": when[1],
            "known": when[1],
            "actor": actor,
            "recipient": recipient,
            "actor_name": actor,
            "recipient_name": recipient,
            "type": incident.type,
            "quad": quad[incident.type],
            "layer": incident.layer,
            "plover": score(incident.type),
            "count": 1,
            "certainty": share * right(incident),
            "sources": len(incident.sources),
            "place": incident.place.country if incident.place else None,
        }


def _pairs(incident: Incident) -> Iterator[tuple[str, str]]:
    """Who acts on whom; of a mutual incident everybody on everybody else."""
    both = (*incident.actors, *incident.recipients)
    left, right = (both, both) if incident.mutual else (incident.actors, incident.recipients)
    seen = set()
    for pair in ((one, other) for one in left for other in right if one != other):
        if pair not in seen:
            seen.add(pair)
            yield pair
