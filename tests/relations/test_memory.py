"""Sums that fade."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amity.relations.memory import around, decay, forward, rising


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12), st.floats(0.1, 50))
def test_sums_are_what_they_say(values: list[float], half_life: float) -> None:
    array, kept = np.array(values)[:, None], decay(half_life)
    ages = np.subtract.outer(np.arange(len(values)), np.arange(len(values)))
    assert forward(array, kept) == pytest.approx(np.where(ages >= 0, kept ** np.maximum(ages, 0), 0) @ array)
    assert around(array, kept) == pytest.approx(kept ** np.abs(ages) @ array)


def test_memory_ends_at_breaks() -> None:
    values = np.arange(1.0, 8.0)[:, None]
    parts = [around(values[:3], 0.7), around(values[3:], 0.7)]
    assert around(values, 0.7, [3]) == pytest.approx(np.concatenate(parts))


def test_after_a_half_life_half_is_left() -> None:
    assert decay(3) ** 3 == pytest.approx(0.5)


@given(st.integers(0, 30), st.floats(0.01, 100), st.floats(0, 1), st.floats(0.01, 0.99))
def test_a_doubtful_event_is_scored_as_expected(count: int, shape: float, right: float, chance: float) -> None:
    whole = stats.nbinom.logpmf([count, count + 1], shape, chance)
    y, r = np.array([count + right]), np.array([shape])
    told = rising(y, r) + shape * np.log(chance) + y * np.log1p(-chance)
    assert told == pytest.approx((1 - right) * whole[0] + right * whole[1], abs=1e-6)


@given(st.floats(0.01, 1), st.floats(0.01, 100), st.floats(0.01, 0.99))
def test_what_a_first_event_is_tells_nothing_of_habits(right: float, known: float, share: float) -> None:
    one, total = np.array([right]), np.array([known])
    assert rising(one, share * total) - rising(one, total) == pytest.approx(right * np.log(share), abs=1e-9)
