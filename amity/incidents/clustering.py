"""From pairwise match weights to clusters: near-linear blocking, then average-link agglomeration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from amity.incidents.happening import Happening
from amity.incidents.matching import Matcher

WINDOW = 40
"""How many neighbours in time each mention of a block is compared with; keeps large blocks linear."""
LINKS = 64
"""How many cross pairs decide whether two clusters join."""

Edge = tuple[float, int, int]


def clusters(happenings: Sequence[Happening], matcher: Matcher, threshold: float = 0.0) -> list[list[int]]:
    """Indices of `happenings` that are one happening, each index in exactly one cluster, in order of first index."""
    edges = [
        (score, i, j)
        for i, j in candidates(happenings)
        if (score := matcher.above(happenings[i], happenings[j], threshold)) is not None
    ]
    edges.sort(key=lambda edge: (-edge[0], edge[1], edge[2]))
    return _agglomerate(happenings, matcher, edges, threshold)


def candidates(happenings: Sequence[Happening]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: they share a trigger, or two parties, or type and one party; near each other in time."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    places: dict[int, list[tuple[list[int], int]]] = {}
    for index in sorted(range(len(happenings)), key=lambda index: (*_when(happenings[index]), index)):
        mine = [blocks[key] for key in _keys(happenings[index])]
        places[index] = [(block, len(block) + 1) for block in mine]
        for block in mine:
            block.append(index)
    for i, ahead in places.items():
        for j in {j for block, after in ahead for j in block[after : after + WINDOW]}:
            yield (i, j) if i < j else (j, i)


def _keys(one: Happening) -> Iterator[Hashable]:
    parties = sorted(one.parties)
    for stem in one.trigger:
        yield "trigger", stem, parties[0] if parties else None
        if len(parties) < 2:
            yield "trigger", stem
    for position, a in enumerate(parties[:6]):
        yield "type", one.type, a
        for b in parties[position + 1 : 6]:
            yield "pair", a, b


def _when(one: Happening) -> tuple[int, str]:
    return one.days[0] if one.days else one.published or 0, one.article


def _agglomerate(
    happenings: Sequence[Happening], matcher: Matcher, edges: Sequence[Edge], threshold: float
) -> list[list[int]]:
    """Join along the surest edges first, wherever the two clusters agree on average."""
    members = {index: [index] for index in range(len(happenings))}
    home = list(range(len(happenings)))
    for _, i, j in edges:
        a, b = home[i], home[j]
        if a == b or not _agree(happenings, matcher, members[a], members[b], threshold):
            continue
        if len(members[a]) < len(members[b]):
            a, b = b, a
        for index in members[b]:
            home[index] = a
        members[a] += members.pop(b)
    return sorted((sorted(group) for group in members.values()), key=lambda group: group[0])


def _agree(
    happenings: Sequence[Happening], matcher: Matcher, a: Sequence[int], b: Sequence[int], threshold: float
) -> bool:
    """Whether the mean score over (a sample of) the cross pairs is above the threshold."""
    pairs = [(i, j) for i in a[:LINKS] for j in b[:LINKS]]
    step = max(1, len(pairs) // LINKS)
    scores = [matcher.score(happenings[i], happenings[j]) for i, j in pairs[::step]]
    return sum(scores) / len(scores) > threshold
