"""Signs: camps of least frustration, triads, valence."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.structure.complexes.interaction import Standing
from amity.structure.complexes.signs import camps, frustration, triads, valence


def signed(seed: int, n: int, density: float = 0.7) -> np.ndarray:
    rng = np.random.default_rng(seed)
    signs = np.triu(rng.choice([-1, 0, 1], (n, n), p=[density / 2, 1 - density, density / 2]), 1)
    return np.asarray(signs + signs.T)


@given(st.integers(0, 500), st.integers(3, 8))
@settings(max_examples=25, deadline=None)
def test_camps_have_the_least_frustration_that_there_is(seed: int, n: int) -> None:
    signs = signed(seed, n)
    best = min(frustration(signs, np.array(sides)) for sides in product((0, 1), repeat=n))
    found = camps(signs)
    assert found.exact and found.frustration == found.bound == best
    assert frustration(signs, np.maximum(found.side, 0)) == best


@given(st.integers(0, 500), st.lists(st.booleans(), min_size=4, max_size=9))
@settings(max_examples=15, deadline=None)
def test_frustration_is_the_same_when_a_side_is_switched(seed: int, switch: list[bool]) -> None:
    signs = signed(seed, len(switch))
    turn = np.where(switch, -1, 1)
    assert camps(signs).frustration == camps(signs * np.outer(turn, turn)).frustration


def test_two_camps_are_found_and_who_has_no_sign_is_in_neither() -> None:
    side = np.array([1, 1, 1, -1, -1, 0])
    signs = np.outer(side, side)
    np.fill_diagonal(signs, 0)
    found = camps(signs)
    assert found.frustration == 0 and found.side[5] == -1
    assert len(set(found.side[:3].tolist())) == len(set(found.side[3:5].tolist())) == 1
    assert found.side[0] != found.side[3]


def test_without_time_bounds_are_told() -> None:
    found = camps(signed(1, 40, 1.0), seconds=0.01)
    assert 0 <= found.bound <= found.frustration
    assert found.exact == (found.bound == found.frustration)


def test_triads_are_counted_beside_chance() -> None:
    rng = np.random.default_rng(0)
    side = np.repeat([1, -1], 4)
    signs = np.outer(side, side)
    np.fill_diagonal(signs, 0)
    balanced = triads(signs, rng)
    assert balanced.count == 56 and balanced.balanced == 1.0
    assert balanced.chance is not None and balanced.chance < 0.7
    assert triads(np.zeros((4, 4), int), rng).balanced is None


def test_valence_is_measured_against_the_world_and_shrunk_to_it() -> None:
    scored = np.array([[0, 100, 100, 1], [100, 0, 100, 0], [100, 100, 0, 0], [1, 0, 0, 0]], dtype=float)
    score = np.array([[0, 3, -4, -4], [3, 0, 1, 0], [-4, 1, 0, 0], [-4, 0, 0, 0]], dtype=float)
    square = scored * (score**2 + 4)
    moods = valence(Standing(tuple("abcd"), scored, scored, scored, scored * score, square))
    assert moods.middle == pytest.approx((scored * score).sum() / scored.sum())
    assert moods.signs[0, 1] == 1 and moods.signs[0, 2] == -1
    assert moods.signs[0, 3] == 0 and moods.error[0, 3] > moods.error[0, 2]
    assert not moods.known[1, 3] and moods.signs[1, 3] == 0
