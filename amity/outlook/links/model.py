"""Learning to choose among candidates from the past, and scoring all entities as answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.errors import InputError
from amity.outlook.links.choice import Choice, Mask, Questions, fit, rough
from amity.outlook.links.graph import Floats, Graph, Ints
from amity.outlook.links.measures import MEASURES, REASONS, Asked
from amity.outlook.links.past import Past, questions

LEARNED_FROM = 30_000
"""Questions."""
SHORT, CLOSE = 3_000, 64
"""Questions that the first, rough choice is learned from, and candidates per question that get a closer look."""
SEED = 4


@dataclass(frozen=True, slots=True)
class Model:
    """Two choices: a rough one, linear and the same for all, and the choice proper among the `CLOSE` it puts first."""

    rough: Floats
    choice: Choice

    def close(self, asked: Asked) -> Ints:
        """The rows that get a closer look."""
        return np.flatnonzero(_places(asked.question, asked.figures @ self.rough) < CLOSE)

    def scores(self, asked: Asked, popularity: Floats) -> NDArray[np.float64]:
        """Scores of all entities as answers, (questions, entities).

        Those looked at closely come first, then the other candidates as the rough choice has them, then everybody
        else by `popularity`.
        """
        table = np.tile(popularity.astype(np.float64) - 4e4, (len(asked.subject), 1))
        first = asked.figures @ self.rough
        table[asked.question, asked.candidate] = np.maximum(first, -9e3) - 1e4
        near = self.close(asked)
        table[asked.question[near], asked.candidate[near]] = np.maximum(
            self.choice.scores(asked.figures[near], asked.question[near], asked.context, asked.relation), -9e3
        )
        return table


class Learner:
    """Gathers questions of past days with their answers, and learns a model from them."""

    def __init__(self, graph: Graph, days: int) -> None:
        """`days` is how many days will be gathered."""
        self.graph = graph
        self._chance = np.random.default_rng(SEED)
        self._a_day = max(1, LEARNED_FROM // max(days, 1))
        self._first: list[Questions] = []
        self._days: list[Questions] = []
        self._whole: list[tuple[Asked, Mask]] = []
        self._rough: Floats | None = None

    def gather(self, past: Past) -> None:
        """Take questions of the day that begins, with what came true."""
        subject, relation, number, answer = questions(self.graph, past.day)
        if not len(subject):
            return
        few = np.sort(self._chance.permutation(len(subject))[: self._a_day])
        asked = past.ask(subject[few], relation[few])
        size = len(self.graph.entities)
        right = np.isin(few[asked.question] * size + asked.candidate, number * size + answer)
        if self._rough is None:
            self._whole.append((asked, right))
            lottery = self._chance.random(len(right)).astype(np.float32)
            self._first.append(_padded(asked, right, lottery, 2 * CLOSE))
            if sum(len(one.relation) for one in self._first) >= SHORT:
                self._settle()
        else:
            self._days.append(_padded(asked, right, asked.figures @ self._rough, CLOSE))

    def learn(self, without: Collection[str] = ()) -> Model:
        """The model of all that was gathered; the choice proper does `without` some reasons (for ablation).

        Raises `InputError` when nothing was gathered, or for a reason that there is not.
        """
        if unknown := [reason for reason in without if reason not in REASONS]:
            raise InputError(unknown[0], f"is no reason; there are {', '.join(REASONS)}")
        usable = np.array([measure.reason not in without for measure in MEASURES])
        if self._rough is None:
            self._settle()
        assert self._rough is not None
        self._days = [_joined(self._days)]
        return Model(self._rough, fit(self._days[0], self.graph.both, usable))

    def _settle(self) -> None:
        """Learn the rough choice from a lottery of candidates, and look closely at what waited for it."""
        if not sum(len(one.relation) for one in self._first):
            raise InputError("facts", "there is no past to learn from; the judged part must begin later")
        self._rough = rough(_joined(self._first))
        self._days = [_padded(asked, right, asked.figures @ self._rough, CLOSE) for asked, right in self._whole]
        self._whole, self._first = [], []


def _places(question: Ints, scores: Floats) -> Ints:
    """The place of each row among those of its question, the largest score at 0; questions come in order."""
    order = np.lexsort((-scores, question))
    starts = np.searchsorted(question, np.arange(int(question[-1]) + 2 if len(question) else 1))
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order)) - starts[question[order]]
    return places


def _padded(asked: Asked, right: Mask, scores: Floats, most: int) -> Questions:
    """The `most` candidates of each question by score, and those that came true in any case; only questions that some
    candidate answers."""
    places = _places(asked.question, np.where(right, np.float32(np.inf), scores))
    answered = np.flatnonzero(np.bincount(asked.question, right, minlength=len(asked.subject)) > 0)
    number = np.full(len(asked.subject), -1)
    number[answered] = np.arange(len(answered))
    rows = np.flatnonzero((places < most) & (number[asked.question] >= 0))
    at = number[asked.question[rows]], places[rows]
    shape = (len(answered), most)
    figures = np.zeros((*shape, asked.figures.shape[1]), np.float32)
    figures[at] = asked.figures[rows]
    real, true = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    real[at], true[at] = True, right[rows]
    return Questions(figures, real, true, asked.context[answered], asked.relation[answered])


def _joined(parts: list[Questions]) -> Questions:
    """All of them together."""
    return Questions(
        np.concatenate([one.figures for one in parts]),
        np.concatenate([one.real for one in parts]),
        np.concatenate([one.right for one in parts]),
        np.concatenate([one.context for one in parts]),
        np.concatenate([one.relation for one in parts]),
    )
