"""Who may heed whom: ties between states as weights, from what is known of them and from what they did before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from amity.outlook.influence.series import Array, Series

RADIUS = 6371.0
REACH = 1000.0
"""Kilometres over which nearness falls to 1/e."""

LIKENESS = 0.3
"""Distance of ideal points in the General Assembly over which likeness of votes falls to 1/e."""

NEEDS = {"neighbours": "contiguity", "allies": "alliances", "nearness": "capitals", "votes": "votes"}
"""Ties, and the table of `amity.records.events.TABLES` that each needs."""


def normalised(weights: Array) -> Array:
    """Rows that sum to one (or stay empty), so that a state heeds the mean of those that it is tied to, never itself.

    `weights` is (…, n, n).
    """
    kept = np.array(weights, float)
    diagonal = np.arange(kept.shape[-1])
    kept[..., diagonal, diagonal] = 0.0
    total = kept.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(kept, total, out=np.zeros_like(kept), where=total > 0))


def known(series: Series, tables: Mapping[str, pa.Table | None]) -> dict[str, Array]:
    """Ties from tables, each (periods, n, n): as in force when a period began, or last known before.

    A tie whose table is not there is left out.
    """
    days = [day.item() for day in series.edges[:-1]]
    ties = {}
    for name, table in NEEDS.items():
        rows = tables.get(table)
        if rows is not None and rows.num_rows:
            ties[name] = _by_year(days, _MAKERS[name](_among(rows, series.states), series.states))
    return ties


def _among(table: pa.Table, states: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of a table about those states alone."""
    wanted = pa.array(states, pa.string())
    for name in {"a", "b", "state"}.intersection(table.column_names):
        table = table.filter(pc.is_in(table[name], wanted))
    return list(table.to_pylist())


def past(series: Series, memory: float) -> dict[str, Array]:
    """Ties from what happened before each period, each (periods, n, n); older events count less (half after `memory`).

    `opponents` and `partners` weigh others by the conflict and cooperation shared with them in either direction,
    `alike` by the likeness (cosine, to the fourth power) of whom they act upon.
    """
    conflict, cooperation = (_faded(one, series.covered, memory) for one in (series.conflict, series.cooperation))
    profile = np.concatenate([_unit(conflict), _unit(cooperation)], axis=-1)
    alike = profile @ profile.swapaxes(-1, -2) / 2
    return {
        "opponents": normalised(conflict + conflict.swapaxes(-1, -2)),
        "partners": normalised(cooperation + cooperation.swapaxes(-1, -2)),
        "alike": normalised(np.clip(alike, 0, None) ** 4),
    }


def _faded(events: Array, covered: NDArray[np.bool_], memory: float) -> Array:
    """Sums of events before each period, older ones counting less: (periods, n, n)."""
    keep = 0.5 ** (1.0 / memory)
    sums = np.zeros((events.shape[2], *events.shape[:2]))
    for now in range(1, len(sums)):
        sums[now] = keep * sums[now - 1] + events[:, :, now - 1] if covered[now - 1] else sums[now - 1]
    return sums


def _unit(rows: Array) -> Array:
    """Rows of length one; empty rows stay."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(np.divide(rows, length, out=np.zeros_like(rows), where=length > 0))


def _by_year(days: Sequence[date], weights: Callable[[date], Array]) -> Array:
    """Ties of every period, worked out once for each year."""
    years = {day.year: normalised(weights(date(day.year, 1, 1))) for day in reversed(days)}
    return np.stack([years[day.year] for day in days])


def _neighbours(rows: list[dict[str, Any]], states: Sequence[str]) -> Callable[[date], Array]:
    return lambda day: _pairs(_in_force(rows, day), states)


def _in_force(rows: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """Rows in force on a day, or on the last day of which the table knows."""
    last = max((row["end"] or date.max for row in rows), default=date.max)
    return [row for row in rows if (row["start"] or date.min) <= min(day, last) <= (row["end"] or date.max)]


def _allies(rows: list[dict[str, Any]], states: Sequence[str]) -> Callable[[date], Array]:
    """Pairs bound to defend each other in the year before."""
    sworn: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row["defense"]:
            sworn.setdefault(row["year"], []).append(row)
    last = max(sworn, default=0)
    return lambda day: _pairs(sworn.get(min(day.year - 1, last), []), states)


def _pairs(rows: list[dict[str, Any]], states: Sequence[str]) -> Array:
    """One for each pair `a`, `b` and its reverse."""
    place = {state: number for number, state in enumerate(states)}
    weights = np.zeros((len(states), len(states)))
    for row in rows:
        one, two = place[row["a"]], place[row["b"]]
        weights[one, two] = weights[two, one] = 1.0
    return weights


def _nearness(rows: list[dict[str, Any]], states: Sequence[str]) -> Callable[[date], Array]:
    def weights(day: date) -> Array:
        there = {row["state"]: row for row in _in_force(rows, day)}
        at = np.radians([_coordinates(there.get(state)) for state in states])
        north, east = at[:, 0], at[:, 1]
        flat = np.cos(north)
        points = np.stack([flat * np.cos(east), flat * np.sin(east), np.sin(north)], axis=1)
        distance = RADIUS * np.arccos(np.clip(points @ points.T, -1, 1))
        return np.asarray(np.nan_to_num(np.exp(-distance / REACH)))

    return weights


def _coordinates(row: dict[str, Any] | None) -> tuple[float, float]:
    return (row["latitude"], row["longitude"]) if row else (np.nan, np.nan)


def _votes(rows: list[dict[str, Any]], states: Sequence[str]) -> Callable[[date], Array]:
    """Likeness of votes in the session before the year."""
    years = {row["year"] for row in rows}

    def weights(day: date) -> Array:
        year = max((one for one in years if one < day.year), default=min(years, default=0))
        ideals = {row["state"]: row["ideal"] for row in rows if row["year"] == year}
        points = np.array([ideals.get(state, np.nan) for state in states], float)
        return np.asarray(np.nan_to_num(np.exp(-np.abs(points[:, None] - points) / LIKENESS)))

    return weights


_MAKERS: Mapping[str, Callable[[list[dict[str, Any]], Sequence[str]], Callable[[date], Array]]] = {
    "neighbours": _neighbours,
    "allies": _allies,
    "nearness": _nearness,
    "votes": _votes,
}
