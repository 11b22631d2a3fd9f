"""How much a state deals with each pole in matters of security, how evenly, and what that makes it.

Alignment says to which side; engagement says how much there is at all. A state in the middle that is deeply engaged
with both poles hedges, one that deals with neither is disengaged: the same alignment, different coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.records.alignment import ENGAGED, SIDE
from amity.structure.alignment.latent import Scores
from amity.structure.alignment.parts import COOPERATION, QUADS, Holdings
from amity.structure.alignment.portfolios import HIGHEST

Floats = NDArray[np.float64]

MATERIAL = QUADS.index(COOPERATION[1])


@dataclass(frozen=True)
class Engagement:
    """Draws of a state's engagement with each pole by year (draws, poles, years), between 0 and 1; NaN where nothing
    that it is read from covers the year. `measures` (years) counts what covers it of pacts, arms and support."""

    draws: Floats
    measures: NDArray[np.int64]

    def level(self, poles: list[int]) -> Floats:
        """Engagement with the pole that it is highest with, (draws, years)."""
        return np.asarray(self.draws[:, poles].max(axis=1))

    def evenness(self) -> Floats:
        """Shannon entropy of the engagement over all poles, as a share of the highest possible (Pielou); 0 where there
        is no engagement to divide."""
        total = self.draws.sum(axis=1, keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(total > 0, self.draws / total, 0.0)
            entropy = -np.where(share > 0, share * np.log(share), 0.0).sum(axis=1)
        even = entropy / np.log(self.draws.shape[1]) if self.draws.shape[1] > 1 else np.zeros_like(entropy)
        return np.where(np.isfinite(total[:, 0]), even, np.nan)


def engagement(held: Holdings, state: int, draws: int, rng: np.random.Generator, carry: int = 0) -> Engagement | None:
    """The mean of three measures, each between 0 and 1, as far as they were imported:

    pacts: the strongest commitment to the pole over the highest there is;
    arms: x / (x + m), x million TIV from the pole in the window, m the median of what poles deliver to states they
    deliver to in that year;
    support: n / (n + m), n events of material cooperation both ways, m its median over states that have any.

    Deliveries vary as if there were so few of one size as Kish's number says, events as a Poisson process (Jeffreys'
    prior); treaties do not vary. For `carry` years after its data end a measure goes on from the last, moved as any
    state's has been seen to move in so many years; further off a measure that does not cover a year can be anything
    there, and is drawn from those of all states in all years. Null when nothing is imported.
    """
    measures = [*_pacts(held, state, draws), *_amounts(held, state, draws, rng)]
    if not measures:
        return None
    count = sum((np.isfinite(one).all(axis=(0, 1)).astype(int) for one, _ in measures), np.zeros((), int))
    total = sum((_filled(one, everybody, carry, rng) for one, everybody in measures), np.zeros(()))
    return Engagement(np.where(_within(count > 0, carry), total / len(measures), np.nan), count)


def _pacts(held: Holdings, state: int, draws: int) -> list[tuple[Floats, Floats]]:
    if held.portfolios is None:
        return []
    weight = np.moveaxis(held.portfolios.ties / HIGHEST, 2, 0)
    return [(np.broadcast_to(weight[:, state], (draws, *weight[:, state].shape)), weight)]


def _amounts(held: Holdings, state: int, draws: int, rng: np.random.Generator) -> list[tuple[Floats, Floats]]:
    found = []
    if held.supplies is not None:
        amounts = held.supplies.from_poles
        shape = np.maximum(held.supplies.weight[state], 1.0)
        noise = rng.gamma(shape, 1.0 / shape, size=(draws, len(amounts), len(shape)))
        covered = np.broadcast_to(held.supplies.covered, amounts.shape[1:])
        found.append(_saturating(amounts, state, noise * amounts[:, state], covered))
    if held.deeds is not None:
        amounts = held.deeds.to[MATERIAL] + held.deeds.by[MATERIAL]
        drawn = rng.gamma(amounts[:, state] + 0.5, size=(draws, *amounts[:, state].shape))
        found.append(_saturating(amounts, state, drawn, held.deeds.covered))
    return found


def _saturating(amounts: Floats, state: int, drawn: Floats, covered: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """x / (x + m) for draws (draws, poles, years) of one state, and for all states; m is the median of positive
    `amounts` (poles, states, years) by year."""
    middle = np.array([np.median(year[year > 0]) if (year > 0).any() else 1.0 for year in np.moveaxis(amounts, 2, 0)])
    everybody = np.where(covered, amounts / (amounts + middle), np.nan)
    return np.where(covered[state], drawn / (drawn + middle), np.nan), everybody


def _filled(own: Floats, everybody: Floats, carry: int, rng: np.random.Generator) -> Floats:
    """Draws (draws, poles, years) of a measure, also where it is not known, from `everybody` (poles, states, years)."""
    filled = own.copy()
    known = np.isfinite(own).all(axis=(0, 1))
    end = int(np.flatnonzero(known)[-1]) if known.any() else -1
    for year in np.flatnonzero(~known):
        ahead = int(year) - end
        if known.any() and 0 < ahead <= carry:
            moves = everybody[..., ahead:] - everybody[..., :-ahead]
            filled[..., year] = np.clip(own[..., end] + _picked(moves, own.shape[:2], rng), 0.0, 1.0)
        else:
            filled[..., year] = _picked(everybody, own.shape[:2], rng)
    return filled


def _picked(values: Floats, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Some of those that are known; evenly from 0 to 1 where none is."""
    known = values[np.isfinite(values)]
    return rng.choice(known, size=shape) if len(known) else rng.random(shape)


def _within(known: NDArray[np.bool_], carry: int) -> NDArray[np.bool_]:
    """Known years, and up to `carry` years after the last."""
    last = np.flatnonzero(known)
    there = known.copy()
    if len(last):
        there[last[-1] : last[-1] + carry + 1] = True
    return there


def hedging(level: Floats, alignment: Floats) -> Floats:
    """Engagement × (1 - |alignment|), draw by draw."""
    return np.asarray(level * (1.0 - np.abs(alignment)))


def drawn(scores: Scores, state: int, draws: int, rng: np.random.Generator) -> Floats:
    """Draws (draws, years) of a state's score in [-1, 1]."""
    from scipy.special import ndtr

    mean, error = scores.mean[state], np.sqrt(scores.variance[state])
    return np.asarray(2.0 * ndtr(mean + error * rng.standard_normal((draws, len(mean)))) - 1.0)


def verdicts(level: Floats, alignment: Floats, toward: str, against: str) -> dict[str, Floats]:
    """The probability of each word by year: the share of draws in its part of the plane; they sum to 1.

    Disengaged: engagement below `ENGAGED`. Else aligned with a pole from `SIDE` on, and hedging between."""
    idle = level < ENGAGED
    known = np.isfinite(level).all(axis=0) & np.isfinite(alignment).all(axis=0)
    words = {
        f"aligned with {toward}": ~idle & (alignment >= SIDE),
        f"aligned with {against}": ~idle & (alignment <= -SIDE),
        "hedging": ~idle & (np.abs(alignment) < SIDE),
        "disengaged": idle,
    }
    return {word: np.where(known, there.mean(axis=0), np.nan) for word, there in words.items()}
