"""What is learned of influence: from worlds in which it is known, from permuted worlds, from next to nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InputError
from amity.evaluation.influence import PLANTED, synthetic
from amity.outlook.influence import learn, series
from amity.outlook.influence.design import LINEAR, Design, usual
from amity.outlook.influence.fitting import RIDGES, Gram, influenced, resampled, total, unmoved, widened
from amity.outlook.influence.model import Model, learned
from amity.outlook.influence.series import spread, squeezed
from amity.outlook.influence.ties import normalised, past
from amity.outlook.influence.trial import origins
from tests import worlds


@pytest.fixture(scope="module")
def planted() -> Model:
    return learned(synthetic(1), number=60)


def test_planted_influence_is_found(planted: Model) -> None:
    for side in ("sender", "receiver"):
        drawn = np.stack([getattr(one, side) for one in planted.drawn])
        truth = np.array(PLANTED[side])
        assert np.abs(getattr(planted.fit, side) - truth).max() < 0.06
        low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
        assert ((low - 0.03 <= truth) & (truth <= high + 0.03)).all()
    assert planted.fit.linear[LINEAR.index("own")] == pytest.approx(0.2, abs=0.05)
    assert planted.fit.linear[LINEAR.index("reciprocal")] == pytest.approx(0.1, abs=0.05)
    assert planted.evidence.propagates


def test_influence_of_other_ties_than_ours_is_found_in_counts() -> None:
    world = worlds.influenced(seed=3, n=10, periods=120, strength=0.35, persistence=0.1, level=2.0)
    asked = series(world.panel, "conflict")
    chance = np.random.default_rng(0).random((10, 10)) < 0.3
    ties = {
        "heeds": np.broadcast_to(normalised(world.senders), (120, 10, 10)),
        "chance": np.broadcast_to(normalised(1.0 * chance), (120, 10, 10)),
    }
    found = learned(Design(asked, usual(asked), ties), number=40)
    assert found.fit.sender[0] > 0.1 > abs(found.fit.sender[1])
    assert min(one.sender[0] for one in found.drawn) > 0


def test_nothing_is_found_where_nothing_spreads() -> None:
    found = [learned(synthetic(seed, 0.0), number=20) for seed in range(3)]
    assert not any(one.evidence.propagates for one in found)
    assert all(np.abs(one.fit.sender).max() < 0.05 for one in found)


def test_influence_of_single_pairs_is_found_without_ties() -> None:
    truth = synthetic(8, n=8, periods=120)
    planted = [np.tensordot(PLANTED[side], truth.tied(0), 1)[truth.apart] for side in ("sender", "receiver")]
    found = learned(Design(truth.series, truth.usual, {}, free=True), number=5)
    told = np.concatenate([matrix[truth.apart] for matrix in found.fit.pairs(8)])
    assert (told != 0).sum() >= 5 and not found.fit.sender.size
    assert np.corrcoef(told, np.concatenate(planted))[0, 1] > 0.5
    assert (np.sign(told) == np.sign(np.concatenate(planted)))[told != 0].mean() > 0.85
    silent = synthetic(8, 0.0, n=8, periods=120)
    none = learned(Design(silent.series, silent.usual, {}, free=True), number=5)
    assert (none.fit.free != 0).sum() <= 2 and not none.evidence.propagates


def test_what_would_not_fit_in_memory_is_refused() -> None:
    asked = series(worlds.constant(n=20, periods=12), "cooperation")
    values = np.broadcast_to(1.0, (800, 800, 13))
    with pytest.raises(InputError, match="are too much to learn from at once"):
        learn(replace(asked, values=values, edges=asked.edges[:14]), {})


def test_pairs_are_learned_among_few_states_only() -> None:
    panel = worlds.complexes(seed=1).panel
    with pytest.raises(InputError, match="are too many to learn the influence of every pair"):
        learn(series(panel), {}, free=True)
    assert learn(series(panel, most=5), {}, free=True, number=3).fit.free.shape == (40,)


def test_forecasts_know_only_what_came_before() -> None:
    design = synthetic(2, periods=40)
    altered = design.series.values.copy()
    altered[..., 30:] = altered[..., 30:][..., ::-1] * 3
    later = replace(design.series, values=altered)
    other = Design(later, usual(later), design.ties)
    for one, two in zip(origins(design), origins(other), strict=True):
        if one.now <= 30:
            assert np.allclose(one.moved.theta, two.moved.theta) and np.allclose(one.unmoved.linear, two.unmoved.linear)


def test_every_step_of_least_squares_lowers_the_sum() -> None:
    gram = total(list(synthetic(4).grams.values()))
    for ridge in RIDGES:
        fit = influenced(gram, ridge)
        sum_of = fit.error(gram) + ridge * float(fit.sender @ fit.sender + fit.receiver @ fit.receiver)
        assert sum_of < unmoved(gram).error(gram)
        for step in (-1e-3, 1e-3):
            for tie in range(len(fit.sender)):
                moved = replace(fit, sender=fit.sender + step * np.eye(len(fit.sender))[tie])
                weights = float(moved.sender @ moved.sender + moved.receiver @ moved.receiver)
                assert moved.error(gram) + ridge * weights > sum_of


def test_a_strong_prior_leaves_no_influence() -> None:
    gram = total(list(synthetic(4).grams.values()))
    assert np.allclose(influenced(gram, 1e12).linear, unmoved(gram).linear, atol=1e-4)


@given(st.integers(0, 1000))
@settings(max_examples=8, deadline=None)
def test_permuting_states_permutes_what_is_found(seed: int) -> None:
    design = synthetic(5, periods=30, n=8)
    order = np.random.default_rng(seed).permutation(8)
    shown = replace(
        design.series,
        values=design.series.values[np.ix_(order, order)],
        conflict=design.series.conflict[np.ix_(order, order)],
    )
    ties = {name: tie[:, order][:, :, order] for name, tie in design.ties.items()}
    one, two = (total(list(each.grams.values())) for each in (design, Design(shown, usual(shown), ties)))
    assert np.allclose(influenced(one, 100.0).theta, influenced(two, 100.0).theta, atol=1e-8)


@given(st.floats(0.1, 10))
@settings(max_examples=8, deadline=None)
def test_the_scale_of_what_is_modelled_does_not_matter(factor: float) -> None:
    design = synthetic(6, periods=30, n=8)
    scaled = replace(design.series, values=spread(factor * squeezed(design.series.values)))
    one, two = (total(list(each.grams.values())) for each in (design, Design(scaled, usual(scaled), design.ties)))
    theirs = influenced(two, 100.0)
    assert np.allclose(influenced(one, 100.0).sender, theirs.sender, atol=1e-3)
    assert np.allclose(influenced(one, 100.0).receiver, theirs.receiver, atol=1e-3)


def test_shifting_time_changes_nothing_but_dates() -> None:
    panel = worlds.influenced(seed=7, n=6, periods=40).panel
    one, two = (learn(series(each), {}, number=10) for each in (panel, worlds.shifted(panel, 24)))
    assert np.allclose(one.fit.theta, two.fit.theta)
    assert one.evidence == two.evidence


def test_a_world_recorded_twice_as_thoroughly_is_no_other_world() -> None:
    panel = worlds.influenced(seed=7, n=6, periods=40, level=3.0).panel
    one, two = (learn(series(each), {}, number=5) for each in (panel, worlds.doubled(panel)))
    assert np.allclose(series(worlds.doubled(panel)).values, 2 * series(panel).values)
    assert np.allclose(one.fit.theta[1:], two.fit.theta[1:], atol=0.02)


def test_what_is_not_covered_is_not_nought() -> None:
    panel = worlds.influenced(seed=8, n=6, periods=40).panel
    gap = series(worlds.uncovered(panel, [20, 21, 22]))
    assert np.isnan(gap.values[..., 20]).all() and not np.isnan(gap.values[..., 19]).any()
    design = Design(gap, usual(gap), past(gap, 24))
    assert not {20, 21, 22, 23} & set(design.periods) and 24 in design.periods
    assert np.allclose(design.usual.level[..., 20], design.usual.level[..., 23])
    assert np.isfinite(total(list(design.grams.values())).xx).all()


def test_more_exposure_is_no_more_conflict() -> None:
    panel = worlds.constant(periods=12)
    louder = replace(panel, exposure=np.where(np.arange(12) == 6, 2000.0, 1000.0))
    values = series(louder, "cooperation").values
    assert values[0, 1, 6] == pytest.approx(1.5) and values[0, 1, 5] == pytest.approx(3.0)


def test_empty_worlds_and_those_of_one_event() -> None:
    with pytest.raises(InputError, match="no conflict between states"):
        series(worlds.empty())
    with pytest.raises(InputError, match="too few to learn"):
        learn(series(worlds.one_event(periods=8)), {})
    found = learn(series(worlds.one_event(periods=24)), {}, number=5)
    assert not found.evidence.propagates and np.isfinite(found.fit.theta).all()


def test_a_world_that_never_changes_tells_nothing() -> None:
    found = learn(series(worlds.constant(), "cooperation"), {}, number=5)
    assert not found.evidence.propagates and np.allclose(found.fit.sender, 0)


def test_states_are_the_most_active_and_those_named() -> None:
    panel = worlds.complexes(seed=1).panel
    assert len(series(panel, most=4).states) == 4
    left = sorted(set(panel.states) - set(series(panel, most=4).states))[0]
    assert left in series(panel, most=4, named=[left]).states


def test_measures_and_layers_are_kept_apart() -> None:
    panel = worlds.complexes(seed=1).panel
    whole, military = series(panel, "conflict"), series(panel, "conflict", layers=("military",))
    assert military.values.sum() < whole.values.sum()
    assert series(panel, "score").values.min() < 0
    with pytest.raises(InputError, match="is no measure"):
        series(panel, "warmth")  # type: ignore[arg-type]


def test_bootstrap_draws_blocks() -> None:
    drawn = resampled(27, 50, np.random.default_rng(0))
    assert all(len(one) == 27 for one in drawn)
    steps = np.array([np.diff(one) % 27 == 1 for one in drawn])
    assert 0.6 < steps.mean() < 0.75  # two of three within blocks of three


def test_few_blocks_widen_intervals() -> None:
    drawn = np.random.default_rng(0).normal(3.0, 1.0, 4000)
    wide, narrow = (np.subtract(*np.quantile(widened(drawn, periods), (0.95, 0.05))) for periods in (6, 1000))
    assert np.median(widened(drawn, 6)) == pytest.approx(np.median(drawn))
    assert wide > 2 * narrow > 2 * np.subtract(*np.quantile(drawn, (0.95, 0.05))) * 0.999


def test_sums_add_up() -> None:
    one = Gram(np.eye(2), np.ones(2), 1.0, 2.0, 0)
    assert (one + one).cells == total([one, one]).cells == 4.0
