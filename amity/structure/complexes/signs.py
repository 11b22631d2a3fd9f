"""Amity and enmity inside a complex: signs of pairs, two camps with the least frustration, balance of triads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from amity.structure.complexes.interaction import Floats, Standing

PRIOR = 5.0
"""How many events at the world's mean score stand beside what was seen of a pair."""

LEVEL = 1.645
"""Standard errors from the middle to the ends of a 90 % interval."""

MARGIN = 0.25
"""Points of the scale by which a pair must differ from the world's mean to be signed, however many its events."""

Signs = NDArray[np.int_]


@dataclass(frozen=True)
class Valence:
    """Mean score of all events of a pair, shrunk to the world's mean `middle`, with its standard error; (n, n)."""

    mean: Floats
    error: Floats
    known: NDArray[np.bool_]
    middle: float

    @property
    def signs(self) -> Signs:
        """1 where the interval lies above the world's mean and the mean by `MARGIN`, -1 below, 0 between or unknown."""
        from_middle = self.mean - self.middle
        far = np.abs(from_middle) > np.maximum(LEVEL * self.error, MARGIN)
        return np.where(self.known & far, np.sign(from_middle), 0).astype(int)


def valence(standing: Standing) -> Valence:
    """How states deal with each other: (Σ score + m k) / (events + k) with m the world's mean score and k = `PRIOR`.

    The world's mean is the line between amity and enmity, since diplomats talk politely to everybody: what counts is
    whether two deal with each other better or worse than states do. The error is √(variance of scores / (events + k)).
    """
    total = float(standing.scored.sum())
    middle = float(standing.value.sum()) / total if total else 0.0
    spread = float(standing.square.sum()) / total - middle**2 if total else 0.0
    weight = standing.scored + PRIOR
    mean = (standing.value + PRIOR * middle) / weight
    error = np.sqrt(max(spread, 1e-9) / weight)
    return Valence(mean, error, standing.scored > 0, middle)


@dataclass(frozen=True)
class Camps:
    """Two sides of a signed graph. `side` (n,) is 0 or 1, -1 for who has no signed pair; `frustration` pairs stand
    against it, at least `bound` do whatever the sides; `exact` when that is the same."""

    side: NDArray[np.intp]
    frustration: int
    bound: int
    exact: bool


def camps(signs: Signs, seconds: float = 5.0) -> Camps:
    """The two sides that leave the fewest friends apart and enemies together: the frustration index.

    Binary program of Aref and Wilson (2018, Measuring partial balance in signed networks): a side x_i for each state
    and f_ij ≥ x_i - x_j, x_j - x_i for friends, f_ij ≥ x_i + x_j - 1, 1 - x_i - x_j for enemies; minimise Σ f. Solved
    by HiGHS within `seconds`, else its bounds are told.
    """
    n = len(signs)
    pairs = [(one, other, int(signs[one, other])) for one, other in combinations(range(n), 2) if signs[one, other]]
    if not pairs:
        return Camps(np.full(n, -1), 0, 0, True)
    m = len(pairs)
    rows, columns, values, floor = [], [], [], []
    for number, (one, other, sign) in enumerate(pairs):
        for turn in (1, -1):
            row = 2 * number + (turn < 0)
            rows += [row, row, row]
            columns += [one, other, n + number]
            values += [-turn, turn * sign, 1]
            floor.append(0.0 if sign > 0 else (-1.0 if turn > 0 else 1.0))
    table = csr_array((np.array(values, float), (rows, columns)), shape=(2 * m, n + m))
    busiest = int(np.abs(signs).sum(axis=1).argmax())
    upper = np.ones(n + m)
    upper[busiest] = 0.0
    solved = milp(
        np.concatenate([np.zeros(n), np.ones(m)]),
        integrality=np.concatenate([np.ones(n), np.zeros(m)]),
        bounds=Bounds(np.zeros(n + m), upper),
        constraints=LinearConstraint(table, np.array(floor), np.inf),
        options={"time_limit": seconds},
    )
    side = np.round(solved.x[:n]).astype(np.intp) if solved.x is not None else _greedy(signs)
    cost = frustration(signs, side)
    bound = cost if solved.status == 0 else max(0, int(np.ceil((solved.mip_dual_bound or 0.0) - 1e-6)))
    side[~np.any(signs != 0, axis=1)] = -1
    return Camps(side, cost, bound, bound == cost)


def frustration(signs: Signs, side: NDArray[np.intp]) -> int:
    """Friends apart and enemies together."""
    same = side[:, None] == side
    upper = np.triu(np.ones_like(same), 1)
    return int((upper & ((signs > 0) & ~same | (signs < 0) & same)).sum())


def _greedy(signs: Signs) -> NDArray[np.intp]:
    """Sides by moving one state after another to where it disagrees least."""
    spin = np.ones(len(signs), dtype=np.intp)
    for _ in range(100):
        pull = signs @ spin
        worst = int((pull * spin).argmin())
        if pull[worst] * spin[worst] >= 0:
            break
        spin[worst] *= -1
    return np.where(spin > 0, 0, 1)


@dataclass(frozen=True)
class Triads:
    """How many triads have three signed pairs, what share is balanced, and what share when signs are dealt anew."""

    count: int
    balanced: float | None
    chance: float | None


def triads(signs: Signs, rng: np.random.Generator, shuffles: int = 200) -> Triads:
    """Balance of triads (product of signs > 0), and its mean when the signs are dealt at random over the same pairs.

    A measure beside the chance of it, since structural balance between states is contested: nothing rests on it.
    """
    upper = np.triu_indices(len(signs), 1)
    place = np.flatnonzero(signs[upper])
    observed = _balance(signs)
    if observed is None:
        return Triads(0, None, None)
    dealt = []
    for _ in range(shuffles):
        mixed = np.zeros_like(signs)
        mixed[upper[0][place], upper[1][place]] = rng.permutation(signs[upper][place])
        dealt.append((_balance(mixed + mixed.T) or (0, 0.0))[1])
    return Triads(observed[0], observed[1], float(np.mean(dealt)))


def _balance(signs: Signs) -> tuple[int, float] | None:
    """Triads and the share balanced: trace(A³) counts balanced minus unbalanced, trace(|A|³) all, six times each."""
    signed = np.trace(signs @ signs @ signs) / 6
    every = np.trace(np.abs(signs) @ np.abs(signs) @ np.abs(signs)) / 6
    return (round(every), float((every + signed) / 2 / every)) if every else None
