"""What a forecast is made from: how much there was of late and in the long run, between the two and around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from amity.outlook.forecast.counts import (
    CONFLICT,
    COOPERATION,
    EVERYTHING,
    Array,
    Counts,
    Target,
    ahead,
    foreseen,
    taken,
    typical,
)
from amity.records.panel import Dyad

PRIOR = 0.3
"""Typical periods of the average dyad that are added to what was counted, so that nought has a logarithm."""
LONG = float("inf")
SEASONS = {"day": 365.25, "week": 52.18, "month": 12.0, "quarter": 4.0}
"""Periods in a year: where two years are known, the season is a feature."""


@dataclass(frozen=True, kw_only=True)
class Design:
    """What is known of m dyads at the beginning of each period s (s = periods: of the one that comes next).

    `own` and `exposure` are counts of the target and exposure in typical periods, (m, periods) and (periods);
    `expected` what exposure a period is expected to have, (periods + 1). `at_risk` (m, periods + 1) says of which
    pairs it is learned (see `Counts.at_risk`). `x` are features, (m, periods + 1, p); a name says the group of the
    feature, and after a comma what of it.
    """

    counts: Counts
    target: Target
    dyads: tuple[Dyad, ...]
    own: Array
    reverse: Array
    exposure: Array
    expected: Array
    at_risk: NDArray[np.bool_]
    names: tuple[str, ...]
    x: Array

    @property
    def periods(self) -> int:
        """How many periods are known."""
        return len(self.exposure)

    def outcomes(self, horizon: int) -> Array:
        """Totals of the horizon from each period on, (m, periods); not a number where not (yet) known."""
        return ahead(np.where(self.exposure > 0, self.own, np.nan), horizon)

    @cached_property
    def average(self) -> Array:
        """Events of the average dyad in a typical period, as known at the beginning of each, (periods + 1)."""
        return average(self.own, self.exposure)

    def memory(self, halflife: float) -> tuple[Array, Array]:
        """Discounted sums of counts, (m, periods + 1), and of exposure, (periods + 1)."""
        return discounted(self.own, halflife), discounted(self.exposure, halflife)


def discounted(values: Array, halflife: float) -> Array:
    """Σ_{u<s} δ^{s-1-u} v_u for every s, with δ = 2^{-1/halflife} (halflife 0: the last value alone)."""
    decay = 0.0 if halflife == 0 else 2 ** (-1 / halflife)
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    for period in range(values.shape[-1]):
        sums[..., period + 1] = decay * sums[..., period] + values[..., period]
    return sums


def average(values: Array, exposure: Array) -> Array:
    """Mean over rows of what a typical period had so far, (periods + 1); a small number where nothing was."""
    rows = max(1, len(values))
    result: Array = (discounted(values.sum(axis=0), LONG) + 0.01) / (discounted(exposure, LONG) * rows + 1)
    return result


def design(counts: Counts, target: Target, dyads: Sequence[Dyad], most: int | None = None) -> Design:
    """The features of some dyads, and of those that were ever among the `most` active, from `counts` alone."""
    risk = counts.at_risk(most)
    asked = set(dyads)
    ever = (counts.dyads[row] for row in np.flatnonzero(risk.any(axis=1)))
    dyads = (*dyads, *(dyad for dyad in ever if dyad not in asked))
    back = [dyad.reverse for dyad in dyads]
    exposure = typical(counts.exposure)
    named = dict(_features(counts, target, dyads, back, exposure))
    x = np.stack(list(named.values()), axis=-1) if named else np.zeros((len(dyads), counts.periods + 1, 0))
    return Design(
        counts=counts,
        target=target,
        dyads=tuple(dyads),
        own=counts.rows(target.name, dyads),
        reverse=counts.rows(target.name, back),
        exposure=exposure,
        expected=foreseen(exposure),
        at_risk=taken(risk.astype(float), np.array([counts.index.get(dyad, -1) for dyad in dyads], int)) > 0,
        names=tuple(named),
        x=x,
    )


def _features(
    counts: Counts, target: Target, dyads: Sequence[Dyad], back: Sequence[Dyad], e: Array
) -> Iterator[tuple[str, Array]]:
    """Logarithms of rates, each (m, periods + 1)."""
    same = counts.of[target.name]
    own, reverse = counts.rows(target.name, dyads), counts.rows(target.name, back)
    yield "own record, last period", _rate(own, e, 0)
    yield "own record, last 3 periods", _rate(own, e, 3)
    yield "own record, last 12 periods", _rate(own, e, 12)
    yield "own record, long run", _rate(own, e, LONG)
    yield "the other direction, of late", _rate(reverse, e, 3)
    yield "the other direction, in the long run", _rate(reverse, e, LONG)
    for other in (CONFLICT, COOPERATION, EVERYTHING):
        if other.name != target.name:
            yield f"{other.name} between the two, of late", _rate(counts.rows(other.name, dyads), e, 3)
    states = {state: number for number, state in enumerate(sorted({one for dyad in counts.dyads for one in dyad}))}
    actors, recipients = (np.array([states.get(d[end], -1) for d in dyads], int) for end in (0, 1))
    done, met = (_by_state(same, counts.dyads, states, end) for end in (0, 1))
    yield "what the actor does to others, of late", _rate(taken(done, actors) - own, e, 3)
    yield "what the recipient meets from others, of late", _rate(taken(met, recipients) - own, e, 3)
    yield "what the actor does to others, in the long run", _rate(taken(done, actors) - own, e, LONG)
    yield "what the recipient meets from others, in the long run", _rate(taken(met, recipients) - own, e, LONG)
    if counts.neighbours:
        hostile = counts.of[CONFLICT.name]
        fought = sum(_by_state(hostile, counts.dyads, states, end) for end in (0, 1))
        around = _around(counts.neighbours, states) @ fought
        yield "conflict of the actor's neighbours", _rate(taken(around, actors), e, 3)
        yield "conflict of the recipient's neighbours", _rate(taken(around, recipients), e, 3)
    world = same.sum(axis=0)[None]
    trend = _rate(world, e, 3) - _rate(world, e, LONG)
    yield "the world, of late", np.broadcast_to(trend, (len(dyads), trend.shape[1]))
    yield from _season(counts, len(dyads))


def _season(counts: Counts, rows: int) -> Iterator[tuple[str, Array]]:
    """Where in the year a period begins, as points on a circle."""
    year = SEASONS.get(counts.unit)
    if year is None or counts.periods < 2 * year:
        return
    days = (counts.edges - counts.edges[0]).astype(float)
    phase = 2 * np.pi * days / 365.25
    for name, value in (("the season, sine", np.sin(phase)), ("the season, cosine", np.cos(phase))):
        yield name, np.broadcast_to(value, (rows, counts.periods + 1))


def _rate(values: Array, e: Array, halflife: float) -> Array:
    """log of (discounted count + prior) / (discounted exposure + prior)."""
    prior = PRIOR * average(values, e)
    result: Array = np.log((discounted(values, halflife) + prior) / (discounted(e, halflife) + PRIOR))
    return result


def _by_state(values: Array, dyads: Sequence[Dyad], states: dict[str, int], end: int) -> Array:
    """Totals of each state as actor (`end` 0) or recipient (1)."""
    totals = np.zeros((len(states), values.shape[1]))
    np.add.at(totals, np.array([states[dyad[end]] for dyad in dyads], int), values)
    return totals


def _around(neighbours: frozenset[tuple[str, str]], states: dict[str, int]) -> Array:
    """Who borders whom, (states, states): rows sum to one, or nought for islands."""
    matrix = np.zeros((len(states), len(states)))
    for one, other in neighbours:
        if one in states and other in states:
            matrix[states[one], states[other]] = 1.0
    shares: Array = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1.0)
    return shares
