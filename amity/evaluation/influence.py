"""Influence: whether what happens on one dyad foretells others, on event data, and what is found where it is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from amity.errors import InputError
from amity.evaluation import world
from amity.evaluation.figures import share
from amity.outlook.influence import MEASURES, Model, series
from amity.outlook.influence.design import Design, usual
from amity.outlook.influence.model import learned
from amity.outlook.influence.series import Array, Series, spread
from amity.outlook.influence.ties import normalised
from amity.outlook.influence.trial import evidence
from amity.pipeline.whatif import STATES, model
from amity.pipeline.world import World
from amity.records.panel import Unit
from amity.records.whatif import Evidence, Figure

SETS: dict[str, Unit] = {"icews14": "week", "icews18": "week", "icews-years": "year"}
"""Data sets, and the unit that each is asked by."""

WORLDS, SEEDS = 20, 100
"""Synthetic worlds of a kind, and the first seed; seeds below 100 served to choose what counts as a break."""

PLANTED = {"sender": (0.30, -0.15, 0.0), "receiver": (0.15, 0.15, 0.0)}
"""Coefficients of the ties of synthetic worlds: of blocs, of a ring, of chance."""


def evaluate(data: Path, worlds: int = WORLDS) -> dict[str, Any]:
    """Propagation against none on event data, by rolling origin; recovery on synthetic worlds, and false alarms."""
    few = max(1, worlds // 4)
    return {
        **on_events(world.open(data)),
        "planted": planted([_learned(SEEDS + seed) for seed in range(worlds)]),
        "planted, counted": planted([_learned(SEEDS + seed, counted=True) for seed in range(worlds)]),
        "planted, ties unknown": untied([_untied(SEEDS + seed) for seed in range(few)]),
        "nothing planted": unplanted([_learned(SEEDS + seed, strength=0.0) for seed in range(worlds)]),
        "nothing planted, ties unknown": unplanted([_untied(SEEDS + seed, 0.0)[0] for seed in range(few)]),
    }


# Event data -------------------------------------------------------------------------------------------------------


def on_events(held: World) -> dict[str, Any]:
    """Each data set that is there, by measure; nothing was chosen on these figures but what docs/whatif.md tells."""
    found: dict[str, Any] = {}
    for name, unit in SETS.items():
        if name in held.archive.datasets():
            found[name] = {measure: _measured(held, name, unit, measure) for measure in MEASURES}
    return found


def _measured(held: World, name: str, unit: Unit, measure: Any) -> dict[str, Any]:
    try:
        asked = series(held.panel(unit=unit, datasets=(name,)), measure, most=STATES)
    except InputError as error:
        return {"missing": error.reason}
    found = model(held, asked)
    return _told(found.evidence) | {"ties_dealt_anew": _placebo(found.design)}


def _placebo(design: Design) -> dict[str, Any]:
    """The same when every tie is another state's: what is left is no influence of ties."""
    order = np.random.default_rng(SEEDS).permutation(len(design.series.states))
    dealt = {name: tie[:, order][:, :, order] for name, tie in design.ties.items()}
    found = evidence(Design(design.series, design.usual, dealt))
    gain = _interval("gain_per_1000", found.overall.gain, 1000) if found.overall else {}
    return gain | {"propagates": int(found.propagates)}


def _told(found: Evidence) -> dict[str, Any]:
    """Gains (log score of a thousand dyads and periods) with their 90 % intervals."""
    overall, breaks = found.overall, found.breaks
    if overall is None or breaks is None:
        return {"missing": "too few periods"}
    return {
        **_interval("gain_per_1000", overall.gain, 1000),
        "error": round(overall.error, 4),
        "error_without": round(overall.error_without, 4),
        "periods": overall.periods,
        "after_breaks": {
            **_interval("gain_per_1000", breaks.trial.gain, 1000),
            **_interval("slope", breaks.slope),
            "breaks": breaks.breaks,
            "dyads_and_periods": breaks.trial.cells,
        },
        "propagates": int(found.propagates),
    }


def _interval(name: str, figure: Figure, times: float = 1.0) -> dict[str, float]:
    ends = {name: figure.median, f"{name}_low": figure.low, f"{name}_high": figure.high}
    return {end: round(times * value, 3) for end, value in ends.items()}


# Synthetic worlds -------------------------------------------------------------------------------------------------


def planted(models: Sequence[Model]) -> dict[str, Any]:
    """What is found of influence that was planted: correlation of A and B with the truth (off the diagonal), share of
    right signs and of intervals that hold the coefficient, and in how many worlds propagation is switched on."""
    rows = [_recovered(one) for one in models]
    return {name: share(row[name] for row in rows) for name in rows[0]} | {"worlds": len(rows)}


def untied(worlds: Sequence[tuple[Model, Design]]) -> dict[str, Any]:
    """What is found, pair by pair, of influence that runs along ties nobody told: `--free`."""
    rows = []
    for found, truth in worlds:
        apart = truth.apart
        planted_matrices = [np.tensordot(PLANTED[side], truth.tied(0), 1)[apart] for side in ("sender", "receiver")]
        matrices = [matrix[apart] for matrix in found.fit.pairs(len(apart))]
        real, told = np.concatenate(planted_matrices), np.concatenate(matrices)
        rows.append(
            {
                "correlation": float(np.corrcoef(real, told)[0, 1]) if told.any() else 0.0,
                "told_that_are_there": float((real[told != 0] != 0).mean()) if told.any() else 1.0,
                "there_that_are_told": float((told[real != 0] != 0).mean()),
                "propagates": float(found.evidence.propagates),
            }
        )
    return {name: share(row[name] for row in rows) for name in rows[0]} | {"worlds": len(rows)}


def unplanted(models: Sequence[Model]) -> dict[str, Any]:
    """What is found where nothing spreads."""
    return {
        "propagates": share(one.evidence.propagates for one in models),
        "better_overall": share(bool(one.evidence.overall and one.evidence.overall.better) for one in models),
        "coverage": share(
            float(np.mean([_holds(draws, 0.0) for side in one.coefficients for draws in side.T])) for one in models
        )
        if models[0].design.names
        else None,
        "worlds": len(models),
    }


def _recovered(found: Model) -> dict[str, float]:
    ties, apart = found.ties, found.design.apart
    row = {}
    signs, holds = [], []
    for side, draws in zip(("sender", "receiver"), found.coefficients, strict=True):
        truth, estimate = np.array(PLANTED[side]), getattr(found.fit, side)
        planted_matrix, matrix = (np.tensordot(weights, ties, 1)[apart] for weights in (truth, estimate))
        row[f"correlation_{side}s"] = float(np.corrcoef(planted_matrix, matrix)[0, 1])
        signs += [np.sign(one) == np.sign(other) for one, other in zip(truth, estimate, strict=True) if one]
        holds += [_holds(draws[:, tie], value) for tie, value in enumerate(truth)]
    return row | {
        "signs": float(np.mean(signs)),
        "coverage": float(np.mean(holds)),
        "propagates": float(found.evidence.propagates),
    }


def _holds(draws: Array, value: float) -> bool:
    low, high = np.quantile(draws, (0.05, 0.95))
    return bool(low <= value <= high)


def _learned(seed: int, strength: float = 1.0, counted: bool = False) -> Model:
    return learned(synthetic(seed, strength, counted), seed=seed)


def _untied(seed: int, strength: float = 1.0) -> tuple[Model, Design]:
    """A model that was told of no ties, and the design with those that there are."""
    truth = synthetic(seed, strength, n=10, periods=160)
    return learned(Design(truth.series, truth.usual, {}, free=True), number=20, seed=seed), truth


def synthetic(seed: int, strength: float = 1.0, counted: bool = False, *, n: int = 16, periods: int = 80) -> Design:
    """A world whose dyads move each other by `PLANTED` times `strength`, over ties of blocs, of a ring, and of chance.

    z_t = 0.2 z + 0.1 z' + ÃZ + ZB̃ᵀ + ÃZB̃ᵀ + N(0, 1) (all of t-1), around levels that differ by dyad. `counted`: what is
    seen are events, Poisson with that on the log scale, and not z itself.
    """
    rng = np.random.default_rng(seed)
    ties = _ties(rng, n)
    stacked = np.stack(list(ties.values()))
    a, b = (np.tensordot(strength * np.array(PLANTED[side]), stacked, 1) for side in ("sender", "receiver"))
    z = np.zeros((n, n, periods + 20))
    for now in range(1, z.shape[2]):
        last = z[..., now - 1]
        moved = a @ last + last @ b.T + a @ last @ b.T
        z[..., now] = 0.2 * last + 0.1 * last.T + moved + rng.normal(size=(n, n))
        np.fill_diagonal(z[..., now], 0.0)
    level = rng.normal(2.0, 0.3, (n, n, 1))
    y = np.where(np.eye(n, dtype=bool)[..., None], 0.0, level + 0.4 * z[..., 20:])
    values = rng.poisson(np.where(np.eye(n, dtype=bool)[..., None], 0.0, np.exp(y))) if counted else spread(y)
    shown = Series(
        states=tuple(f"S{number:02}" for number in range(n)),
        edges=np.datetime64("2000-01-03", "D") + 7 * np.arange(periods + 1),
        values=values.astype(float),
        conflict=np.abs(values).astype(float),
        cooperation=np.zeros_like(y),
        measure="score",
        unit="week",
        datasets=("synthetic",),
    )
    return Design(shown, usual(shown), {name: np.broadcast_to(tie, (periods, n, n)) for name, tie in ties.items()})


def _ties(rng: np.random.Generator, n: int) -> dict[str, Array]:
    """Four blocs, a ring, and ties of chance."""
    bloc, place = np.arange(n) * 4 // n, np.arange(n)
    steps = np.abs(place[:, None] - place)
    return {
        "blocs": normalised((bloc[:, None] == bloc).astype(float)),
        "ring": normalised(((steps == 1) | (steps == n - 1)).astype(float)),
        "chance": normalised((rng.random((n, n)) < 0.2).astype(float)),
    }
