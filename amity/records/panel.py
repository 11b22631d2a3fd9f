"""A panel: what happened between states, counted by directed dyad, layer, type and period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Unit: TypeAlias = Literal["day", "week", "month", "quarter", "year"]
Scale: TypeAlias = Literal["plover", "goldstein"]
Measure: TypeAlias = Literal["count", "doubt", "scored", "value", "square"]
UNITS: tuple[Unit, ...] = get_args(Unit)
SCALES: tuple[Scale, ...] = get_args(Scale)

CELLS = pa.schema(
    [
        ("dyad", pa.int32()),
        ("period", pa.int32()),
        ("layer", pa.string()),
        ("type", pa.string()),
        ("quad", pa.string()),
        ("count", pa.float64()),
        ("doubt", pa.float64()),
        ("scored", pa.float64()),
        ("value", pa.float64()),
        ("square", pa.float64()),
    ]
)
"""Columns of `Panel.cells`. With n events of certainty p and score s: `count` is Σ n·p (how many to expect), `doubt`
Σ n·p·(1-p) (its variance from mistaken rows), `scored` Σ n·p over what has a score, `value` Σ n·p·s and `square`
Σ n·p·s²."""


class Dyad(NamedTuple):
    """Who acts on whom, as alpha-3 codes or names."""

    actor: str
    recipient: str

    @property
    def reverse(self) -> Dyad:
        """The other direction."""
        return Dyad(self.recipient, self.actor)


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Counts of events, sparse: a cell that is not there is zero where the period is covered, and unknown elsewhere.

    `edges` are the first days of the periods and the day after the last (datetime64[D], periods + 1). `exposure` is
    how many events the data sets recorded in each period, whoever took part (0: not covered). Cells follow `CELLS`.
    """

    dyads: tuple[Dyad, ...]
    edges: NDArray[np.datetime64]
    exposure: NDArray[np.float64]
    cells: pa.Table
    unit: Unit = "month"
    scale: Scale = "plover"
    datasets: tuple[str, ...] = ()

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return len(self.exposure)

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Periods in which anything was recorded at all."""
        return self.exposure > 0

    @cached_property
    def index(self) -> dict[Dyad, int]:
        """The row of each dyad."""
        return {dyad: row for row, dyad in enumerate(self.dyads)}

    @property
    def states(self) -> tuple[str, ...]:
        """Everybody who takes part, in alphabetical order."""
        return tuple(sorted({one for dyad in self.dyads for one in dyad}))

    def dense(
        self,
        measure: Measure = "count",
        *,
        layers: Collection[str] | None = None,
        types: Collection[str] | None = None,
        quads: Collection[str] | None = None,
    ) -> NDArray[np.float64]:
        """One measure as an array (dyads, periods), summed over the layers, types, quads asked for (all by default)."""
        cells = self.cells
        for name, wanted in (("layer", layers), ("type", types), ("quad", quads)):
            if wanted is not None:
                cells = cells.filter(pc.is_in(cells[name], pa.array(sorted(wanted), pa.string())))
        filled = np.zeros((len(self.dyads), self.periods))
        np.add.at(filled, (cells["dyad"].to_numpy(), cells["period"].to_numpy()), cells[measure].to_numpy())
        return filled

    def row(self, dyad: Dyad | tuple[str, str]) -> int | None:
        """Where a dyad stands; null when nothing was ever recorded of it."""
        return self.index.get(Dyad(*dyad))

    def before(self, period: int) -> Panel:
        """The same panel up to, without, a period. What was learned later of earlier days stays in: see `known` of
        `Archive.panel` for what was known on a day."""
        return Panel(
            dyads=self.dyads,
            edges=self.edges[: period + 1],
            exposure=self.exposure[:period],
            cells=self.cells.filter(pc.less(self.cells["period"], period)),
            unit=self.unit,
            scale=self.scale,
            datasets=self.datasets,
        )
