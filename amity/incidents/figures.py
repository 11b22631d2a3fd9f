"""Figures that sources contradict each other on where no event brings them together: 20 km² here, 8 km² there."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amity.incidents.contradictions import agree, bounds, contradicted
from amity.incidents.happening import days
from amity.incidents.matching import Rarity
from amity.incidents.origins import origin, original
from amity.incidents.words import stems
from amity.records import Article, Incident, Quantity

AREAS = frozenset({"km2", "ha", "m2", "acres"})
"""Units in which one matter seldom counts two things, so that they need no words in common."""
TOLL = stems("killed dead died deaths wounded injured lost losses casualties destroyed captured missing displaced")
"""Words for what only grows while a matter goes on: a later and higher figure is news, not a contradiction."""
TOLD = frozenset({"occurred", "ongoing", "alleged"})
SAME_COUNT = 0.6
"""How much of the information in two descriptions has to be shared for them to count the same thing."""
SAME_MATTER = 0.2
"""How much two articles have to share, as a cosine over their vocabulary, to be about one matter."""
VAGUE = 2
"""A range that is wider than its lower end ("dozens") contradicts nobody."""
DAYS = 90
"""How far apart reports of one matter are published, at most."""
WINDOW = 40
"""With how many of the next reports each figure is compared."""


@dataclass(frozen=True, slots=True)
class _Figure:
    claim: Quantity
    source: str
    article: str
    published: int
    words: frozenset[str]


def disputed(
    figures: Iterable[Quantity], articles: Mapping[str, Article], texts: Mapping[str, frozenset[str]]
) -> list[Incident]:
    """One incident of kind `quantity` for each thing that independent sources count differently.

    `texts` are the stems of each article. Figures that agree with everybody make none.
    """
    known = [figure for claim in figures if (figure := _figure(claim, articles))]
    wording = Rarity.of(figure.words for figure in known)
    vocabulary = Rarity.of(texts.values())

    def comparable(a: _Figure, b: _Figure) -> bool:
        if a.article == b.article or a.source == b.source or abs(a.published - b.published) > DAYS:
            return False
        if a.claim.unit not in AREAS and wording.overlap(a.words, b.words) < SAME_COUNT:
            return False
        return vocabulary.overlap(texts.get(a.article, _NONE), texts.get(b.article, _NONE)) >= SAME_MATTER

    parents = list(range(len(known)))
    for i, j in _pairs(known):
        if comparable(known[i], known[j]) and not _grown(known[i], known[j]):
            parents[_root(parents, i)] = _root(parents, j)
    groups: dict[int, list[_Figure]] = defaultdict(list)
    for index, figure in enumerate(known):
        groups[_root(parents, index)].append(figure)
    return [incident for group in groups.values() if len(group) > 1 and (incident := _incident(group, articles))]


_NONE: frozenset[str] = frozenset()


def _figure(claim: Quantity, articles: Mapping[str, Article]) -> _Figure | None:
    article = articles.get(original(claim.article, articles))
    published = days((article.published or "")[:10]) if article else None
    if article is None or published is None or claim.status not in TOLD or claim.article != article.id:
        return None
    low, high = bounds(claim.value)
    if high > VAGUE * low:
        return None
    words = stems(f"{claim.subject} {claim.unit or ''}")
    return _Figure(claim, origin(claim, articles), article.id, published[0], words)


def _pairs(known: Sequence[_Figure]) -> Iterator[tuple[int, int]]:
    """Figures of one unit with a word in common, each with the next reports after it."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for index in sorted(range(len(known)), key=lambda index: (known[index].published, known[index].claim.id)):
        unit = known[index].claim.unit
        for key in [(unit, None)] if unit in AREAS else [(unit, word) for word in known[index].words]:
            blocks[key].append(index)
    for block in blocks.values():
        for position, i in enumerate(block):
            for j in block[position + 1 : position + 1 + WINDOW]:
                yield i, j


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _grown(a: _Figure, b: _Figure) -> bool:
    """Whether the later figure is but a newer count of what grows."""
    early, late = sorted((a, b), key=lambda figure: figure.published)
    if early.published == late.published or not TOLL & (a.words | b.words):
        return False
    return bounds(late.claim.value)[0] > bounds(early.claim.value)[1]


def _incident(group: Sequence[_Figure], articles: Mapping[str, Article]) -> Incident | None:
    """A contradiction between what each source counts at most; null when all agree."""
    largest: dict[str, _Figure] = {}
    for figure in group:
        best = largest.get(figure.source)
        if best is None or bounds(figure.claim.value)[1] > bounds(best.claim.value)[1]:
            largest[figure.source] = figure
    kept = [figure for figure in group if agree(figure.claim.value, largest[figure.source].claim.value)]
    kept.sort(key=lambda figure: (figure.published, figure.claim.id))
    claims = [figure.claim for figure in kept]
    about = f"how many {claims[0].unit.replace('m2', 'm²')}" if claims[0].unit else "how many"
    values = [(claim.id, claim.value) for claim in claims]
    found = tuple(contradicted(about, values, {figure.claim.id: figure.source for figure in kept}))
    if not found:
        return None
    lead = claims[0]
    title = articles[lead.article].title
    return Incident(
        id=hashlib.sha256(min(claim.id for claim in claims).encode()).hexdigest()[:16],
        kind="quantity",
        type=lead.unit or "count",
        title=f"{title}: {lead.subject}" if title else lead.subject,
        date=lead.date,
        claims=tuple(claim.id for claim in claims),
        articles=tuple(dict.fromkeys(claim.article for claim in claims)),
        sources=tuple(sorted({figure.source for figure in kept})),
        contradictions=found,
    )
