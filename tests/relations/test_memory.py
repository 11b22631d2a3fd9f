"""Sums that fade."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.relations.memory import around, decay, forward


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
