"""The regression of every period on the ones before: departures from the usual, and what could have moved them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from amity.outlook.influence.series import Array, Series
from amity.records.panel import Unit

MEMORY: Mapping[Unit, float] = {"day": 90, "week": 26, "month": 24, "quarter": 8, "year": 5}
"""Periods after which what happened counts half in what is usual."""

BURN: Mapping[Unit, int] = {"day": 28, "week": 6, "month": 6, "quarter": 4, "year": 2}
"""Covered periods before anything is usual."""

PRIOR = 8.0
"""Periods that the mean spread of all dyads counts in the spread of one."""

STILL = 1e-9
"""Spreads below are none: what never changed."""

RECENT = 4
"""The memory between the last period and the usual: the mean of the periods 2 to 4 before."""

LINEAR = (
    "constant",
    "level",
    "own",
    "recent",
    "reciprocal",
    "their level",
    "tide",
    *("actor acts", "recipient receives", "actor receives", "recipient acts"),
)
"""Terms without propagation. `own`, `recent` and `reciprocal` are departures of the dyad before, of its mean over
periods 2 to 4 before, and of its reverse; `tide` is the mean departure of all, the last four those of all that the two
states do or have done to them: what a state does to everybody is no propagation along ties."""

OWN, RECENTLY, RECIPROCAL = (LINEAR.index(name) for name in ("own", "recent", "reciprocal"))


@dataclass(frozen=True)
class Usual:
    """What was usual as far as known before each period, and what departed from it; each (n, n, periods).

    `level` is the mean of y, `sd` its spread (both fading), z = (y - level) / sd. NaN where a period is not covered
    or nothing was usual yet. The last slice of `level` and `sd`, index `periods`, is what is usual now.
    """

    z: Array
    level: Array
    sd: Array


def usual(series: Series) -> Usual:
    """Fading means and spreads of every dyad: level_t = Σ_s<t k^(t-s) y_s / Σ k^(t-s), k = 2^(-1/memory).

    The spread is shrunk to the mean over dyads, which counts as `PRIOR` periods.
    """
    y, covered = series.y, series.covered
    keep = 0.5 ** (1.0 / MEMORY[series.unit])
    n, _, periods = y.shape
    apart = ~np.eye(n, dtype=bool)
    total, square = np.zeros((n, n)), np.zeros((n, n))
    weight = learned = 0.0
    seen = 0
    level, sd = np.full((n, n, periods + 1), np.nan), np.full((n, n, periods + 1), np.nan)
    for now in range(periods + 1):
        if seen >= BURN[series.unit]:
            mean = square[apart].mean() / max(learned, 1.0) if n > 1 else 0.0
            level[..., now] = total / weight
            wide = np.sqrt((PRIOR * mean + square) / (PRIOR + learned))
            sd[..., now] = np.where(wide > STILL, wide, 0.0)
        if now < periods and covered[now]:
            if weight:
                square = keep * square + (y[..., now] - total / weight) ** 2
                learned = keep * learned + 1.0
            total, weight, seen = keep * total + y[..., now], keep * weight + 1.0, seen + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(sd[..., :-1] > 0, (y - level[..., :-1]) / sd[..., :-1], np.where(np.isnan(y), np.nan, 0.0))
    z[np.isnan(level[..., :-1])] = np.nan
    return Usual(z, level, sd)


@dataclass(frozen=True)
class Gram:
    """Sums of squares and products of one period's regression: X'X, X'z, z'z and how many dyads; they add up.

    `ties` is K, that of the features 11 + 2K + K² + free ones.
    """

    xx: Array
    xz: Array
    zz: float
    cells: float
    ties: int

    def __add__(self, other: Gram) -> Gram:
        sums = (self.xx + other.xx, self.xz + other.xz, self.zz + other.zz, self.cells + other.cells)
        return Gram(*sums, ties=self.ties)


@dataclass(frozen=True)
class Design:
    """The regression of a series. `ties` are (periods, n, n) each, rows summing to one.

    `free`: every state may also heed every other by itself, whatever their ties; for few states only.
    """

    series: Series
    usual: Usual
    ties: Mapping[str, Array]
    free: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The ties, in the order of their coefficients."""
        return tuple(self.ties)

    @cached_property
    def apart(self) -> NDArray[np.bool_]:
        """Pairs of two states."""
        return ~np.eye(len(self.series.states), dtype=bool)

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """Periods that can be explained: covered, as the one before, with something usual by then."""
        there = np.asarray(~np.isnan(self.usual.z).all(axis=(0, 1))) if self.apart.any() else np.zeros(0, bool)
        return tuple(now for now in range(1, len(there)) if there[now] and there[now - 1])

    def departures(self, now: int) -> Array:
        """z of a period, nought on the diagonal: (n, n)."""
        return np.where(self.apart, self.usual.z[..., now], 0.0)

    def linear(self, now: int) -> Array:
        """The terms of `LINEAR` of a period: (n, n, 11)."""
        level, sd = self.usual.level[..., now], self.usual.sd[..., now]
        last = self.departures(now - 1)
        before = [one for one in range(max(0, now - RECENT), now - 1) if not np.isnan(self.usual.z[..., one]).all()]
        recent = np.mean([self.departures(one) for one in before], axis=0) if before else np.zeros_like(last)
        scale = np.divide(1.0, sd, out=np.zeros_like(sd), where=sd > 0)
        tide = np.full_like(last, last[self.apart].mean())
        others = max(len(last) - 1, 1)
        acts, receives = (np.broadcast_to(last.sum(axis=axis)[:, None] / others, last.shape) for axis in (1, 0))
        moods = [acts, receives.T, receives, acts.T]
        return np.stack([scale, level * scale, last, recent, last.T, level.T * scale, tide, *moods], axis=-1)

    def features(self, now: int) -> Array:
        """All terms of a period, (n, n, 11 + 2K + K²): linear, then W_k Z, Z W_kᵀ, W_k Z W_lᵀ of the last Z.

        With `free` also z_kj for each i ≠ k in its row i, and z_il for each j ≠ l in its column j: 2n(n-1) more.
        """
        last = self.departures(now - 1)
        ties = self.tied(now)
        sent, received = ties @ last, last @ ties.swapaxes(-1, -2)
        both = sent[:, None] @ ties.swapaxes(-1, -2)[None]
        blocks = [sent, received, both.reshape(-1, *last.shape)]
        if self.free:
            one = np.eye(len(last))
            rows = np.einsum("ip,qj->pqij", one, last)
            columns = np.einsum("jp,iq->pqij", one, last)
            blocks += [rows[self.apart], columns[self.apart]]
        return np.concatenate([self.linear(now), *(np.moveaxis(block, 0, -1) for block in blocks)], axis=-1)

    def tied(self, now: int) -> Array:
        """Ties in a period: (K, n, n)."""
        n = len(self.series.states)
        return np.stack([tie[now] for tie in self.ties.values()]) if self.ties else np.zeros((0, n, n))

    @cached_property
    def grams(self) -> dict[int, Gram]:
        """Sums of each period that can be explained."""
        return {now: self._gram(now) for now in self.periods}

    def _gram(self, now: int) -> Gram:
        x, z = self.features(now)[self.apart], self.usual.z[..., now][self.apart]
        return Gram(x.T @ x, x.T @ z, float(z @ z), float(len(z)), len(self.ties))
