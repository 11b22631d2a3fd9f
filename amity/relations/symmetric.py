"""Both directions of a pair together: derived on request, never assumed, and what it hides told beside it.

Intervals of sums, differences and ratios are recovered from those of their parts (Zou and Donner 2008, Statistics in
Medicine 27), as if the two directions' errors were independent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from amity.records.relations import Asymmetry, Estimate, Point, Relation


def both(there: Relation, back: Relation) -> Relation:
    """What two do to each other: intensities add up, valences are averaged by intensity."""
    pairs = list(zip(there.points, back.points, strict=True))
    events = there.coverage.events, back.coverage.events
    share = events[0] / sum(events) if any(events) else 0.5
    return msgspec.structs.replace(
        there,
        points=tuple(_point(*pair) for pair in pairs),
        usual=added([there.usual, back.usual], [1.0, 1.0]),
        mood=added([there.mood, back.mood], [share, 1 - share]),
        shares={
            quad: added([there.shares.get(quad, _NONE), back.shares.get(quad, _NONE)], [share, 1 - share])
            for quad in dict.fromkeys([*there.shares, *back.shares])
        },
        coverage=msgspec.structs.replace(there.coverage, events=sum(events)),
        changes=(),
        derived=True,
    )


def asymmetries(there: Relation, back: Relation) -> tuple[Asymmetry, ...]:
    """How far the first direction differs from the second, period by period."""
    return tuple(
        Asymmetry(
            actor=there.actor,
            recipient=there.recipient,
            layer=there.layer,
            start=one.start,
            ratio=ratio(one.intensity, other.intensity),
            difference=added([one.valence, other.valence], [1.0, -1.0]),
        )
        for one, other in zip(there.points, back.points, strict=True)
    )


def added(parts: Sequence[Estimate], weights: Sequence[float]) -> Estimate:
    """The weighted sum of independent estimates."""
    value, down, up = 0.0, 0.0, 0.0
    for part, weight in zip(parts, weights, strict=True):
        value += weight * part.value
        ends = sorted((weight * (part.low - part.value), weight * (part.high - part.value)))
        down, up = down + ends[0] ** 2, up + ends[1] ** 2
    return Estimate(value, value - math.sqrt(down), value + math.sqrt(up))


def ratio(one: Estimate, other: Estimate) -> Estimate:
    """One estimate over an independent other, both positive."""
    logs = (
        Estimate(*(math.log(max(end, _LEAST)) for end in (each.value, each.low, each.high))) for each in (one, other)
    )
    told = added(list(logs), [1.0, -1.0])
    return Estimate(*(math.exp(min(end, _MOST)) for end in (told.value, told.low, told.high)))


def _log(estimate: Estimate) -> Estimate:
    return Estimate(*(math.log(max(end, _LEAST)) for end in (estimate.value, estimate.low, estimate.high)))


def _point(one: Point, other: Point) -> Point:
    total = one.intensity.value + other.intensity.value
    share = one.intensity.value / total if total else 0.5
    scored = [(point.mean, point.count) for point in (one, other) if point.mean is not None and point.count]
    weight = sum(count for _, count in scored)
    return msgspec.structs.replace(
        one,
        count=None if one.count is None else one.count + (other.count or 0.0),
        mean=sum(mean * count for mean, count in scored) / weight if weight else None,
        intensity=added([one.intensity, other.intensity], [1.0, 1.0]),
        expected=one.expected and other.expected and added([one.expected, other.expected], [1.0, 1.0]),
        valence=added([one.valence, other.valence], [share, 1 - share]),
        count_surprise=None,
        mean_surprise=None,
    )


_NONE = Estimate(0.0, 0.0, 0.0)
_LEAST, _MOST = 1e-12, 600.0
