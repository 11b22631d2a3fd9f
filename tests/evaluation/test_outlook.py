"""Back-tests as scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity import codebook
from amity.errors import InputError
from amity.evaluation import outlook
from amity.evaluation.table import table
from amity.outlook.backtest import TRIED
from amity.pipeline.outlook import backtest, target
from amity.pipeline.world import World
from tests.outlook import events


def test_scores_stand_beside_those_of_the_best_simple_method(tmp_path: Path) -> None:
    world = World(events.archive(tmp_path, months=20), None, codebook.load())
    told = outlook.told(backtest(world, [target(world, "conflict")], 15, (1, 3), every=4))
    one = told["conflict"]["3 months"]
    assert one["best simple"] in TRIED and one["low"] <= one["difference"] <= one["high"]
    assert one["difference"] == pytest.approx(one["crps"] - one["its crps"], abs=1e-3)
    every = told["crps of every method"]["conflict, 3 months"]
    assert every["outlook"] == one["crps"] and min(every[name] for name in TRIED) == one["its crps"]
    assert "conflict" in table(told)


def test_no_data_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        outlook.evaluate(tmp_path)
