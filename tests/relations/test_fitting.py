"""What is fitted to whole panels: properties that every method must have, and truth that was planted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.records.panel import Dyad, Panel
from amity.records.relations import Pace, Temper
from amity.relations import Fitted, fit, intensity, learning, with_dyads
from amity.relations.fitted import by_quad, counted
from tests import worlds

PACE, TEMPER = Pace(), Temper()


def fitted(panel: Panel) -> Fitted:
    return fit(panel, pace=PACE, temper=TEMPER)


@pytest.fixture(scope="module")
def world() -> worlds.Complexes:
    return worlds.complexes(seed=3, size=4)


@given(seed=st.integers(0, 1000))
@settings(max_examples=8, deadline=None)
def test_names_do_not_matter(seed: int) -> None:
    panel = worlds.complexes(seed=3, size=3).panel
    moved, names = worlds.permuted(panel, seed)
    one, other = fitted(panel), fitted(moved)
    rows = [moved.index[Dyad(names[dyad.actor], names[dyad.recipient])] for dyad in panel.dyads]
    assert one.intensity == pytest.approx(other.intensity[rows])
    assert one.valence == pytest.approx(other.valence[rows])


@given(periods=st.integers(-40, 400))
@settings(max_examples=8, deadline=None)
def test_the_calendar_does_not_matter(periods: int) -> None:
    panel = worlds.complexes(seed=3, size=3, periods=8).panel
    one, other = fitted(panel), fitted(worlds.shifted(panel, periods))
    assert (one.intensity == other.intensity).all() and (one.valence == other.valence).all()


def test_with_exposure_doubled_rates_halve_and_valence_stays(world: worlds.Complexes) -> None:
    panel = world.panel
    one, other = fitted(panel), fitted(replace(panel, exposure=2 * panel.exposure))
    assert other.intensity == pytest.approx(one.intensity / 2) and other.valence == pytest.approx(one.valence)
    for mine, theirs in zip(one.intensity_interval(), other.intensity_interval(), strict=True):
        assert theirs == pytest.approx(mine / 2)


def test_recorded_twice_as_thoroughly_rates_stay_and_intervals_narrow(world: worlds.Complexes) -> None:
    one, other = fitted(world.panel), fitted(worlds.doubled(world.panel))
    busy = one.counts.events.sum(0) > 50
    assert other.intensity[busy] == pytest.approx(one.intensity[busy], rel=0.1)
    widths = [np.subtract(*found.intensity_interval()[::-1])[busy].mean() for found in (one, other)]
    assert widths[1] < widths[0]


def test_missing_is_not_zero(world: worlds.Complexes) -> None:
    gap = range(8, 14)
    unknown = worlds.uncovered(world.panel, gap)
    silent = replace(unknown, exposure=world.panel.exposure)
    busy = np.argsort(-world.panel.dense().sum(1))[:20]
    whole, blind, quiet = (fitted(panel) for panel in (world.panel, unknown, silent))
    middle = 11
    assert blind.intensity[busy, middle] == pytest.approx(whole.intensity[busy, middle], rel=0.5)
    assert (quiet.intensity[busy, middle] < blind.intensity[busy, middle] / 2).all()
    width = [np.subtract(*found.intensity_interval()[::-1])[busy] for found in (whole, blind)]
    assert (width[1][:, middle] > width[0][:, middle]).all()
    moods = [np.subtract(*found.valence_interval()[::-1])[busy] for found in (whole, blind)]
    assert (moods[1][:, middle] > moods[0][:, middle]).mean() > 0.9  # a single mood may happen to be more even


def test_doubtful_rows_widen_intervals(world: worlds.Complexes) -> None:
    cells = world.panel.cells
    doubted = cells.set_column(cells.schema.get_field_index("doubt"), "doubt", cells["count"])
    sure, unsure = fitted(world.panel), fitted(replace(world.panel, cells=doubted))
    for one, other in ((sure.intensity_interval(), unsure.intensity_interval()),
                       (sure.valence_interval(), unsure.valence_interval())):  # fmt: skip
        assert np.subtract(*other[::-1]).mean() > np.subtract(*one[::-1]).mean()


def test_intervals_hold_the_rate_and_the_mood_that_were_planted() -> None:
    world = worlds.complexes(seed=7, size=5, periods=40)
    found = fit(world.panel)
    means = np.array([-3.355, 2.575])  # of enemies and friends: their mix of quads by the scores of quads
    pairs = [tuple(sorted(dyad)) for dyad in found.dyads]
    truth = means[[0 if pair in world.enemies else 1 for pair in pairs]]
    low, high = found.valence_interval()
    busy = found.counts.events.mean(0) > 2
    held = ((low <= truth[:, None]) & (truth[:, None] <= high))[busy]
    assert held.mean() > 0.8
    observed = found.counts.events.mean(0)  # of a rate that never moves the mean of all periods is the best guess
    low, high = found.intensity_interval()
    assert ((low <= observed[:, None]) & (observed[:, None] <= high)).mean() > 0.9


def test_sparse_dyads_are_drawn_to_what_their_activity_lets_expect() -> None:
    rng = np.random.default_rng(5)
    rates = np.ones((8, 8, 30)) * 0.05
    rates[:4] *= 40  # half of the senders are busy
    counts = np.zeros((8, 8, 30, 4))
    counts[..., 0] = rng.poisson(rates)
    counts[np.arange(8), np.arange(8)] = 0
    counts[0, 1] = 0
    panel = with_dyads(worlds.panel_of(counts), [Dyad("AAA", "AAB"), Dyad("AAF", "AAB")])
    found = fitted(panel).rate_ahead.mean[-1]
    assert found[panel.index[Dyad("AAA", "AAB")]] < found[panel.index[Dyad("AAA", "AAC")]]
    assert (found > 0).all()


def test_empty_worlds_and_single_events() -> None:
    empty = fit(with_dyads(worlds.empty(), [Dyad("AAA", "AAB")]))
    assert np.isfinite(empty.intensity).all() and np.isfinite(empty.valence).all()
    one = fit(with_dyads(worlds.one_event(), [Dyad("AAB", "AAA")]))
    there, back = one.dyads.index(Dyad("AAA", "AAB")), one.dyads.index(Dyad("AAB", "AAA"))
    assert one.intensity[there, 5] == one.intensity[there].max() > one.intensity[back].max()
    assert (one.valence[there] < 0).all() and np.isfinite(one.valence_interval()).all()
    assert fit(worlds.empty()).intensity.shape == (0, 12)


def test_settings_are_learned_from_how_a_world_moves() -> None:
    def moving(step: float) -> Panel:
        rng = np.random.default_rng(1)
        walks = np.exp(np.cumsum(rng.normal(0, step, (8, 8, 80)), axis=2) + 1.5)
        counts = np.zeros((8, 8, 80, 4))
        counts[..., 0] = rng.poisson(np.clip(walks, 0, 500))
        counts[np.arange(8), np.arange(8)] = 0
        return worlds.panel_of(counts)

    slow, fast = (learning.pace(counted(moving(step))) for step in (0.02, 0.5))
    assert slow.half_life > 2 * fast.half_life


def test_learned_settings_foretell_better_than_the_defaults(world: worlds.Complexes) -> None:
    counts = counted(world.panel)

    def score(pace: Pace) -> float:
        mean, shape = intensity.dispersion(intensity.filtered(counts, pace).ahead, counts.exposure, pace)
        return float(intensity.log_score(counts.events[1:], mean[1:], shape[1:]).mean())

    assert score(learning.pace(counts)) > score(Pace())
    assert learning.pace(counts, Pace(half_life=2.0), ("half_life",)).half_life == 2.0


def test_a_forecast_looks_at_the_past_alone(world: worlds.Complexes) -> None:
    whole, early = fitted(world.panel), fitted(with_dyads(world.panel.before(12), world.panel.dyads))
    assert whole.rate_ahead.mean[:12] == pytest.approx(early.rate_ahead.mean)
    assert whole.means_ahead.mean[:, :12] == pytest.approx(early.means_ahead.mean)
    assert whole.intensity[:, :12] != pytest.approx(early.intensity)


def test_layers_are_fitted_apart(world: worlds.Complexes) -> None:
    military = fit(world.panel, "military", pace=PACE, temper=TEMPER)
    assert (military.counts.events == world.panel.dense(layers=("military",)).T).all()
    assert military.valence.max() < 0 < fitted(world.panel).valence.max()


def test_quads_add_up(world: worlds.Complexes) -> None:
    quads = by_quad(world.panel)
    assert quads.sums.sum(0) == pytest.approx(world.panel.dense().T)


def test_a_single_period_is_enough_to_tell_and_too_little_to_learn() -> None:
    panel = with_dyads(worlds.one_event(periods=1, period=0), [Dyad("AAB", "AAA")])
    found = fit(panel)
    assert found.pace.half_life == pytest.approx(Pace().half_life, rel=0.05) and np.isfinite(found.intensity).all()
    assert found.valence[panel.index[Dyad("AAA", "AAB")], 0] < found.valence[panel.index[Dyad("AAB", "AAA")], 0] < 0


def test_doubtful_events_of_dyads_that_have_no_other_teach_nothing_of_habits(world: worlds.Complexes) -> None:
    quads = by_quad(world.panel)
    periods, dyads = quads.number.shape
    sums = np.zeros((4, periods, dyads))
    sums[np.arange(dyads) % 4, 1 + np.arange(dyads) % (periods - 1), np.arange(dyads)] = 0.6
    learned = learning.temper(quads._replace(number=sums.sum(0), sums=sums, doubt=0.4 * sums.sum(0)))
    assert learned.weight == pytest.approx(TEMPER.weight, rel=0.2)
    assert learned.calm == pytest.approx(TEMPER.calm, rel=0.2)
