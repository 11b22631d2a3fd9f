"""A world of states whose alignment is known: alliances, votes, deliveries and events follow it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amity.records.events import TABLES
from amity.structure.alignment import Material
from tests.worlds.making import codes, panel_of

YEARS = tuple(range(2000, 2010))
STATES = 32
EVENTS = 60.0


def truth(states: int = STATES, seed: int = 1) -> NDArray[np.float64]:
    """Alignment by state; the first two are the poles, 1 and -1."""
    drawn = np.random.default_rng(seed).uniform(-0.9, 0.9, states)
    drawn[:2] = 1.0, -1.0
    return drawn


def planted(
    seed: int = 1, states: int = STATES, times: float = 1.0, names: tuple[str, ...] | None = None, **changed: Any
) -> Material:
    """Material of a world that lasts. `times` multiplies deliveries and events; `names` calls the states
    otherwise, `changed` replaces fields."""
    rng, names, at = np.random.default_rng(seed), names or codes(states), truth(states, seed)
    pairs = [(i, j) for i in range(states) for j in range(i + 1, states)]
    allied = {pair for pair in pairs if rng.random() < np.clip(at[pair[0]] * at[pair[1]], 0.0, 0.9)}
    fields: dict[str, Any] = {
        "states": names,
        "years": YEARS,
        "poles": names[:2],
        "members": np.ones((states, len(YEARS)), bool),
        "alliances": _alliances(names, allied),
        "votes": _votes(names, at, rng),
        "deliveries": _deliveries(names, at, rng, times),
        "panel": panel_of(_events(at, rng) * times, states=names, unit="year", start="2000-01-01"),
        "draws": 60,
        "rounds": 100,
    }
    return Material(**{**fields, **changed})


def _alliances(names: tuple[str, ...], allied: set[tuple[int, int]]) -> pa.Table:
    rows = [
        {
            "a": names[i],
            "b": names[j],
            "year": year,
            "defense": True,
            "offense": False,
            "neutrality": False,
            "nonaggression": True,
            "consultation": False,
        }
        for i, j in sorted(allied)
        for year in YEARS
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["alliances"])


def _votes(names: tuple[str, ...], at: NDArray[np.float64], rng: np.random.Generator) -> pa.Table:
    rows = []
    for year in YEARS:
        ideal = 2.0 * at + rng.normal(0.0, 0.3, len(at))
        rows += [
            {"state": name, "year": year, "ideal": one, "low": one - 0.3, "high": one + 0.3, "votes": 70}
            for name, one in zip(names, ideal, strict=True)
        ]
    return pa.Table.from_pylist(rows, schema=TABLES["votes"])


def _deliveries(names: tuple[str, ...], at: NDArray[np.float64], rng: np.random.Generator, times: float) -> pa.Table:
    rows = []
    for recipient in range(2, len(names)):
        for year in YEARS:
            supplier = int(rng.random() > (1.0 + at[recipient]) / 2.0)
            rows.append(
                {
                    "supplier": names[supplier],
                    "recipient": names[recipient],
                    "supplier_name": names[supplier],
                    "recipient_name": names[recipient],
                    "year": year,
                    "tiv": float(rng.integers(10, 100)) * times,
                }
            )
    return pa.Table.from_pylist(rows, schema=TABLES["deliveries"])


def _events(at: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Counts (states, states, years, quads): cooperation with the nearer pole, conflict with the other."""
    counts = np.zeros((len(at), len(at), len(YEARS), 4))
    for pole, side in ((0, 1.0), (1, -1.0)):
        good = EVENTS * (1.0 + 0.9 * side * at)[:, None, None]
        bad = EVENTS / 4 * (1.0 - 0.9 * side * at)[:, None, None]
        counts[:, pole, :, :2] = rng.poisson(good, (len(at), len(YEARS), 2))
        counts[:, pole, :, 2:] = rng.poisson(bad, (len(at), len(YEARS), 2))
        counts[pole, :, :, :] = counts[:, pole, :, :]
    counts[np.arange(len(at)), np.arange(len(at))] = 0.0
    return counts
