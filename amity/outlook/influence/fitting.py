"""Least squares of the bilinear autoregression, on sums of squares and products, with and without propagation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np

from amity.outlook.influence.design import LINEAR, Gram
from amity.outlook.influence.series import Array

RIDGES = (1e4, 1e3, 1e2, 1e1)
"""Precisions of the prior on coefficients of influence: normal around nought, of standard deviation 0.01 to 0.32."""

STEADY = 1e-3
"""The same for the linear terms: all but none."""

ROUNDS, ENOUGH = 50, 1e-9
B = len(LINEAR)


@dataclass(frozen=True)
class Fit:
    """Coefficients: `linear` (7), `sender` α (K), `receiver` β (K), with `variance` of what is left."""

    linear: Array
    sender: Array
    receiver: Array
    variance: float

    @property
    def theta(self) -> Array:
        """Coefficients of all features of the design, in their order: linear, α, β, αβᵀ."""
        return np.concatenate([self.linear, self.sender, self.receiver, np.outer(self.sender, self.receiver).ravel()])

    def error(self, gram: Gram) -> float:
        """Σ (z - xᵀθ)² of periods."""
        theta = self.theta
        return float(gram.zz - 2 * theta @ gram.xz[: len(theta)] + theta @ gram.xx[: len(theta), : len(theta)] @ theta)

    def score(self, gram: Gram) -> float:
        """Sum of log densities of periods under normal noise."""
        return float(-0.5 * (gram.cells * np.log(2 * np.pi * self.variance) + self.error(gram) / self.variance))


def unmoved(gram: Gram) -> Fit:
    """The model without propagation: linear terms only, by least squares."""
    linear = np.asarray(np.linalg.solve(gram.xx[:B, :B] + STEADY * np.eye(B), gram.xz[:B]), float)
    return _fit(linear, np.zeros(0), np.zeros(0), gram)


def influenced(gram: Gram, ridge: float) -> Fit:
    """The model with propagation, z = xᵀλ + (ÃZ + ZB̃ᵀ + ÃZB̃ᵀ) with Ã = Σ α_k W_k and B̃ = Σ β_k W_k.

    That is Hoff's bilinear AZBᵀ with A = I + Ã and B = I + B̃, where λ holds what the dyad's own past does beyond 1.
    Minimises squared error + ridge (|α|² + |β|²) by alternating least squares: given β the model is linear in (λ, α),
    given α in (λ, β) (Hoff 2015; Minhas and Hoff 2025 call it block coordinate descent). Every step lowers the sum.
    """
    ties = _ties(gram)
    if ties == 0:
        return unmoved(gram)
    start = _solved(gram, np.eye(len(gram.xz))[:, : B + 2 * ties], np.zeros(len(gram.xz)), ridge)
    alpha, beta = start[B : B + ties], start[B + ties :]
    linear = start[:B]
    for _ in range(ROUNDS):
        before = np.concatenate([linear, alpha, beta])
        linear, alpha = _given(gram, beta, ridge, sender=True)
        linear, beta = _given(gram, alpha, ridge, sender=False)
        if np.abs(np.concatenate([linear, alpha, beta]) - before).max() < ENOUGH:
            break
    return _fit(linear, alpha, beta, gram)


def passed_on(fit: Fit, ties: Array, departures: Array) -> Array:
    """What departures Z move elsewhere a period later, ÃZ + ZB̃ᵀ + ÃZB̃ᵀ: (n, n); `ties` are (K, n, n)."""
    senders, receivers = (np.tensordot(weights, ties, 1) for weights in (fit.sender, fit.receiver))
    sent = senders @ departures
    return np.asarray(sent + departures @ receivers.T + sent @ receivers.T)


def _given(gram: Gram, other: Array, ridge: float, *, sender: bool) -> tuple[Array, Array]:
    """Linear terms and one side's coefficients, given those of the other side."""
    ties, size = len(other), len(gram.xz)
    columns = np.zeros((size, B + ties))
    columns[:B, :B] = np.eye(B)
    own, given = (B, B + ties) if sender else (B + ties, B)
    joint = np.arange(B + 2 * ties, size).reshape(ties, ties)
    for tie in range(ties):
        columns[own + tie, B + tie] = 1.0
        columns[joint[tie] if sender else joint[:, tie], B + tie] = other
    fixed = np.zeros(size)
    fixed[given : given + ties] = other
    solution = _solved(gram, columns, fixed, ridge)
    return solution[:B], solution[B:]


def _solved(gram: Gram, columns: Array, fixed: Array, ridge: float) -> Array:
    """What minimises |z - X(fixed + columns·s)|² + penalty on s."""
    penalty = np.full(columns.shape[1], ridge)
    penalty[:B] = STEADY
    left = columns.T @ gram.xx @ columns + np.diag(penalty)
    return np.asarray(np.linalg.solve(left, columns.T @ (gram.xz - gram.xx @ fixed)), float)


def _ties(gram: Gram) -> int:
    """K of 7 + 2K + K² features."""
    return isqrt(len(gram.xz) - B + 1) - 1


def _fit(linear: Array, sender: Array, receiver: Array, gram: Gram) -> Fit:
    found = Fit(linear, sender, receiver, 1.0)
    variance = found.error(gram) / max(gram.cells, 1.0)
    return Fit(linear, sender, receiver, max(variance, 1e-6))


def total(grams: Sequence[Gram]) -> Gram:
    """The sums of several periods."""
    return Gram(
        sum((one.xx for one in grams[1:]), grams[0].xx),
        sum((one.xz for one in grams[1:]), grams[0].xz),
        sum(one.zz for one in grams),
        sum(one.cells for one in grams),
    )


def draws(grams: Sequence[Gram], fitting: Callable[[Gram], Fit], number: int, seed: int = 0) -> list[Fit]:
    """Fits to periods drawn anew in blocks (moving-block bootstrap, Künsch 1989), block length periods^(1/3).

    Periods are drawn whole: what dyads of one period share is kept.
    """
    rng = np.random.default_rng(seed)
    return [fitting(total([grams[one] for one in drawn])) for drawn in resampled(len(grams), number, rng)]


def resampled(periods: int, number: int, rng: np.random.Generator) -> list[list[int]]:
    """Periods drawn anew in blocks that wrap around."""
    length = max(1, round(periods ** (1 / 3)))
    blocks = -(-periods // length)
    starts = rng.integers(0, periods, (number, blocks))
    return [[int(one) for one in ((row[:, None] + np.arange(length)) % periods).ravel()[:periods]] for row in starts]
