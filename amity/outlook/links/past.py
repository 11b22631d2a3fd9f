"""The past as one walks through it day by day, and what can be asked of it in the morning."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from amity.outlook.links.graph import Graph, Ints
from amity.outlook.links.likeness import Likeness
from amity.outlook.links.measures import Asked, candidates, context, measured
from amity.outlook.links.memory import Memory
from amity.outlook.links.names import Names
from amity.outlook.links.rules import Rules

SETTLED = 20
"""Days after which what follows what is worth learning."""
EVERY = 7
"""Days between two times that rules and likeness are learned anew."""


class Past:
    """All that is known on the morning of `day`: facts of that day and later ones play no part."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.memory = Memory(graph)
        self.rules = Rules(graph)
        self.likeness = Likeness(graph)
        self.names = Names(graph)

    @property
    def day(self) -> int:
        """The day that begins."""
        return self.memory.day

    def pass_day(self) -> None:
        """Take in the facts of the day."""
        if self.day >= SETTLED:
            self.rules.observe(self.memory)
        self.names.pass_day(self.day)
        self.memory.pass_day()

    def reflect(self, rules: bool = True, likeness: bool = True) -> None:
        """Draw together what has been taken in, before asking; `rules` and `likeness` are learned anew on demand."""
        if rules:
            self.rules.learn()
        if likeness:
            self.likeness.learn(self.memory)
        self.likeness.look(self.memory)
        self.names.look(self.memory)

    def ask(self, subject: Ints, relation: Ints) -> Asked:
        """The candidates for (subject, relation, ?) and their figures."""
        question, candidate = candidates(self.memory, self.likeness, subject, relation)
        figures = measured(
            self.memory,
            self.rules,
            self.likeness,
            self.names,
            question,
            subject[question],
            relation[question],
            candidate,
        )
        about = context(self.memory, question, figures, len(subject))
        return Asked(self.day, subject, relation, question, candidate, figures, about)


def walk(graph: Graph, first: int, last: int, judged: int | None = None) -> Iterator[Past]:
    """The past on the morning of each day from `first` to `last`; to be used before the next is asked for.

    From the day `judged` on rules stay as they were learned until then; what is counted goes on being counted.
    """
    past = Past(graph)
    while past.day <= last:
        if past.day >= first:
            again = (past.day - first) % EVERY == 0
            early = judged is None or past.day < judged
            past.reflect(rules=(again and early) or past.day == judged, likeness=again)
            yield past
        past.pass_day()


def questions(graph: Graph, day: int) -> tuple[Ints, Ints, Ints, Ints]:
    """What may be asked about the facts of a day: subject and relation of each question, in order of relation; and for
    each answer the number of its question and the object."""
    facts = graph.on(day)
    size = len(graph.entities)
    keys, number = np.unique(graph.relation[facts] * size + graph.subject[facts], return_inverse=True)
    return keys % size, keys // size, number, graph.object[facts]
