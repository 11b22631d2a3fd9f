"""From records to rows of the ledger's tables, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from amity.records import (
    Actor,
    Article,
    Assessment,
    Claim,
    Event,
    Incident,
    Quantity,
    Relation,
    Span,
    Structure,
    Transfer,
    to_json,
)
from amity.records.flat import Row, flat
from amity.records.review import Review

_CLAIM: Any = msgspec.json.Decoder(Claim)

ARTICLE_FIELDS = tuple(
    field.name for field in msgspec.structs.fields(Article) if field.name not in ("furniture", "copy_of")
)


def article_row(article: Article) -> Row:
    row: Row = {name: getattr(article, name) for name in ARTICLE_FIELDS}
    return row | {"furniture": to_json(article.furniture).decode()}


def article_from(row: Any) -> Article:
    furniture = msgspec.json.decode(row.furniture, type=tuple[Span, ...])
    known = {name: getattr(row, name) for name in ARTICLE_FIELDS}
    return Article(**known, furniture=furniture, copy_of=getattr(row, "original", None))


def claim_row(claim: Claim) -> Row:
    return flat(claim) | {"record": to_json(claim).decode()}


def claim_from(record: str) -> Claim:
    claim: Claim = _CLAIM.decode(record)
    return claim


def review_row(review: Review) -> Row:
    return {
        "claim": review.claim,
        "article": review.article,
        "decision": review.decision,
        "reviewer": review.reviewer,
        "reason": review.reason,
        "before": to_json(review.before).decode(),
        "after": to_json(review.after).decode() if review.after is not None else None,
    }


def review_from(row: Any) -> Review:
    return Review(
        claim=row.claim,
        article=row.article,
        decision=row.decision,
        reviewer=row.reviewer,
        reason=row.reason,
        before=claim_from(row.before),
        after=claim_from(row.after) if row.after is not None else None,
        recorded=row.recorded,
        superseded=row.superseded,
    )


def party_rows(claim: Claim) -> Iterator[Row]:
    """Who takes part in what is claimed, by role."""
    for role, actors in _roles(claim).items():
        for position, actor in enumerate(actors):
            yield {"role": role, "position": position} | _actor(actor)


def _roles(claim: Claim) -> dict[str, tuple[Actor | str, ...]]:
    match claim:
        case Event():
            return {"actor": claim.actors, "recipient": claim.recipients}
        case Transfer():
            return _coded(claim.parties, supplier=claim.supplier, recipient=claim.recipient)
        case Relation():
            return _coded(claim.parties, a=claim.a, b=claim.b)
        case Structure():
            return {"party": claim.parties}
        case Quantity() | Assessment():
            return {}


def _coded(mentioned: tuple[Actor, ...], **codes: str | None) -> dict[str, tuple[Actor | str, ...]]:
    """Parties known by code, with the words that name them where the claim has them."""
    named = {actor.code: actor for actor in mentioned}
    return {role: (named.get(code, code),) for role, code in codes.items() if code}


def _actor(actor: Actor | str) -> Row:
    if isinstance(actor, str):
        return {"code": actor} | dict.fromkeys(("text", "country", "sector", "name", "start", "end"))
    return {
        "code": actor.code,
        "text": actor.text,
        "country": actor.country,
        "sector": actor.sector,
        "name": actor.name,
        "start": actor.start,
        "end": actor.end,
    }


def attribution_rows(claim: Claim) -> Iterator[Row]:
    """The voices, outermost first."""
    for position, voice in enumerate(claim.attribution):
        yield {"position": position} | _actor(voice)


def incident_row(incident: Incident) -> Row:
    return flat(incident) | {"record": to_json(incident).decode()}


def incident_party_rows(incident: Incident) -> Iterator[Row]:
    for role, codes in (("actor", incident.actors), ("recipient", incident.recipients)):
        for position, code in enumerate(codes):
            yield {"role": role, "position": position, "code": code}


def contradiction_rows(incident: Incident) -> Iterator[Row]:
    for number, contradiction in enumerate(incident.contradictions):
        head = {"number": number, "aspect": contradiction.aspect, "about": contradiction.about}
        for side in contradiction.sides:
            for source in dict.fromkeys(side.sources):
                yield head | {"value": side.value, "source": source}
