"""Flat form: one record as one row of plain values, for CSV, tables, data frames and the ledger's columns.

Lists are joined by `; `. `actors` and `recipients` hold codes whatever the kind of claim calls them (actors, supplier,
`a`; recipients, recipient, `b`), `type` the PLOVER type of an event, the mode of a transfer, the valence of a
relation. `said_by` is the attribution, outermost first, joined by ` > `.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amity.records.article import Article
from amity.records.claim import (
    Actor,
    Assessment,
    Claim,
    Event,
    Interval,
    Place,
    Quantity,
    Relation,
    Structure,
    Transfer,
    Value,
)
from amity.records.days import days
from amity.records.incident import Incident

Row = dict[str, Any]


def flat(record: Article | Claim | Incident) -> Row:
    """The record as one row; rows of one kind of record always have the same columns in the same order."""
    match record:
        case Article():
            return _article(record)
        case Incident():
            return _incident(record)
        case _:
            return _claim(record)


def columns(kind: Any) -> tuple[str, ...]:
    """The columns of the flat form of `Article`, `Claim` or `Incident`."""
    sample: Article | Claim | Incident
    if kind is Article:
        sample = Article(id="", text="", source="")
    elif kind is Incident:
        sample = Incident(id="", kind="", type="", title="")
    else:
        sample = Quantity(article="", quote="", start=0, end=0, trigger="", trigger_start=0, subject="", value=0)
    return tuple(flat(sample))


def _article(article: Article) -> Row:
    return {
        "id": article.id,
        "published": article.published,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "language": article.language,
        "url": article.url,
        "source": article.source,
        "media_type": article.media_type,
        "copy_of": article.copy_of,
        "text": article.text,
    }


def _claim(claim: Claim) -> Row:
    head: Row = dict.fromkeys(("id", "kind", "type", "actors", "recipients"))
    head |= {"id": claim.id, "kind": claim.kind}
    body = {
        "said_by": " > ".join(voice.name or voice.text for voice in claim.attribution) or None,
        "status": claim.status,
        "certainty": claim.certainty,
        "layer": claim.layer,
        **_dated(claim.date),
        "quote": claim.quote,
        "trigger": claim.trigger,
        **_placed(claim.place),
        **_ONLY_SOME,
        "confidence": claim.confidence,
        "rule": claim.coder.rule or None,
        "article": claim.article,
        "start": claim.start,
        "end": claim.end,
        "trigger_start": claim.trigger_start,
        "sentence": claim.sentence,
    }
    return head | body | _content(claim)


_ONLY_SOME: Row = dict.fromkeys(
    [
        *("mutual", "mode", "intensity", "system", "category", "label", "subject", "predicate", "object"),
        *("target", "verdict", "value_low", "value_high", "unit"),
    ]
)


def _content(claim: Claim) -> Row:
    """The columns that only some kinds of claims fill."""
    match claim:
        case Event():
            return {
                "type": claim.type,
                "actors": _codes(claim.actors),
                "recipients": _codes(claim.recipients),
                "mutual": claim.mutual,
                "mode": claim.mode,
                "intensity": claim.intensity,
            }
        case Transfer():
            return {
                "type": claim.mode,
                "actors": claim.supplier,
                "recipients": claim.recipient,
                "system": claim.system,
                "category": claim.category,
                **_figure(claim.quantity),
            }
        case Relation():
            return {"type": claim.valence, "actors": claim.a, "recipients": claim.b, "label": claim.label}
        case Quantity():
            return {"subject": claim.subject, "unit": claim.unit, **_figure(claim.value)}
        case Structure():
            return {"subject": claim.subject, "predicate": claim.predicate, "object": claim.object}
        case Assessment():
            return {"target": claim.target, "verdict": claim.verdict}


def _incident(incident: Incident) -> Row:
    return {
        "id": incident.id,
        "kind": incident.kind,
        "type": incident.type,
        "title": incident.title,
        "actors": _joined(incident.actors),
        "recipients": _joined(incident.recipients),
        "mutual": incident.mutual,
        "status": incident.status,
        "layer": incident.layer,
        **_dated(incident.date),
        **_placed(incident.place),
        "claims": len(incident.claims),
        "articles": len(incident.articles),
        "sources": len(incident.sources),
        "contradictions": len(incident.contradictions),
    }


def _codes(actors: Iterable[Actor]) -> str | None:
    return _joined(actor.code or actor.text for actor in actors)


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None


def _dated(date: str | None) -> Row:
    bounds = days(date)
    first, last = (day.isoformat() for day in bounds) if bounds else (None, None)
    return {"date": date, "first_day": first, "last_day": last}


def _placed(place: Place | None) -> Row:
    return {
        "place": (place.name or place.text) if place else None,
        "place_country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def _figure(value: Value | None) -> Row:
    if isinstance(value, Interval):
        return {"value_low": value.low, "value_high": value.high}
    return {"value_low": value, "value_high": value}
