"""The series of one directed dyad, cut out of what was fitted and told as records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from amity.errors import InputError
from amity.records.panel import Dyad, Panel
from amity.records.relations import LEVEL, Change, Coverage, Estimate, Gap, Point, Relation
from amity.relations import intensity, valence
from amity.relations.fitted import QUADS, Fitted
from amity.relations.intensity import Gamma
from amity.relations.memory import Array
from amity.relations.valence import Mood, long_run

_LOW, _HIGH = (1 - LEVEL) / 2, (1 + LEVEL) / 2


def relation(
    fitted: Fitted,
    dyad: Dyad | tuple[str, str],
    *,
    since: date | None = None,
    until: date | None = None,
    changes: Sequence[Change] = (),
) -> Relation:
    """How `dyad` stood in every period between two days (null: from the first to the last).

    Memory does not reach across `changes`, those of the dyad that were found (an intervention: West and Harrison 1997,
    ch. 11); those that lie between the two days are told.

    Raises:
        InputError: for a dyad that was not fitted, one party twice, or days without a period between them.
    """
    one = Dyad(*dyad)
    row = _row(fitted, one)
    panel = fitted.panel
    shown = _shown(panel, since, until)
    alone = broken(fitted.of(np.array([row])), changes)
    usual, mood = overall(alone)
    return Relation(
        actor=one.actor,
        recipient=one.recipient,
        layer=fitted.layer,
        unit=panel.unit,
        scale=panel.scale,
        points=tuple(_points(alone, shown)),
        usual=usual,
        mood=mood,
        everybody=float(fitted.usual[0] / fitted.usual[2]) if fitted.usual[2] > 0 else None,
        shares=shares(fitted, row, shown),
        coverage=coverage(panel, shown, float(alone.counts.events[shown].sum())),
        pace=fitted.pace,
        temper=fitted.temper,
        changes=tuple(_within(panel, shown, changes)),
    )


def broken(alone: Fitted, changes: Sequence[Change]) -> Fitted:
    """A dyad that was fitted, its memory ended where it turned."""
    breaks: dict[str, list[int]] = {"intensity": [], "valence": []}
    for turn in sorted(changes, key=lambda turn: turn.start):
        breaks[turn.aspect].append(int(np.searchsorted(alone.panel.edges, np.datetime64(turn.start, "D"))))
    return replace(
        alone,
        rate=intensity.smoothed(alone.counts, alone.pace, alone.weight, breaks["intensity"]),
        means=valence.smoothed(alone.scores, alone.temper, alone.usual, breaks["valence"]),
    )


def _within(panel: Panel, shown: NDArray[np.int64], changes: Sequence[Change]) -> Iterator[Change]:
    """The changes that lie in what is told."""
    first, after = (panel.edges[at].tolist() for at in (shown[0], shown[-1] + 1))
    return (turn for turn in changes if turn.until >= first and turn.since < after)


def _row(fitted: Fitted, dyad: Dyad) -> int:
    if dyad.actor == dyad.recipient:
        raise InputError(dyad.actor, "has no relation to itself; name two parties")
    row = fitted.panel.row(dyad)
    if row is None:
        raise InputError(f"{dyad.actor} {dyad.recipient}", "nothing was recorded of the one acting on the other")
    return row


def _shown(panel: Panel, since: date | None, until: date | None) -> NDArray[np.int64]:
    """Numbers of the periods that lie, in part at least, between two days."""
    if since and until and since > until:
        raise InputError(f"{since}", f"lies after {until}, the end of what was asked")
    first = panel.edges[0] if since is None else np.datetime64(since, "D")
    last = panel.edges[-1] if until is None else np.datetime64(until, "D")
    shown = np.flatnonzero((panel.edges[1:] > first) & (panel.edges[:-1] <= last))
    if not len(shown):
        told = f"{panel.edges[0]} to {panel.edges[-1] - np.timedelta64(1, 'D')}"
        raise InputError(f"{since or ''} – {until or ''}".strip(" –"), f"lies outside of what is covered, {told}")
    return shown


def _points(alone: Fitted, shown: NDArray[np.int64]) -> Iterator[Point]:
    """The periods of a dyad that was fitted, `alone`."""
    rates, moods = estimates(alone.rate), feelings(alone.mood)
    days = alone.panel.edges.tolist()
    count, exposure = alone.counts.events[:, 0], alone.counts.exposure
    counted, scored = odds(alone)
    for now in shown:
        covered = bool(exposure[now] > 0)
        yield Point(
            start=days[now],
            end=days[now + 1],
            covered=covered,
            exposure=float(alone.panel.exposure[now]),
            count=float(count[now]) if covered else None,
            mean=float(alone.scores.mean[0, now, 0]) if alone.scores.number[now, 0] > 0 else None,
            intensity=rates[now],
            expected=_times(rates[now], float(exposure[now])) if covered else None,
            valence=moods[now],
            count_surprise=float(counted[now, 0]) if covered else None,
            mean_surprise=float(scored[now, 0]) if alone.scores.number[now, 0] > 0 else None,
        )


def odds(fitted: Fitted) -> tuple[Array, Array]:
    """How probable counts and mean scores as far out as those that came were before (periods, dyads): twice the
    smaller tail, of counts with half of the probability of the count itself."""
    mean, shape = intensity.dispersion(fitted.rate_ahead, fitted.counts.exposure, fitted.pace)
    fewer, most = intensity.rank(fitted.counts.events, mean, shape)
    middle = (fewer + most) / 2
    score = valence.rank(fitted.scores, fitted.means_ahead, fitted.temper)
    return 2 * np.minimum(middle, 1 - middle), 2 * np.minimum(score, 1 - score)


def estimates(rates: Gamma) -> list[Estimate]:
    """Intensities of the first dyad with their intervals, period by period."""
    parts = (rates.mean, rates.quantile(_LOW), rates.quantile(_HIGH))
    return [Estimate(*map(float, three)) for three in zip(*(part[:, 0] for part in parts), strict=True)]


def feelings(moods: Mood) -> list[Estimate]:
    """Valences of the first dyad with their intervals, period by period."""
    parts = (moods.mean, moods.quantile(_LOW), moods.quantile(_HIGH))
    return [Estimate(*map(float, three)) for three in zip(*(part[:, 0] for part in parts), strict=True)]


def _times(estimate: Estimate, exposure: float) -> Estimate:
    return Estimate(estimate.value * exposure, estimate.low * exposure, estimate.high * exposure)


def overall(alone: Fitted) -> tuple[Estimate, Estimate]:
    """Intensity and valence of a dyad over everything that was recorded."""
    events, level = alone.pace.anchor + (alone.weight * alone.counts.events).sum(), alone.rate.level[-1, 0]
    rate = Gamma(*np.array([events, events / level, level]).reshape(3, 1, 1))
    return estimates(rate)[0], feelings(Mood.of(*long_run(alone.scores, alone.temper, alone.usual)))[0]


def shares(fitted: Fitted, row: int, shown: NDArray[np.int64]) -> dict[str, Estimate]:
    """Shares of the quads among a dyad's events of the periods shown, with Jeffreys' prior; none without quads."""
    cells = fitted.panel.cells
    mine = (cells["dyad"].to_numpy() == row) & np.isin(cells["period"].to_numpy(), shown)
    if fitted.layer is not None:
        mine &= np.array(cells["layer"].to_pylist(), object) == fitted.layer
    quads = np.array(cells["quad"].to_pylist(), object)
    counts = np.array([cells["count"].to_numpy()[mine & (quads == quad)].sum() for quad in QUADS])
    if not counts.sum():
        return {}
    own, rest = counts + 0.5, counts.sum() - counts + 0.5 * (len(QUADS) - 1)
    low, high = stats.beta.ppf(_LOW, own, rest), stats.beta.ppf(_HIGH, own, rest)
    value = own / (own + rest)
    return {quad: Estimate(*map(float, three)) for quad, *three in zip(QUADS, value, low, high, strict=True)}


def coverage(panel: Panel, shown: NDArray[np.int64], events: float) -> Coverage:
    """What the periods shown rest on."""
    covered = panel.covered[shown]
    return Coverage(
        datasets=panel.datasets,
        covered=int(covered.sum()),
        periods=len(shown),
        gaps=tuple(_gaps(panel, shown, covered)),
        events=events,
    )


def _gaps(panel: Panel, shown: NDArray[np.int64], covered: NDArray[np.bool_]) -> Iterator[Gap]:
    bounds = np.flatnonzero(np.diff(np.concatenate([[0], ~covered, [0]])))
    for first, after in bounds.reshape(-1, 2):
        start, end = panel.edges[shown[first]], panel.edges[shown[after - 1] + 1] - np.timedelta64(1, "D")
        yield Gap(start.tolist(), end.tolist())
