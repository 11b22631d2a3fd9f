"""Scores as people read them."""

from __future__ import annotations

from amity.evaluation.table import table


def test_figures_lists_and_tables() -> None:
    scores = {
        "sentences": 1200,
        "f1": 0.5,
        "types": {"AID": {"f1": 0.25, "gold": 4}, "COERCE": {"f1": None}},
        "no": ["a"],
    }
    assert table(scores).splitlines() == [
        "sentences  1,200",
        "f1         0.500",
        "",
        "types",
        "           f1  gold",
        "AID     0.250     4",
        "COERCE      –",
        "",
        "no: 1",
        "  a",
    ]


def test_figures_within_figures_are_named_by_both() -> None:
    assert table({"sets": {"one": {"parts": {"dev": {"r": 1.0}}}}}).split("\n")[-3:] == [
        "sets · one · parts",
        "         r",
        "dev  1.000",
    ]
