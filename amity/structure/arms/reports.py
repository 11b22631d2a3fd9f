"""Claims of transfers as reports: those that tell of one happening together, with its sources and what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar, cast

from amity.records import Incident, Status, Transfer, Value
from amity.records.arms import Report, Side
from amity.records.days import days

DELIVERY = frozenset(
    "deliver delivers delivered delivering delivery deliveries receive receives received receiving arrive arrives"
    " arrived arrival hand hands handed unload unloaded flown shipped shipment shipments sent given got".split()
)
"""Words that tell of arms that changed hands, not of an order or a contract."""

USE = frozenset("use uses used using fire fires fired firing employ employed fly flew flown deploy deployed".split())
"""Words that tell of arms in use by who has them."""

_T = TypeVar("_T", bound=Hashable)


def reports(
    claims: Iterable[Transfer], incidents: Iterable[Incident], published: Mapping[str, str | None]
) -> list[Report]:
    """One report for each supplier and recipient in an incident of transfer, one for each claim that belongs to none.

    Where claims differ on what was transferred, most of those that say it decide. `published` are dates of publication
    by article.
    """
    by_id = {claim.id: claim for claim in claims}
    made: list[Report] = []
    told: set[str] = set()
    for incident in incidents:
        if incident.kind == "transfer" and (own := [by_id[id] for id in incident.claims if id in by_id]):
            told.update(claim.id for claim in own)
            made += [_report(some, published, incident) for some in _by_parties(own)]
    made += [_report([claim], published) for claim in by_id.values() if claim.id not in told]
    return sorted(made, key=lambda one: (one.since or one.told or date.max, one.claims))


def concerning(found: Iterable[Report], state: str, side: Side) -> list[Report]:
    """Reports that have the state on that side."""
    return [one for one in found if (one.supplier if side == "supplier" else one.recipient) == state]


def _by_parties(claims: Sequence[Transfer]) -> list[list[Transfer]]:
    """Claims by supplier and recipient; one that leaves a side open goes with the only ones that it can belong to."""
    groups: dict[tuple[str | None, str | None], list[Transfer]] = {}
    for claim in sorted(claims, key=lambda one: (one.supplier is None) + (one.recipient is None)):
        pair = (claim.supplier, claim.recipient)
        known = [one for one in groups if all(a == b or b is None for a, b in zip(one, pair, strict=True))]
        groups.setdefault(known[0] if len(known) == 1 else pair, []).append(claim)
    return list(groups.values())


def _report(
    claims: Sequence[Transfer], published: Mapping[str, str | None], incident: Incident | None = None
) -> Report:
    first = min((day[0] for claim in claims if (day := days(published.get(claim.article)))), default=None)
    when = days(incident.date) if incident and incident.date else _when(claims)
    sources = incident.sources if incident else tuple(dict.fromkeys(_said_by(claim) for claim in claims))
    status: Status = incident.status if incident else claims[0].status
    return Report(
        supplier=_most(claim.supplier for claim in claims),
        recipient=_most(claim.recipient for claim in claims),
        system=_most(claim.system for claim in claims),
        category=_most(claim.category for claim in claims),
        mode=_most(None if claim.mode == "unspecified" else claim.mode for claim in claims) or "unspecified",
        status=status,
        value=cast("Value | None", _most(claim.quantity for claim in claims)),
        since=when[0] if when else None,
        until=when[1] if when else None,
        told=first,
        delivery=any(claim.trigger.lower() in DELIVERY for claim in claims),
        claims=tuple(claim.id for claim in claims),
        incident=incident.id if incident else None,
        articles=tuple(dict.fromkeys(claim.article for claim in claims)),
        sources=sources,
    )


def _when(claims: Sequence[Transfer]) -> tuple[date, date] | None:
    return next((found for claim in claims if (found := days(claim.date))), None)


def _said_by(claim: Transfer) -> str:
    speaker = next(iter(reversed(claim.attribution)), None)
    return (speaker.name or speaker.text) if speaker else f"article {claim.article[:8]}"


def _most(values: Iterable[_T | None]) -> _T | None:
    """What most say, of those who say something; the first of equals."""
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None
