"""Balancing or bandwagoning: whether states turn away from a pole or towards it after it was hostile to them.

A hierarchical regression of alignment on the pole's hostility in the year before, fitted by Gibbs sampling:

    θ_it = ρ θ_i,t-1 + β_i (h_i,t-1 - h̄_i) + δ h̄_i + κ a_i,t-1 + μ_i + γ_t + e_it
    β_i ~ N(b, τ²),  μ_i ~ N(0, ν²),  e ~ N(0, σ²)

θ_t-1 guards against regression to the mean, the year effects γ_t against shocks that all share, the state's mean
hostility h̄_i (Mundlak 1978, Econometrica 46: 69-85) against states that always were at odds with the pole, and a, how
much is reported of the two at all, against taking attention for hostility. θ must come from other data than h, or an
error in one makes the other. β_i < 0 is balancing, β_i > 0 bandwagoning (Walt 1987, The Origins of Alliances). It is an
association within states over time, not an effect that was isolated: the same is fitted to the hostility of the year
*after*, which cannot have caused anything, and what this placebo shows as well is no response.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS, BURN = 1500, 300
LEAST = 3
"""Years that a state must give to be fitted."""

SCALE = 0.1
"""Scale of the half-Cauchy priors on how far states differ (Gelman 2006, Bayesian Analysis 1: 515-534)."""


@dataclass(frozen=True)
class Responses:
    """Draws of how alignment responds to one standard deviation of hostility: `each` (draws, states), `typical` (draws)
    the mean of all states, `spread` how far states differ, `persistence` ρ, `noise` σ, the usual change of a year.
    `states` are rows, `years` how many years each rests on, `since` and `until` the first and last column of θ."""

    states: NDArray[np.int64]
    years: NDArray[np.int64]
    each: Floats
    typical: Floats
    spread: Floats
    persistence: Floats
    noise: Floats
    since: int
    until: int

    def of(self, state: int, rng: np.random.Generator) -> Floats:
        """Draws for one state; one that could not be fitted is drawn from how states differ."""
        row = np.flatnonzero(self.states == state)
        if len(row):
            return np.asarray(self.each[:, row[0]])
        return np.asarray(rng.normal(self.typical, self.spread))


@dataclass(frozen=True)
class Pressure:
    """What a pole does to states by year, both (states, years) in standard deviations, NaN where not covered."""

    hostility: Floats
    attention: Floats


def pressure(conflict: Floats, cooperation: Floats, covered: NDArray[np.bool_]) -> Pressure:
    """Hostility log((c + c̄) / (n + n̄)) and attention log(n + n̄) from c events of conflict among n from a pole; the bars
    are means over all states and years, so that twice as many events everywhere are the same hostility."""
    total = conflict + cooperation
    if not covered.any() or total[covered].sum() == 0:
        return Pressure(np.full(total.shape, np.nan), np.full(total.shape, np.nan))
    attention = np.log(total + total[covered].mean())
    hostility = np.log(conflict + max(conflict[covered].mean(), 1e-9 * total[covered].mean())) - attention
    return Pressure(*(_standard(one, covered) for one in (hostility, attention)))


def _standard(values: Floats, covered: NDArray[np.bool_]) -> Floats:
    known = values[covered]
    return np.where(covered, (values - known.mean()) / max(float(known.std()), 1e-9), np.nan)


def respond(
    theta: Floats, on: Pressure, same: NDArray[np.bool_], lag: int = 1, seed: int = 0, rounds: int = ROUNDS
) -> Responses | None:
    """Fit the regression of θ (states, years) on a pole's pressure `lag` years before (-1: the placebo, a year after).

    `same` (states, years - 1) says between which years θ rests on the same parts: a part that begins or ends would
    look like a turn. Null when fewer than two states can be fitted."""
    hostility, attention = (_lagged(one, lag) for one in (on.hostility, on.attention))
    usable = same & np.isfinite(theta[:, 1:]) & np.isfinite(theta[:, :-1]) & np.isfinite(hostility)
    states = np.flatnonzero(usable.sum(axis=1) >= LEAST)
    if len(states) < 2:
        return None
    usable = usable[states]
    i, t = np.nonzero(usable)
    years, t = np.unique(t, return_inverse=True)
    y, x = theta[states][:, 1:][usable], theta[states][:, :-1][usable]
    h, a = hostility[states][usable], attention[states][usable]
    average = np.bincount(i, h) / np.bincount(i)
    fixed = np.column_stack([x, average[i], a])
    rng = np.random.default_rng(seed)
    draws = _gibbs(y, fixed, h - average[i], i, t, len(states), len(years), rng, rounds)
    return Responses(states, usable.sum(axis=1), *draws, int(years[0]) + 1, int(years[-1]) + 1)


def _lagged(values: Floats, lag: int) -> Floats:
    """For the years from the second on: the values `lag` years before, NaN beyond the ends."""
    moved = np.full(values.shape, np.nan)
    moved[:, max(lag, 0) : values.shape[1] + min(lag, 0)] = values[:, max(-lag, 0) : values.shape[1] - max(lag, 0)]
    return moved[:, 1:]


def _gibbs(
    y: Floats,
    fixed: Floats,
    h: Floats,
    i: NDArray[np.int64],
    t: NDArray[np.int64],
    states: int,
    years: int,
    rng: np.random.Generator,
    rounds: int,
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    count = np.bincount(i, minlength=states).astype(float)
    gram = fixed.T @ fixed + 1e-6 * np.eye(fixed.shape[1])
    squares = _sums(i, h**2, states)
    in_year = np.bincount(t, minlength=years).astype(float)
    beta, mu, gamma, rho = np.zeros(states), np.zeros(states), np.zeros(years), np.zeros(fixed.shape[1])
    b, tau, nu, sigma = 0.0, SCALE**2, SCALE**2, float(np.var(y)) + 1e-9
    aid = np.ones(2)
    kept: list[tuple[Floats, float, float, float, float]] = []
    for round_ in range(rounds + BURN):
        rest = y - h * beta[i] - mu[i] - gamma[t]
        rho = rng.multivariate_normal(np.linalg.solve(gram, fixed.T @ rest), sigma * np.linalg.inv(gram))
        level = fixed @ rho
        gamma = _normal(rng, _sums(t, y - level - h * beta[i] - mu[i], years), in_year, sigma, 1.0, 0.0)
        mu = _normal(rng, _sums(i, y - level - h * beta[i] - gamma[t], states), count, sigma, nu, 0.0)
        beta = _normal(rng, _sums(i, h * (y - level - mu[i] - gamma[t]), states), squares, sigma, tau, b)
        b = float(rng.normal(beta.sum() / (states + tau), np.sqrt(tau / (states + tau))))
        tau, aid[0] = _spread(rng, beta - b, aid[0])
        nu, aid[1] = _spread(rng, mu, aid[1])
        left = y - level - mu[i] - gamma[t] - h * beta[i]
        sigma = float((left @ left / 2.0 + 1e-6) / rng.gamma(len(y) / 2.0 + 1.0))
        if round_ >= BURN:
            kept.append((beta, b, float(np.sqrt(tau)), float(rho[0]), float(np.sqrt(sigma))))
    each, typical, spread, persistence, noise = (np.array(one) for one in zip(*kept, strict=True))
    return each, typical, spread, persistence, noise


def _sums(groups: NDArray[np.int64], values: Floats, count: int) -> Floats:
    """Sums of values by group."""
    return np.bincount(groups, values, minlength=count).astype(float)


def _normal(rng: np.random.Generator, sums: Floats, weight: Floats, sigma: float, tau: float, middle: float) -> Floats:
    """Effects given residuals: prior N(middle, tau), `weight` observations' worth of information each."""
    precision = weight / sigma + 1.0 / tau
    return np.asarray(rng.normal((sums / sigma + middle / tau) / precision, 1.0 / np.sqrt(precision)))


def _spread(rng: np.random.Generator, effects: Floats, aid: float) -> tuple[float, float]:
    """A variance under a half-Cauchy prior of scale `SCALE`, and its auxiliary variable (Makalic and Schmidt 2016)."""
    variance = float((effects @ effects / 2.0 + 1.0 / aid) / rng.gamma((len(effects) + 1) / 2.0))
    return max(variance, 1e-8), float((1.0 / variance + 1.0 / SCALE**2) / rng.gamma(1.0))
