"""Columns made of columns."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from amity.records.events import EVENTS
from amity.sources.datasets import columns as cols
from amity.sources.datasets.acled import written


def test_each_distinct_value_is_looked_at_once() -> None:
    asked: list[str] = []
    made = cols.spread(pa.array(["b", "a", None, "b"]), lambda one: asked.append(one) or one.upper(), pa.string())
    assert made.to_pylist() == ["B", "A", None, "B"]
    assert sorted(asked) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-01-31", date(2014, 1, 31)),
        ("2014-01-31 00:00:00.000", date(2014, 1, 31)),
        ("20140131", date(2014, 1, 31)),
        ("20140131120000", date(2014, 1, 31)),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("2014-02-30", None),
        ("", None),
        ("x" * 1000, None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert cols.iso(text) == day


@pytest.mark.parametrize("text", ["2022-03-15", "15 March 2022", "15-March-2022", "15/03/2022", "15-Mar-22"])
def test_dates_as_acled_has_written_them(text: str) -> None:
    assert written(text) == date(2022, 3, 15)
    assert written("31 February 2022") is None


def test_numbers_as_far_as_they_are_some() -> None:
    made = cols.numbers(pa.array(["1", "2.0", "-1", "inf", "nan", "many", None, "1e3", "1e300", "7.9"]), pa.int32())
    assert made.to_pylist() == [1, 2, -1, None, None, None, None, 1000, None, 7]


def test_rows_are_filled_up() -> None:
    made = cols.rows(
        2, {"dataset": "d", "id": pa.array(["a", "b"]), **dict.fromkeys(("day", "until", "known"), date(2020, 1, 1))}
    )
    assert made.schema == EVENTS
    first = made.to_pylist()[0]
    assert (first["count"], first["certainty"], first["actor"], first["dataset"]) == (1, 1.0, None, "d")


def test_cells_come_apart_as_they_were_joined() -> None:
    joined = cols.together((pa.array(["a", None]), pa.array(["", "b"])))
    assert [cols.parts(one) for one in joined.to_pylist()] == [["a", ""], ["", "b"]]
