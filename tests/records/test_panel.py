"""Panels: sparse counts of dyads over periods."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from amity.records.panel import CELLS, Dyad, Panel


@pytest.fixture
def panel() -> Panel:
    rows = [
        {"dyad": 0, "period": 0, "layer": "military", "type": "ASSAULT", "count": 2.0, "value": -18.0, "scored": 2.0},
        {"dyad": 0, "period": 2, "layer": "political", "type": "CONSULT", "count": 1.0, "value": 1.0, "scored": 1.0},
        {"dyad": 1, "period": 2, "layer": "military", "type": "ASSAULT", "count": 4.0, "value": -36.0, "scored": 4.0},
        {"dyad": 0, "period": 2, "layer": None, "type": None, "count": 3.0, "value": 0.0, "scored": 0.0},
    ]
    return Panel(
        dyads=(Dyad("KEN", "UGA"), Dyad("UGA", "KEN")),
        edges=np.array(["2014-01-01", "2014-02-01", "2014-03-01", "2014-04-01"], dtype="datetime64[D]"),
        exposure=np.array([10.0, 0.0, 20.0]),
        cells=pa.Table.from_pylist(rows, schema=CELLS),
    )


def test_dense_sums_over_layers_and_types(panel: Panel) -> None:
    assert panel.dense().tolist() == [[2, 0, 4], [0, 0, 4]]
    assert panel.dense(layers=["military"]).tolist() == [[2, 0, 0], [0, 0, 4]]
    assert panel.dense("value", types={"CONSULT"}).tolist() == [[0, 0, 1], [0, 0, 0]]
    assert panel.dense(layers=[]).sum() == 0


def test_a_period_without_anything_recorded_is_not_covered(panel: Panel) -> None:
    assert panel.covered.tolist() == [True, False, True]


def test_before_forgets_what_came_later(panel: Panel) -> None:
    earlier = panel.before(2)
    assert earlier.periods == 2
    assert earlier.dense().sum() == 2
    assert len(earlier.edges) == 3


def test_rows_of_dyads(panel: Panel) -> None:
    assert panel.row(("UGA", "KEN")) == 1
    assert panel.row(Dyad("KEN", "UGA").reverse) == 1
    assert panel.row(("KEN", "TZA")) is None
    assert panel.states == ("KEN", "UGA")
