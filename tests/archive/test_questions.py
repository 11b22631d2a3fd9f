"""Events counted into panels."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.archive import Archive
from amity.archive.questions import Question
from amity.errors import InputError
from amity.records.panel import CELLS, Dyad, Panel
from tests.archive.rows import events

NOWHERE = Archive(Path("/nonexistent/archive"))


def panel(*rows: dict[str, Any], **asked: Any) -> Panel:
    return NOWHERE.panel(Question(**asked), events(*rows))


def test_counts_values_and_doubt() -> None:
    made = panel(
        {"count": 3, "certainty": 0.5, "plover": -2.0},
        {"count": 1, "plover": None},
        {"day": date(2020, 3, 1), "actor": "BBB", "recipient": "AAA"},
    )
    assert made.dyads == (Dyad("AAA", "BBB"), Dyad("BBB", "AAA"))
    assert made.edges.astype(str).tolist() == ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01"]
    assert made.exposure.tolist() == [4, 0, 1]  # what was recorded, certain or not
    assert made.covered.tolist() == [True, False, True]
    assert made.cells.schema == CELLS
    first = made.cells.slice(0, 1).to_pylist()[0]
    assert (first["count"], first["doubt"], first["scored"], first["value"], first["square"]) == (2.5, 0.75, 1.5, -3, 6)
    assert made.dense().tolist() == [[2.5, 0, 0], [0, 0, 1]]


def test_what_has_no_layer_type_or_quad_is_counted_all_the_same() -> None:
    made = panel({"layer": None, "type": None, "quad": None}, {})
    assert made.dense().tolist() == [[2]]
    assert made.dense(layers=["political"]).tolist() == [[1]]
    assert {None, "CONSULT"} == set(made.cells["type"].to_pylist())


def test_nobody_and_themselves_are_exposure_but_no_dyad() -> None:
    made = panel({}, {"actor": None, "actor_name": "x"}, {"recipient": "AAA"}, {"recipient": None})
    assert made.exposure.tolist() == [4]
    assert made.dense().tolist() == [[1]]


def test_parties_and_sectors() -> None:
    rows = ({}, {"actor_sector": "REB"}, {"recipient_sector": "MIL"}, {"recipient": "Hezbollah"})
    assert panel(*rows, sectors=("MIL",)).dense().sum() == 3
    assert panel(*rows, parties=("AAA", "BBB")).dense().sum() == 3
    assert panel(*rows, parties=("AAA", "BBB")).exposure.tolist() == [4]


def test_as_it_was_known() -> None:
    rows = ({}, {"known": date(2020, 6, 1)})
    assert panel(*rows, known=date(2020, 2, 1)).dense().sum() == 1
    assert panel(*rows, known=date(2020, 6, 1)).dense().sum() == 2


def test_what_is_known_to_the_year_is_no_months() -> None:
    year = {"day": date(2020, 1, 1), "until": date(2020, 12, 31)}
    assert panel(year, unit="year").dense().tolist() == [[1]]
    assert panel(year, {}, unit="month").exposure.sum() == 1
    with pytest.raises(InputError, match="ask by a longer unit"):
        panel(year, unit="month")


def test_periods_asked_for_are_there_though_nothing_happened() -> None:
    made = panel({}, since=date(2019, 12, 7), until=date(2020, 2, 2))
    assert made.edges.astype(str).tolist() == ["2019-12-01", "2020-01-01", "2020-02-01", "2020-03-01"]
    assert made.exposure.tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    ("unit", "first", "second"),
    [
        ("day", "2020-01-15", "2020-01-16"),
        ("week", "2020-01-13", "2020-01-20"),
        ("quarter", "2020-01-01", "2020-04-01"),
    ],
)
def test_units(unit: str, first: str, second: str) -> None:
    assert panel({}, unit=unit).edges.astype(str).tolist() == [first, second]


@pytest.mark.parametrize(
    "asked", [{"unit": "hour"}, {"scale": "love"}, {"since": date(2021, 1, 1), "until": date(2020, 1, 1)}]
)
def test_questions_that_make_no_sense(asked: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Question(**asked)


def test_nothing_there_says_what_to_do() -> None:
    with pytest.raises(InputError, match="amity read"):
        NOWHERE.panel(Question())
    with pytest.raises(InputError, match="none lies in the time asked for"):
        panel({}, since=date(2022, 1, 1))


STATES = ["AAA", "BBB", "CCC", "DDD"]
ROW = st.fixed_dictionaries(
    {
        "actor": st.sampled_from(STATES),
        "recipient": st.sampled_from(STATES),
        "day": st.dates(date(2020, 1, 1), date(2020, 12, 31)),
        "layer": st.sampled_from(["military", "political", None]),
        "type": st.sampled_from(["CONSULT", "ASSAULT", None]),
        "count": st.integers(1, 5),
    }
)


@given(st.lists(ROW, min_size=1, max_size=40))
@settings(deadline=None, max_examples=12)
def test_panels_agree_with_counting_by_hand(rows: list[dict[str, Any]]) -> None:
    made = panel(*rows)
    expected: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        if row["actor"] != row["recipient"]:
            expected[row["actor"], row["recipient"], row["day"].month, row["layer"], row["type"]] += row["count"]
    months = made.edges.astype("datetime64[M]").astype(int) % 12 + 1
    found = {
        (*made.dyads[cell["dyad"]], months[cell["period"]], cell["layer"], cell["type"]): cell["count"]
        for cell in made.cells.to_pylist()
    }
    assert found == expected
    assert made.exposure.sum() == sum(row["count"] for row in rows)
    order = [(cell["dyad"], cell["period"]) for cell in made.cells.to_pylist()]
    assert order == sorted(order)
    assert list(made.dyads) == sorted(set(made.dyads))


@given(st.lists(ROW, min_size=1, max_size=30), st.permutations(STATES), st.integers(1, 3))
@settings(deadline=None, max_examples=8)
def test_names_days_and_volume_change_only_what_they_name(
    rows: list[dict[str, Any]], names: list[str], years: int
) -> None:
    renamed = dict(zip(STATES, names, strict=True))
    shift = timedelta(days=28 * 12 * years)
    one = panel(*rows, unit="day")
    changed = [
        row | {"actor": renamed[row["actor"]], "recipient": renamed[row["recipient"]], "day": row["day"] + shift}
        for row in rows
    ]
    other = panel(*changed, *({**row, "id": f"x{n}"} for n, row in enumerate(changed)), unit="day")
    assert np.array_equal(one.edges + np.timedelta64(shift.days, "D"), other.edges)
    assert np.array_equal(2 * one.exposure, other.exposure)
    for dyad, counts in zip(one.dyads, one.dense(), strict=True):
        place = other.row((renamed[dyad.actor], renamed[dyad.recipient]))
        assert place is not None
        assert np.array_equal(2 * counts, other.dense()[place])


def test_evidence_comes_by_day_with_all_columns(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.adding("events", "made", "f", "d") as intake:
        intake.write(events({"id": "late", "day": date(2020, 2, 1)}, {"id": "early"}, {"recipient": "CCC"}))
    own = events({"id": "own", "dataset": "ledger", "day": date(2020, 1, 20)})
    found = archive.events(Question(), [("AAA", "BBB")], own)
    assert found["id"].to_pylist() == ["early", "own", "late"]
    assert found.schema == events().schema
    assert isinstance(found, pa.Table)


def test_an_archive_and_the_ledgers_own_are_asked_as_one(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "it's here")
    with archive.adding("events", "made", "f", "d") as intake:
        intake.write(events({"id": "a"}))
    made = archive.panel(Question(), events({"id": "a", "dataset": "ledger"}))
    assert made.dense().tolist() == [[2]]
    assert made.datasets == ("ledger", "made")
