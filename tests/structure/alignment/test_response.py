"""Balancing and bandwagoning: planted responses are found, and nothing is told where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from amity.evaluation.alignment import simulated
from amity.structure.alignment.response import Pressure, Responses, pressure, respond

ROUNDS = 400


def found(theta: np.ndarray, on: Pressure, same: np.ndarray, lag: int = 1) -> Responses:
    answer = respond(theta, on, same, lag=lag, rounds=ROUNDS)
    assert answer is not None
    return answer


@pytest.mark.parametrize(("strength", "balancing"), [(-0.5, True), (0.5, False)])
def test_planted_responses_are_found(strength: float, balancing: bool) -> None:
    answer = found(*simulated(strength, seed=1))
    chance = (answer.each < 0).mean(axis=0)
    assert ((chance > 0.9) == balancing).mean() > 0.9
    assert answer.persistence.mean() == pytest.approx(0.95, abs=0.05)
    assert answer.noise.mean() == pytest.approx(0.12, abs=0.02)


def test_where_there_is_nothing_it_is_left_open() -> None:
    typical, each = [], []
    for seed in range(6):
        answer = found(*simulated(0.0, seed=seed))
        typical.append(float((answer.typical < 0).mean()))
        each += list((answer.each < 0).mean(axis=0))
    assert 0.2 < np.mean(typical) < 0.8
    assert np.mean((np.array(each) > 0.9) | (np.array(each) < 0.1)) < 0.2


def test_the_placebo_shows_nothing_of_a_true_response() -> None:
    before, after = (found(*simulated(-0.5, seed=2), lag=lag) for lag in (1, -1))
    assert abs(after.typical.mean()) < abs(before.typical.mean()) / 3


def test_regression_to_the_mean_is_no_response() -> None:
    """Poles are hostile to those who are far away by chance, and these come back of themselves."""
    rng = np.random.default_rng(0)
    theta = rng.normal(0, 0.5, (80, 12))
    on = Pressure(-theta / theta.std() + rng.normal(0, 1, theta.shape), np.zeros_like(theta))
    answer = found(theta, on, np.ones((80, 11), bool))
    assert 0.02 < (answer.typical < 0).mean() < 0.98
    assert abs(answer.typical.mean() / answer.noise.mean()) < 0.1


def test_a_shock_that_all_share_is_no_response() -> None:
    rng = np.random.default_rng(0)
    shocks = rng.normal(0, 1, 12)
    theta = np.cumsum(rng.normal(0, 0.1, (60, 12)) + 0.5 * np.roll(shocks, 1), axis=1)
    on = Pressure(shocks + rng.normal(0, 0.3, theta.shape), np.zeros_like(theta))
    answer = found(theta, on, np.ones((60, 11), bool))
    assert abs(answer.typical.mean() / answer.noise.mean()) < 0.2


def test_years_between_which_parts_change_are_left_out() -> None:
    theta, on, same = simulated(0.0, seed=0)
    same[:, 5] = False
    theta[:, 6:] += 3.0
    answer = found(theta, on, same)
    assert (answer.years == 10).all()
    assert answer.noise.mean() < 0.2


def test_too_little_is_nothing() -> None:
    theta, on, same = simulated(0.0, seed=0)
    assert respond(theta[:1], Pressure(on.hostility[:1], on.attention[:1]), same[:1]) is None
    assert respond(np.full_like(theta, np.nan), on, same) is None


def test_a_state_that_was_not_fitted_gets_what_is_typical() -> None:
    theta, on, same = simulated(-0.5, seed=1)
    theta[7] = np.nan
    answer = found(theta, on, same)
    assert 7 not in answer.states
    assert (answer.of(7, np.random.default_rng(0)) < 0).mean() > 0.8


def test_hostility_is_a_share_and_attention_a_number() -> None:
    rng = np.random.default_rng(0)
    conflict, cooperation = rng.poisson(20, (30, 8)).astype(float), rng.poisson(80, (30, 8)).astype(float)
    covered = np.ones((30, 8), bool)
    covered[:, 6:] = False
    one, double = pressure(conflict, cooperation, covered), pressure(2 * conflict, 2 * cooperation, covered)
    assert np.allclose(one.hostility, double.hostility, equal_nan=True)
    assert np.allclose(one.attention, double.attention, equal_nan=True)
    assert np.isnan(one.hostility[:, 6:]).all() and np.isfinite(one.hostility[:, :6]).all()
    none = pressure(conflict * 0, cooperation * 0, covered)
    assert np.isnan(none.hostility).all()
