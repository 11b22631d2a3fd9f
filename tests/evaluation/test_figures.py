"""Figures give the values that their definitions give."""

from __future__ import annotations

from amity.evaluation.figures import by_class, kappa, prf, share


def test_precision_recall_and_f1() -> None:
    assert prf(2, 4, 8) == {"gold": 8, "found": 4, "precision": 0.5, "recall": 0.25, "f1": 0.333}
    assert prf(0, 0, 0)["f1"] == 0.0


def test_kappa_of_cohens_example() -> None:
    """Two readers of fifty: 20 yes and 15 no in common, 5 and 10 apart: 0.7 agreed, 0.5 by chance."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert kappa(first, second) == 0.4
    assert kappa([], []) is None and kappa(["yes"], ["yes"]) is None


def test_classes_that_nobody_gave_count() -> None:
    figures = by_class(["a", "b"], ["a", "a"], ["a", "b"])
    assert (figures["a"]["precision"], figures["b"]["recall"]) == (0.5, 0.0)


def test_share_of_nothing_is_unknown() -> None:
    assert share([]) is None and share([True, False]) == 0.5
