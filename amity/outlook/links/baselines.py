"""Simple forecasts to hold the model against: popularity, recurrence, and the published recurrency baseline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.outlook.links.graph import Floats, Ints, spread
from amity.outlook.links.measures import MEASURES, Asked
from amity.outlook.links.memory import HALF_LIVES, Memory
from amity.outlook.links.past import questions
from amity.outlook.links.ranks import ranks

Table = NDArray[np.floating[Any]]
SHARES = (0.0, 0.5, 0.99, 0.99999, 1.0)
"""Tried for α."""
_FADING = (*HALF_LIVES, np.inf)
_USUAL = 2
_RULES = [measure.name for measure in MEASURES].index("rules")


def relaxed(memory: Memory, subject: Ints, relation: Ints) -> Table:
    """ξ: the share of each entity among the objects that the relation ever had."""
    graph, size = memory.graph, len(memory.graph.entities)
    row, roles = spread(graph.roles_of[relation], graph.roles_of[relation + 1] - graph.roles_of[relation])
    table: Table = np.zeros((len(subject), size))
    table[row, graph.roles.keys[roles] % size] = memory.roles.faded[roles, -1]
    table /= np.maximum(table.sum(axis=1, keepdims=True), 1.0)
    return table


def strict(memory: Memory, subject: Ints, relation: Ints, speed: Ints | int = _USUAL) -> Table:
    """ψ: what the subject did before by this relation, fading with the half-life of `speed` (one for each question),

    Σ over days of the same fact of 2^(-age/h), over the same sum for a fact of every day; yesterday has age 0.
    """
    graph, size = memory.graph, len(memory.graph.entities)
    speeds = np.broadcast_to(np.asarray(speed), subject.shape)
    row, dyads = spread(graph.dyads_of[subject], graph.dyads_of[subject + 1] - graph.dyads_of[subject])
    triple = memory.triples.known(graph.triples.find(graph.dyads.keys[dyads] * graph.both + relation[row]))
    happened = triple >= 0
    row, dyads, triple = row[happened], dyads[happened], triple[happened]
    table: Table = np.zeros((len(subject), size))
    table[row, graph.dyads.keys[dyads] % size] = memory.triples.faded[triple, speeds[row]]
    ages = np.arange(memory.day)
    every = np.array([(0.5 ** (ages / life)).sum() for life in _FADING])
    table /= np.maximum(every[speeds], 1.0)[:, None]
    return table


def followed(asked: Asked, popularity: Floats) -> Table:
    """What the rules expect to follow what happened between the two, and nothing else; the rest by `popularity`."""
    table: Table = np.tile(popularity.astype(np.float64) - 1e3, (len(asked.subject), 1))
    table[asked.question, asked.candidate] = asked.figures[:, _RULES] + 1e-3 * popularity[asked.candidate]
    return table


@dataclass(slots=True)
class Recurrency:
    """α ψ + (1 − α) ξ, half-life and α of each relation those that ranked best on past days.

    Gastinger, Meilicke, Errica, Sztyler, Schuelke, Stuckenschmidt 2024, "History repeats itself"; the half-lives tried
    are those of `Memory`, and a relation that was not seen meanwhile has the usual ones.
    """

    relations: int
    _shares: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        self._shares = np.zeros((self.relations, len(_FADING), len(SHARES)))

    def observe(self, memory: Memory, most: int) -> None:
        """Try all half-lives and shares on (up to `most`) questions of the day that begins."""
        subject, relation, number, answer = questions(memory.graph, memory.day)
        few = np.sort(np.random.default_rng(memory.day).permutation(len(subject))[:most])
        place = np.full(len(subject), -1)
        place[few] = np.arange(len(few))
        asked = place[number] >= 0
        number, answer = place[number[asked]], answer[asked]
        subject, relation = subject[few], relation[few]
        if not len(few):
            return
        popular = relaxed(memory, subject, relation)
        for speed in range(len(_FADING)):
            before = strict(memory, subject, relation, speed)
            for share, alpha in enumerate(SHARES):
                found = ranks(alpha * before + (1 - alpha) * popular, number, answer, np.zeros(len(number), np.bool_))
                np.add.at(self._shares[:, speed, share], relation[number], 1.0 / found.mean)

    def scores(self, memory: Memory, subject: Ints, relation: Ints) -> Table:
        """The scores of all entities as answers, (questions, entities)."""
        gains = self._shares.copy()
        gains[:, _USUAL, SHARES.index(0.99999)] += 1e-9
        best = gains.reshape(self.relations, -1).argmax(axis=1)
        speed, share = np.unravel_index(best, gains.shape[1:])
        alpha = np.array(SHARES)[share[relation]][:, None]
        before = strict(memory, subject, relation, speed[relation])
        table: Table = alpha * before + (1 - alpha) * relaxed(memory, subject, relation)
        return table
