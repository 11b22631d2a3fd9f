"""When relations turned: lasting changes of level in intensity or valence, with the rate of false alarms controlled.

A series x with weights W is cut in two where that explains it best: where the weighted means before and after lie
furthest apart in units of the series' own noise (the likelihood ratio of Hinkley 1970, Biometrika 57):

    Λ = (x̄₁ - x̄₂)² / (1/W₁ + 1/W₂) / σ²

Of valence x is a period's mean score, of intensity ln((y + ½)/e), of y events at exposure e: bursts multiply, and a
single one must not pass for a level. W is how many events' worth a period tells, as in the filters. σ² is measured on
differences from period to period, which a change of level touches only once, and drawn to what is usual on the layer.

p is the share of orders of the same periods that show a Λ as great: had nothing turned, one order would be as good as
another, whatever the shape of the noise (permutation; orders are drawn until ten are as clear, Besag and Clifford 1991,
Biometrika 78). But noise of events lasts, so orders are not drawn evenly: values come in the order of those of an
autoregression with the correlation ρ that the median busy dyad of the layer has from one period to the next (surrogates
with the same amplitudes: Theiler and others 1992, Physica D 58). A turn is what stands out from how relations fluctuate
anyway. Over everything scanned together Benjamini and Hochberg's (1995, JRSS B 57) rule holds the expected share of
false alarms among what is reported below `FALSE`. What was found is cut again, each half by the same threshold (binary
segmentation: Vostrikova 1981).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from amity.records.relations import LEVEL, Aspect, Change, Estimate
from amity.relations import intensity, valence
from amity.relations.fitted import Fitted
from amity.relations.memory import Array

FALSE = 0.05
"""The expected share of false alarms among the changes reported."""

LEAST = 2
"""Periods that a level must last to be one: a single one may be an outlier."""

PERIODS, EVENTS = 8, 12
"""Covered periods and events that a series must have to be scanned at all."""

DRAWS = (99, 999, 9999)
"""Orders that are drawn, in stages; series with `ENOUGH` as clear as the real one need no more."""

ENOUGH = 10
SURE = 6.0
"""How many differences the usual noise of the layer is worth against a series' own."""


@dataclass(frozen=True)
class Series:
    """One series: values and weights of its `periods` (numbers in the panel), usual noise σ², ρ."""

    aspect: Aspect
    value: Array
    weight: Array
    noise: float
    lasting: float
    periods: NDArray[np.int64]

    def part(self, start: int, end: int) -> Series:
        """The periods from one number to before another."""
        cut = slice(start, end)
        return replace(self, value=self.value[cut], weight=self.weight[cut], periods=self.periods[cut])


class Cut(NamedTuple):
    """Where a series is cut best: number of the first period after it, and how clear that is."""

    at: int
    clear: float
    p: float


class Found(NamedTuple):
    """Changes of every series asked for, and how many had enough in them to be scanned."""

    changes: list[list[Change]]
    scanned: int


def scan(fitted: Sequence[Fitted], rows: Sequence[int], seed: int = 0, draws: Sequence[int] = DRAWS) -> Found:
    """Scan `rows` (dyads) of every layer fitted, for changes of intensity and of valence; one list for each row and
    layer, layers outermost."""
    layers = [(one, common, row) for one in fitted for common in (usual(one),) for row in rows]
    scanned = [(place, one) for place, (layer, common, row) in enumerate(layers) for one in series(layer, row, common)]
    cuts = [best(one, seed, draws) for _, one in scanned]
    adjusted = benjamini_hochberg(np.array([cut.p for cut in cuts]))
    passed = adjusted <= FALSE
    limit = max((cut.p for cut, good in zip(cuts, passed, strict=True) if good), default=0.0)
    changes: list[list[Change]] = [[] for _ in layers]
    for (place, one), cut, value, good in zip(scanned, cuts, adjusted, passed, strict=True):
        if good:
            all_of = sorted(_all(one, cut, limit, seed, draws))
            changes[place] += _told(layers[place][0], one, all_of, float(value) / cut.p)
    return Found(changes, len(scanned))


def benjamini_hochberg(p: Array) -> Array:
    """p-values held against everything that was tested: the false discovery rate at which each would be reported."""
    order = np.argsort(-p)
    ranks = np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(p[order] * len(p) / ranks)) if len(p) else p
    return adjusted


def best(series: Series, seed: int = 0, draws: Sequence[int] = DRAWS) -> Cut:
    """The best cut of a series and its p-value."""
    profile = clarity(series, series.value[None], series.weight[None])[0]
    at = int(np.argmax(profile))
    rng = np.random.default_rng(seed)
    drawn = clearer = 0
    for total in draws:
        orders = _orders(series, total - drawn, rng)
        null = clarity(series, series.value[orders], series.weight[orders])
        clearer += int((null.max(axis=1) >= profile[at] * (1 - _TINY)).sum())
        drawn = total
        if clearer >= ENOUGH:
            break
    return Cut(at, float(profile[at]), (clearer + 1) / (drawn + 1))


def clarity(series: Series, values: Array, weights: Array) -> Array:
    """Λ of every cut of series of values and weights (series, periods), with the noise that `series` has in common;
    entry t cuts before period t, 0 where no cut may be."""
    periods = values.shape[1]
    profile = np.zeros(values.shape)
    if periods < 2 * LEAST:
        return profile
    cuts = slice(LEAST - 1, periods - LEAST)
    sums, weight = np.cumsum(values * weights, axis=1), np.cumsum(weights, axis=1)
    whole, total = sums[:, -1:], weight[:, -1:]
    first, before = sums[:, cuts], weight[:, cuts]
    apart = first / before - (whole - first) / (total - before)
    profile[:, LEAST : periods - LEAST + 1] = apart**2 * before * (total - before) / total
    return np.asarray(profile / noise(series, values, weights)[:, None])


def noise(series: Series, values: Array, weights: Array) -> Array:
    """σ² of series, on differences (that lasting noise makes small), drawn to what is usual."""
    steps = values.shape[1] - 1
    squares = np.diff(values, axis=1) ** 2 / (1.0 / weights[:, 1:] + 1.0 / weights[:, :-1])
    return np.asarray((SURE * series.noise + squares.sum(axis=1) / (1.0 - series.lasting)) / (SURE + steps))


def _orders(series: Series, number: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Orders of the periods (number, periods): their values come as the values of a noise that lasts would."""
    shocks = rng.standard_normal((number, len(series.value)))
    for now in range(1, shocks.shape[1]):
        shocks[:, now] = series.lasting * shocks[:, now - 1] + math.sqrt(1 - series.lasting**2) * shocks[:, now]
    ranks = np.argsort(np.argsort(shocks, axis=1), axis=1)
    return np.asarray(np.argsort(series.value, kind="stable")[ranks])


def _all(series: Series, cut: Cut, limit: float, seed: int, draws: Sequence[int], start: int = 0) -> Iterator[Cut]:
    """The cut, and those of its two halves that are as improbable as the limit asks."""
    yield cut._replace(at=start + cut.at)
    for first, last in ((0, cut.at), (cut.at, len(series.value))):
        half = series.part(first, last)
        if len(half.value) >= PERIODS and np.ptp(half.value) > _TINY:
            again = best(half, seed, draws)
            if again.p <= limit:
                yield from _all(half, again, limit, seed, draws, start + first)


# Telling ----------------------------------------------------------------------------------------------------------


def _told(fitted: Fitted, series: Series, cuts: list[Cut], factor: float) -> Iterator[Change]:
    """Each change against the levels on both its sides, up to the changes before and after it."""
    bounds = [0, *(cut.at for cut in cuts), len(series.value)]
    days = fitted.panel.edges.tolist()
    for before, cut, after in zip(bounds, cuts, bounds[2:], strict=False):
        one, two = series.part(before, cut.at), series.part(cut.at, after)
        first, last = _when(series.part(before, after))
        start, since, until = (days[series.periods[at]] for at in (cut.at, before + first, before + last))
        yield Change(
            aspect=series.aspect,
            layer=fitted.layer,
            start=start,
            since=min(since, start),
            until=max(until, start),
            before=_level(one),
            after=_level(two),
            effect=_effect(one, two),
            p=cut.p,
            adjusted=min(1.0, cut.p * factor),
        )


def _when(series: Series) -> tuple[int, int]:
    """The first and last cut that are not much worse than the best: together as probable as `LEVEL`, all cuts alike
    before looking."""
    lasting = (1 - series.lasting) / (1 + series.lasting)
    profile = clarity(series, series.value[None], series.weight[None])[0] / 2.0 * lasting
    chance = np.exp(profile - profile.max()) * (profile > 0)
    order = np.argsort(-chance, kind="stable")
    enough = int(np.searchsorted(np.cumsum(chance[order]) / chance.sum(), LEVEL)) + 1
    likely = order[:enough]
    return int(likely.min()), int(likely.max())


def _level(series: Series) -> Estimate:
    """The typical level of a stretch with its interval."""
    value, error = _centre(series)
    margin = _QUANTILE * error
    if series.aspect == "intensity":
        return Estimate(math.exp(value), math.exp(value - margin), math.exp(value + margin))
    return Estimate(value, max(value - margin, -valence.BOUND), min(value + margin, valence.BOUND))


def _effect(before: Series, after: Series) -> Estimate:
    """The ratio of typical intensities, or the difference of valences."""
    (one, first), (two, second) = _centre(before), _centre(after)
    margin = _QUANTILE * math.hypot(first, second)
    three = (two - one, two - one - margin, two - one + margin)
    return Estimate(*(map(math.exp, three) if before.aspect == "intensity" else three))


def _centre(series: Series) -> tuple[float, float]:
    """Mean level of a stretch and its standard error, which noise that lasts makes greater."""
    lasting = (1 + series.lasting) / (1 - series.lasting)
    spread = float(noise(series, series.value[None], series.weight[None])[0]) * lasting
    total = float(series.weight.sum())
    return float((series.value * series.weight).sum()) / total, math.sqrt(spread / total)


# What is scanned, and what is usual on a layer --------------------------------------------------------------------


class Usual(NamedTuple):
    """What series of a layer have in common: ρ of counts and of scores, variance of one event's score."""

    intensity: float
    valence: float
    spread: float


def usual(fitted: Fitted) -> Usual:
    """Learn it from all busy dyads of the layer."""
    plain = Usual(0.0, 0.0, _spread(fitted))
    busy = np.flatnonzero(fitted.counts.events.mean(0) >= _BUSY)
    found = [
        lasting([_of(fitted, int(row), aspect, plain) for row in busy[:: max(1, len(busy) // _MANY)]])
        for aspect in ("intensity", "valence")
    ]
    return plain._replace(intensity=found[0], valence=found[1])


def lasting(many: Sequence[Series]) -> float:
    """ρ: how a period's value goes with that of the period before, in the median series, which did not turn; corrected
    for short series (Kendall 1954, Biometrika 41)."""
    found = []
    for one in many:
        if len(one.value) < PERIODS:
            continue
        apart = (one.value - np.average(one.value, weights=one.weight)) * np.sqrt(one.weight)
        if (total := float(np.square(apart).sum())) > _TINY:
            joint = float(np.dot(apart[1:], apart[:-1])) / total
            found.append((joint + 1 / len(apart)) / (1 - 3 / len(apart)))
    return float(np.clip(np.median(found), 0.0, 0.9)) if len(found) >= _SOME else _LASTING


def series(fitted: Fitted, row: int, common: Usual) -> Iterator[Series]:
    """The series of a dyad that have enough in them to be scanned."""
    for aspect, events in (("intensity", fitted.counts.events), ("valence", fitted.scores.number)):
        one = _of(fitted, row, aspect, common)
        if len(one.value) >= PERIODS and events[:, row].sum() >= EVENTS and np.ptp(one.value) > _TINY:
            yield one


def _of(fitted: Fitted, row: int, aspect: str, common: Usual) -> Series:
    return _intensity(fitted, row, common) if aspect == "intensity" else _valence(fitted, row, common)


def _intensity(fitted: Fitted, row: int, common: Usual) -> Series:
    periods = np.flatnonzero(fitted.counts.exposure > 0)
    counts, exposure = fitted.counts.events[periods, row], fitted.counts.exposure[periods]
    mean = np.maximum(counts.sum(), 0.5) / exposure.sum() * exposure
    weight = mean * intensity.weight(counts, fitted.counts.doubt[periods, row], mean, fitted.pace)
    return Series("intensity", np.log((counts + 0.5) / exposure), weight, 1.0, common.intensity, periods)


def _valence(fitted: Fitted, row: int, common: Usual) -> Series:
    one = fitted.scores.of(np.array([row]))
    weight = valence.weight(one, fitted.temper)[:, 0]
    periods = np.flatnonzero(weight > 0)
    return Series("valence", one.mean[0, periods, 0], weight[periods], common.spread, common.valence, periods)


def _spread(fitted: Fitted) -> float:
    """The variance of one event's score on the layer, inside of dyads and periods."""
    value, square = fitted.scores.sums
    number = fitted.scores.number
    inside = square - np.divide(value**2, number, out=np.zeros_like(value), where=number > 0)
    free = float(number.sum() - (number > 0).sum())
    return max(float(inside.sum()) / free if free > 0 else 0.0, 1.0)


_BUSY, _MANY = 2.0, 400
_SOME = 20
_LASTING = 0.3
"""ρ where fewer than `_SOME` dyads have `_BUSY` events a period to tell it; of more than `_MANY` some serve."""

_QUANTILE = float(stats.norm.ppf((1 + LEVEL) / 2))
_TINY = 1e-9
