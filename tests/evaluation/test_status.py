"""Comparing status and certainty with annotated factuality."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.status import answer, answers, evaluate, fitted, score


def test_a_status_stands_for_the_mean_of_its_words() -> None:
    scale = fitted([(3.0, ("occurred", "certain")), (2.0, ("occurred", "certain")), (-3.0, ("denied", "certain"))])
    assert scale == {("occurred", "certain"): 2.5, ("denied", "certain"): -3.0}


def test_scores_stand_beside_the_best_constant() -> None:
    result = score([(3.0, 3.0), (3.0, 3.0), (-3.0, -3.0)])
    assert result["mae"] == 0.0
    assert result["mae_constant"] == 2.0
    assert result["pearson_r"] == 1.0


def test_correlation_with_a_constant_is_unknown() -> None:
    assert score([(3.0, 1.0), (0.0, 1.0)])["pearson_r"] is None


def test_the_future_is_what_a_set_takes_it_for() -> None:
    assert answer(("future", "certain"), "uds_ih2") == "did not"
    assert answer(("future", "certain"), "meantime") == "did"
    assert answer(("occurred", "possible"), "meantime") == answer(("alleged", "certain"), "uds_ih2") == "open"


def test_answers_stand_beside_the_commonest() -> None:
    result = answers([(3.0, "did"), (2.0, "open"), (-3.0, "did not"), (0.0, "open")])
    assert result["accuracy"] == 0.75 and result["accuracy_constant"] == 0.5


def test_a_file_is_scaled_by_the_train_part_beside_it(tmp_path: Path) -> None:
    row = '{"idx": 1, "text": "Chad attacked Niger .", "targets": [{"span1": [1, 2], "label": %s}]}\n'
    (tmp_path / "meantime-train.jsonl").write_text(row % 2.5)
    own = tmp_path / "meantime-own.jsonl"
    own.write_text(row % 3.0)
    (result,) = evaluate(own).values()
    assert (result["mae"], result["accuracy"]) == (0.5, 1.0)
    with pytest.raises(InputError, match="no known set"):
        evaluate(tmp_path / "own.jsonl")
