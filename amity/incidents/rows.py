"""Incidents as rows of event data: what happened, between which two, known since when, how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import prod
from typing import Any

import pyarrow as pa

from amity.codebook.plover import Plover
from amity.records import Event, Incident, PloverType
from amity.records.days import days
from amity.records.events import EVENTS

DATASET = "ledger"
HAPPENED: Mapping[str, float] = {"occurred": 1.0, "ongoing": 1.0, "alleged": 0.6, "unconfirmed": 0.5}
"""How far an incident of a status counts as having happened; the future, the hypothetical and the denied do not.

The shares below one are a convention, not estimates."""

UNDATED = 0.7
"""How far an incident that no source dates counts on the day when it was first reported; a convention as well."""

UNJUDGED = 0.7
"""Confidence of a claim that carries none, because another coder made it."""


def rows(
    incidents: Iterable[Incident], claims: Mapping[str, Event], published: Mapping[str, str | None], plover: Plover
) -> pa.Table:
    """Event incidents as a table of `EVENTS`, one row for each actor and recipient, mutual ones in both directions.

    `claims` are the event claims by id, `published` dates of publication by article. Incidents without a recipient,
    those that did not happen, and those that neither a source nor a day of publication dates, are left out.
    """
    made = [row for incident in incidents for row in _rows(incident, claims, published, plover)]
    return pa.Table.from_pylist(made, schema=EVENTS)


def _rows(
    incident: Incident, claims: Mapping[str, Event], published: Mapping[str, str | None], plover: Plover
) -> Iterator[dict[str, Any]]:
    known = _known(incident, published)
    when = days(incident.date) or (known and (known, known))
    share = HAPPENED.get(incident.status, 0.0) * (1.0 if incident.date else UNDATED)
    told = [claims[id] for id in incident.claims if id in claims]
    if not when or not share or not told:
        return
    kind: PloverType = told[0].type
    mode = next((claim.mode for claim in told if claim.type == kind and claim.mode), None)
    for actor, recipient in _pairs(incident):
        yield {
            "dataset": DATASET,
            "id": incident.id,
            "day": when[0],
            "until": when[1],
            "known": known or when[1],
            "actor": actor,
            "recipient": recipient,
            "actor_name": actor,
            "recipient_name": recipient,
            "type": kind,
            "mode": mode,
            "quad": plover.types[kind].quad,
            "layer": incident.layer,
            "plover": plover.intensity(kind, mode),
            "goldstein": plover.goldstein(kind),
            "count": 1,
            "certainty": share * _right(told),
            "sources": len(incident.sources),
            "place": incident.place.country if incident.place else None,
        }


def _right(told: Iterable[Event]) -> float:
    """The probability that it was coded rightly at least once, each article's best claim counted."""
    best: dict[str, float] = {}
    for claim in told:
        sure = UNJUDGED if claim.confidence is None else claim.confidence
        best[claim.article] = max(best.get(claim.article, 0.0), sure)
    return 1.0 - prod(1.0 - sure for sure in best.values())


def _known(incident: Incident, published: Mapping[str, str | None]) -> date | None:
    """The first day on which an article told of it."""
    told = [when[1] for id in incident.articles if (when := days(published.get(id)))]
    return min(told, default=None)


def _pairs(incident: Incident) -> Iterator[tuple[str, str]]:
    """Who acts on whom; of a mutual incident everybody on everybody else."""
    both = (*incident.actors, *incident.recipients)
    left, right = (both, both) if incident.mutual else (incident.actors, incident.recipients)
    yield from dict.fromkeys((one, other) for one in left for other in right if one != other)
