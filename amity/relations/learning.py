"""How relations move, learned: settings that predict every period best from those before it.

The sum of log scores one step ahead is held-out by nature (Dawid 1984, JRSS A 147): no period is judged by settings'
memory of itself. It is climbed by the simplex of Nelder and Mead (1965) from the defaults, to which a weak log-normal
prior holds what the data do not tell, so that a world of few events has settings, too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
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

LOOSE = 1.0
"""Standard deviation of the prior of each setting, as a logarithm."""

BOUNDS = {"half_life": (1.0, 1e4), "pull": (0.05, 1.2), "spread": (0.02, 0.98)}
"""Between what settings are learned; the others between a hundredth and ten thousand. A half-life is no shorter than a
period: the score has a second hill there, of worlds without memory, which foretells later periods worse."""

_Settings = TypeVar("_Settings", Pace, Temper)


def pace(counts: Counts, start: Pace | None = None, fixed: Collection[str] = ()) -> Pace:
    """How intensity moves. `start` is what to hold to where the data do not tell, `fixed` names settings to keep."""
    few, share = population(counts)
    judged = few.exposure > 0
    judged[: few.start + 1] = False

    def score(one: Pace) -> float:
        ahead = intensity.filtered(few, one).ahead
        mean, shape = intensity.dispersion(ahead, few.exposure, one)
        return float((share * intensity.log_score(few.events[judged], mean[judged], shape[judged])).sum())

    return climb(score, start or Pace(), fixed)


def temper(quads: Scores, start: Temper | None = None, fixed: Collection[str] = ()) -> Temper:
    """How valence moves, from events by quad; as for `pace`."""
    few = _scores(quads)
    judged = np.ones(len(few.number), bool)
    judged[: int(np.argmax(few.number.sum(1) > 0)) + 1] = False

    def score(one: Temper) -> float:
        return float(valence.log_score(few, valence.filtered(few, one), one)[judged].sum())

    return climb(score, start or Temper(), fixed)


def climb(score: Callable[[_Settings], float], start: _Settings, fixed: Collection[str] = ()) -> _Settings:
    """The settings of the greatest score, the prior's logarithm added; those that are `fixed` stay."""
    names = [name for name in start.__struct_fields__ if name not in fixed]
    centre = np.log([getattr(start, name) for name in names])
    limits = [np.log(BOUNDS.get(name, (1e-2, 1e4))) for name in names]
    low, high = np.array(limits).T

    def made(point: Array) -> _Settings:
        values = np.exp(np.clip(point, low, high))
        return msgspec.structs.replace(start, **dict(zip(names, values.tolist(), strict=True)))

    def loss(point: Array) -> float:
        return -score(made(point)) + 0.5 * float((((point - centre) / LOOSE) ** 2).sum())

    simplex = np.vstack([centre, centre + 0.7 * np.eye(len(names))])
    options = {"maxfev": STEPS, "xatol": 0.02, "fatol": 0.05, "initial_simplex": simplex}
    return made(optimize.minimize(loss, centre, method="Nelder-Mead", options=options).x)


def population(counts: Counts) -> tuple[Counts, Array]:
    """A sample of all pairs of parties, and for how many each stands.

    Dyads with events alone would be chosen for having them, and teach that events come. So pairs without any are there
    too, about one for every two with some.
    """
    seen = sample(counts.events)
    seen = seen[counts.events[:, seen].any(axis=0)]
    active = int(counts.events.any(axis=0).sum())
    there = np.zeros((counts.sent.shape[1],) * 2, bool)
    there[counts.actor, counts.recipient] = counts.events.any(axis=0)
    np.fill_diagonal(there, True)
    actor, recipient = np.nonzero(~there)
    silent = np.linspace(0, max(len(actor) - 1, 0), min(len(actor), len(seen) // 2 + 1)).astype(np.int64)
    zeros = np.zeros((len(counts.events), len(silent)))
    few = Counts(
        events=np.hstack([counts.events[:, seen], zeros]),
        doubt=np.hstack([counts.doubt[:, seen], zeros]),
        exposure=counts.exposure,
        actor=np.concatenate([counts.actor[seen], actor[silent]]).astype(np.int64),
        recipient=np.concatenate([counts.recipient[seen], recipient[silent]]).astype(np.int64),
        sent=counts.sent,
        received=counts.received,
    )
    shares = [np.full(len(rows), of / max(len(rows), 1)) for rows, of in ((seen, active), (silent, len(actor)))]
    return few, np.concatenate(shares)


def _scores(scores: Scores) -> Scores:
    rows = sample(scores.number)
    return scores.of(rows)


def sample(count: Array) -> NDArray[np.int64]:
    """Every n-th dyad by activity, so that busy and quiet ones are there in proportion."""
    periods, dyads = count.shape
    every = max(1, -(-dyads * periods // ENOUGH))
    return np.sort(np.argsort(count.sum(0), kind="stable")[::every])
