"""Ranks of true answers among all entities, with the time-aware filter; mean reciprocal rank and hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.outlook.links.graph import Ints

Marks = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Ranks:
    """Of each answer: entities that score better, and others that score the same; ask after object or subject."""

    better: Ints
    same: Ints
    inverse: NDArray[np.bool_]

    @property
    def mean(self) -> Marks:
        """The expected rank when ties are broken by lot."""
        return 1.0 + self.better + self.same / 2.0


def ranks(scores: Marks, number: Ints, answer: Ints, inverse: NDArray[np.bool_]) -> Ranks:
    """The ranks of `answer[i]` to question `number[i]` by `scores` (questions × entities).

    Other true answers to the same question, that is at the same time, do not count against it (time-aware filter).
    """
    order = np.argsort(number, kind="stable")
    better, same = np.empty(len(number), np.int64), np.empty(len(number), np.int64)
    for asked in np.split(order, np.flatnonzero(np.diff(number[order])) + 1):
        row = scores[number[asked[0]]] if len(asked) else scores[:0]
        right = row[answer[asked]]
        for place, mine in zip(asked, right, strict=True):
            better[place] = np.count_nonzero(row > mine) - np.count_nonzero(right > mine)
            same[place] = np.count_nonzero(row == mine) - np.count_nonzero(right == mine)
    return Ranks(better, same, inverse)


@dataclass(slots=True)
class Tally:
    """Ranks gathered over days."""

    parts: list[Ranks] = field(default_factory=list)

    def add(self, found: Ranks) -> None:
        """Add a day's."""
        self.parts.append(found)

    def joined(self) -> Ranks:
        """All of them."""
        return Ranks(
            np.concatenate([part.better for part in self.parts]),
            np.concatenate([part.same for part in self.parts]),
            np.concatenate([part.inverse for part in self.parts]),
        )


def figures(found: Ranks) -> Mapping[str, float]:
    """MRR and hits at 1, 3, 10 in percent over both directions, MRR of each direction, and with ties at their worst."""
    mean, worst = found.mean, 1.0 + found.better + found.same

    def mrr(which: Marks) -> float:
        return 100.0 * float(np.mean(1.0 / which)) if len(which) else float("nan")

    hits = {f"hits@{most}": 100.0 * float(np.mean(mean <= most)) for most in (1, 3, 10)}
    return {
        "mrr": mrr(mean),
        **hits,
        "mrr, objects": mrr(mean[~found.inverse]),
        "mrr, subjects": mrr(mean[found.inverse]),
        "mrr, ties at worst": mrr(worst),
    }
