"""The measures give the values that their papers give."""

import pytest

from amity.evaluation.coreference import b_cubed, ceaf_e, muc, score

GOLD = [frozenset({1, 2, 3, 4, 5}), frozenset({6, 7}), frozenset({8, 9, 10, 11, 12})]
FIRST = [frozenset({1, 2, 3, 4, 5}), frozenset({6, 7, 8, 9, 10, 11, 12})]
SECOND = [frozenset({1, 2, 3, 4, 5, 8, 9, 10, 11, 12}), frozenset({6, 7})]


def test_example_of_bagga_and_baldwin() -> None:
    """Bagga and Baldwin (1998), section 5: B³ tells the two responses apart, MUC does not."""
    assert muc(GOLD, FIRST)["precision"] == muc(GOLD, SECOND)["precision"] == pytest.approx(0.9)
    assert b_cubed(GOLD, FIRST)["precision"] == pytest.approx(0.762, abs=1e-3)
    assert b_cubed(GOLD, SECOND)["precision"] == pytest.approx(0.583, abs=1e-3)
    assert b_cubed(GOLD, FIRST)["recall"] == b_cubed(GOLD, SECOND)["recall"] == 1.0


def test_perfect_and_worst() -> None:
    assert {one["f1"] for one in score(GOLD, GOLD).values()} == {1.0}
    singletons = [frozenset({number}) for number in range(1, 13)]
    assert muc(GOLD, singletons)["f1"] == 0.0
    assert 0 < ceaf_e(GOLD, singletons)["f1"] < 1
