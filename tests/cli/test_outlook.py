"""`amity outlook` and `amity backtest`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Amity
from tests.outlook import events


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return events.archive(tmp_path_factory.mktemp("archive"), months=24).folder


@pytest.fixture
def asked(amity: Amity, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Amity:
    monkeypatch.setenv("AMITY_ARCHIVE", str(folder))
    monkeypatch.setattr("amity.pipeline.outlook.LOOKS", 3)
    return lambda *arguments: amity(*arguments, "--ledger", tmp_path / "none.db")


def test_outlook_tells_and_draws(asked: Amity, tmp_path: Path) -> None:
    figure = tmp_path / "outlook.svg"
    said = asked("outlook", "Azerbaijan", "IRN", "--horizon", 3, "--plot", figure)
    assert said.status == 0, said.err
    assert "AZE towards IRN, in the next 3 months:" in said.out and "IRN towards AZE" in said.out
    assert "a worsening" in said.out and "24 of 24 months covered" in said.out
    drawn = figure.read_text(encoding="utf-8")
    assert "What to expect from 2012-01-01 on" in drawn and "AZE → IRN: conflict" in drawn


def test_outlook_as_json_and_rows(asked: Amity) -> None:
    there, back = json.loads(asked("outlook", "AZE", "IRN", "--horizon", 1, "-f", "json").out)
    assert (there["actor"], back["actor"]) == ("AZE", "IRN") and there["origin"] == "2012-01-01"
    rows = list(csv.DictReader(io.StringIO(asked("outlook", "AZE", "IRN", "--horizon", 1, "-f", "csv", "-q").out)))
    assert {row["target"] for row in rows} >= {"conflict", "cooperation", "ASSAULT"} and len(rows) == 10
    assert all(float(row["low"]) <= float(row["median"]) <= float(row["high"]) for row in rows)


def test_backtest_tells_and_draws(asked: Amity, tmp_path: Path) -> None:
    figure = tmp_path / "reliability.png"
    options = ("--dyads", 20, "--every", 8, "--horizon", 1, "--target", "ASSAULT", "--target", "conflict")
    said = asked("backtest", *options, "--plot", figure)
    assert said.status == 0, said.err
    assert "conflict, 1 month ahead: CRPS" in said.out and "ASSAULT, 1 month ahead" in said.out
    assert "outlook minus it" in said.out and figure.stat().st_size > 10_000
    found = json.loads(asked("backtest", *options, "-f", "json").out)
    assert found["origins"] == 2 and {one["target"] for one in found["scores"]} == {"ASSAULT", "conflict"}
    rows = list(csv.DictReader(io.StringIO(asked("backtest", *options, "-f", "csv").out)))
    assert len(rows) == 16 and rows[0]["method"] == "outlook"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("outlook", "AZE", "AZE"), "named twice"),
        (("outlook", "AZE", "IRN", "--since", "soon"), "'soon' is no date"),
        (("outlook", "AZE", "IRN", "--dataset", "none"), "amity import"),
        (("outlook", "AZE", "IRN", "--by", "year"), "fewer than 6 whole years"),
        (("backtest", "--target", "weather"), "nothing to forecast"),
        (("backtest", "--start", "2031-01-01"), "nothing to compare with"),
    ],
)
def test_wrong_questions_end_in_a_line(asked: Amity, arguments: tuple[object, ...], reason: str) -> None:
    said = asked(*arguments)
    assert said.status != 0 and reason in said.err and said.err.count("\n") == 1 and not said.out


@pytest.mark.parametrize("verb", ["outlook AZE IRN", "relations AZE IRN", "whatif -s AZE:IRN:+2"])
def test_dates_may_be_years_and_what_is_not_there_is_told(asked: Amity, verb: str) -> None:
    turned = asked(*verb.split(), "--since", "2012", "--until", "2011-05")
    assert turned.status == 2 and "2012-01-01: lies after 2011-05-31, the end of what was asked" in turned.err
    other = asked(*verb.split(), "--dataset", "nothing")
    assert other.status == 2 and other.err.startswith("amity: nothing: is no") and "made" in other.err
