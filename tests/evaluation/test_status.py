"""Comparing status and certainty with annotated factuality."""

from __future__ import annotations

from amity.evaluation.status import fitted, score


def test_a_status_stands_for_the_mean_of_its_words() -> None:
    scale = fitted([(3.0, ("occurred", "certain")), (2.0, ("occurred", "certain")), (-3.0, ("denied", "certain"))])
    assert scale == {("occurred", "certain"): 2.5, ("denied", "certain"): -3.0}


def test_scores_stand_beside_the_best_constant() -> None:
    result = score([(3.0, 3.0), (3.0, 3.0), (-3.0, -3.0)])
    assert result["mae"] == 0.0
    assert result["mae_constant"] == 2.0
    assert result["pearson_r"] == 1.0
    assert result["sign_accuracy"] == 1.0
