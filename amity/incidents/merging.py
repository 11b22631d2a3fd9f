"""Merging: claims in, incidents out. The same claims always give the same incidents, in whatever order they come."""

from __future__ import annotations

import bisect
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from amity.incidents.clustering import clusters
from amity.incidents.contradictions import contradictions
from amity.incidents.figures import disputed
from amity.incidents.happening import days, happening, roles
from amity.incidents.matching import WEIGHTS, Matcher, Weights
from amity.incidents.origins import origin
from amity.incidents.words import stems
from amity.records import Actor, Article, Claim, Contradiction, Event, Incident, Quantity, Transfer

_T = TypeVar("_T")
Mention = Event | Transfer


def merge(claims: Iterable[Claim], articles: Iterable[Article], weights: Weights = WEIGHTS) -> list[Incident]:
    """Bring claims about the same happening together.

    Events and transfers form incidents; figures stated in the same clause go with them, so that sources can be
    compared. Every event and transfer is in exactly one incident. What sources count differently elsewhere makes
    incidents of kind `quantity`. The prior in `weights` moves between merging more and merging less.
    """
    known = {article.id: article for article in articles}
    every = sorted(claims, key=lambda claim: (claim.article, claim.trigger_start, claim.id))
    mentions = [claim for claim in every if isinstance(claim, Event | Transfer)]
    counts = [claim for claim in every if isinstance(claim, Quantity)]
    figures = _Figures(counts)
    happenings = [happening(claim, known.get(claim.article)) for claim in mentions]
    texts = {article: stems(known[article].text) for article in {one.article for one in every} & known.keys()}
    groups = clusters(happenings, Matcher.over(happenings, texts, weights))
    incidents = [_incident([mentions[index] for index in group], figures, known) for group in groups]
    compared = {side for one in incidents for point in one.contradictions for side in _claims(point)}
    incidents += disputed((claim for claim in counts if claim.id not in compared), known, texts)
    return sorted(incidents, key=lambda incident: (incident.date or "", incident.id))


def _claims(point: Contradiction) -> Iterator[str]:
    for side in point.sides:
        yield from side.claims


class _Figures:
    """Figures by article, found by the clause they stand in."""

    def __init__(self, figures: Iterable[Quantity]) -> None:
        self._by_article: dict[str, list[Quantity]] = defaultdict(list)
        for figure in figures:
            self._by_article[figure.article].append(figure)
        self._starts = {key: [one.trigger_start for one in group] for key, group in self._by_article.items()}

    def within(self, claim: Mention) -> Iterator[Quantity]:
        """Figures whose words stand inside the clause of this claim."""
        starts = self._starts.get(claim.article, [])
        first, last = bisect.bisect_left(starts, claim.start), bisect.bisect_right(starts, claim.end)
        yield from self._by_article[claim.article][first:last] if starts else ()


def _incident(claims: Sequence[Mention], figures: _Figures, articles: Mapping[str, Article]) -> Incident:
    counted = list({figure.id: figure for claim in claims for figure in figures.within(claim)}.values())
    origins = {claim.id: origin(claim, articles) for claim in (*claims, *counted)}
    lead = _lead(claims)
    actors, recipients = _sides(claims, lead)
    return Incident(
        id=_id(claims),
        kind=lead.kind,
        type=_type(lead),
        title=_title(lead),
        actors=actors,
        recipients=recipients,
        mutual=isinstance(lead, Event) and lead.mutual,
        status=_agreed([(claim.status, origins[claim.id]) for claim in claims]),
        date=_date(claims, origins),
        place=next((claim.place for claim in (lead, *claims) if claim.place), None),
        layer=_agreed([(claim.layer, origins[claim.id]) for claim in claims]),
        claims=tuple(claim.id for claim in claims),
        articles=tuple(dict.fromkeys(claim.article for claim in claims)),
        sources=tuple(sorted({origins[claim.id] for claim in claims})),
        mentions=_mentions(lead),
        contradictions=contradictions(claims, counted, origins),
    )


def _id(claims: Sequence[Mention]) -> str:
    """Rests on one claim alone, so that an incident seldom changes its name when another report joins it."""
    return hashlib.sha256(min(claim.id for claim in claims).encode()).hexdigest()[:16]


def _type(claim: Mention) -> str:
    return claim.type if isinstance(claim, Event) else claim.mode


def _lead(claims: Sequence[Mention]) -> Mention:
    """The claim that tells most: asserted, with most parties, a date, a place; the commonest type; the earliest."""
    types = Counter(_type(claim) for claim in claims)

    def telling(claim: Mention) -> tuple[bool, int, int, bool, bool]:
        asserted = claim.status in ("occurred", "ongoing")
        return asserted, types[_type(claim)], len(_mentions(claim)), claim.date is not None, claim.place is not None

    return max(claims, key=telling)


def _mentions(claim: Mention) -> tuple[Actor, ...]:
    return claim.parties if isinstance(claim, Transfer) else (*claim.actors, *claim.recipients)


def _sides(claims: Sequence[Mention], lead: Mention) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Everybody named on either side by any claim, those of the leading claim first."""
    actors: dict[str, None] = {}
    recipients: dict[str, None] = {}
    for claim in (lead, *claims):
        acting, receiving = roles(claim)
        actors.update(dict.fromkeys(code for code in acting if code not in recipients))
        recipients.update(dict.fromkeys(code for code in receiving if code not in actors))
    return tuple(actors), tuple(recipients)


def _agreed(values: Sequence[tuple[_T, str]]) -> _T:
    """The value that most independent sources give; among equals the one given first."""
    sources: dict[_T, set[str]] = defaultdict(set)
    for value, source in values:
        sources[value].add(source)
    return max(sources, key=lambda value: (value is not None, len(sources[value])))


def _date(claims: Sequence[Mention], origins: Mapping[str, str]) -> str | None:
    """The most exact date given, and among equally exact ones the one that most sources give."""
    dated = [(claim.date, origins[claim.id]) for claim in claims if claim.date and days(claim.date)]
    if not dated:
        return None
    lengths = {date: (bounds[1] - bounds[0]) for date, _ in dated if (bounds := days(date))}
    exact = min(lengths.values())
    return _agreed([(date, source) for date, source in dated if lengths[date] == exact])


def _title(claim: Mention) -> str:
    """A line for people: who, what, whom."""
    acting, receiving = roles(claim)
    left, right = ", ".join(acting) or "?", ", ".join(receiving) or "?"
    if isinstance(claim, Transfer):
        return f"{left} → {right}: {claim.system or claim.category or 'arms'} ({claim.mode})"
    if claim.mutual:
        return f"{', '.join([*acting, *receiving])}: {claim.trigger} ({claim.type})"
    return f"{left} → {right}: {claim.trigger} ({claim.type})"
