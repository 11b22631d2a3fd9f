"""Forecasts as a whole: no leak from the future, what must not matter does not, calibration, poor worlds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from amity.outlook.backtest import Resamples, brier, judged, lines, record, scores, versus
from amity.outlook.forecast.counts import CONFLICT, COOPERATION, Counts
from amity.outlook.forecast.features import design
from amity.outlook.forecast.pool import MEMBERS, start, weighed
from amity.outlook.forecast.walking import METHODS, Scores, forecast, rises, walk, weigh
from amity.records.panel import Dyad, Panel
from tests import worlds


def means(panel: Panel, horizon: int = 3, dyads: tuple[Dyad, ...] | None = None) -> dict[Dyad, np.ndarray]:
    """Mean, deviation and probability of nothing for each dyad, from the pool and each member."""
    counts = Counts.made(panel, ())
    asked = dyads or counts.dyads
    made = forecast(design(counts, CONFLICT, asked), horizon, start(), len(asked))
    every = [made.pool, *made.members.values()]
    nothing = np.zeros(len(asked))
    told = np.stack([value for one in every for value in (one.mean, one.deviation, one.cdf(nothing))])
    return dict(zip(asked, np.vstack([told, made.rise]).T, strict=True))


def changing_world(seed: int, n: int = 9, periods: int = 60, size: float = 1.5) -> Panel:
    """Conflict at rates that switch between calm and crisis, overdispersed, beside steady cooperation."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.normal(-0.5, 1.0, (n, n, 1)))
    crisis = np.zeros((n, n, periods), bool)
    for period in range(1, periods):
        last = crisis[:, :, period - 1]
        crisis[:, :, period] = np.where(last, rng.random((n, n)) < 0.85, rng.random((n, n)) < 0.04)
    rates = level * np.where(crisis, 6.0, 1.0)
    counts = np.zeros((n, n, periods, 4))
    counts[..., 2] = rng.poisson(rng.gamma(size, rates / size))
    counts[..., 0] = rng.poisson(2.0, (n, n, periods))
    counts[np.arange(n), np.arange(n)] = 0
    return worlds.panel_of(counts)


def walked(panel: Panel, origins: range, horizons: tuple[int, ...] = (1, 3)) -> dict[int, Scores]:
    counts = Counts.made(panel, ())
    return walk(CONFLICT, counts.dyads, origins, horizons, counts.before, counts)


def test_what_comes_later_changes_no_forecast() -> None:
    panel = changing_world(1, n=6, periods=40)
    counts = Counts.made(panel, ())
    rng = np.random.default_rng(0)
    after = {name: one.copy() for name, one in counts.of.items()}
    for one in after.values():
        one[:, 30:] += rng.poisson(20, one[:, 30:].shape)
    exposure = counts.exposure.copy()
    exposure[30:] *= 5
    other = replace(counts, of=after, exposure=exposure)
    first, second = (walk(CONFLICT, counts.dyads, [24, 30], (1, 3), one.before, one) for one in (counts, other))
    for horizon in (1, 3):
        assert (first[horizon].rise[1] == second[horizon].rise[1]).all()
        assert (first[horizon].any[1] == second[horizon].any[1]).all()
        assert (first[horizon].weights == second[horizon].weights).all()
        assert not (first[horizon].came[1] == second[horizon].came[1]).all()


def test_names_do_not_matter() -> None:
    panel = changing_world(2, n=6, periods=30)
    moved, names = worlds.permuted(panel, seed=1)
    first, second = means(panel), means(moved)
    for (one, two), told in first.items():
        assert second[Dyad(names[one], names[two])] == pytest.approx(told, rel=1e-4)


def test_dates_do_not_matter() -> None:
    panel = changing_world(3, n=5, periods=20)
    first, second = means(panel), means(worlds.shifted(panel, 12))
    assert all(second[dyad] == pytest.approx(told, rel=1e-9) for dyad, told in first.items())


def test_how_much_is_recorded_elsewhere_does_not_matter() -> None:
    panel = changing_world(4, n=5, periods=30)
    first, second = means(panel), means(replace(panel, exposure=panel.exposure * 2))
    assert all(second[dyad] == pytest.approx(told, rel=1e-9) for dyad, told in first.items())


def test_when_twice_as_much_is_recorded_twice_as_much_is_expected() -> None:
    """Reporting that doubles for good doubles what is expected of the same relations."""
    rng = np.random.default_rng(5)
    exposure = np.r_[np.full(40, 1000.0), np.full(20, 2000.0)]
    rates = np.exp(rng.normal(0.5, 0.7, (6, 6, 1))) * exposure / 1000
    counts = np.zeros((6, 6, 60, 4))
    counts[..., 3] = rng.poisson(rates)
    counts[np.arange(6), np.arange(6)] = 0
    told = means(worlds.panel_of(counts, exposure=exposure), 1)
    expected = sum(one[0] for one in told.values())
    assert expected == pytest.approx(rates[:, :, -1][~np.eye(6, dtype=bool)].sum(), rel=0.12)


def test_missing_periods_are_not_quiet_ones() -> None:
    counts = np.zeros((5, 5, 36, 4))
    counts[..., 3] = np.random.default_rng(6).poisson(4.0, (5, 5, 36))
    counts[np.arange(5), np.arange(5)] = 0
    panel = worlds.panel_of(counts)
    gap = worlds.uncovered(panel, range(30, 34))
    quiet = replace(gap, exposure=panel.exposure)
    whole, missing, silent = (np.mean([one[0] for one in means(each).values()]) for each in (panel, gap, quiet))
    assert missing == pytest.approx(whole, rel=0.1)
    assert silent < 0.9 * whole


def test_outcomes_that_are_not_covered_are_not_scored() -> None:
    panel = worlds.uncovered(changing_world(7, n=5, periods=30), [27])
    found = walked(panel, range(25, 28))
    assert np.isnan(found[3].crps[0]).all() and np.isnan(found[1].crps[2]).all()
    assert np.isfinite(found[1].crps[0]).all()
    assert [one.horizon for one in judged({"conflict": found})] == [1]


def test_poor_worlds_give_forecasts() -> None:
    stranger = (Dyad("AAA", "AAB"),)
    for panel in (worlds.empty(), worlds.one_event()):
        told = means(panel, dyads=stranger)[stranger[0]]
        assert np.isfinite(told).all()
        assert 0 <= told[0] < 2
    asked = (Dyad("AAA", "AAB"), Dyad("AAB", "AAA"))
    once = means(worlds.one_event(), dyads=asked)
    assert once[asked[0]][0] >= once[asked[1]][0]


def test_outlooks_are_calibrated_where_regimes_switch() -> None:
    found = {"conflict": walked(changing_world(8, n=9, periods=60), range(26, 60, 2))}
    for one in judged(found):
        told = {score.method: score for score in scores(one)}
        outlook = told["outlook"]
        assert 0.83 < outlook.inside < 0.96 and 0.4 < outlook.inside_half < 0.62
        simple = [told[name] for name in ("persistence", "dyad mean", "last twelve", "reciprocity")]
        assert all(outlook.log < other.log for other in simple)
        assert all(outlook.crps < other.crps for other in simple)
        for part in brier(one):
            assert part.score == pytest.approx(part.miscalibration - part.discrimination + part.uncertainty)
            assert part.miscalibration < 0.02
        for bin in record(one, 100):
            assert bin.came_low - 0.1 <= bin.told <= bin.came_high + 0.1
            assert bin.came_low <= bin.came <= bin.came_high and bin.came_low < bin.came_high
        against = list(versus(one))
        assert all(gap.low <= gap.difference <= gap.high for gap in against)
        assert len(list(lines(list(told.values()), against, list(brier(one)), "month"))) == 1


def test_differences_of_nothing_are_nothing() -> None:
    draws = Resamples.drawn(range(12), 30, 3)
    assert draws.means(np.zeros((12, 30))) == pytest.approx(np.zeros(1000))
    assert (draws.origins.sum(axis=1) == 12).all() and (draws.dyads.sum(axis=1) == 30).all()
    shared = np.random.default_rng(0).normal(0, 1, (12, 1)) * np.ones((1, 30))
    apart = np.random.default_rng(0).normal(0, 1, (12, 30))
    assert draws.means(shared).std() > 2 * draws.means(apart).std()


def test_weights_go_to_who_told_what_came() -> None:
    rng = np.random.default_rng(9)
    log = rng.normal(-3.0, 0.1, (len(MEMBERS), 900))
    log[2] += 1.5
    weights = weighed(log, rng.integers(0, 3, 900), start())
    assert weights.sum(axis=1) == pytest.approx(np.ones(len(weights)))
    assert (weights.argmax(axis=1) == 2).all() and (weights[:3, 2] > 0.8).all()


def test_more_than_usual() -> None:
    assert rises(np.array([0.0, 1.0, 4.0, 9.0, 100.0])).tolist() == [2, 3, 6, 14, 150]


def test_cooperation_is_forecast_like_conflict() -> None:
    counts = Counts.made(worlds.constant(n=4, periods=30, count=5), ())
    made = forecast(design(counts, COOPERATION, counts.dyads), 2, start(), len(counts.dyads))
    assert made.pool.mean == pytest.approx(np.full(12, 10.0), rel=0.05)
    assert set(METHODS) == {"outlook", *made.members}


def test_across_a_gap_a_year_is_told_from_shorter_horizons() -> None:
    rng = np.random.default_rng(5)
    counts = np.zeros((8, 8, 45, 4))
    counts[..., 2] = rng.poisson(2.0, (8, 8, 45))
    counts[np.arange(8), np.arange(8)] = 0
    covered = np.full(45, 1000.0)
    covered[12:36] = 0
    counts[:, :, 12:36] = 0
    known = Counts.made(worlds.panel_of(counts, exposure=covered), ())
    found = walk(CONFLICT, known.dyads, range(36, 45), (1, 3, 12), known.before, known)
    weigh(found, known.periods)
    assert (found[12].weights == found[3].weights).all() and (found[3].weights != start()).any()
    made = forecast(design(known, CONFLICT, known.dyads), 12, found[12].weights, len(known.dyads))
    assert made.pool.mean.mean() == pytest.approx(24, rel=0.25)
    for name in ("recurrence", "regression", "exponential smoothing", "dyad mean", "reciprocity"):
        assert made.members[name].mean.mean() == pytest.approx(24, rel=0.25), name
        assert made.members[name].deviation.mean() < 15, name
