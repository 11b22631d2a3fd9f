"""Files of the archive: written whole, each event once, said to be what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.archive import Archive, archive_of
from amity.archive.questions import Question
from amity.errors import LedgerError
from amity.records.events import EVENTS, TABLES
from tests.archive.rows import events


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "amity.archive")


def add(archive: Archive, digest: str, *rows: dict[str, Any], name: str = "made") -> None:
    with archive.adding("events", name, f"{digest}.csv", digest) as intake:
        for row in rows:
            intake.write(events(row))


def held(archive: Archive) -> list[tuple[str, str]]:
    asked = Question(unit="year")
    found = archive.events(asked, [("AAA", "BBB")])
    return sorted(zip(found["id"].to_pylist(), found["code"].to_pylist(), strict=True))


def test_an_archive_that_is_not_there_is_empty(archive: Archive) -> None:
    assert archive.holdings() == []
    assert archive.datasets() == ()
    assert archive.table("votes") is None
    assert archive.unresolved().num_rows == 0
    assert not archive.folder.exists()  # asking makes nothing


def test_a_file_says_what_it_is(archive: Archive) -> None:
    nobody = {"id": "x", "actor": None, "actor_name": "Weavers"}
    add(archive, "d1", {"id": "a"}, nobody, {"id": "y", "recipient": None, "recipient_name": None})
    (one,) = archive.holdings()
    assert (one.name, one.shelf, one.source, one.rows, one.unresolved) == ("made", "events", "d1.csv", 3, 1)
    assert (one.since, one.until) == (date(2020, 1, 15), date(2020, 1, 15))
    assert archive.holds("events", "made", "d1") == one
    assert archive.holds("events", "made", "d2") is None
    assert archive.unresolved().to_pylist() == [{"dataset": "made", "name": "Weavers", "rows": 1}]
    assert archive.unresolved(["other"]).num_rows == 0


def test_the_same_file_again_takes_its_own_place(archive: Archive) -> None:
    for _ in range(2):
        add(archive, "d1", {"id": "a"}, {"id": "b"})
    assert [one.rows for one in archive.holdings()] == [2]


def test_an_id_that_stands_twice_in_a_file_counts_once(archive: Archive) -> None:
    add(archive, "d1", {"id": "a", "code": "first"}, {"id": "b"}, {"id": "a", "code": "second"})
    assert held(archive) == [("a", "first"), ("b", None)]
    (one,) = archive.holdings()
    assert (one.rows, one.rejected) == (2, {"id stands twice in the file": 1})


def test_events_of_a_later_file_take_the_place_of_the_same_in_earlier_ones(archive: Archive) -> None:
    add(archive, "week", {"id": "a", "code": "old"}, {"id": "b", "code": "old"})
    add(archive, "year", {"id": "b", "code": "new"}, {"id": "c", "code": "new"})
    add(archive, "other", {"id": "a", "code": "other", "dataset": "another"}, name="another")
    week = archive.holds("events", "made", "week")
    assert week is not None
    assert (week.rows, week.superseded) == (1, 1)
    asked = Question(unit="year", datasets=("made",))
    found = archive.events(asked, [("AAA", "BBB")])
    assert sorted(zip(found["id"].to_pylist(), found["code"].to_pylist(), strict=True)) == [
        ("a", "old"),
        ("b", "new"),
        ("c", "new"),
    ]


def test_a_file_that_gave_way_entirely_is_still_known(archive: Archive) -> None:
    add(archive, "old", {"id": "a"})
    add(archive, "new", {"id": "a"})
    old = archive.holds("events", "made", "old")
    assert old is not None  # or it would be imported again and override what is newer
    assert (old.rows, old.superseded) == (0, 1)
    assert len(held(archive)) == 1
    add(archive, "third", {"id": "b"})
    assert len(held(archive)) == 2


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=12), min_size=1, max_size=5))
@settings(deadline=None, max_examples=8)
def test_every_id_is_there_once_from_the_last_file_that_has_it(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[int]]
) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    last: dict[str, str] = {}
    for number, ids in enumerate(files):
        add(archive, f"d{number}", *({"id": f"i{one}", "code": f"d{number}"} for one in ids))
        last |= {f"i{one}": f"d{number}" for one in ids}
    assert dict(held(archive)) == last
    assert len(held(archive)) == len(last)


def test_what_fails_leaves_no_trace(archive: Archive) -> None:
    with pytest.raises(ZeroDivisionError), archive.adding("events", "made", "f", "d") as intake:
        intake.write(events({"id": "a"}))
        raise ZeroDivisionError
    assert archive.holdings() == []
    assert list(archive.folder.rglob("*.*")) == []


def test_a_table_takes_the_place_of_earlier_ones(archive: Archive) -> None:
    for digest, state in (("one", "AAA"), ("two", "BBB")):
        with archive.adding("tables", "votes", "votes.csv", digest) as intake:
            row = {"state": state, "year": 2000, "ideal": 0.5, "low": 0.4, "high": 0.6, "votes": 70}
            intake.write(pa.Table.from_pylist([row], schema=TABLES["votes"]))
    table = archive.table("votes")
    assert table is not None
    assert table["state"].to_pylist() == ["BBB"]
    assert len(archive.holdings()) == 1


def test_removing(archive: Archive) -> None:
    add(archive, "a", {"id": "a"})
    add(archive, "b", {"id": "b"})
    assert archive.remove("made") == 2
    assert archive.remove("made") == 0
    assert archive.datasets() == ()


def test_rows_may_come_as_plain_strings_in_any_order(archive: Archive) -> None:
    plain = events({"id": "a"}).select(list(reversed(EVENTS.names)))
    with archive.adding("events", "made", "f", "d") as intake:
        intake.write(pa.Table.from_pylist(plain.to_pylist()).cast(pa.schema([_plain(field) for field in plain.schema])))
        intake.write(events().slice(0, 0))
    assert len(held(archive)) == 1


def _plain(field: pa.Field) -> pa.Field:
    return field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field


def test_a_file_that_is_none_of_ours(archive: Archive) -> None:
    (archive.folder / "events" / "made").mkdir(parents=True)
    (archive.folder / "events" / "made" / "x.parquet").write_bytes(b"no")
    with pytest.raises(LedgerError, match="is no file of an archive"):
        archive.holdings()


def test_where_an_archive_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMITY_ARCHIVE", raising=False)
    assert archive_of("there/amity.db") == Path("there/amity.archive")
    assert archive_of("sqlite:///there/amity.db") == Path("there/amity.archive")
    with pytest.raises(LedgerError, match="set AMITY_ARCHIVE"):
        archive_of("postgresql://host/amity")
    monkeypatch.setenv("AMITY_ARCHIVE", "/data/a")
    assert archive_of("postgresql://host/amity") == Path("/data/a")


def test_the_version_changes_with_what_is_held(archive: Archive) -> None:
    versions = [archive.version()]
    for digest in ("one", "two"):
        add(archive, digest, {"id": digest})
        versions.append(archive.version())
    assert archive.version() == versions[-1]
    assert len(set(versions)) == 3
