"""How much states deal with each other in matters of security: counts of events by unordered pair and period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.errors import InputError
from amity.records.panel import Panel

Floats = NDArray[np.float64]

QUADS = {"material conflict": 1.0, "verbal conflict": 0.5}
"""How much an event of a quadrant bears on security; other quadrants do so only in the military layer."""

TYPES = {"THREATEN": 1.0, "MOBILIZE": 1.0, "REQUEST": 0.0, "PROTEST": 0.25}
"""Types that weigh otherwise than their quadrant: a threat is no mere word, a request no conflict."""

MILITARY = {"material cooperation": 1.0, "verbal cooperation": 0.5, "verbal conflict": 1.0, "material conflict": 1.0}
"""Weights in the military layer, friendly deeds included: allies are as much part of a complex as enemies."""


def bearing(layer: str | None, type: str | None, quad: str | None) -> float:
    """How much an event bears on security, from 0 to 1; its sign plays no part (Buzan and Wæver 2003, p. 50)."""
    if layer == "military":
        return MILITARY.get(quad or "", 0.0)
    return TYPES.get(type or "", QUADS.get(quad or "", 0.0))


@dataclass(frozen=True)
class Course:
    """The course of security interaction of m pairs of n states over T periods.

    `pairs` (m, 2) are indices of `states`, the lower first. Of each pair and period: `weight`, events times what they
    bear on security, in both directions; `variance` of it, if events were independent of each other; of all events,
    whatever they are about: `scored`, how many have a score, `value` and `square`, sums of scores and their squares.
    `clumping` is α of var = mean + α mean² by period: news comes in bursts.
    """

    states: tuple[str, ...]
    pairs: NDArray[np.intp]
    weight: Floats
    variance: Floats
    scored: Floats
    value: Floats
    square: Floats
    covered: NDArray[np.bool_]
    clumping: float

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return len(self.covered)


def course(panel: Panel, layers: Collection[str] | None = None) -> Course:
    """Security interaction from a panel, only some layers where they are named, without what a state does to itself.

    Raises:
        InputError: for negative counts.
    """
    states = panel.states
    rows = {state: row for row, state in enumerate(states)}
    ends = np.array([[rows[dyad.actor], rows[dyad.recipient]] for dyad in panel.dyads], dtype=np.intp).reshape(-1, 2)
    pairs, pair = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True)
    pair = pair.reshape(-1)
    cells = panel.cells
    kinds = list(zip(*(cells[name].to_pylist() for name in ("layer", "type", "quad")), strict=True))
    chosen = np.array([layers is None or layer in layers for layer, _, _ in kinds], dtype=float)
    chosen *= (ends[:, 0] != ends[:, 1])[cells["dyad"].to_numpy()]
    bears = {kind: bearing(*kind) for kind in set(kinds)}
    weight = np.array([bears[kind] for kind in kinds]) * chosen
    where = (pair[cells["dyad"].to_numpy()], cells["period"].to_numpy())

    def summed(values: Floats) -> Floats:
        filled = np.zeros((len(pairs), panel.periods))
        np.add.at(filled, where, values)
        return filled

    count = cells["count"].to_numpy()
    if count.min(initial=0.0) < 0:
        raise InputError("events", "some are counted below zero; look at the data set that was imported")
    total = summed(count * weight)
    return Course(
        states=states,
        pairs=pairs,
        weight=total,
        variance=summed((count + cells["doubt"].to_numpy()) * weight**2),
        scored=summed(cells["scored"].to_numpy() * chosen),
        value=summed(cells["value"].to_numpy() * chosen),
        square=summed(cells["square"].to_numpy() * chosen),
        covered=panel.covered,
        clumping=clumping(total[:, panel.covered]),
    )


def clumping(weight: Floats) -> float:
    """α of var = mean + α mean², from neighbouring periods, which slow change hardly moves.

    Moments: Σ (½ (y_t - y_t-1)² - ½ (y_t + y_t-1)) / Σ y_t y_t-1 over pairs and periods, 0 to 3; ½ if nothing tells it.
    """
    if weight.shape[1] < 3 or not weight.size:
        return 0.5
    now, before = weight[:, 1:], weight[:, :-1]
    excess = float(((now - before) ** 2 - now - before).sum() / 2)
    square = float((now * before).sum())
    return float(np.clip(excess / square, 0.0, 3.0)) if square else 0.5


@dataclass(frozen=True)
class Standing:
    """Interaction as it stands after a period, older events fading by half in every half-life; all (n, n), symmetric.

    `events` is the weight as it stands, `worth` the number of independent events that this is worth (see `standing`),
    at most. `scored`, `value`, `square` are as in `Course`.
    """

    states: tuple[str, ...]
    events: Floats
    worth: Floats
    scored: Floats
    value: Floats
    square: Floats

    def part(self, chosen: NDArray[np.intp]) -> Standing:
        """The same among some of the states."""
        grid = np.ix_(chosen, chosen)
        return Standing(
            tuple(self.states[one] for one in chosen),
            *(matrix[grid] for matrix in (self.events, self.worth, self.scored, self.value, self.square)),
        )


def standing(course: Course, after: int, halflife: float) -> Standing:
    """Interaction after period `after`: Σ_s y_s 2^(-(after-s)/halflife) over covered periods s.

    `worth` is W²/V with V = Σ 2^(-2(after-s)/halflife) (v_s + α y_s²): events in bursts and in doubtful rows tell less.
    """
    age = after - np.arange(after + 1)
    fading = np.where(course.covered[: after + 1], 0.5 ** (age / halflife), 0.0)
    now = slice(0, after + 1)
    events = course.weight[:, now] @ fading
    variance = (course.variance[:, now] + course.clumping * course.weight[:, now] ** 2) @ fading**2
    worth = np.divide(events**2, variance, out=np.zeros_like(events), where=variance > 0)
    return Standing(
        course.states,
        *(
            _square(course, values)
            for values in (
                events,
                np.minimum(worth, events),
                *(matrix[:, now] @ fading for matrix in (course.scored, course.value, course.square)),
            )
        ),
    )


def _square(course: Course, values: Floats) -> Floats:
    matrix = np.zeros((len(course.states), len(course.states)))
    matrix[course.pairs[:, 0], course.pairs[:, 1]] = values
    return matrix + matrix.T
