"""When relations turned: lasting changes of level in intensity or valence, with the rate of false alarms controlled.

A series is cut in two where that explains it best: the greatest likelihood ratio of two levels over one (Hinkley 1970,
Biometrika 57), in units of the series' own noise. For counts y with exposure e that is, in sums before and after,

    Λ = (Y₁ ln(Y₁/E₁) + Y₂ ln(Y₂/E₂) - Y ln(Y/E)) · 2/φ

with φ the variance over the mean; for mean scores with weights W it is (x̄₁ - x̄₂)² W₁W₂/(W₁+W₂)/σ². Noise is measured on
differences from period to period, which a change of level touches only once, and drawn to what is usual on the layer.

Series of events have noise that lasts. How much (ρ, its correlation from one period to the next) is learned from all
busy dyads of the layer; so a turn is what stands out from how relations fluctuate anyway. p is the share of series,
drawn from that null with one level and measured in the same way, that show a Λ as great (parametric bootstrap; drawn
until ten do, Besag and Clifford 1991, Biometrika 78). Over everything scanned together Benjamini and Hochberg's (1995,
JRSS B 57) rule holds the expected share of false alarms among what is reported below `FALSE`. What was found is cut
again, each half by the same threshold (binary segmentation: Vostrikova 1981).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from amity.records.relations import LEVEL, Aspect, Change, Estimate
from amity.relations import valence
from amity.relations.fitted import Fitted
from amity.relations.memory import Array

FALSE = 0.05
"""The expected share of false alarms among the changes reported."""

LEAST = 1
"""Periods on each side of a cut. Whether a level of the last period will last nobody knows; without it a turn that has
just come would be dated too early."""

PERIODS, EVENTS = 8, 12
"""Covered periods and events that a series must have to be scanned at all."""

DRAWS = (99, 999, 9999)
"""Series drawn from the null, in stages; those with `ENOUGH` as clear as the real one need no more."""

ENOUGH = 10
_SURE = 6.0
"""How many differences the usual noise of the layer is worth against a series' own."""


@dataclass(frozen=True)
class Series:
    """One series of covered periods. Counts: `value` with exposure `mass`. Scores: `value` with weights `mass`.

    `noise` is what is usual: variance over mean, or variance of one event's score. `lasting` is ρ. `periods` are the
    numbers of the panel's periods.
    """

    aspect: Aspect
    value: Array
    mass: Array
    noise: float
    lasting: float
    periods: NDArray[np.int64]

    def part(self, start: int, end: int) -> Series:
        """The periods from one number to before another."""
        cut = slice(start, end)
        return Series(self.aspect, self.value[cut], self.mass[cut], self.noise, self.lasting, self.periods[cut])


class Cut(NamedTuple):
    """Where a series is cut best: number of the first period after it, and how clear that is."""

    at: int
    clear: float
    p: float


class Found(NamedTuple):
    """Changes of each series scanned (in the order of `Scan.series`), and how many series could be scanned."""

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
            changes[place] += _told(layers[place][0], one, all_of, value / cut.p)
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
    profile = clarity(series, series.value[None])[0]
    at = int(np.argmax(profile))
    rng = np.random.default_rng(seed)
    drawn = clearer = 0
    for total in draws:
        null = _drawn(series, total - drawn, rng)
        clearer += int((clarity(series, null).max(axis=1) >= profile[at]).sum())
        drawn = total
        if clearer >= ENOUGH:
            break
    return Cut(at, float(profile[at]), (clearer + 1) / (drawn + 1))


def clarity(series: Series, values: Array) -> Array:
    """Λ of every cut of series `values` (series, periods); entry t cuts before period t, 0 where no cut may be."""
    periods = values.shape[1]
    mass = np.cumsum(series.mass)
    profile = np.zeros(values.shape)
    inner = slice(LEAST, periods - LEAST + 1)
    cuts = np.arange(periods)[inner] - 1
    if not len(cuts):
        return profile
    if series.aspect == "intensity":
        sums = np.cumsum(values, axis=1)
        whole, first = sums[:, -1:], sums[:, cuts]
        gain = _xlog(first, mass[cuts]) + _xlog(whole - first, mass[-1] - mass[cuts]) - _xlog(whole, mass[-1])
        profile[:, inner] = 2.0 * gain / noise(series, values)[:, None]
    else:
        sums = np.cumsum(values * series.mass, axis=1)
        first, before, after = sums[:, cuts], mass[cuts], mass[-1] - mass[cuts]
        fair = (before > 0) & (after > 0)
        apart = first / np.where(fair, before, 1.0) - (sums[:, -1:] - first) / np.where(fair, after, 1.0)
        profile[:, inner] = fair * apart**2 * before * after / mass[-1] / noise(series, values)[:, None]
    return np.maximum(profile, 0.0)


def noise(series: Series, values: Array) -> Array:
    """Variance over mean of counts, or of one event's score, measured on differences and drawn to what is usual."""
    mass, steps = series.mass, values.shape[1] - 1
    if series.aspect == "intensity":
        level = np.maximum(values.sum(axis=1, keepdims=True) / mass.sum() * mass, _TINY)
        squares, chance = np.diff((values - level) / np.sqrt(level), axis=1) ** 2 / 2.0, 1.0
    else:
        squares, chance = np.diff(values, axis=1) ** 2 / (1.0 / mass[1:] + 1.0 / mass[:-1]), 0.0
    own = chance + np.maximum(squares.mean(axis=1) - chance, 0.0) / (1.0 - series.lasting)
    return np.asarray((_SURE * series.noise + steps * own) / (_SURE + steps))


def _drawn(series: Series, number: int, rng: np.random.Generator) -> Array:
    """Series from the null: one level, noise as measured, lasting as it does on the layer.

    Counts are Poisson around log-normal rates. Scores have the shape of the series' own errors: few events make it
    skewed.
    """
    shape, measured = (number, len(series.value)), float(noise(series, series.value[None])[0])
    if series.aspect == "valence":
        shocks = _last(rng.choice(_errors(series), shape), series.lasting)
        return np.asarray(shocks * np.sqrt(measured / series.mass))
    level = series.mass * series.value.sum() / series.mass.sum()
    extra = np.maximum((measured - 1.0) / np.maximum(level, _TINY), _TINY)
    spread, typical = np.log1p(extra), float(extra.mean())  # logarithms go together more than what they are of
    shocks = _last(rng.standard_normal(shape), math.log1p(series.lasting * typical) / math.log1p(typical))
    return np.asarray(rng.poisson(level * np.exp(shocks * np.sqrt(spread) - spread / 2)), float)


def _last(shocks: Array, lasting: float) -> Array:
    """Independent shocks (series, periods) of variance 1, made to last."""
    for now in range(1, shocks.shape[1]):
        shocks[:, now] = lasting * shocks[:, now - 1] + np.sqrt(1 - lasting**2) * shocks[:, now]
    return shocks


def _errors(series: Series) -> Array:
    """Errors of scores around their mean in units of their size."""
    mean = float((series.value * series.mass).sum() / series.mass.sum())
    errors = (series.value - mean) * np.sqrt(series.mass)
    errors -= errors.mean()
    size = float(np.sqrt((errors**2).mean()))
    return np.asarray(errors / size if size > _TINY else np.array([-1.0, 1.0]))


def _all(series: Series, cut: Cut, limit: float, seed: int, draws: Sequence[int], start: int = 0) -> Iterator[Cut]:
    """The cut, and those of its two halves that are as improbable as the limit asks."""
    yield cut._replace(at=start + cut.at)
    for first, last in ((0, cut.at), (cut.at, len(series.value))):
        half = series.part(first, last)
        if len(half.value) >= PERIODS and half.value.any():
            again = best(half, seed, draws)
            if again.p <= limit:
                yield from _all(half, again, limit, seed, draws, start + first)


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
    profile = clarity(series, series.value[None])[0] / 2.0 * (1 - series.lasting) / (1 + series.lasting)
    chance = np.exp(profile - profile.max()) * (profile > 0)
    order = np.argsort(-chance, kind="stable")
    enough = int(np.searchsorted(np.cumsum(chance[order]) / chance.sum(), LEVEL)) + 1
    likely = order[:enough]
    return int(likely.min()), int(likely.max())


def _level(series: Series) -> Estimate:
    """The level of a stretch with its interval."""
    value, error = _centre(series)
    margin = float(stats.norm.ppf((1 + LEVEL) / 2)) * error
    if series.aspect == "intensity":
        spread = math.exp(margin / value) if value else math.inf
        return Estimate(value, value / spread, value * spread if value else margin)
    return Estimate(value, max(value - margin, -valence.BOUND), min(value + margin, valence.BOUND))


def _effect(before: Series, after: Series) -> Estimate:
    """The ratio of intensities, or the difference of valences."""
    (one, first), (two, second) = _centre(before), _centre(after)
    quantile = float(stats.norm.ppf((1 + LEVEL) / 2))
    if before.aspect == "valence":
        margin = quantile * math.hypot(first, second)
        return Estimate(two - one, two - one - margin, two - one + margin)
    one, two = max(one, first / 2), max(two, second / 2)  # of nothing there is no ratio: half an error stands for it
    spread = math.exp(quantile * math.hypot(first / one, second / two))
    return Estimate(two / one, two / one / spread, two / one * spread)


def _centre(series: Series) -> tuple[float, float]:
    """Mean level of a stretch and its standard error, which noise that lasts makes greater."""
    lasting = (1 + series.lasting) / (1 - series.lasting)
    spread = float(noise(series, series.value[None])[0]) if len(series.value) > 1 else series.noise
    if series.aspect == "intensity":
        total = float(series.value.sum())
        return total / float(series.mass.sum()), float(np.sqrt(spread * lasting * max(total, 0.5)) / series.mass.sum())
    mean = float((series.value * series.mass).sum() / series.mass.sum())
    return mean, float(np.sqrt(spread * lasting / series.mass.sum()))


# What is usual on a layer -----------------------------------------------------------------------------------------


class Usual(NamedTuple):
    """What series of a layer have in common: ρ of counts and of scores, variance of one event's score."""

    intensity: float
    valence: float
    spread: float


def usual(fitted: Fitted) -> Usual:
    """Learn it from all dyads of the layer."""
    spread = _spread(fitted)
    counts, scores = _count_noise(fitted), _score_noise(fitted, spread)
    return Usual(lasting(*counts), lasting(*scores), spread)


def _count_noise(fitted: Fitted) -> tuple[Array, Array]:
    """How far counts of busy dyads lie from their mean level, and how far they would by chance (variance)."""
    busy, covered = _busy(fitted), np.flatnonzero(fitted.counts.exposure > 0)
    values, mass = fitted.counts.events[np.ix_(covered, busy)], fitted.counts.exposure[covered][:, None]
    level = values.sum(0) / mass.sum() * mass
    return values - level, level


def _score_noise(fitted: Fitted, spread: float) -> tuple[Array, Array]:
    busy = _busy(fitted)
    weights = valence.weight(fitted.scores, fitted.temper)[:, busy]
    scores = fitted.scores.mean[0][:, busy]
    mean = (weights * scores).sum(0) / np.maximum(weights.sum(0), _TINY)
    number = fitted.scores.number[:, busy]
    chance = spread * np.divide(weights, number, out=np.zeros_like(weights), where=number > 0)
    return (scores - mean) * np.sqrt(weights), chance


def lasting(apart: Array, chance: Array) -> float:
    """ρ: how noise beyond chance goes with that of the period before, over dyads of equal say; corrected for short
    series (Kendall 1954, Biometrika 41)."""
    periods, total = len(apart), (apart**2).sum(0)
    told = total > 0
    if told.sum() < _SOME or periods < PERIODS:
        return _LASTING
    extra = (total - chance.sum(0) * (1 - 1 / periods))[told] / total[told]
    joint = (apart[1:] * apart[:-1]).sum(0)[told] / total[told]
    found = float(joint.mean() / max(extra.mean(), 0.1))
    return float(np.clip((found + 1 / periods) / (1 - 3 / periods), 0.0, 0.9))


def _busy(fitted: Fitted) -> NDArray[np.int64]:
    return np.flatnonzero(fitted.counts.events.mean(0) >= _BUSY)


def _spread(fitted: Fitted) -> float:
    """The variance of one event's score on the layer, inside of dyads and periods."""
    value, square = fitted.scores.sums
    number = fitted.scores.number
    inside = square - np.divide(value**2, number, out=np.zeros_like(value), where=number > 0)
    free = float(number.sum() - (number > 0).sum())
    return max(float(inside.sum()) / free if free > 0 else 0.0, 1.0)


def series(fitted: Fitted, row: int, common: Usual) -> Iterator[Series]:
    """The series of a dyad that have enough in them to be scanned."""
    for one, events in (
        (_intensity(fitted, row, common), fitted.counts.events[:, row].sum()),
        (_valence(fitted, row, common), fitted.scores.number[:, row].sum()),
    ):
        if len(one.value) >= PERIODS and events >= EVENTS:
            yield one


def _intensity(fitted: Fitted, row: int, common: Usual) -> Series:
    periods = np.flatnonzero(fitted.counts.exposure > 0)
    value, exposure = fitted.counts.events[periods, row], fitted.counts.exposure[periods]
    mean = np.maximum(value.sum() / exposure.sum() * exposure, _TINY)
    doubt = fitted.counts.doubt[:, row].sum() / max(value.sum(), _TINY)
    noise = 1.0 + float(np.mean(mean ** (1.0 - fitted.pace.spread))) / fitted.pace.calm + doubt
    return Series("intensity", value, exposure, noise, common.intensity, periods)


def _valence(fitted: Fitted, row: int, common: Usual) -> Series:
    weights = valence.weight(fitted.scores, fitted.temper)[:, row]
    periods = np.flatnonzero(weights > 0)
    mean = fitted.scores.mean[0][periods, row]
    return Series("valence", mean, weights[periods], common.spread, common.valence, periods)


_BUSY = 2.0
_SOME = 20
_LASTING = 0.3
"""ρ where fewer than `_SOME` dyads have `_BUSY` events a period to tell it."""

_TINY = 1e-9


def _xlog(sums: Array, mass: Array | float) -> Array:
    """sums · ln(sums/mass), 0 where there is nothing."""
    some = sums > 0
    return np.asarray(np.where(some, sums * np.log(np.where(some, sums, 1.0) / np.maximum(mass, _TINY)), 0.0))
