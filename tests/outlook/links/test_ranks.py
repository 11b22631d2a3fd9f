"""Ranks by the protocol: filter, ties, both directions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.outlook.links.ranks import Tally, figures, ranks

FORWARD = np.array([False, False])


def test_other_true_answers_do_not_count_and_ties_share_their_places() -> None:
    scores = np.array([[9.0, 7.0, 5.0, 5.0, 1.0]])
    found = ranks(scores, np.array([0, 0]), np.array([1, 2]), FORWARD)
    # Entity 1 is behind 0 alone; entity 2 is behind 0 (1 is filtered out) and level with 3.
    assert list(found.better) == [1, 1] and list(found.same) == [0, 1] and list(found.mean) == [2.0, 2.5]
    assert list(ranks(scores, np.array([0]), np.array([2]), FORWARD[:1]).mean) == [3.5]


def test_figures_average_both_directions() -> None:
    tally = Tally()
    tally.add(ranks(np.array([[3.0, 2.0, 1.0]]), np.array([0]), np.array([0]), np.array([False])))
    tally.add(ranks(np.array([[3.0, 2.0, 1.0]]), np.array([0]), np.array([1]), np.array([True])))
    scores = figures(tally.joined())
    assert scores["mrr"] == pytest.approx(75) and scores["hits@1"] == 50 and scores["hits@3"] == 100
    assert scores["mrr, objects"] == 100 and scores["mrr, subjects"] == 50


@given(st.integers(0, 2**32 - 1))
def test_ranks_are_what_sorting_gives(seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.integers(0, 4, (3, 8)).astype(float)
    number, answer = np.divmod(np.sort(chance.choice(24, 7, replace=False)), 8)
    found = ranks(scores, number, answer, np.zeros(7, bool))
    for row in range(7):
        true = set(answer[number == number[row]]) - {answer[row]}
        rest = [scores[number[row], one] for one in range(8) if one not in true and one != answer[row]]
        mine = scores[number[row], answer[row]]
        assert found.better[row] == sum(one > mine for one in rest)
        assert found.same[row] == sum(one == mine for one in rest)


def test_a_table_in_which_all_are_level_gains_nothing_from_ties() -> None:
    found = ranks(np.zeros((1, 9)), np.array([0]), np.array([4]), np.array([False]))
    assert found.mean[0] == 5.0 and figures(found)["mrr, ties at worst"] == pytest.approx(100 / 9)
