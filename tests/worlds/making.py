"""From arrays of counts to panels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amity.records.panel import CELLS, Dyad, Panel, Unit

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""The last axis of counts."""

LAYERS = ("political", "economic", "political", "military")
TYPES = ("CONSULT", "AID", "ACCUSE", "ASSAULT")
SCORES = (2.5, 6.0, -2.5, -9.0)
STEPS = {"day": "D", "week": "W", "month": "M", "year": "Y"}


def codes(n: int) -> tuple[str, ...]:
    """Codes of n states (at most 676), in alphabetical order."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return tuple(f"A{letters[one // 26]}{letters[one % 26]}" for one in range(n))


def panel_of(
    counts: NDArray[np.number],
    *,
    states: Sequence[str] | None = None,
    exposure: NDArray[np.float64] | None = None,
    unit: Unit = "month",
    start: str = "2000-01-03",
    doubt: float = 0.0,
) -> Panel:
    """A panel of `counts` (states, states, periods, 4): who, to whom, when, in which of `QUADS`.

    Exposure is by default a thousand events a period. `doubt` is the share of counts that is variance of mistaken rows.
    """
    n, other, periods, quads = counts.shape
    assert n == other and quads == len(QUADS) and unit in STEPS
    names = tuple(states) if states is not None else codes(n)
    actor, recipient, period, quad = (axis.astype(int) for axis in np.nonzero(counts))
    assert not (actor == recipient).any(), "no state acts on itself"
    count = counts[actor, recipient, period, quad].astype(float)
    pairs = [Dyad(names[one], names[two]) for one, two in zip(actor, recipient, strict=True)]
    dyads = tuple(sorted(set(pairs)))
    rows = {dyad: row for row, dyad in enumerate(dyads)}
    score = np.asarray(SCORES)[quad]
    columns = {
        "dyad": [rows[pair] for pair in pairs],
        "period": period,
        "layer": [LAYERS[one] for one in quad],
        "type": [TYPES[one] for one in quad],
        "quad": [QUADS[one] for one in quad],
        "count": count,
        "doubt": count * doubt,
        "scored": count,
        "value": count * score,
        "square": count * score**2,
    }
    table = pa.table({name: pa.array(columns[name], CELLS.field(name).type) for name in CELLS.names})
    return Panel(
        dyads=dyads,
        edges=_edges(start, periods, unit),
        exposure=np.full(periods, 1000.0) if exposure is None else np.asarray(exposure, float),
        cells=table.sort_by([("dyad", "ascending"), ("period", "ascending"), ("quad", "ascending")]),
        unit=unit,
        datasets=("synthetic",),
    )


def _edges(start: str, periods: int, unit: Unit) -> NDArray[np.datetime64]:
    """First days of periods, and the day after the last."""
    if unit in ("day", "week"):
        step = 7 if unit == "week" else 1
        return np.datetime64(start, "D") + step * np.arange(periods + 1)
    first = np.datetime64(start, STEPS[unit])
    return (first + np.arange(periods + 1)).astype("datetime64[D]")
