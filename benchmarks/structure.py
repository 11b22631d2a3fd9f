"""A world to measure structure on: states on a globe, in regions, with events by month, drawn from a seed."""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa

from amity.records.panel import CELLS, Dyad, Panel


def world(states: int = 190, months: int = 240, regions: int = 10, seed: int = 0) -> tuple[Panel, np.ndarray]:
    """A panel of material conflict by month, and the states' places (2, states) in degrees.

    Sizes are log-normal; interaction falls with distance, is ten times as dense inside regions, comes in bursts, and
    drifts over the years. About as many dyads and cells as twenty years of ICEWS between states have.
    """
    rng = np.random.default_rng(seed)
    centre = np.stack([rng.uniform(-40, 60, regions), rng.uniform(-110, 150, regions)])
    region = rng.integers(0, regions, states)
    place = centre[:, region] + rng.normal(0, 9, (2, states))
    size = np.exp(rng.normal(0, 1.4, states))
    apart = np.hypot(*(place[:, :, None] - place[:, None, :]))
    near = np.where(region[:, None] == region, 10.0, 1.0) / np.maximum(apart, 3.0)
    rate = 0.9 * np.sqrt(np.outer(size, size)) * near
    np.fill_diagonal(rate, 0.0)
    drift = np.exp(np.cumsum(rng.normal(0, 0.03, (states, months)), axis=1))
    actors, recipients, periods, counts = [], [], [], []
    for month in range(months):
        burst = rng.gamma(0.7, 1 / 0.7, rate.shape)
        found = rng.poisson(rate * burst * np.sqrt(np.outer(drift[:, month], drift[:, month])))
        one, other = np.nonzero(found)
        actors.append(one)
        recipients.append(other)
        periods.append(np.full(len(one), month))
        counts.append(found[one, other])
    actor, recipient, period, count = map(np.concatenate, (actors, recipients, periods, counts))
    pair, dyad = np.unique(actor * states + recipient, return_inverse=True)
    codes = [_code(number) for number in range(states)]
    values = {
        "dyad": dyad,
        "period": period,
        "layer": np.full(len(dyad), "military"),
        "type": np.full(len(dyad), "ASSAULT"),
        "quad": np.full(len(dyad), "material conflict"),
        "count": count,
        "doubt": 0.1 * count,
        "scored": count,
        "value": -9.0 * count,
        "square": 81.0 * count,
    }
    edges = (np.datetime64("2000-01", "M") + np.arange(months + 1)).astype("datetime64[D]")
    panel = Panel(
        dyads=tuple(Dyad(codes[one // states], codes[one % states]) for one in pair),
        edges=edges,
        exposure=np.full(months, float(count.sum()) / months),
        cells=pa.table({name: pa.array(values[name], CELLS.field(name).type) for name in CELLS.names}),
        datasets=("synthetic",),
    )
    return panel, place


def histories(states: int, months: int) -> tuple[float, int]:
    """Seconds from a panel to the histories of its complexes month by month, and how many there are."""
    from amity.records.complexes import Settings
    from amity.structure.complexes import Background, course
    from amity.structure.complexes.histories import cuts, follow

    panel, place = world(states, months)
    began = time.perf_counter()
    flow = course(panel)
    order = [_number(state) for state in panel.states]
    around = dict.fromkeys(range(months), Background(latitude=place[0][order], longitude=place[1][order]))
    ends = [str(edge) for edge in panel.edges[1:]]
    found, _ = follow(list(cuts(flow, ends, range(months), 12.0, around, Settings(draws=6))))
    return time.perf_counter() - began, len(found)


def _code(number: int) -> str:
    return "".join(chr(65 + number // 26**place % 26) for place in (2, 1, 0))


def _number(code: str) -> int:
    return sum((ord(letter) - 65) * 26**place for letter, place in zip(code, (2, 1, 0), strict=True))
