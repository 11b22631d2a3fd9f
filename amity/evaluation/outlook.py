"""Back-tests of outlooks, on ICEWS by week and by year, against simple methods, with intervals on the differences.

From one origin after another outlooks are made of the directed dyads that were the most active before the first, from
what came before the origin alone, and held against what came (`amity.pipeline.outlook.backtest`). Less is better but
for what intervals hold. `difference` is the outlook's CRPS minus that of the best simple method, with the 90 % interval
of a block bootstrap over origins and dyads; that the simple method was picked by hindsight favours it. Brier scores are
of more than usual (of conflict: a worsening) and of any event at all, beside `skill`, their gain over always telling
the share that came.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from amity.errors import InputError
from amity.evaluation import world
from amity.outlook.backtest import TRIED
from amity.pipeline.outlook import backtest, target
from amity.records.outlook import Backtest, Score

SETS: tuple[tuple[str, str, tuple[int, ...], tuple[str, ...]], ...] = (
    ("icews14", "week", (1, 3, 6, 12), ("conflict", "cooperation", "ASSAULT")),
    ("icews18", "week", (1, 3, 6, 12), ("conflict", "cooperation", "ASSAULT")),
    ("icews-years", "year", (1, 3), ("conflict", "cooperation")),
)
"""Data set, unit, horizons, targets. Settings were chosen on the first alone."""
DYADS = 500


def evaluate(data: Path, dyads: int = DYADS) -> dict[str, Any]:
    """Back-test on every set that `data`, the folder of the research data, has; `InputError` when it has none."""
    opened = world.open(data)
    there = [one for one in SETS if one[0] in opened.archive.datasets()]
    if not there:
        raise InputError(str(data), f"has none of {', '.join(name for name, *_ in SETS)}")
    results: dict[str, Any] = {}
    for name, unit, horizons, targets in there:
        chosen = [target(opened, one) for one in targets]
        results[name] = told(backtest(opened, chosen, dyads, horizons, unit=unit, datasets=(name,)))
    return results


def told(found: Backtest) -> dict[str, Any]:
    """A back-test as scores by target and horizon."""
    unit = found.basis.unit
    horizons = {h: f"{h} {unit}{'' if h == 1 else 's'}" for h in found.horizons}
    return {
        "origins": found.origins,
        "dyads": found.basis.dyads,
        **{name: {words: _against(found, name, h) for h, words in horizons.items()} for name in found.targets},
        "crps of every method": {
            f"{name}, {words}": {one.method: round(one.crps, 4) for one in _scores(found, name, h)}
            for name in found.targets
            for h, words in horizons.items()
        },
    }


def _against(found: Backtest, name: str, horizon: int) -> dict[str, Any]:
    scores = {one.method: one for one in _scores(found, name, horizon)}
    outlook = scores["outlook"]
    simple = min((scores[method] for method in TRIED), key=lambda one: one.crps)
    gap, log = (
        next(
            one
            for one in found.versus
            if (one.target, one.horizon, one.method, one.measure) == (name, horizon, simple.method, measure)
        )
        for measure in ("crps", "log")
    )
    parts = {one.event: one for one in found.brier if (one.target, one.horizon) == (name, horizon)}
    return {
        "crps": round(outlook.crps, 4),
        "best simple": simple.method,
        "its crps": round(simple.crps, 4),
        "difference": round(gap.difference, 4),
        "low": round(gap.low, 4),
        "high": round(gap.high, 4),
        "share": round(gap.share, 4),
        "log difference": round(log.difference, 4),
        "log low": round(log.low, 4),
        "log high": round(log.high, 4),
        "in 50 %": round(outlook.inside_half, 3),
        "in 90 %": round(outlook.inside, 3),
        "brier more": round(outlook.more, 4),
        "skill more": _skill(parts["more"].score, parts["more"].uncertainty),
        "brier any": round(outlook.any, 4),
        "skill any": _skill(parts["any"].score, parts["any"].uncertainty),
    }


def _skill(score: float, uncertainty: float) -> float | None:
    return round(1 - score / uncertainty, 3) if uncertainty > 0 else None


def _scores(found: Backtest, name: str, horizon: int) -> list[Score]:
    return [one for one in found.scores if (one.target, one.horizon) == (name, horizon)]
