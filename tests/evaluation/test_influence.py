"""The measurement of influence."""

from __future__ import annotations

import numpy as np
import pytest

from amity.evaluation.influence import PLANTED, planted, synthetic, unplanted
from amity.outlook.influence.model import learned


def test_recovery_is_judged_against_what_was_planted() -> None:
    scores = planted([learned(synthetic(seed, periods=60), number=30) for seed in (1, 2)])
    assert scores["worlds"] == 2 and scores["signs"] == 1.0
    assert min(scores["correlation_senders"], scores["correlation_receivers"]) > 0.95


def test_nothing_planted_nothing_propagates() -> None:
    scores = unplanted([learned(synthetic(seed, 0.0, periods=60), number=30) for seed in (1, 2)])
    assert scores["propagates"] == 0.0 and scores["coverage"] > 0.5


def test_counted_worlds_hold_whole_numbers_and_stay_bounded() -> None:
    values = synthetic(3, counted=True).series.values
    assert (values == np.round(values)).all() and values.min() >= 0 and values.max() < 1e4
    assert sum(map(abs, PLANTED["sender"])) + sum(map(abs, PLANTED["receiver"])) + 0.3 < 1.1
    assert np.diagonal(values).max() == 0.0


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_the_same_seed_the_same_world(strength: float) -> None:
    one, two = (synthetic(4, strength).series.values for _ in range(2))
    assert (one == two).all()
