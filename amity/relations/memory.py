"""Memory that fades: sums over time in which what lies `half_life` periods back counts half; and what scores share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]


def decay(half_life: float) -> float:
    """What one period leaves of a memory."""
    return float(0.5 ** (1.0 / half_life))


def forward(values: Array, kept: float) -> Array:
    """Σ kept^(t-s) values[s] over s ≤ t, along the first axis (periods)."""
    sums = np.array(values, float)
    for now in range(1, len(sums)):
        sums[now] += kept * sums[now - 1]
    return sums


def around(values: Array, kept: float, breaks: Sequence[int] = ()) -> Array:
    """Σ kept^|t-s| values[s] over all s: what came before and what came after, alike. Memory does not reach across
    `breaks`, the first periods of something new."""
    parts = np.split(np.asarray(values, float), list(breaks))
    return np.concatenate([forward(part, kept) + forward(part[::-1], kept)[::-1] - part for part in parts])


def rising(count: Array, start: Array) -> Array:
    """Logarithm of Γ(n+a) / (Γ(a) n!), by which negative binomials and Dirichlet-multinomials count n events, a > 0.

    Between whole n it is linear: a fraction of an event is one that is right with that probability, and its log score
    the expected one. The gamma function between whole numbers would favour settings that expect no burst and no habit.
    """
    whole = np.floor(count)
    known = special.gammaln(whole + start) - special.gammaln(start) - special.gammaln(whole + 1.0)
    return np.asarray(known + (count - whole) * np.log((whole + start) / (whole + 1.0)))
