"""Counts of events by dyad and period: all that a forecast may look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amity.records.panel import Dyad, Panel, Unit

Array = NDArray[np.float64]
RECENT = 6
"""Covered periods whose median is what reporting is expected to be like."""


class Target(NamedTuple):
    """What is counted: events of some quads, types and layers (null: of all)."""

    name: str
    quads: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    layers: tuple[str, ...] | None = None


CONFLICT = Target("conflict", quads=("verbal conflict", "material conflict"))
COOPERATION = Target("cooperation", quads=("verbal cooperation", "material cooperation"))
EVERYTHING = Target("all events")
COVARIATES = (CONFLICT, COOPERATION, EVERYTHING)
"""What every forecast looks at beside the history of its own target."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """`of[name]` counts a target: (dyads, periods). `exposure` (periods) is the number of events recorded anywhere.

    `neighbours` are pairs of states, each once in each direction; there may be none.
    """

    dyads: tuple[Dyad, ...]
    edges: NDArray[np.datetime64]
    exposure: Array
    of: Mapping[str, Array]
    unit: Unit
    neighbours: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def made(
        cls,
        panel: Panel,
        targets: Iterable[Target],
        dyads: Sequence[Dyad] | None = None,
        neighbours: Collection[tuple[str, str]] = (),
    ) -> Counts:
        """The counts of a panel; `dyads` (by default the panel's own) are the rows, in that order."""
        wanted = {one.name: one for one in (*COVARIATES, *targets)}
        rows = tuple(panel.dyads if dyads is None else dyads)
        places = np.array([panel.index.get(dyad, -1) for dyad in rows], int)
        return cls(
            dyads=rows,
            edges=panel.edges,
            exposure=panel.exposure,
            of={
                name: taken(panel.dense(quads=one.quads, types=one.types, layers=one.layers), places)
                for name, one in wanted.items()
            },
            unit=panel.unit,
            neighbours=frozenset(neighbours),
        )

    @cached_property
    def index(self) -> dict[Dyad, int]:
        """The row of each dyad."""
        return {dyad: row for row, dyad in enumerate(self.dyads)}

    @property
    def periods(self) -> int:
        """How many periods are known."""
        return len(self.exposure)

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Periods in which anything was recorded at all."""
        return self.exposure > 0

    def before(self, period: int) -> Counts:
        """What was known before a period began."""
        return replace(
            self,
            edges=self.edges[: period + 1],
            exposure=self.exposure[:period],
            of={name: counts[:, :period] for name, counts in self.of.items()},
        )

    def emptied(self) -> Counts:
        """As many periods of which nothing is known."""
        nothing = {name: np.zeros_like(counts) for name, counts in self.of.items()}
        return replace(self, exposure=np.zeros(self.periods), of=nothing)

    def most_active(self, number: int | None) -> tuple[Dyad, ...]:
        """The dyads with the most events so far (all that have any when `number` is null); names break ties."""
        totals = self.of[EVERYTHING.name].sum(axis=1)
        order = sorted(np.flatnonzero(totals > 0).tolist(), key=lambda row: (-totals[row], self.dyads[row]))
        return tuple(self.dyads[row] for row in order[:number])

    def at_risk(self, most: int | None) -> NDArray[np.bool_]:
        """Who was among the `most` active dyads by the beginning of each period, (dyads, periods + 1).

        Learning only from pairs of dyad and period that are chosen so, before their outcome, keeps what was chosen for
        being active from looking more lasting than it is.
        """
        total = np.cumsum(self.of[EVERYTHING.name], axis=1)
        total = np.concatenate([np.zeros((len(total), 1)), total], axis=1)
        if most is None or most >= len(total):
            active: NDArray[np.bool_] = total > 0
            return active
        least = np.partition(total, -most, axis=0)[-most]
        among: NDArray[np.bool_] = (total >= least) & (total > 0)
        return among

    def rows(self, target: str, dyads: Sequence[Dyad]) -> Array:
        """The counts of some dyads, (dyads, periods); noughts for those that are not there."""
        return taken(self.of[target], np.array([self.index.get(dyad, -1) for dyad in dyads], int))

    def sums(self, target: str, dyads: Sequence[Dyad], horizon: int) -> Array:
        """Totals of the `horizon` periods from each on, (dyads, periods); not a number where one is not covered."""
        return ahead(np.where(self.covered, self.rows(target, dyads), np.nan), horizon)


def ahead(values: Array, horizon: int) -> Array:
    """Whole sums of `horizon` values along the last axis, from each place on; not a number where they run out."""
    filled = np.full(values.shape, np.nan)
    length = values.shape[-1] - horizon + 1
    if length > 0:
        windows = np.lib.stride_tricks.sliding_window_view(values, horizon, axis=-1)
        filled[..., :length] = np.rint(windows.sum(axis=-1))
    return filled


def typical(exposure: Array) -> Array:
    """Exposure in units of a typical covered period, so that how thoroughly all is recorded does not matter."""
    covered = exposure > 0
    return exposure / exposure[covered].mean() if covered.any() else exposure


def foreseen(exposure: Array) -> Array:
    """What reporting is expected to be like from each period on, (periods + 1): the median of the last covered ones.

    One where nothing is known yet.
    """
    expected = np.ones(len(exposure) + 1)
    known: list[float] = []
    for period, value in enumerate(exposure.tolist()):
        if value > 0:
            known.append(value)
        expected[period + 1] = np.median(known[-RECENT:]) if known else 1.0
    return expected


def taken(dense: Array, places: NDArray[np.int_]) -> Array:
    """Rows by place, noughts where there is none (-1)."""
    if not len(dense):
        return np.zeros((len(places), dense.shape[1]))
    return np.where((places >= 0)[:, None], dense[places], 0.0)
