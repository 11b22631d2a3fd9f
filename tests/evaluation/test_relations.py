"""The measurement of relations, on worlds of which the figures are known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from amity import codebook
from amity.evaluation import relations
from amity.records.panel import Panel
from amity.records.relations import Pace, Temper
from tests import worlds


def panel(seed: int, drift: float = 0.15) -> Panel:
    """Rates that walk, from which counts are drawn."""
    rng = np.random.default_rng(seed)
    levels = rng.normal(0.5, 1.0, (9, 9, 1)) + np.cumsum(rng.normal(0, drift, (9, 9, 24)), axis=2)
    counts = rng.poisson(np.exp(levels)[..., None] * [0.6, 0.2, 0.1, 0.1])
    counts[np.arange(9), np.arange(9)] = 0
    return worlds.panel_of(counts, unit="year")


def test_forecasts_are_scored_beside_simple_ones() -> None:
    found = relations.counts(panel(1), 16)
    assert found["amity"]["log_score"] > found["last period"]["log_score"]
    assert found["amity"]["log_score"] > found["without shrinkage"]["log_score"] - 0.02
    gains = found["last period"]
    assert gains["low"] < gains["amity_gains"] < gains["high"]
    assert gains["amity_gains"] == pytest.approx(found["amity"]["log_score"] - gains["log_score"], abs=2e-4)


def test_intervals_hold_what_they_promise() -> None:
    world = panel(2)
    found = relations.intervals(world, 16, *relations._learned(world.before(16)))
    for level in (50, 80, 95):
        assert abs(found[f"{level} %"]["counts"] - level / 100) < 0.08


def test_no_turn_is_found_where_years_are_shuffled_and_some_where_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "SHUFFLED", 12)
    monkeypatch.setattr(relations, "FACTORS", (6.0,))
    monkeypatch.setattr(relations.changes, "DRAWS", (99, 999))
    found = relations.turns(panel(3, drift=0.02), Pace(), Temper())
    assert found["nothing planted"]["dyads_with_a_turn"] <= 1
    assert found["6 times as many"]["dyads"] == 3 and found["6 times as many"]["dyads_with_a_turn"] >= 2


def test_pairs_are_told_apart() -> None:
    truth = np.array([[True, False, False], [False, False, True]])
    assert relations._auc(truth, np.array([[3.0, 1, 2], [1, 2, 3]])) == 1.0
    assert relations._auc(truth, np.array([[1.0, 1, 1], [1, 1, 1]])) == 0.5
    assert relations._auc(np.zeros((1, 3), bool), np.ones((1, 3))) is None


def test_records_of_states_are_read_by_their_numbers(tmp_path: Path) -> None:
    book = codebook.load().states
    numbers = {code: next(one for one in book[code].cow) for code in ("ARM", "AZE")}
    (tmp_path / "states").mkdir()
    (tmp_path / relations.RIVALRIES).write_text(
        f"ccode1,ccode2,styear,endyear\n{numbers['AZE']},{numbers['ARM']},1991,2010\n{numbers['AZE']},2,1991,2005\n"
    )
    assert relations._rivals(tmp_path, book, [2012]) == {2012: {("ARM", "AZE")}}
    assert relations._disputes(tmp_path, book) == {}
    assert book.by_cow(numbers["ARM"], date(2012, 1, 1)).id == "ARM"  # type: ignore[union-attr]
