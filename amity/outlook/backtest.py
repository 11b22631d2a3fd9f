"""How well outlooks did: scores of a walk over past origins, differences with their intervals, reliability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import isotonic_regression
from scipy.special import betaincinv

from amity.outlook.forecast.counts import Array
from amity.outlook.forecast.walking import METHODS, OUTLOOK, Scores
from amity.records.outlook import Brier, Happening, Record, Score, Versus

DRAWS = 1000
SEED = 20031
BINS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Bounds of the probabilities that a reliability diagram takes together: closer where most are."""
FEWEST = 20
"""Outlooks that a bin needs to be told."""
TRIED = tuple(name for name in METHODS if name not in (OUTLOOK, "recurrence", "regression"))
"""The simple methods that the outlook is held against."""
EVENTS: tuple[Happening, ...] = ("more", "any")
Measure = Literal["crps", "log", "more", "any"]
MEASURES: tuple[Measure, ...] = ("crps", "log", "more", "any")


@dataclass(frozen=True)
class Judged:
    """A walk's scores as arrays, (methods, origins, dyads); where nothing came to compare with, not a number.

    `measures` are losses, `chance` and `truth` probabilities and outcomes of the events, (origins, dyads) the latter.
    """

    target: str
    horizon: int
    steps: tuple[int, ...]
    came: Array
    measures: Mapping[Measure, Array]
    chance: Mapping[Happening, Array]
    truth: Mapping[Happening, Array]
    upto: Array
    below: Array

    @classmethod
    def of(cls, target: str, scores: Scores) -> Judged:
        """From the lists of a walk."""
        came = np.stack(scores.came)
        known = np.isfinite(came)
        gone = np.where(known, 0.0, np.nan)
        chance = {"more": np.stack(scores.rising, axis=1), "any": np.stack(scores.any, axis=1)}
        truth = {"more": (came >= np.stack(scores.rise)) + gone, "any": (came > 0) + gone}
        losses = {name: (chance[name] - truth[name]) ** 2 for name in chance}
        measures = {"crps": np.stack(scores.crps, axis=1), "log": -np.stack(scores.log, axis=1), **losses}
        upto, below = (np.stack(one, axis=1) for one in (scores.upto, scores.below))
        return cls(target, scores.horizon, tuple(scores.origins), came, measures, chance, truth, upto, below)  # type: ignore[arg-type]


def judged(walks: Mapping[str, Mapping[int, Scores]]) -> list[Judged]:
    """Every target and horizon of which something came to be compared."""
    made = (Judged.of(name, one) for name, walk in walks.items() for one in walk.values() if one.origins)
    return [one for one in made if np.isfinite(one.came).any()]


def scores(one: Judged) -> Iterator[Score]:
    """How each method did."""
    number = int(np.isfinite(one.came).sum())
    for k, method in enumerate(METHODS):
        yield Score(
            target=one.target,
            horizon=one.horizon,
            method=method,
            number=number,
            **{name: float(np.nanmean(values[k])) for name, values in one.measures.items()},
            inside_half=_inside(one, k, 0.25, 0.75),
            inside=_inside(one, k, 0.05, 0.95),
        )


def _inside(one: Judged, k: int, low: float, high: float) -> float:
    """Share of outcomes between two quantiles; of one that a quantile cuts its part (Czado, Gneiting and Held 2009)."""
    upto, below = one.upto[k], one.below[k]
    width = np.maximum(upto - below, 1e-12)
    return float(np.nanmean(np.clip(np.minimum(upto, high) - np.maximum(below, low), 0.0, None) / width))


# Differences ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Resamples:
    """Weights of origins and dyads in each draw: blocks of neighbouring origins, and whole dyads, with replacement.

    Forecasts of one time share its shocks, those whose horizons overlap more so, and those of one dyad its ways.
    """

    origins: Array
    dyads: Array

    @classmethod
    def drawn(cls, steps: Sequence[int], dyads: int, horizon: int, draws: int = DRAWS) -> Resamples:
        """Blocks are as long as horizons that overlap, but leave at least four."""
        rng = np.random.default_rng(SEED)
        number = len(steps)
        gap = float(np.median(np.diff(steps))) if number > 1 else 1.0
        length = int(np.clip(np.ceil(horizon / gap), 1, max(1, number // 4)))
        starts = rng.integers(0, number, (draws, -(-number // length)))
        places = (starts[:, :, None] + np.arange(length)).reshape(draws, -1)[:, :number] % number
        times = np.stack([np.bincount(row, minlength=number) for row in places]).astype(float)
        pairs = rng.multinomial(dyads, np.full(dyads, 1 / dyads), size=draws).astype(float)
        return cls(times, pairs)

    def means(self, values: Array) -> Array:
        """The mean of (origins, dyads) in each draw, without what is not a number."""
        known = np.isfinite(values)
        total = ((self.origins @ np.where(known, values, 0.0)) * self.dyads).sum(axis=1)
        number: Array = ((self.origins @ known.astype(float)) * self.dyads).sum(axis=1)
        means: Array = np.divide(total, number, out=np.full(len(total), np.nan), where=number > 0)
        return means


def versus(one: Judged) -> Iterator[Versus]:
    """The outlook against every simple method on every measure."""
    draws = Resamples.drawn(one.steps, one.came.shape[1], one.horizon)
    for method in TRIED:
        k = METHODS.index(method)
        for measure in MEASURES:
            values = one.measures[measure]
            difference = values[0] - values[k]
            low, high = np.nanquantile(draws.means(difference), (0.05, 0.95))
            mean = float(np.nanmean(difference))
            yield Versus(
                target=one.target,
                horizon=one.horizon,
                method=method,
                measure=measure,
                difference=mean,
                low=float(low),
                high=float(high),
                share=mean / max(float(np.nanmean(values[k])), 1e-12),
            )


# Reliability ------------------------------------------------------------------------------------------------------


def record(one: Judged, draws: int = DRAWS) -> Iterator[Record]:
    """The reliability diagram: what probabilities were told, and how often it came.

    Intervals are those of the block bootstrap, and never narrower than if the outlooks came apart (Jeffreys): where
    hardly anything came, resampling it shows no doubt.
    """
    resamples = Resamples.drawn(one.steps, one.came.shape[1], one.horizon, draws)
    for event in EVENTS:
        told, came = one.chance[event][0], one.truth[event]
        place = np.clip(np.searchsorted(BINS, told, side="right") - 1, 0, len(BINS) - 2)
        for number in range(len(BINS) - 1):
            inside = (place == number) & np.isfinite(came)
            if inside.sum() < FEWEST:
                continue
            drawn = resamples.means(np.where(inside, came, np.nan))
            share, count = float(came[inside].mean()), int(inside.sum())
            low, high = np.nanquantile(drawn, (0.05, 0.95))
            least, most = _jeffreys(share * count, count)
            yield Record(
                target=one.target,
                horizon=one.horizon,
                event=event,
                told=float(told[inside].mean()),
                came=share,
                came_low=min(float(low), least),
                came_high=max(float(high), most),
                number=count,
            )


def _jeffreys(came: float, number: int) -> tuple[float, float]:
    """Bounds of 90 % of Beta(came + ½, number - came + ½)."""
    low, high = betaincinv(came + 0.5, number - came + 0.5, np.array([0.05, 0.95]))
    return (float(low) if came > 0 else 0.0), (float(high) if came < number else 1.0)


def alike(records: Sequence[Record], target: str, horizon: int, event: Happening, chance: float) -> Record | None:
    """How outlooks did that told about the same probability; null where there were too few."""
    fitting = [one for one in records if (one.target, one.horizon, one.event) == (target, horizon, event)]
    place = bin_of(chance)
    return next((one for one in fitting if bin_of(one.told) == place), None)


def bin_of(chance: float) -> int:
    """Which probabilities are taken together with one."""
    return int(np.clip(np.searchsorted(BINS, chance, side="right") - 1, 0, len(BINS) - 2))


def brier(one: Judged) -> Iterator[Brier]:
    """The outlook's Brier scores in parts, calibrated by isotonic regression."""
    for event in EVENTS:
        known = np.isfinite(one.truth[event])
        told, came = one.chance[event][0][known], one.truth[event][known]
        order = np.lexsort((-came, told))
        calibrated = np.empty_like(told)
        calibrated[order] = isotonic_regression(_tied(told[order], came[order])).x
        score = float(((told - came) ** 2).mean())
        best = float(((calibrated - came) ** 2).mean())
        uncertainty = float(came.mean() * (1 - came.mean()))
        yield Brier(
            target=one.target,
            horizon=one.horizon,
            event=event,
            score=score,
            miscalibration=score - best,
            discrimination=uncertainty - best,
            uncertainty=uncertainty,
            came=float(came.mean()),
        )


def _tied(told: Array, came: Array) -> Array:
    """Outcomes, those of equal probabilities replaced by their mean."""
    _, group, number = np.unique(told, return_inverse=True, return_counts=True)
    return (np.bincount(group, weights=came) / number)[group]


# In words ---------------------------------------------------------------------------------------------------------


def best(found: Sequence[Score], target: str) -> dict[int, str]:
    """The single method (not the pool) with the least CRPS at each horizon."""
    singles = [one for one in found if one.target == target and one.method != OUTLOOK]
    horizons = sorted({one.horizon for one in singles})
    return {h: min((one for one in singles if one.horizon == h), key=lambda one: one.crps).method for h in horizons}


def lines(found: Sequence[Score], against: Sequence[Versus], parts: Sequence[Brier], unit: str) -> Iterator[str]:
    """What a back-test shows, a line for each target and horizon; where a simple method does as well it is said."""
    for one in found:
        if one.method != OUTLOOK:
            continue
        rivals = [other for other in found if (other.target, other.horizon) == (one.target, one.horizon)]
        simple = min((other for other in rivals if other.method in TRIED), key=lambda other: other.crps)
        gap = next(
            other
            for other in against
            if (other.target, other.horizon, other.method, other.measure)
            == (one.target, one.horizon, simple.method, "crps")
        )
        yield (
            f"{one.target}, {ahead(one.horizon, unit)}: CRPS {one.crps:.3f} against {simple.crps:.3f} of the best "
            f"simple method ({simple.method}), {gap.share:+.1%} ({gap.difference:+.3f}, 90 % interval "
            f"{gap.low:+.3f} to {gap.high:+.3f}): {verdict(gap)}; 90 % intervals held {one.inside:.0%}"
        )


def verdict(gap: Versus) -> str:
    """Who is better, as far as the interval tells."""
    if gap.high < 0:
        return "the outlook is better"
    return f"{gap.method} is better" if gap.low > 0 else "no clear difference"


def ahead(horizon: int, unit: str) -> str:
    """A horizon in words."""
    return f"{horizon} {unit}{'' if horizon == 1 else 's'} ahead"
