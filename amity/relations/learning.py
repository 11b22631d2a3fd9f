"""How relations move, learned: settings that predict every period best from those before it.

The sum of log scores one step ahead is held-out by nature (Dawid 1984, JRSS A 147): no period is judged by settings'
memory of itself. It is climbed by the simplex of Nelder and Mead (1965) from the defaults, to which a weak log-normal
prior holds what the data do not tell, so that a world of few events has settings, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from amity.records.relations import Pace, Temper
from amity.relations import intensity, valence
from amity.relations.intensity import Counts
from amity.relations.memory import Array
from amity.relations.valence import Scores

ENOUGH = 60_000
"""Cells (dyads by periods) that are learned from; of more dyads every n-th by activity serves."""

STEPS = 240
"""Settings that are tried at most."""

LOOSE = 2.0
"""Standard deviation of the prior of each setting, as a logarithm."""

_Settings = TypeVar("_Settings", Pace, Temper)


def pace(counts: Counts, start: Pace | None = None) -> Pace:
    """How intensity moves; `start` is what to hold to where the data do not tell."""
    few = _counts(counts)
    judged = few.exposure > 0
    judged[: few.start + 1] = False

    def score(one: Pace) -> float:
        ahead = intensity.filtered(few, one).ahead
        mean, shape = intensity.dispersion(ahead, few.exposure, one)
        return float(intensity.log_score(few.events[judged], mean[judged], shape[judged]).sum())

    return _climb(score, start or Pace(), {"pull": (0.05, 1.2), "spread": (0.02, 0.98)})


def temper(quads: Scores, start: Temper | None = None) -> Temper:
    """How valence moves, from events by quad."""
    few = _scores(quads)
    judged = np.ones(len(few.number), bool)
    judged[: int(np.argmax(few.number.sum(1) > 0)) + 1] = False

    def score(one: Temper) -> float:
        return float(valence.log_score(few, valence.filtered(few, one), one)[judged].sum())

    return _climb(score, start or Temper(), {"spread": (0.02, 0.98)})


def _climb(score: Callable[[_Settings], float], start: _Settings, bounds: dict[str, tuple[float, float]]) -> _Settings:
    names = start.__struct_fields__
    centre = np.log([getattr(start, name) for name in names])
    limits = [np.log(bounds.get(name, (1e-2, 1e4))) for name in names]
    low, high = np.array(limits).T

    def made(point: Array) -> _Settings:
        values = np.exp(np.clip(point, low, high))
        return msgspec.structs.replace(start, **dict(zip(names, values.tolist(), strict=True)))

    def loss(point: Array) -> float:
        return -score(made(point)) + 0.5 * float((((point - centre) / LOOSE) ** 2).sum())

    simplex = np.vstack([centre, centre + 0.7 * np.eye(len(names))])
    options = {"maxfev": STEPS, "xatol": 0.02, "fatol": 0.05, "initial_simplex": simplex}
    return made(optimize.minimize(loss, centre, method="Nelder-Mead", options=options).x)


def _counts(counts: Counts) -> Counts:
    rows = _some(counts.events)
    return counts._replace(
        events=counts.events[:, rows],
        doubt=counts.doubt[:, rows],
        actor=counts.actor[rows],
        recipient=counts.recipient[rows],
    )


def _scores(scores: Scores) -> Scores:
    rows = _some(scores.number)
    return Scores(*(part[..., rows] for part in scores))


def _some(count: Array) -> NDArray[np.int64]:
    """Every n-th dyad by activity, so that busy and quiet ones are there in proportion."""
    periods, dyads = count.shape
    every = max(1, -(-dyads * periods // ENOUGH))
    return np.sort(np.argsort(count.sum(0), kind="stable")[::every])
