"""`amity import` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Amity
from tests.sources.datasets import files
from tests.sources.datasets.test_events import ENTITIES, RELATIONS, VISIT


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMITY_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_alone_it_lists_formats_and_what_is_held(amity: Amity) -> None:
    said = amity("import")
    assert said.status == 0
    for word in ("icews ", "polecat ", "gdelt1 ", "gdelt2 ", "acled ", "ucdp-ged ", "quadruples ", "dyad-years "):
        assert word in said.out
    assert "Nothing is held in amity.archive yet." in said.out
    assert not Path("amity.archive").exists()


def test_a_folder_is_imported_by_its_name_alone(amity: Amity, tmp_path: Path) -> None:
    files.quadruples(tmp_path / "icews14-small", ENTITIES, RELATIONS, [(0, 0, 1, 0), (2, 0, 1, 24)])
    said = amity("import", "icews14-small")
    assert said.status == 0
    assert said.err == "2 rows, 1 file, 1 row with a name unresolved (amity import --unresolved lists them)\n"
    listed = amity("import")
    assert "icews14-small" in listed.out
    assert "2014-01-01" in listed.out
    (held,) = json.loads(amity("import", "--format", "json").out)
    assert (held["name"], held["rows"], held["unresolved"]) == ("icews14-small", 2, 1)
    unresolved = json.loads(amity("import", "--unresolved", "--format", "json").out)
    assert unresolved == [{"dataset": "icews14-small", "name": "Ruritanian Weavers", "rows": 1}]


def test_files_of_a_format(amity: Amity, tmp_path: Path) -> None:
    files.write(tmp_path / "a.tab", files.icews(VISIT, VISIT | {"Event Date": "?"}))
    said = amity("import", "icews", "*.tab", "--ledger", "other.db")
    assert said.status == 0
    assert "a.tab: 1 row left out: no event date (a.tab:3)" in said.err
    assert Path("other.archive").is_dir()
    again = amity("import", "icews", "a.tab", "--ledger", "other.db", "--quiet")
    assert (again.status, again.err) == (0, "")
    told = amity("import", "icews", "a.tab", "--ledger", "other.db")
    assert "held already" in told.err


def test_failures_are_told_in_one_line_each_and_by_the_status(amity: Amity, tmp_path: Path) -> None:
    files.write(tmp_path / "a.tab", files.icews(VISIT).replace("Target Name", "Name of target"))
    said = amity("import", "icews", "a.tab", "missing.tab", "--quiet")
    assert said.status == 1
    assert len(said.err.splitlines()) == 2
    assert "lacks columns: Target Name" in said.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["icew", "a.tab"], "did you mean icews?"),
        (["icews"], "needs files"),
        (["icews", "a.tab", "--first", "soon"], "'soon' is no date"),
        (["icews", "a.tab", "--name", "../../elsewhere"], "is no name for a data set"),
        (["--remove", "icews"], "nothing is held under this name"),
    ],
)
def test_wrong_usage(arguments: list[str], told: str, amity: Amity) -> None:
    said = amity("import", *arguments)
    assert said.status == 2
    assert told in said.err


@pytest.mark.parametrize("word", ["missing.tab", "there/missing", "*.tab"])
def test_a_word_that_looks_like_a_file_is_no_format(word: str, amity: Amity) -> None:
    said = amity("import", word, "--quiet")
    assert (said.status, said.err) == (1, f"amity: {word}: is no file, no folder, and matches none\n")


def test_removing(amity: Amity, tmp_path: Path) -> None:
    files.write(tmp_path / "a.tab", files.icews(VISIT))
    amity("import", "icews", "a.tab", "--name", "mine")
    said = amity("import", "--remove", "mine")
    assert (said.status, said.err) == (0, "amity: mine: 1 file taken out of amity.archive\n")
    assert "Nothing is held" in amity("import").out


def test_names_are_listed_only_of_what_is_held(amity: Amity) -> None:
    said = amity("import", "--unresolved", "icews14")
    assert said.status == 2 and "icews14: nothing is held under this name" in said.err
