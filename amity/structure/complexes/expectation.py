"""How much two states would deal with each other anyway, and how much more or less than that they do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.records.complexes import Expected
from amity.structure.complexes.interaction import Floats, Standing

EARTH = 6371.0
"""Mean radius in kilometres."""

NEAREST = 50.0
"""Kilometres below which capitals count as equally near."""

STRENGTH = 3.0
"""How many events what is usual at a pair's distance is worth beside what was seen of it; chosen by held-out skill."""

OTHERS = 0.5
"""The same for a tie of one, where distance is no prior: little, so that a single event moves no mountains."""


@dataclass(frozen=True)
class Fit:
    """A Poisson regression: coefficients, their robust standard errors, fitted means."""

    coefficients: Floats
    errors: Floats
    mean: Floats


def poisson(counts: Floats, design: Floats, offset: Floats | None = None, ridge: float = 1e-6) -> Fit:
    """Poisson pseudo-maximum likelihood: E[y] = exp(offset + Xβ), y ≥ 0 of any distribution with that mean.

    Newton's method with steps of at most 2; `ridge` is a Gaussian prior's precision on every coefficient but the first.
    Standard errors are the sandwich estimator's. Santos Silva and Tenreyro (2006), The log of gravity.
    `counts` (m,), `design` (m, k) with a first column of ones, `offset` (m,).
    """
    offset = np.zeros(len(counts)) if offset is None else offset
    penalty = np.diag([1e-9, *[ridge] * (design.shape[1] - 1)])
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(max(counts.sum(), 1e-9) / np.exp(offset).sum())
    for _ in range(100):
        mean = np.exp(np.clip(offset + design @ beta, -30, 30))
        slope = design.T @ (counts - mean) - penalty @ beta
        step = np.linalg.solve((design.T * mean) @ design + penalty, slope)
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            break
    mean = np.exp(np.clip(offset + design @ beta, -30, 30))
    bread = np.linalg.inv((design.T * mean) @ design + penalty)
    meat = (design.T * (counts - mean) ** 2) @ design
    return Fit(beta, np.sqrt(np.diag(bread @ meat @ bread)), mean)


def attention(events: Floats) -> Floats:
    """What each pair would have if every state dealt with all others alike, keeping how active it is: E_ij = x_i x_j.

    x solves Σ_j≠i x_i x_j = Σ_j y_ij by iterative proportional fitting: the Poisson configuration model, in other words
    a gravity model with a fixed effect for each state and no distance. (n, n), zero diagonal.
    """
    active = events.sum(axis=1)
    if not active.any():
        return np.zeros_like(events)
    x = active / np.sqrt(active.sum())
    for _ in range(200):
        rest = x.sum() - x
        new = np.sqrt(x * np.divide(active, rest, out=np.zeros_like(x), where=rest > 0))
        if np.abs(new - x).max() <= 1e-9 * x.max():
            break
        x = new
    expected = np.outer(x, x)
    np.fill_diagonal(expected, 0.0)
    return expected


def kilometres(latitude: Floats, longitude: Floats) -> Floats:
    """Great-circle distances from degrees, (n, n); null (nan) where a place is not known."""
    up, along = np.radians(latitude), np.radians(longitude)
    half = (
        np.sin((up[:, None] - up) / 2) ** 2
        + np.cos(up[:, None]) * np.cos(up) * np.sin((along[:, None] - along) / 2) ** 2
    )
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


@dataclass(frozen=True)
class Ties:
    """How many times the expected interaction a pair has, as a gamma distribution of each pair; all (n, n), symmetric.

    `mean` is (events + κ ρ) / (expected + κ): what was seen over what was expected, with κ events' worth of a prior ρ.
    `shape` is how many independent events that rests on, worth + κ ρ; the variance is mean² / shape. `expected` is in
    weighted events. `distance` is the elasticity of interaction in distance, net of mass, where it was fitted.
    """

    expected: Floats
    mean: Floats
    shape: Floats
    distance: float | None = None

    def draw(self, rng: np.random.Generator) -> Floats:
        """One world of ties that may be true."""
        drawn = np.triu(rng.gamma(self.shape) / self.shape * self.mean, 1)
        return drawn + drawn.T

    def part(self, chosen: NDArray[np.intp]) -> Ties:
        """The same among some of the states."""
        grid = np.ix_(chosen, chosen)
        return Ties(self.expected[grid], self.mean[grid], self.shape[grid], self.distance)


def ties(standing: Standing, by: Expected, mass: Floats | None, far: Floats, near: Floats) -> Ties:
    """Interaction over expectation; `by` says which expectation.

    - `attention`: from how active both states are (see `attention`), nothing else.
    - `regional`: the same, and distance as a prior: where little was seen of a pair, what is usual at its distance
      counts, worth `STRENGTH` events. Distance is no part of what is subtracted.
    - `mass`: from a gravity model on `mass`, ln(size), of both (activity where that is not known).
    - `gravity`: as `mass`, with distance and contiguity: what is left is net of geography altogether.

    `mass` (n,), `far` kilometres (n, n) with nan where unknown, `near` 1 for neighbours.
    """
    n = len(standing.states)
    upper = np.triu_indices(n, 1)
    counts = standing.events[upper]
    if not counts.any():
        nothing = np.zeros((n, n))
        return Ties(nothing, nothing, np.ones((n, n)))
    place = _places(far[upper], near[upper])
    distance: float | None = None
    if by in ("attention", "regional"):
        expected = attention(standing.events)[upper]
    else:
        size = mass if mass is not None else np.log1p(standing.events.sum(axis=1))
        sizes = np.column_stack([np.ones(len(counts)), size[upper[0]] + size[upper[1]]])
        fit = poisson(counts, np.column_stack([sizes, place]) if by == "gravity" else sizes)
        expected = fit.mean
        distance = float(fit.coefficients[2]) if by == "gravity" else None
    usual = np.ones(len(counts))
    if by == "regional":
        fit = poisson(counts, np.column_stack([np.ones(len(counts)), place]), np.log(np.maximum(expected, 1e-9)), 1.0)
        usual = np.divide(fit.mean, expected, out=usual, where=expected > 0)
        distance = float(fit.coefficients[1])
    prior = STRENGTH if by == "regional" else OTHERS
    mean = (counts + prior * usual) / (expected + prior)
    shape = np.maximum(standing.worth[upper] + prior * usual, 1e-6)
    return Ties(_full(n, expected), _full(n, mean), _full(n, shape) + np.eye(n), distance)


def _places(far: Floats, near: Floats) -> Floats:
    """ln(distance) and contiguity, centred; unknown distances lie at the mean."""
    logs = np.log(np.maximum(far, NEAREST))
    known = ~np.isnan(logs)
    middle = float(logs[known].mean()) if known.any() else 0.0
    return np.column_stack([np.where(known, logs - middle, 0.0), near])


def _full(n: int, upper: Floats) -> Floats:
    matrix = np.zeros((n, n))
    matrix[np.triu_indices(n, 1)] = upper
    return matrix + matrix.T
