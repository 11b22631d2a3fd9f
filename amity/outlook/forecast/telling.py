"""An outlook told: expected counts with their intervals, chances, what drives them, how such outlooks did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from amity.outlook.backtest import TRIED, alike, best
from amity.outlook.forecast.counts import CONFLICT, COOPERATION, EVERYTHING, Array, Counts, Target
from amity.outlook.forecast.distributions import quantile
from amity.outlook.forecast.features import design
from amity.outlook.forecast.pool import MEMBERS, start
from amity.outlook.forecast.walking import Forecast, forecast
from amity.records.outlook import Basis, Driver, Expected, Happening, Outlook, Record, Score
from amity.records.panel import Dyad

LEVELS = tuple(round(0.05 * step, 2) for step in range(1, 20))
DRIVERS = 6
NOTABLE = 1.05
"""A factor less than this, up or down, is not told."""


@dataclass(frozen=True)
class Learned:
    """What a walk over past origins taught: weights of the pool by target and horizon, scores, reliability."""

    weights: Mapping[tuple[str, int], Array]
    scores: Sequence[Score]
    record: Sequence[Record]


def tell(
    counts: Counts,
    asked: Sequence[Dyad],
    most: int,
    targets: Sequence[Target],
    horizons: Sequence[int],
    types: Sequence[Target],
    learned: Learned,
    basis: Basis,
) -> list[Outlook]:
    """Outlooks for the dyads asked for, learned from these and the `most` active ones; conflict is among `targets`."""
    designs = {target.name: design(counts, target, asked, most) for target in targets}
    made = {
        name: {h: forecast(one, h, learned.weights.get((name, h), start()), len(asked)) for h in horizons}
        for name, one in designs.items()
    }
    longest = max(horizons)
    kinds = {
        target.name: forecast(
            design(counts, target, asked, most),
            longest,
            learned.weights.get((_quad(target), longest), start()),
            len(asked),
        )
        for target in types
    }
    told = [[expected(name, one, row) for name, by in made.items() for one in by.values()] for row in range(len(asked))]
    driven = min((h for h in horizons if h >= 3), default=longest)
    return [
        Outlook(
            actor=dyad.actor,
            recipient=dyad.recipient,
            origin=counts.edges[-1].item(),
            horizons=tuple(horizons),
            basis=basis,
            expected=tuple(told[row]),
            types=tuple(expected(name, one, row) for name, one in kinds.items()),
            record=tuple(_record(told[row], learned.record)),
            drivers=tuple(drivers(made[CONFLICT.name][driven], row)),
            driven=driven,
            shares={h: _shares(one, row) for h, one in made[CONFLICT.name].items()},
            best=best(learned.scores, CONFLICT.name),
            events=_events(counts, dyad),
            lines=tuple(_lines(dyad, told[row], learned, counts.unit)),
        )
        for row, dyad in enumerate(asked)
    ]


def expected(name: str, made: Forecast, row: int) -> Expected:
    """One forecast of one dyad in figures."""
    one = made.pool.some(np.array([row]))
    levels = [int(count) for count in quantile(made.pool.some(np.full(len(LEVELS), row)), np.array(LEVELS))]
    at = dict(zip(LEVELS, levels, strict=True))
    return Expected(
        target=name,
        horizon=made.horizon,
        mean=float(one.mean[0]),
        median=at[0.5],
        low=at[0.05],
        high=at[0.95],
        inner_low=at[0.25],
        inner_high=at[0.75],
        any=float(1 - one.cdf(np.zeros(1))[0]),
        usual=float(made.usual[row]),
        threshold=int(made.rise[row]),
        more=float(1 - one.cdf(made.rise[[row]] - 1)[0]),
        quantiles=tuple(levels),
    )


def drivers(told: Forecast, row: int) -> Iterator[Driver]:
    """Factors by which groups of features differ from the dyad's own usual, strongest first."""
    parts = told.told["regression"].parts
    found = {name: float(np.exp(part[row, -1] - part[row, 1:-1].mean())) for name, part in parts.items()}
    for name, factor in sorted(found.items(), key=lambda one: -abs(np.log(one[1])))[:DRIVERS]:
        if max(factor, 1 / factor) >= NOTABLE:
            yield Driver(feature=name, factor=factor)


def _record(told: Sequence[Expected], known: Sequence[Record]) -> Iterator[Record]:
    for one in told:
        chances: tuple[tuple[Happening, float], ...] = (("more", one.more), ("any", one.any))
        for event, chance in chances:
            if found := alike(known, one.target, one.horizon, event, chance):
                yield found


def _shares(made: Forecast, row: int) -> dict[str, float]:
    weights = made.pool.weights[row]
    return {MEMBERS[k]: round(float(weights[k]), 3) for k in np.argsort(-weights, kind="stable") if weights[k] >= 0.01}


def _quad(target: Target) -> str:
    """Conflict or cooperation, whose methods' weights a type of events takes over."""
    return COOPERATION.name if set(target.quads or ()) <= set(COOPERATION.quads or ()) else CONFLICT.name


def _events(counts: Counts, dyad: Dyad) -> float:
    rows = {one: row for row, one in enumerate(counts.dyads)}
    return float(counts.of[EVERYTHING.name][rows[dyad]].sum()) if dyad in rows else 0.0


# In words ---------------------------------------------------------------------------------------------------------


def _lines(dyad: Dyad, told: Sequence[Expected], learned: Learned, unit: str) -> Iterator[str]:
    for one in told:
        if one.target == CONFLICT.name:
            yield (
                f"{dyad.actor} towards {dyad.recipient}, {span(one.horizon, unit)}: {_count(one.mean)} conflict events "
                f"expected (90 in 100 such outlooks: {one.low} to {one.high}); a worsening, {one.threshold} or more "
                f"where the last 12 {unit}s would give {_count(one.usual)}, with {percent(one.more)}. "
                f"{_before(alike(learned.record, one.target, one.horizon, 'more', one.more))}"
            )
    single = best(learned.scores, CONFLICT.name)
    if simple := [f"{name} at {h}" for h, name in single.items() if name in TRIED]:
        yield (
            f"At past origins a simple method forecast conflict best of all single ones ({', '.join(simple)}); the "
            "outlook's distributions give it its weight."
        )


def _before(found: Record | None) -> str:
    if found is None:
        return "There were too few outlooks like this one to say how they did."
    return (
        f"In the back-test, of {found.number:,} outlooks that gave about as much ({percent(found.told)} on average) "
        f"{percent(found.came)} came true ({percent(found.came_low)} to {percent(found.came_high)})."
    )


def span(horizon: int, unit: str) -> str:
    """A horizon in words."""
    return f"in the next {unit}" if horizon == 1 else f"in the next {horizon} {unit}s"


def _count(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 0.1 else f"{value:.2f}"


def percent(chance: float) -> str:
    """A probability in words: never quite nought or all."""
    if chance < 0.01:
        return "under 1 %"
    return "over 99 %" if chance > 0.99 else f"{100 * chance:.0f} %"
