"""Distributions of counts: negative binomials and samples, evaluated for many forecasts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaln

Array = NDArray[np.float64]
LEAST, MOST = 1e-6, 1e5
"""Bounds of means from below, and of sizes to both sides."""
LATTICES = (24, 120, 500)
"""Where a distribution ends before, the CRPS sums over each of so many counts."""
STEPS = np.r_[-6, -4.5, np.arange(-3.2, 4.1, 0.3), 5, 6.5, 9]
"""Standard deviations around a mean at which the distribution of large counts is evaluated …"""
FEW = np.array([0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64, 85, 113], float)
"""… and small counts at which it is, for those that are both often small and sometimes very large."""


class Distribution(Protocol):
    """One distribution of counts for each of m forecasts."""

    def cdf(self, count: Array) -> Array:
        """Pr(Y ≤ count): `count` is (m) or (m, points), nought below 0."""

    def lattice(self, number: int) -> Array:
        """Pr(Y ≤ k) for k = 0 … number - 1, (m, number); for means far below `MOST`."""

    def log(self, count: Array) -> Array:
        """Log probability of a count, (m)."""

    def some(self, rows: NDArray[np.int_]) -> Distribution:
        """The distributions of some of the forecasts."""

    @property
    def mean(self) -> Array:
        """Expected counts, (m)."""

    @property
    def deviation(self) -> Array:
        """Standard deviations, (m)."""


@dataclass(frozen=True)
class Binomials:
    """Negative binomials of mean μ and size r, (m) each: variance μ + μ²/r."""

    mean: Array
    size: Array

    @property
    def deviation(self) -> Array:
        """√(μ + μ²/r)."""
        return np.sqrt(self.mean + self.mean**2 / self.size)

    def cdf(self, count: Array) -> Array:
        """I_{r/(r+μ)}(r, k + 1), the regularised incomplete beta function."""
        mean, size = _beside(self.mean, count), _beside(self.size, count)
        held: Array = betainc(size, np.maximum(np.floor(count), 0) + 1, size / (size + mean))
        return np.where(count < 0, 0.0, held)

    def lattice(self, number: int) -> Array:
        """Sums of p_0 = (r/(r+μ))^r and p_k = p_{k-1} (k-1+r)/k μ/(r+μ)."""
        chances = np.empty((len(self.mean), number))
        chances[:, 0] = np.exp(self.size * np.log(self.size / (self.size + self.mean)))
        odds = self.mean / (self.size + self.mean)
        for k in range(1, number):
            chances[:, k] = chances[:, k - 1] * (odds * ((k - 1 + self.size) / k))
        return np.minimum(np.cumsum(chances, axis=1), 1.0)

    def some(self, rows: NDArray[np.int_]) -> Binomials:
        """Those of some rows."""
        return Binomials(self.mean[rows], self.size[rows])

    def log(self, count: Array) -> Array:
        """log Γ(k+r) - log Γ(r) - log k! + r log(r/(r+μ)) + k log(μ/(r+μ))."""
        return log_binomial(count, self.mean, self.size)


@dataclass(frozen=True)
class Samples:
    """Empirical distributions of s values each, (m, s).

    The log score gives them one value more, drawn from a geometric distribution of their mean: else what never was
    would be impossible.
    """

    values: Array

    @property
    def mean(self) -> Array:
        """Their means."""
        means: Array = self.values.mean(axis=1)
        return means

    @property
    def deviation(self) -> Array:
        """Their standard deviations."""
        deviations: Array = self.values.std(axis=1)
        return deviations

    def cdf(self, count: Array) -> Array:
        """The share of values that are not above."""
        values = self.values if count.ndim == 1 else self.values[:, :, None]
        shares: Array = (values <= count[:, None]).mean(axis=1)
        return shares

    def lattice(self, number: int) -> Array:
        """The share of values up to each count."""
        return self.cdf(np.broadcast_to(np.arange(number, dtype=float), (len(self.values), number)))

    def some(self, rows: NDArray[np.int_]) -> Samples:
        """Those of some rows."""
        return Samples(self.values[rows])

    def log(self, count: Array) -> Array:
        """log of (number of values that are it + geometric probability) / (s + 1)."""
        same = (self.values == count[:, None]).sum(axis=1)
        other = np.exp(log_binomial(count, np.maximum(self.mean, 0.01), np.ones(len(count))))
        chances: Array = (same + other) / (self.values.shape[1] + 1)
        return np.log(np.maximum(chances, 1e-300))


@dataclass(frozen=True)
class Pool:
    """Linear pool Σ w_k F_k of distributions; weights (m, k) sum to one."""

    members: Sequence[Distribution]
    weights: Array

    @property
    def mean(self) -> Array:
        """Σ w_k μ_k."""
        return self._over([one.mean for one in self.members])

    @property
    def deviation(self) -> Array:
        """√(Σ w_k (σ_k² + μ_k²) - μ²)."""
        square = self._over([one.deviation**2 + one.mean**2 for one in self.members])
        return np.sqrt(np.maximum(square - self.mean**2, 0.0))

    def cdf(self, count: Array) -> Array:
        """Σ w_k F_k(count)."""
        return self._over([one.cdf(count) for one in self.members])

    def lattice(self, number: int) -> Array:
        """Σ w_k F_k of the counts up to a number."""
        return self._over([one.lattice(number) for one in self.members])

    def some(self, rows: NDArray[np.int_]) -> Pool:
        """Those of some rows."""
        return Pool([one.some(rows) for one in self.members], self.weights[rows])

    def log(self, count: Array) -> Array:
        """log Σ w_k p_k(count)."""
        return np.log(np.maximum(self._over([np.exp(one.log(count)) for one in self.members]), 1e-300))

    def _over(self, values: Sequence[Array]) -> Array:
        return sum((_beside(self.weights[:, k], value) * value for k, value in enumerate(values)), np.zeros(1))


def log_binomial(count: Array, mean: Array, size: Array) -> Array:
    """Log probability of counts under negative binomials; the gamma functions only where a count is not nought."""
    total = size + mean
    result: Array = size * np.log(size / total)
    some = np.flatnonzero(count > 0)
    if len(some):
        k, r = count[some], size[some]
        result[some] += gammaln(k + r) - gammaln(r) - gammaln(k + 1) + k * np.log(mean[some] / total[some])
    return result


def quantile(one: Distribution, level: Array) -> Array:
    """The smallest count k with F(k) ≥ level, (m) like the levels, by bisection."""
    low = np.full(len(one.mean), -1.0)
    high = np.ceil(one.mean + 10 * one.deviation) + 10
    while (short := one.cdf(high) < level).any():
        high = np.where(short, 2 * high, high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = one.cdf(middle) >= level
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


# CRPS -------------------------------------------------------------------------------------------------------------


def ranked(members: Sequence[Distribution], weights: Array, count: Array) -> Array:
    """CRPS of the pool with `weights` (m, k), and of each member, against what came: (1 + k, m).

    Where all of a forecast's distributions are narrow the sum is over every count, else over points around their means.
    """
    reach = np.max([one.mean + 9 * one.deviation for one in members], axis=0)
    reach = np.maximum(reach, count + 1)
    scores = np.empty((len(members) + 1, len(count)))
    before = -np.inf
    for number in (*LATTICES, np.inf):
        rows = np.flatnonzero((reach >= before) & (reach < number))
        before = number
        if not len(rows):
            continue
        chosen, came = [one.some(rows) for one in members], count[rows]
        if np.isfinite(number):
            grid = np.broadcast_to(np.arange(number), (len(rows), int(number)))
            held = [one.lattice(int(number)) for one in chosen]
        else:
            grid = _points(chosen, came)
            held = [one.cdf(grid) for one in chosen]
        joined = sum((weights[rows, k, None] * one for k, one in enumerate(held)), np.zeros(1))
        scores[:, rows] = [crps(one, grid, came) for one in (joined, *held)]
    return scores


def _points(members: Sequence[Distribution], count: Array) -> Array:
    """Counts around the means of all members, and on both sides of the count that came, (m, points), in order."""
    spread = [one.mean[:, None] + STEPS * one.deviation[:, None] for one in members]
    wide = np.concatenate([*spread, count[:, None] - 1, count[:, None], np.tile(FEW, (len(count), 1))], axis=1)
    return np.sort(np.maximum(np.floor(wide), 0.0), axis=1)


def crps(cdf: Array, grid: Array, count: Array) -> Array:
    """Continuous ranked probability score of distributions of counts, Σ_k (F(k) - 1[k ≥ y])² (Gneiting, Raftery 2007).

    `cdf` are their values at `grid`, both (m, points). Between points of the grid F is taken for a straight line;
    where the grid holds every count the sum is exact.
    """
    apart = cdf - (grid >= count[:, None])
    one, next_ = apart[:, :-1], apart[:, 1:]
    width = np.diff(grid, axis=1)
    inside = one**2 * (width > 0)  # a point stands for itself …
    between = np.maximum(width - 1, 0) * (one**2 + one * next_ + next_**2) / 3  # … and a line for counts between two
    total: Array = inside.sum(axis=1) + between.sum(axis=1) + apart[:, -1] ** 2
    return total


def _beside(values: Array, like: Array) -> Array:
    """(m) made to go with (m, points)."""
    return values[:, None] if like.ndim == 2 else values
