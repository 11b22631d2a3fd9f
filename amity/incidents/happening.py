"""A happening: what the merger compares of a claim (or of an event mention in an evaluation corpus)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from amity.incidents.words import stems
from amity.records import Article, Event, Status, Transfer

DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")

UNSPECIFIC = "equipment"
"""The category of arms of which no text says what they are."""

Days = tuple[int, int]
"""First and last possible day, as proleptic ordinals (`date.toordinal`)."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One mention of a happening. Sets are empty and values null where the text does not tell."""

    key: str
    article: str
    type: str | None
    trigger: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    mutual: bool
    days: Days | None
    published: int | None
    place: str | None
    country: str | None
    goods: frozenset[str]
    words: frozenset[str]
    position: int
    status: Status | None = None

    @property
    def parties(self) -> frozenset[str]:
        return self.actors | self.recipients


def days(text: str | None) -> Days | None:
    """First and last day of an ISO date, month, year or interval `a/b`; null when it is none of these."""
    if not text:
        return None
    bounds = [_bounds(part) for part in text.split("/")]
    known = [bound for bound in bounds if bound]
    if not known or len(known) != len(bounds):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def _bounds(text: str) -> Days | None:
    match = DATE.match(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        assert year is not None
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


def roles(claim: Event | Transfer) -> tuple[list[str], list[str]]:
    """Codes of those who act (or supply) and of those who are acted upon (or receive)."""
    if isinstance(claim, Transfer):
        return [claim.supplier] if claim.supplier else [], [claim.recipient] if claim.recipient else []
    acting = [actor.code for actor in claim.actors if actor.code]
    return acting, [actor.code for actor in claim.recipients if actor.code]


def _goods(claim: Event | Transfer) -> frozenset[str]:
    """What is transferred; nothing where the text only says "arms", since these may be any."""
    if not isinstance(claim, Transfer) or claim.category == UNSPECIFIC:
        return frozenset()
    return stems(f"{claim.system or ''} {claim.category or ''}")


def happening(claim: Event | Transfer, article: Article | None) -> Happening:
    """What the merger compares of one claim."""
    published = days((article.published or "")[:10]) if article else None
    actors, recipients = roles(claim)
    place = claim.place
    return Happening(
        key=claim.id,
        article=claim.article,
        type=claim.type if isinstance(claim, Event) else "TRANSFER",
        trigger=stems(claim.trigger),
        actors=frozenset(actors),
        recipients=frozenset(recipients),
        mutual=isinstance(claim, Event) and claim.mutual,
        days=days(claim.date),
        published=published[0] if published else None,
        place=(place.name or place.text).lower() if place else None,
        country=place.country if place else None,
        goods=_goods(claim),
        words=stems(claim.quote) - stems(claim.trigger),
        position=claim.trigger_start,
        status=claim.status,
    )
