"""`amity alignment` on a small world of real states with planted alignment."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from amity.archive import Archive, archive_of
from amity.codebook import load
from tests.cli.conftest import Amity
from tests.structure.alignment.planted import STATES, planted, truth


@pytest.fixture(scope="module")
def names() -> tuple[str, ...]:
    """The poles, and states that there were in all years."""
    lasting = [one for one in load().states if one.cow_member and not one.term.end]
    old = [one.id for one in lasting if (start := one.cow_member[0].start) and start.year < 1990]
    others = [one for one in sorted(old) if one not in {"USA", "RUS", "CHN"}]
    return ("USA", "RUS", *others[: STATES - 2])


@pytest.fixture
def ledger(tmp_path: Path, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> str:
    """No ledger, but an archive with three tables where one would be."""
    monkeypatch.delenv("AMITY_ARCHIVE", raising=False)
    path = str(tmp_path / "amity.db")
    material, archive = planted(names=names), Archive(archive_of(path))
    for name in ("alliances", "votes", "deliveries"):
        with archive.adding("tables", name, "planted", "0") as intake:
            intake.write(getattr(material, name))
    return path


def near(names: tuple[str, ...]) -> str:
    """The state nearest to the first pole."""
    return names[int(truth()[2:].argmax()) + 2]


def test_a_table_for_people(amity: Amity, ledger: str, names: tuple[str, ...]) -> None:
    said = amity("alignment", near(names), "--poles", "USA,RUS", "-l", ledger)
    assert said.status == 0
    assert "aligned with USA" in said.out and "multi-vector index" in said.out
    assert "2009" in said.out and "+USA −RUS" in said.out
    assert "amity import" in said.err and "no events" in said.err


def test_rows_for_machines(amity: Amity, ledger: str, names: tuple[str, ...]) -> None:
    asked = ("alignment", near(names), "--poles", "USA,RUS", "-l", ledger, "--since", "2008", "-q")
    rows = list(csv.DictReader(io.StringIO(amity(*asked, "-f", "csv").out)))
    assert [row["year"] for row in rows] == ["2008", "2009"]
    assert float(rows[0]["alignment_low"]) < float(rows[0]["alignment"]) < float(rows[0]["alignment_high"])
    whole = json.loads(amity(*asked, "-f", "json").out)
    assert whole["state"] == near(names) and len(whole["alignments"]) == 2
    assert whole["alignments"][0]["alignment"]["value"] == pytest.approx(float(rows[0]["alignment"]))


@pytest.mark.parametrize("show", ["parts", "ties", "directions", "reliability"])
def test_everything_else_that_can_be_shown(amity: Amity, ledger: str, names: tuple[str, ...], show: str) -> None:
    asked = ("alignment", near(names), "--poles", "USA,RUS", "-l", ledger, "--show", show, "--since", "2009", "-q")
    told = amity(*asked) if show in {"parts", "ties"} else amity(*asked, "-f", "csv")
    assert told.status == 0 and "USA" in told.out and len(told.out.splitlines()) > 1


def test_evidence_names_what_figures_rest_on(amity: Amity, ledger: str, names: tuple[str, ...]) -> None:
    said = amity("alignment", near(names), "-l", ledger, "--show", "evidence", "--since", "2009", "-q", "-f", "jsonl")
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert {row["part"] for row in rows} == {"alliances", "votes", "arms"}
    assert {row["year"] for row in rows} == {2009}
    assert any(row["with"] == "USA" and "million TIV" in row["what"] for row in rows)


def test_a_figure(amity: Amity, ledger: str, names: tuple[str, ...], tmp_path: Path) -> None:
    asked = ("alignment", near(names), "--poles", "USA,RUS", "-l", ledger, "-q")
    said = amity(*asked, "--plot", tmp_path / "plane.svg")
    assert said.status == 0
    drawn = (tmp_path / "plane.svg").read_text()
    assert "hedging" in drawn and "disengaged" in drawn and "United States" in drawn
    assert amity(*asked, "--plot", tmp_path / "plane.txt").status == 2


def test_names_and_former_codes_are_understood(amity: Amity, ledger: str) -> None:
    said = amity("alignment", "Albania", "--poles", "United States,Soviet Union", "-l", ledger, "-q")
    assert said.status == 0 and "+USA −RUS" in said.out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("Narnia",), "Narnia"),
        (("ALB", "--poles", "USA"), "two or more"),
        (("ALB", "--poles", "USA,XXX"), "XXX"),
        (("ALB", "--since", "2009", "--until", "2001"), "after 2001"),
        (("ALB", "--since", "2050"), "2050"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(amity: Amity, ledger: str, arguments: tuple[str, ...], word: str) -> None:
    said = amity("alignment", *arguments, "-l", ledger)
    assert said.status == 2 and word in said.err and said.err.count("\n") == 1 and said.out == ""


def test_without_any_data_it_says_what_to_import(amity: Amity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMITY_ARCHIVE", raising=False)
    said = amity("alignment", "AZE", "-l", tmp_path / "none.db")
    assert said.status == 2 and "amity import" in said.err
