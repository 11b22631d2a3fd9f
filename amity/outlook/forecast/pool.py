"""Joining methods: a linear pool whose weights are learned from how well each told what came (stacking)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from amity.outlook.forecast.counts import Array
from amity.outlook.forecast.distributions import Distribution, Pool
from amity.outlook.forecast.models import EMPIRICAL, METHODS

MEMBERS = (*METHODS, EMPIRICAL)
FIRST = ("recurrence", "regression")
"""Who shares the weight while nothing has been scored yet."""
CLASSES = (0.3, 3.0, 30.0, 300.0)
"""Expected counts that divide quiet, middling and busy pairs: each class has weights of its own."""
HELD = 50.0
"""Forecasts' worth of belief in the weights of all classes together, when those of one are learned."""
TURNS = 30
ROWS = 12_000


def start() -> Array:
    """Weights before anything is scored, (classes, members)."""
    one = np.array([float(name in FIRST) for name in MEMBERS])
    return np.tile(one / one.sum(), (len(CLASSES) + 1, 1))


def classes(expected: Array) -> NDArray[np.int_]:
    """Which class each forecast belongs to, by what recurrence expects."""
    return np.searchsorted(np.array(CLASSES), expected)


def weighed(log: Array, groups: NDArray[np.int_], before: Array) -> Array:
    """Weights of greatest mean log score by class, (classes, members), by expectation maximisation.

    `log` (members, rows) are log probabilities of what came, told before it came; `before` weights to start from.
    """
    step = max(1, -(-log.shape[1] // ROWS))
    log, groups = log[:, ::step], groups[::step]
    if not log.shape[1]:
        return before
    chance = np.exp(np.maximum(log - log.max(axis=0), -50.0))
    overall = _climb(chance, before.mean(axis=0), start()[0], 10.0)
    return np.stack([_climb(chance[:, groups == one], overall, overall, HELD) for one in range(len(before))])


def _climb(chance: Array, weights: Array, prior: Array, held: float) -> Array:
    weights = np.maximum(weights, 1e-3)
    for _ in range(TURNS):
        share = weights[:, None] * chance
        total = (share / np.maximum(share.sum(axis=0), 1e-300)).sum(axis=1) + held * prior
        weights = total / total.sum()
    return weights


def pooled(members: Sequence[Distribution], weights: Array, groups: NDArray[np.int_]) -> Pool:
    """The members joined, each forecast with the weights of its class."""
    return Pool(members, weights[groups])
