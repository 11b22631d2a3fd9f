"""Does propagation forecast better than none? Asked of periods that the fit had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amity.outlook.influence.design import Design
from amity.outlook.influence.fitting import RIDGES, Fit, influenced, passed_on, resampled, total, unmoved, widened
from amity.outlook.influence.series import Array
from amity.records.whatif import Breaks, Evidence, Figure, Trial

LEAST = 4
"""Periods to learn from before the first forecast, and forecasts needed to judge."""

JUMP = 2.0
"""Standard deviations beyond the forecast that make a break."""

TOUCHED = 0.2
"""The share of dyads, those that propagation moves most, that are looked at after a break."""

REFITS = 80
RESAMPLES = 2000


@dataclass(frozen=True)
class Origin:
    """What was forecast of a period from those before it: with propagation and without."""

    now: int
    ridge: float
    moved: Fit
    unmoved: Fit


def origins(design: Design) -> list[Origin]:
    """Forecasts of every period after the first third, fitted to periods before it alone (anew at most `REFITS` times).

    The prior's precision is the one of `RIDGES` whose forecasts were best so far, the strongest to begin with.
    """
    periods, grams = design.periods, design.grams
    first = max(LEAST, len(periods) // 3)
    if len(periods) <= first:
        return []
    known = total([grams[now] for now in periods[:first]])
    scores = dict.fromkeys(RIDGES, 0.0)
    found = []
    every = -(-len(periods[first:]) // REFITS)
    for number, now in enumerate(periods[first:]):
        if number % every == 0:
            fits, alone = {ridge: influenced(known, ridge) for ridge in RIDGES}, unmoved(known)
        best = max(RIDGES, key=lambda ridge: (scores[ridge], ridge))
        found.append(Origin(now, best, fits[best], alone))
        for ridge, fit in fits.items():
            scores[ridge] += fit.score(grams[now])
        known = known + grams[now]
    return found


def chosen(design: Design, forecasts: Sequence[Origin]) -> float:
    """The precision of the prior whose forecasts were best over all of them."""
    if not forecasts:
        return RIDGES[0]
    return forecasts[-1].ridge


def evidence(design: Design, seed: int = 0) -> Evidence:
    """Log scores of forecasts with propagation and without, over all periods and after breaks, with intervals."""
    forecasts = origins(design) if design.names or design.free else []
    rng = np.random.default_rng(seed)
    return Evidence(
        overall=_overall(design, forecasts, rng),
        breaks=_after_breaks(design, forecasts, rng),
        ridge=chosen(design, forecasts),
    )


def _overall(design: Design, forecasts: Sequence[Origin], rng: np.random.Generator) -> Trial | None:
    if len(forecasts) < LEAST:
        return None
    grams = [design.grams[one.now] for one in forecasts]
    return _trial(
        np.array([one.moved.score(gram) - one.unmoved.score(gram) for one, gram in zip(forecasts, grams, strict=True)]),
        np.array([one.moved.error(gram) for one, gram in zip(forecasts, grams, strict=True)]),
        np.array([one.unmoved.error(gram) for one, gram in zip(forecasts, grams, strict=True)]),
        np.array([gram.cells for gram in grams]),
        rng,
    )


def _after_breaks(design: Design, forecasts: Sequence[Origin], rng: np.random.Generator) -> Breaks | None:
    """What those dyads did that a break should have moved most, against the forecast without propagation."""
    looked = [seen for one in forecasts if (seen := _aftermath(design, one)) is not None]
    if len(looked) < LEAST:
        return None
    said, done, variances, breaks = zip(*looked, strict=True)
    without = np.array([float(did @ did) for did in done])
    errors = np.array([float((did - say) @ (did - say)) for say, did in zip(said, done, strict=True)])
    gains = (without - errors) / (2 * np.array(variances))
    crossed = np.array([float(say @ did) for say, did in zip(said, done, strict=True)])
    power = np.array([float(say @ say) for say in said])
    drawn = np.array(resampled(len(looked), RESAMPLES, rng))
    slopes = crossed[drawn].sum(axis=1) / power[drawn].sum(axis=1)
    return Breaks(
        trial=_trial(gains, errors, without, np.array([float(len(did)) for did in done]), rng),
        slope=Figure(float(crossed.sum() / power.sum()), *_ends(slopes, len(looked))),
        breaks=sum(breaks),
    )


def _aftermath(design: Design, origin: Origin) -> tuple[Array, Array, float, int] | None:
    """After the breaks of the period before: what propagation said of the dyads it moves most, what they did."""
    now = origin.now
    if now - 1 not in design.grams:
        return None
    surprise = design.departures(now - 1) - design.linear(now - 1) @ origin.unmoved.linear
    broke = (np.abs(surprise) > JUMP * np.sqrt(origin.unmoved.variance)) & design.apart
    others = design.apart & ~broke & ~broke.T
    moved = passed_on(origin.moved, design.tied(now), np.where(broke, surprise, 0.0))
    if not broke.any() or not moved[others].any():
        return None
    touched = others & (np.abs(moved) >= max(np.quantile(np.abs(moved[others]), 1 - TOUCHED), 1e-12))
    done = design.departures(now) - design.linear(now) @ origin.unmoved.linear
    return moved[touched], done[touched], origin.unmoved.variance, int(broke.sum())


def _trial(gains: Array, errors: Array, errors_without: Array, cells: Array, rng: np.random.Generator) -> Trial:
    """Sums by period as a comparison; periods are drawn anew in blocks."""
    drawn = np.array(resampled(len(gains), RESAMPLES, rng))
    means = gains[drawn].sum(axis=1) / cells[drawn].sum(axis=1)
    return Trial(
        gain=Figure(float(gains.sum() / cells.sum()), *_ends(means, len(gains))),
        error=float(errors.sum() / cells.sum()),
        error_without=float(errors_without.sum() / cells.sum()),
        periods=len(gains),
        cells=int(cells.sum()),
    )


def _ends(draws: Array, periods: int) -> tuple[float, float]:
    low, high = np.quantile(widened(draws, periods), (0.05, 0.95))
    return float(low), float(high)
