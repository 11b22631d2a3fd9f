"""What is modelled: a panel as a series of matrices, one number for each directed dyad and period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from amity.errors import InputError
from amity.records.panel import Panel, Unit

Array: TypeAlias = NDArray[np.float64]
Measure: TypeAlias = Literal["conflict", "cooperation", "score"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
QUADS = {
    "conflict": ("verbal conflict", "material conflict"),
    "cooperation": ("verbal cooperation", "material cooperation"),
}
CLIP = 3.0
"""Periods recorded more or less thoroughly than usual are made comparable up to this factor."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """`values` (n, n, periods) are events of conflict or of cooperation, or the sum of scores, as they would have been
    at usual exposure; NaN where a period is not covered, nought from a state to itself.

    `conflict` and `cooperation` are the events of either sort, by which ties of the past are told.
    """

    states: tuple[str, ...]
    edges: NDArray[np.datetime64]
    values: Array
    conflict: Array
    cooperation: Array
    measure: Measure
    unit: Unit
    datasets: tuple[str, ...]

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Periods of which anything is known."""
        return np.asarray(~np.isnan(self.values).any(axis=(0, 1)))

    @property
    def y(self) -> Array:
        """`values` as the model has them: see `squeezed`."""
        return squeezed(self.values)


def squeezed(values: Array) -> Array:
    """sign(v) log(1 + |v|): what is modelled. The tenth event of a month says less than the first."""
    return np.sign(values) * np.log1p(np.abs(values))


def spread(y: Array) -> Array:
    """The inverse of `squeezed`."""
    return np.sign(y) * np.expm1(np.abs(y))


def series(
    panel: Panel,
    measure: Measure = "conflict",
    *,
    layers: Collection[str] | None = None,
    most: int = 80,
    named: Collection[str] = (),
) -> Series:
    """The dyads among the `most` active states, and those `named`, as a series.

    Raises:
        InputError: for an unknown measure, or where nothing of the sort was recorded.
    """
    if measure not in MEASURES:
        raise InputError(measure, f"is no measure; there are {', '.join(MEASURES)}")
    states = _active(panel, layers, most, named)
    quads = {name: _matrices(panel, states, "count", layers, quads) for name, quads in QUADS.items()}
    values = quads[measure] if measure != "score" else _matrices(panel, states, "value", layers, None)
    if not np.nansum(np.abs(values)):
        raise InputError("events", _nothing(panel, measure, layers))
    return Series(
        states=states,
        edges=panel.edges,
        values=values,
        conflict=quads["conflict"],
        cooperation=quads["cooperation"],
        measure=measure,
        unit=panel.unit,
        datasets=panel.datasets,
    )


def _active(panel: Panel, layers: Collection[str] | None, most: int, named: Collection[str]) -> tuple[str, ...]:
    """The states that take part in most events, and those named of which anything is known; in alphabetical order."""
    totals = dict.fromkeys(panel.states, 0.0)
    for dyad, total in zip(panel.dyads, panel.dense(layers=layers).sum(axis=1), strict=True):
        totals[dyad.actor] += total
        totals[dyad.recipient] += total
    ordered = sorted((state for state in totals if totals[state] > 0), key=lambda state: (-totals[state], state))
    return tuple(sorted({*ordered[:most], *(state for state in named if totals.get(state))}))


def _matrices(
    panel: Panel,
    states: tuple[str, ...],
    measure: Literal["count", "value"],
    layers: Collection[str] | None,
    quads: Collection[str] | None,
) -> Array:
    """One measure as (n, n, periods), at usual exposure."""
    place = {state: number for number, state in enumerate(states)}
    rows = [row for row, dyad in enumerate(panel.dyads) if dyad.actor in place and dyad.recipient in place]
    filled = np.zeros((len(states), len(states), panel.periods))
    actors = [place[panel.dyads[row].actor] for row in rows]
    recipients = [place[panel.dyads[row].recipient] for row in rows]
    filled[actors, recipients] = panel.dense(measure, layers=layers, quads=quads)[rows]
    usual = np.median(panel.exposure[panel.covered]) if panel.covered.any() else 1.0
    with np.errstate(divide="ignore"):
        factor = np.clip(usual / panel.exposure, 1 / CLIP, CLIP)
    return np.asarray(filled * np.where(panel.covered, factor, np.nan))


def _nothing(panel: Panel, measure: Measure, layers: Collection[str] | None) -> str:
    asked = f"the layer {', '.join(sorted(layers))}" if layers else "what is there"
    if measure == "score" and panel.cells.num_rows:
        return f"nothing in {asked} has a score; ask for conflict or cooperation with --measure"
    return f"no {measure} between states in {asked}"
