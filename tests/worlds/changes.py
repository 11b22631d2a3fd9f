"""Plain worlds, and worlds made of others: what a method must take in its stride."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from amity.records.panel import CELLS, Dyad, Panel, Unit
from tests.worlds.making import panel_of


def constant(n: int = 4, periods: int = 24, count: int = 3, unit: Unit = "month") -> Panel:
    """Every directed dyad has `count` verbal cooperations in every period, and nothing else."""
    counts = np.zeros((n, n, periods, 4))
    counts[..., 0] = count
    counts[np.arange(n), np.arange(n)] = 0
    return panel_of(counts, unit=unit)


def empty(periods: int = 12, unit: Unit = "month") -> Panel:
    """Covered, and nothing happened between anybody."""
    return panel_of(np.zeros((3, 3, periods, 4)), unit=unit)


def one_event(periods: int = 12, period: int = 5, unit: Unit = "month") -> Panel:
    """One state assaults another once."""
    counts = np.zeros((2, 2, periods, 4))
    counts[0, 1, period, 3] = 1
    return panel_of(counts, unit=unit)


def relabelled(panel: Panel, names: Mapping[str, str]) -> Panel:
    """The same world under other names of states (those not named keep theirs)."""
    pairs = [Dyad(names.get(one, one), names.get(two, two)) for one, two in panel.dyads]
    dyads = tuple(sorted(pairs))
    rows = {dyad: row for row, dyad in enumerate(dyads)}
    moved = np.array([rows[pair] for pair in pairs], int)
    return replace(panel, dyads=dyads, cells=_with(panel.cells, dyad=moved[panel.cells["dyad"].to_numpy()]))


def permuted(panel: Panel, seed: int = 0) -> tuple[Panel, dict[str, str]]:
    """The same world with its states' names dealt anew, and who is called what now."""
    states = panel.states
    dealt = np.random.default_rng(seed).permutation(len(states))
    names = {state: states[number] for state, number in zip(states, dealt, strict=True)}
    return relabelled(panel, names), names


def shifted(panel: Panel, periods: int) -> Panel:
    """The same world, so many periods later (earlier if negative) by the calendar."""
    step = {"day": "D", "week": "W", "month": "M", "year": "Y"}[panel.unit]
    if step in "DW":
        return replace(panel, edges=panel.edges + np.timedelta64(periods, step))
    return replace(panel, edges=(panel.edges.astype(f"datetime64[{step}]") + periods).astype("datetime64[D]"))


def doubled(panel: Panel) -> Panel:
    """A world recorded twice as thoroughly: every event and all exposure twice."""
    sums = ("count", "doubt", "scored", "value", "square")
    twice = {name: 2 * panel.cells[name].to_numpy() for name in sums}
    return replace(panel, exposure=2 * panel.exposure, cells=_with(panel.cells, **twice))


def uncovered(panel: Panel, periods: Collection[int]) -> Panel:
    """The same world, of which nothing was recorded in some periods."""
    gone = sorted(set(periods))
    exposure = panel.exposure.copy()
    exposure[gone] = 0.0
    kept = panel.cells.filter(pc.invert(pc.is_in(panel.cells["period"], pa.array(gone, pa.int32()))))
    return replace(panel, exposure=exposure, cells=kept)


def _with(cells: pa.Table, **columns: np.ndarray) -> pa.Table:
    """The table with some columns replaced."""
    arrays = {name: columns.get(name, cells[name]) for name in CELLS.names}
    return pa.table(
        {
            name: pa.array(one, CELLS.field(name).type) if isinstance(one, np.ndarray) else one
            for name, one in arrays.items()
        }
    )
