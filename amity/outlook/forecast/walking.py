"""Forecasts from one origin after another, each from what was known then, beside what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amity.outlook.forecast import pool
from amity.outlook.forecast.counts import Array, Counts, Target
from amity.outlook.forecast.distributions import Distribution, Pool, ranked
from amity.outlook.forecast.features import Design, design
from amity.outlook.forecast.models import WINDOW, Past, Told, _last, forecasts
from amity.records.panel import Dyad

OUTLOOK = "outlook"
METHODS = (OUTLOOK, *pool.MEMBERS)
Known: TypeAlias = Callable[[int], Counts]
"""What was known before a period began."""


@dataclass(frozen=True)
class Forecast:
    """Forecasts for m dyads from the same origin over one horizon.

    `usual` (m) is what the horizon would hold at the rate of the last `WINDOW` periods, `rise` (m) the count from
    which it is more than that (see `rises`).
    """

    horizon: int
    pool: Pool
    members: Mapping[str, Distribution]
    told: Mapping[str, Told]
    weights: Array
    groups: NDArray[np.int_]
    usual: Array
    rise: Array


@dataclass
class Scores:
    """Scores of forecasts over one horizon: lists of (methods, m) by origin, in the order of `METHODS`."""

    horizon: int
    origins: list[int] = field(default_factory=list)
    came: list[Array] = field(default_factory=list)
    usual: list[Array] = field(default_factory=list)
    rise: list[Array] = field(default_factory=list)
    groups: list[NDArray[np.int_]] = field(default_factory=list)
    crps: list[Array] = field(default_factory=list)
    log: list[Array] = field(default_factory=list)
    upto: list[Array] = field(default_factory=list)
    below: list[Array] = field(default_factory=list)
    rising: list[Array] = field(default_factory=list)
    any: list[Array] = field(default_factory=list)
    weights: Array = field(default_factory=pool.start)

    def learn(self, origin: int, shorter: Scores | None = None) -> None:
        """Weigh the methods anew by what was over at an origin; until anything is, like at the next shorter horizon."""
        over = [
            place
            for place, one in enumerate(self.origins)
            if one + self.horizon <= origin and np.isfinite(self.came[place]).any()
        ]
        if over:
            log = np.concatenate([self.log[place][1:] for place in over], axis=1)
            groups = np.concatenate([self.groups[place] for place in over])
            fine = np.isfinite(log).all(axis=0)
            self.weights = pool.weighed(log[:, fine], groups[fine], self.weights)
        elif shorter is not None:
            self.weights = shorter.weights

    def score(self, origin: int, made: Forecast, came: Array) -> None:
        """Compare forecasts with what came, (m); where that is not known, scores are not numbers."""
        known = np.isfinite(came)
        count = np.where(known, came, 0.0)
        everyone = [made.members[name] for name in pool.MEMBERS]
        log = np.stack([one.log(count) for one in everyone])
        edges = np.stack([count, count - 1, made.rise - 1, np.zeros_like(count)], axis=1)
        ends = np.stack([one.cdf(edges) for one in everyone])
        share = made.weights[made.groups].T
        ends = np.concatenate([(share[:, :, None] * ends).sum(axis=0)[None], ends])
        log = np.concatenate([np.log((share * np.exp(log)).sum(axis=0) + 1e-300)[None], log])
        gone = np.where(known, 0.0, np.nan)
        self.origins.append(origin)
        self.came.append(came)
        self.usual.append(made.usual)
        self.rise.append(made.rise)
        self.groups.append(made.groups)
        self.crps.append(ranked(everyone, share.T, count) + gone)
        self.log.append(log + gone)
        for kept, end in zip((self.upto, self.below), (0, 1), strict=True):
            kept.append(ends[:, :, end] + gone)
        for kept, end in zip((self.rising, self.any), (2, 3), strict=True):
            kept.append(1 - ends[:, :, end] + gone)


def rises(usual: Array) -> Array:
    """The count from which a horizon holds more than usual: half as much again, and two events more at least."""
    return np.ceil(np.maximum(1.5 * usual, usual + 2) - 1e-9)


def forecast(made: Design, horizon: int, weights: Array, number: int) -> Forecast:
    """What to expect of the next `horizon` periods after all that is known, for the first `number` dyads."""
    past = Past.of(made, horizon)
    every, told = forecasts(past)
    rows = np.arange(number)
    members = {name: one.some(rows) for name, one in every.items()}
    groups = pool.classes(members["recurrence"].mean)
    counted, exposed = (_last(values, WINDOW)[..., -1] for values in (made.own[rows], made.exposure))
    usual = counted / np.maximum(exposed, 1e-9) * past.offset[-1]
    joined = pool.pooled([members[name] for name in pool.MEMBERS], weights, groups)
    return Forecast(horizon, joined, members, told, weights, groups, usual, rises(usual))


def walk(
    target: Target,
    dyads: Sequence[Dyad],
    origins: Sequence[int],
    horizons: Sequence[int],
    known: Known,
    truth: Counts,
    most: int | None = None,
    heard: Callable[[], None] = lambda: None,
) -> dict[int, Scores]:
    """Forecast from each origin with what was `known`, and score it against the `truth`, by horizon.

    Everything is learned anew at each origin, the weights of the pool from the scores of forecasts that were over by
    then; learned is from these dyads and the `most` active ones. Horizons that end after the truth are left out.
    """
    scores = {horizon: Scores(horizon) for horizon in horizons}
    came = {horizon: truth.sums(target.name, dyads, horizon) for horizon in horizons}
    for origin in origins:
        made = design(known(origin), target, dyads, most)
        weigh(scores, origin)
        for horizon, kept in scores.items():
            if origin + horizon <= truth.periods:
                kept.score(origin, forecast(made, horizon, kept.weights, len(dyads)), came[horizon][:, origin])
        heard()
    return scores


def weigh(scores: Mapping[int, Scores], origin: int) -> None:
    """Weigh the methods anew at every horizon by what was over at an origin."""
    shorter: Scores | None = None
    for _, kept in sorted(scores.items()):
        kept.learn(origin, shorter)
        shorter = kept
