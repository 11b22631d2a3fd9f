"""The world of the research data."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation import world

BORDERS = "ccode1,ccode2,conttype,stdate,enddate\n2,20,1,1920-01-01,2016-12-01\n2,70,1,1920-01-01,2016-12-01\n"


def test_a_world_holds_what_the_folder_has(tmp_path: Path) -> None:
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "cow_contdir.csv").write_text(BORDERS)
    (tmp_path / "states" / "cow_nmc.csv").write_text("no table of anything\n")
    held = world.open(tmp_path)
    assert held.table("contiguity").num_rows == 2  # type: ignore[union-attr]
    assert held.table("capabilities") is None and held.archive.datasets() == () and held.ledger is None


def test_a_world_is_made_once_a_process(tmp_path: Path) -> None:
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "cow_contdir.csv").write_text(BORDERS)
    assert world.open(tmp_path) is world.open(tmp_path / "states" / "..")


def test_where_nothing_is_no_world(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has none of the data sets"):
        world.open(tmp_path)
    with pytest.raises(InputError, match="is no folder"):
        world.open(tmp_path / "none")
