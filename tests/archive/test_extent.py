"""From when to when events are told of, and whether some were known late."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from amity.archive import Archive
from amity.archive.questions import Question
from amity.errors import InputError
from amity.records.events import EVENTS


def rows(*days: tuple[str, int]) -> pa.Table:
    """One event a day, known so many days later."""
    made = [
        {
            "dataset": "made",
            "id": str(number),
            "day": date.fromisoformat(day),
            "until": date.fromisoformat(day),
            "known": date.fromisoformat(day) + timedelta(later),
            "actor": "AAA",
            "recipient": "AAB",
            "count": 1,
            "certainty": 1.0,
        }
        for number, (day, later) in enumerate(days)
    ]
    return pa.Table.from_pylist([{name: one.get(name) for name in EVENTS.names} for one in made]).cast(EVENTS)


def test_first_and_last_day(tmp_path: Path) -> None:
    found = Archive(tmp_path).extent(Question(), rows(("2014-01-03", 0), ("2014-03-09", 0)))
    assert found == (date(2014, 1, 3), date(2014, 3, 9), False)


def test_what_was_known_later_is_noticed(tmp_path: Path) -> None:
    assert Archive(tmp_path).extent(Question(), rows(("2014-01-03", 40))).late


def test_nothing_has_no_extent(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none lies in the time asked for"):
        Archive(tmp_path).extent(Question(since=date(2020, 1, 1)), rows(("2014-01-03", 0)))
