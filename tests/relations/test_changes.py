"""Turns that were planted are found and dated; where there are none, none are told."""

from __future__ import annotations

import numpy as np
import pytest

from amity.records.panel import Panel
from amity.relations import changes, fit
from tests import worlds

DRAWS = changes.DRAWS[:2]


def constant(seed: int, periods: int = 40, burst: float = 0.0) -> Panel:
    rng = np.random.default_rng(seed)
    rates = 4.0 * rng.gamma(1 / burst, burst, (5, 5, periods)) if burst else np.full((5, 5, periods), 4.0)
    counts = rng.poisson(rates[..., None] * [0.6, 0.1, 0.2, 0.1])
    counts[np.arange(5), np.arange(5)] = 0
    return worlds.panel_of(counts)


@pytest.mark.parametrize("burst", [0.0, 0.5])
def test_false_alarms_are_rare(burst: float) -> None:
    found = [changes.scan([fit(panel)], range(len(panel.dyads)), draws=DRAWS)
             for panel in (constant(seed, burst=burst) for seed in range(2))]  # fmt: skip
    assert sum(one.scanned for one in found) == 2 * 40
    assert sum(len(turns) for one in found for turns in one.changes) <= 2


def test_p_is_what_it_says_where_nothing_turns() -> None:
    panel = constant(11)
    fitted = fit(panel)
    common = changes.usual(fitted)
    found = [changes.best(one, draws=(199,)).p
             for row in range(len(panel.dyads)) for one in changes.series(fitted, row, common)]  # fmt: skip
    assert np.mean(np.array(found) <= 0.05) < 0.12 and 0.35 < np.mean(found) < 0.65


def test_planted_turns_are_found_and_dated() -> None:
    world = worlds.changing(seed=2)
    panel = world.panel
    found = changes.scan([fit(panel)], range(len(panel.dyads)), draws=DRAWS)
    turned = {dyad: turns for dyad, turns in zip(panel.dyads, found.changes, strict=True) if turns}
    assert turned.keys() >= world.dyads and len(turned) <= len(world.dyads) + 1
    when = panel.edges[world.at].tolist()
    for dyad in world.dyads:
        up, sour = (next(turn for turn in turned[dyad] if turn.aspect == aspect) for aspect in ("intensity", "valence"))
        assert up.since <= when <= up.until and sour.since <= when <= sour.until
        assert up.effect.low < 4.0 < up.effect.high
        assert sour.effect.high < 0 and sour.before.value > 0 > sour.after.value
        assert up.p <= up.adjusted <= changes.FALSE


def test_what_turned_back_is_two_turns() -> None:
    rng = np.random.default_rng(4)
    rates = np.full((5, 5, 60), 3.0)
    rates[0, 1, 20:40] = 15.0
    counts = np.zeros((5, 5, 60, 4))
    counts[..., 0] = rng.poisson(rates)
    counts[np.arange(5), np.arange(5)] = 0
    panel = worlds.panel_of(counts)
    row = panel.index["AAA", "AAB"]  # type: ignore[index]
    turns = changes.scan([fit(panel)], [row], draws=DRAWS).changes[0]
    assert len(turns) == 2
    for turn, place in zip(turns, (20, 40), strict=True):
        assert turn.since <= panel.edges[place].tolist() <= turn.until
    assert turns[0].effect.value > 1 > turns[1].effect.value


def test_a_gap_is_no_turn() -> None:
    panel = worlds.uncovered(constant(6), range(10, 30))
    found = changes.scan([fit(panel)], range(len(panel.dyads)), draws=DRAWS)
    assert found.scanned and sum(map(len, found.changes)) <= 1


def test_too_little_is_not_scanned() -> None:
    panel = worlds.one_event()
    assert changes.scan([fit(panel)], [0]) == changes.Found([[]], 0)


def test_benjamini_and_hochberg() -> None:
    adjusted = changes.benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.5]))
    assert adjusted == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert len(changes.benjamini_hochberg(np.array([]))) == 0


def test_the_clarity_of_a_cut_is_a_likelihood_ratio() -> None:
    values, weights = np.array([2.0, 3, 1, 2, 9, 8, 10, 7]), np.array([1.0, 2, 1, 1, 2, 1, 1, 3])
    one = changes.Series("valence", values, weights, 1.0, 0.0, np.arange(8))
    profile = changes.clarity(one, values[None], weights[None])[0] * changes.noise(one, values[None], weights[None])[0]

    def loss(part: slice) -> float:
        return float((weights[part] * (values[part] - np.average(values[part], weights=weights[part])) ** 2).sum())

    assert int(profile.argmax()) == 4
    assert profile[4] == pytest.approx(loss(slice(0, 8)) - loss(slice(0, 4)) - loss(slice(4, 8)))
    assert profile[0] == profile[1] == profile[7] == 0


def test_noise_that_lasts_is_learned_from_the_median() -> None:
    rng = np.random.default_rng(8)
    many = []
    for _ in range(60):
        values = rng.normal(size=60)
        for now in range(1, 60):
            values[now] += 0.5 * values[now - 1]
        many.append(changes.Series("valence", values, np.ones(60), 1.0, 0.0, np.arange(60)))
    assert changes.lasting(many) == pytest.approx(0.5, abs=0.1)
    assert changes.lasting(many[:3]) == 0.3
