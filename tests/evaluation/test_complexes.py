"""The measures by which complexes are judged, on figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from amity.evaluation.complexes import (
    adjusted_information,
    adjusted_rand,
    auc,
    average_precision,
    losses,
)


def test_agreement_is_one_for_the_same_and_nought_by_chance() -> None:
    same = np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_rand(same, np.array([2, 2, 0, 0, 1, 1])) == 1.0
    assert adjusted_information(same, np.array([2, 2, 0, 0, 1, 1])) == pytest.approx(1.0)
    rng = np.random.default_rng(0)
    pairs = [(rng.integers(0, 4, 60), rng.integers(0, 4, 60)) for _ in range(40)]
    assert np.mean([adjusted_rand(*pair) for pair in pairs]) == pytest.approx(0.0, abs=0.02)
    assert np.mean([adjusted_information(*pair) for pair in pairs]) == pytest.approx(0.0, abs=0.02)


def test_agreement_by_hand() -> None:
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_rand(one, other) == pytest.approx(8 / 33)
    assert adjusted_information(one, other) == pytest.approx(0.298792, abs=1e-6)


def test_ranking() -> None:
    truth = np.array([1.0, 0.0, 1.0, 0.0])
    assert auc(np.array([4.0, 3.0, 2.0, 1.0]), truth) == 0.75
    assert auc(np.ones(4), truth) == 0.5
    assert np.isnan(auc(np.ones(4), np.zeros(4)))
    assert average_precision(np.array([4.0, 3.0, 2.0, 1.0]), truth) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.ones(4), truth) == 0.5


def test_losses_take_certainty_that_was_wrong() -> None:
    found = losses(np.array([0.5, 1.0, 0.0]), np.array([1.0, 1.0, 1.0]))
    assert found[0] == pytest.approx(np.log(2)) and found[1] == pytest.approx(0.0, abs=1e-8)
    assert 15 < found[2] < 25
