"""Least squares of the bilinear autoregression, on sums of squares and products, with and without propagation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import ndtri, stdtrit

from amity.outlook.influence.design import LINEAR, Gram
from amity.outlook.influence.series import Array

RIDGES = (1e4, 1e3, 1e2, 1e1)
"""Precisions of the prior on coefficients of influence: normal around nought, of standard deviation 0.01 to 0.32."""

STEADY = 1e-3
"""The same for the linear terms: all but none."""

ROUNDS, ENOUGH = 50, 1e-9
TURNS, SWEEPS = 4, 50
"""Turns between what ties carry and single pairs, and sweeps of coordinate descent in each."""

B = len(LINEAR)


@dataclass(frozen=True)
class Fit:
    """Coefficients: `linear` (11), `sender` α (K), `receiver` β (K), with `variance` of what is left.

    `free` are those of single pairs, first all of senders, then all of receivers, by rows without the diagonal; empty
    where they were not asked for.
    """

    linear: Array
    sender: Array
    receiver: Array
    variance: float
    free: Array = field(default_factory=lambda: np.zeros(0))

    @property
    def theta(self) -> Array:
        """Coefficients of all features of the design, in their order: linear, α, β, αβᵀ, free."""
        both = np.outer(self.sender, self.receiver).ravel()
        return np.concatenate([self.linear, self.sender, self.receiver, both, self.free])

    @property
    def spreads(self) -> bool:
        """Whether anything is passed on."""
        return len(self.sender) > 0 or len(self.free) > 0

    def pairs(self, n: int) -> tuple[Array, Array]:
        """The free coefficients as matrices F of senders and G of receivers: (n, n) each."""
        matrices = np.zeros((2, n, n))
        if len(self.free):
            matrices[:, ~np.eye(n, dtype=bool)] = self.free.reshape(2, -1)
        return matrices[0], matrices[1]

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
    return _fit(Fit(linear, np.zeros(0), np.zeros(0), 1.0), gram)


def influenced(gram: Gram, ridge: float) -> Fit:
    """The model with propagation, z = xᵀλ + (ÃZ + ZB̃ᵀ + ÃZB̃ᵀ) [+ FZ + ZGᵀ], Ã = Σ α_k W_k and B̃ = Σ β_k W_k.

    That is Hoff's bilinear AZBᵀ with A = I + Ã and B = I + B̃, where λ holds what the dyad's own past does beyond 1.
    Minimises squared error + ridge (|α|² + |β|²) by alternating least squares: given β the model is linear in (λ, α),
    given α in (λ, β) (Hoff 2015; Minhas and Hoff 2025 call it block coordinate descent). Every step lowers the sum.
    F and G, where the design has them, are sparse (lasso), in turn with the rest.
    """
    size = B + 2 * gram.ties + gram.ties**2
    if size == len(gram.xz):
        return _tied(gram, ridge)
    free = np.zeros(len(gram.xz) - size)
    within, across = slice(0, size), slice(size, None)
    for turn in range(TURNS):
        rest = replace(gram, xx=gram.xx[within, within], xz=gram.xz[within] - gram.xx[within, across] @ free)
        fit = _tied(rest, ridge)
        if turn < TURNS - 1:
            left = gram.xz[across] - gram.xx[across, within] @ fit.theta
            free = _lasso(gram.xx[across, across], left, free, _fit(replace(fit, free=free), gram).variance)
            free = _eased(gram.xx[across, across], left, free, ridge) if turn == TURNS - 2 else free
    return _fit(replace(fit, free=free), gram)


def _eased(xx: Array, xz: Array, chosen: Array, ridge: float) -> Array:
    """The coefficients that the lasso chose, under the prior of all others: it is to choose, not to shrink."""
    found, there = np.zeros_like(chosen), np.flatnonzero(chosen)
    found[there] = np.linalg.solve(xx[np.ix_(there, there)] + ridge * np.eye(len(there)), xz[there])
    return found


def _lasso(xx: Array, xz: Array, start: Array, variance: float) -> Array:
    """What minimises ½ fᵀXXf - fᵀxz + Σ p_j |f_j| by coordinate descent (Friedman and others 2007), p_j the universal
    threshold σ √(2 XX_jj log m) of Donoho and Johnstone (1994): of m pure noises hardly any passes it."""
    found = start.copy()
    power = np.diagonal(xx)
    penalty = np.sqrt(2 * variance * power * np.log(max(len(found), 2)))
    left = xz - xx @ found
    for _ in range(SWEEPS):
        moved = 0.0
        for one in np.flatnonzero((power > 0) & ((found != 0) | (np.abs(left) > penalty))):
            pull = left[one] + power[one] * found[one]
            value = np.sign(pull) * max(abs(pull) - penalty[one], 0.0) / power[one]
            if value != found[one]:
                left -= xx[:, one] * (value - found[one])
                moved = max(moved, abs(value - found[one]))
                found[one] = value
        if moved < 1e-6:
            break
    return found


def _tied(gram: Gram, ridge: float) -> Fit:
    """Alternating least squares of the part that ties carry."""
    ties = gram.ties
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
    return _fit(Fit(linear, alpha, beta, 1.0), gram)


def passed_on(fit: Fit, ties: Array, departures: Array) -> Array:
    """What departures Z move elsewhere a period later, ÃZ + ZB̃ᵀ + ÃZB̃ᵀ + FZ + ZGᵀ: (n, n); `ties` are (K, n, n)."""
    senders, receivers = (np.tensordot(weights, ties, 1) for weights in (fit.sender, fit.receiver))
    sent = senders @ departures
    moved = np.asarray(sent + departures @ receivers.T + sent @ receivers.T)
    if len(fit.free):
        f, g = fit.pairs(len(departures))
        moved += f @ departures + departures @ g.T
    return moved


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


def _fit(found: Fit, gram: Gram) -> Fit:
    """The fit with the variance of what it leaves."""
    return replace(found, variance=max(found.error(gram) / max(gram.cells, 1.0), 1e-6))


def total(grams: Sequence[Gram]) -> Gram:
    """The sums of several periods."""
    return Gram(
        sum((one.xx for one in grams[1:]), grams[0].xx),
        sum((one.xz for one in grams[1:]), grams[0].xz),
        sum(one.zz for one in grams),
        sum(one.cells for one in grams),
        grams[0].ties,
    )


def draws(grams: Sequence[Gram], fitting: Callable[[Gram], Fit], number: int, seed: int = 0) -> list[Fit]:
    """Fits to periods drawn anew in blocks (moving-block bootstrap, Künsch 1989), block length periods^(1/3).

    Periods are drawn whole: what dyads of one period share is kept.
    """
    rng = np.random.default_rng(seed)
    return [fitting(total([grams[one] for one in drawn])) for drawn in resampled(len(grams), number, rng)]


def widened(drawn: Array, periods: int) -> Array:
    """Draws (the first axis) spread about their median for the few blocks that they come from.

    m blocks tell less of their own variance than many would: by √(m/(m-1)) and Student's t of m-1 for the normal, at
    nine of ten.
    """
    blocks = max(periods / _length(periods), 2.0)
    factor = np.sqrt(blocks / (blocks - 1)) * stdtrit(blocks - 1, 0.95) / ndtri(0.95)
    middle = np.median(drawn, axis=0)
    return np.asarray(middle + factor * (drawn - middle))


def _length(periods: int) -> int:
    """Periods of a block."""
    return max(1, int(periods ** (1 / 3) + 0.5))


def resampled(periods: int, number: int, rng: np.random.Generator) -> list[list[int]]:
    """Periods drawn anew in blocks that wrap around."""
    length = _length(periods)
    blocks = -(-periods // length)
    starts = rng.integers(0, periods, (number, blocks))
    return [[int(one) for one in ((row[:, None] + np.arange(length)) % periods).ravel()[:periods]] for row in starts]
