"""Worlds in which something was planted that a method has to find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.records.panel import Dyad, Panel, Unit
from tests.worlds.making import codes, panel_of

FRIENDS = np.array([0.70, 0.20, 0.08, 0.02])
ENEMIES = np.array([0.20, 0.02, 0.43, 0.35])
"""How the events of a pair divide over `QUADS`."""


@dataclass(frozen=True)
class Complexes:
    """`members[i]` is the complex of state i; `enemies` are pairs (a < b) of one complex that fight each other."""

    panel: Panel
    states: tuple[str, ...]
    members: tuple[int, ...]
    enemies: frozenset[tuple[str, str]]


def complexes(
    seed: int = 0,
    *,
    groups: int = 3,
    size: int = 5,
    periods: int = 24,
    inside: float = 4.0,
    outside: float = 0.2,
    hostile: float = 0.4,
    unit: Unit = "month",
) -> Complexes:
    """Groups that interact much more inside (`inside` events a directed dyad and period) than across (`outside`).

    A share `hostile` of the pairs inside are enemies, who interact as much as friends do: what signs divide, intensity
    holds together. Every state has an activity of its own (log-normal), and every pair keeps its mood for good.
    """
    rng = np.random.default_rng(seed)
    n = groups * size
    states, members = codes(n), np.repeat(np.arange(groups), size)
    same = members[:, None] == members[None, :]
    activity = np.exp(rng.normal(0.0, 0.3, n))
    rate = np.where(same, inside, outside) * np.sqrt(np.outer(activity, activity))
    np.fill_diagonal(rate, 0.0)
    fighting = np.triu(same & (rng.random((n, n)) < hostile), 1)
    mood = np.where((fighting | fighting.T)[..., None], ENEMIES, FRIENDS)
    counts = rng.poisson(rate[:, :, None, None] * mood[:, :, None, :], (n, n, periods, 4))
    return Complexes(
        panel_of(counts, states=states, unit=unit),
        states,
        tuple(members.tolist()),
        frozenset((states[one], states[two]) for one, two in np.argwhere(fighting)),
    )


@dataclass(frozen=True)
class Influenced:
    """`senders` is A, `receivers` B of the influence; `scores` (n, n, periods) what counts rest on."""

    panel: Panel
    states: tuple[str, ...]
    scores: NDArray[np.float64]
    senders: NDArray[np.float64]
    receivers: NDArray[np.float64]


def influenced(
    seed: int = 0,
    *,
    n: int = 12,
    periods: int = 120,
    strength: float = 0.25,
    persistence: float = 0.3,
    reciprocity: float = 0.1,
    links: int = 3,
    noise: float = 1.0,
    level: float = 1.0,
    unit: Unit = "month",
) -> Influenced:
    """Scores that spread: s_ij,t = ρ s_ij + φ s_ji + Σ_k a_ik s_kj + Σ_l b_jl s_il (all of t-1) + N(0, noise²).

    Each state heeds `links` others as a sender (row of A, which sums to `strength`) and as a receiver (row of B). With
    `strength` 0 nothing spreads; ρ + φ + 2 strength has to stay below 1. Conflict is Poisson with log rate `level` +
    s/2, cooperation with `level` - s/2: high scores are hostile ones.
    """
    rng = np.random.default_rng(seed)
    a, b = (_heeding(rng, n, links) * strength for _ in range(2))
    scores = np.zeros((n, n, periods + 20))
    for now in range(1, scores.shape[2]):
        last = scores[:, :, now - 1]
        mean = persistence * last + reciprocity * last.T + a @ last + last @ b.T
        scores[:, :, now] = mean + rng.normal(0.0, noise, (n, n))
        np.fill_diagonal(scores[:, :, now], 0.0)
    scores = scores[:, :, 20:]
    hostile, friendly = (np.exp(level + sign * np.clip(scores, -6, 6) / 2) for sign in (1, -1))
    rates = np.stack([0.8 * friendly, 0.2 * friendly, 0.6 * hostile, 0.4 * hostile], axis=-1)
    rates[np.arange(n), np.arange(n)] = 0.0
    return Influenced(panel_of(rng.poisson(rates), unit=unit), codes(n), scores, a, b)


def _heeding(rng: np.random.Generator, n: int, links: int) -> NDArray[np.float64]:
    """Rows of weights that sum to one, over a few others each."""
    matrix = np.zeros((n, n))
    for one in range(n):
        others = rng.choice([other for other in range(n) if other != one], min(links, n - 1), replace=False)
        matrix[one, others] = 1 / len(others)
    return matrix


@dataclass(frozen=True)
class Changed:
    """`dyads` change in period `at`, the others never do."""

    panel: Panel
    dyads: frozenset[Dyad]
    at: int


def changing(
    seed: int = 0,
    *,
    n: int = 6,
    periods: int = 60,
    at: int = 30,
    before: float = 2.0,
    after: float = 8.0,
    changed: int = 3,
    unit: Unit = "month",
) -> Changed:
    """Everybody has `before` events a period, in friendship; some directed dyads `after` from `at` on, in enmity."""
    rng = np.random.default_rng(seed)
    states = codes(n)
    pairs = [(one, two) for one in range(n) for two in range(n) if one != two]
    chosen = [pairs[number] for number in rng.choice(len(pairs), min(changed, len(pairs)), replace=False)]
    rates = np.zeros((n, n, periods, 4))
    rates[:] = before * FRIENDS
    for one, two in chosen:
        rates[one, two, at:] = after * ENEMIES
    rates[np.arange(n), np.arange(n)] = 0.0
    panel = panel_of(rng.poisson(rates), states=states, unit=unit)
    return Changed(panel, frozenset(Dyad(states[one], states[two]) for one, two in chosen), at)
