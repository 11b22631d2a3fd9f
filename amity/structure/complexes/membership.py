"""From ties to complexes: many divisions of worlds that may be true, the division on which they agree, and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.records.complexes import Breadth
from amity.structure.complexes.expectation import Ties
from amity.structure.complexes.interaction import Floats
from amity.structure.complexes.partition import company, divide, median, modularity, together

RESOLUTIONS = (1.0, 1.1, 1.25, 1.5, 2.0)
"""Resolutions of modularity, from whole continents to neighbours; all are used, in the same number of divisions."""

THRESHOLDS: dict[Breadth, float] = {"coarse": 0.2, "regional": 0.4, "fine": 0.7}
"""The share of divisions in which two states must be together for one to belong with the other. Resolutions and the
regional threshold were chosen by how well complexes foretell co-involvement in later years (`amity eval complexes`)."""

ALONE = -1


@dataclass(frozen=True)
class Grouping:
    """Which of n states belong together. `labels` (n,) numbers complexes from 0, -1 is none; `share` (n, n) is how
    often two were together; `member`, `company` are (n, k), see `partition.company`; `runs` (r, n) all divisions."""

    labels: NDArray[np.intp]
    share: Floats
    member: Floats
    company: Floats
    runs: NDArray[np.intp]

    @property
    def complexes(self) -> int:
        """How many there are."""
        return int(self.member.shape[1])


def group(
    ties: Ties,
    enough: NDArray[np.bool_],
    resolutions: Sequence[float],
    threshold: float,
    draws: int,
    rng: np.random.Generator,
    smallest: int = 3,
    before: Floats | None = None,
    memory: float = 0.0,
) -> Grouping:
    """Complexes from ties drawn `draws` times, each divided at every resolution, on the square root of the ties; states
    that are together in more than a share `threshold` of the divisions belong together, as far as that can be.

    States that have not `enough` evidence take no part, and complexes below `smallest` members are none. `before` is
    `share` of the period before, which counts as `memory` (0 to 1) in what divisions agree on, so that noise makes no
    history (Chi et al. 2007, evolutionary clustering that preserves membership).
    """
    n = len(enough)
    active = np.flatnonzero(enough)
    runs = np.tile(np.arange(n), (draws * len(resolutions), 1))
    inner = ties.part(active)
    for draw in range(draws):
        strength = np.sqrt(inner.draw(rng)) if len(active) > 1 else np.zeros((len(active), len(active)))
        for place, resolution in enumerate(resolutions):
            runs[draw * len(resolutions) + place, active] = active[divide(modularity(strength, resolution), rng)]
    share = together(runs)
    agreed = share if before is None else (1 - memory) * share + memory * before
    found = np.full(n, ALONE)
    found[active] = median(agreed[np.ix_(active, active)], rng, threshold)
    labels = _numbered(found, smallest)
    member = (labels[:, None] == np.arange(labels.max(initial=ALONE) + 1)).astype(float)
    return Grouping(labels, agreed, member, company(runs, member), runs)


def _numbered(found: NDArray[np.intp], smallest: int) -> NDArray[np.intp]:
    """Complexes numbered from the largest; what is smaller than `smallest` is none."""
    kinds, counts = np.unique(found[found >= 0], return_counts=True)
    order = sorted(
        (kind for kind, count in zip(kinds, counts, strict=True) if count >= smallest),
        key=lambda kind: (-int((found == kind).sum()), int(np.flatnonzero(found == kind)[0])),
    )
    labels = np.full(len(found), ALONE)
    for number, kind in enumerate(order):
        labels[found == kind] = number
    return labels


def homes(ties: Ties, power: int, members: Sequence[NDArray[np.intp]], draws: int, rng: np.random.Generator) -> Floats:
    """How probable it is that a power's ties, on average over members, are strongest with each complex. (k,)"""
    won = np.zeros(len(members))
    if not members:
        return won
    shape, mean = ties.shape[power], ties.mean[power]
    for _ in range(draws):
        drawn = np.sqrt(rng.gamma(shape) / shape * mean)
        won[int(np.argmax([drawn[inside[inside != power]].mean() for inside in members]))] += 1
    return won / draws
