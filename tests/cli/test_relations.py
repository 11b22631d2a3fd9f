"""`amity relations` on a small world of real states in which one relation turned."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from amity import codebook
from amity.archive import Archive, archive_of
from amity.relations import learning
from tests.archive.rows import events
from tests.cli.conftest import Amity

STATES = ("ARM", "AZE", "GEO", "IRN", "RUS", "TUR")
KINDS = (
    {"type": "CONSULT", "quad": "verbal cooperation", "layer": "political", "plover": 2.5, "goldstein": 1.0},
    {"type": "ASSAULT", "quad": "material conflict", "layer": "military", "plover": -9.0, "goldstein": -10.0},
)
TURNED = 14


def made() -> list[dict[str, Any]]:
    """Twenty-four months; Armenia and Azerbaijan fight from `TURNED` on, and of June 2001 nothing is known."""
    rng = np.random.default_rng(1)
    rows = []
    for month in range(24):
        for one in STATES:
            for other in STATES:
                if one == other or month == 17:
                    continue
                fighting = {one, other} == {"ARM", "AZE"} and month >= TURNED
                for number in range(int(rng.poisson(8 if fighting else 3))):
                    kind = KINDS[int(rng.random() < (0.8 if fighting else 0.1))]
                    day = date(2000 + month // 12, month % 12 + 1, 1 + number % 28)
                    rows.append(kind | {"actor": one, "recipient": other, "day": day, "id": str(len(rows))})
    return rows


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """No ledger, but an archive where one would be."""
    path = str(tmp_path_factory.mktemp("relations") / "amity.db")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("AMITY_ARCHIVE", raising=False)
        archive = Archive(archive_of(path))
    with archive.adding("events", "made", "planted", "0") as intake:
        intake.write(events(*made()))
    return path


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMITY_ARCHIVE", raising=False)
    monkeypatch.setattr(learning, "STEPS", 30)
    monkeypatch.setattr(codebook, "load", lambda folder=None: book())


@cache
def book() -> codebook.Codebook:
    return LOAD(None)


LOAD = codebook.load


def test_two_states_in_plain_words(amity: Amity, ledger: str, tmp_path: Path) -> None:
    figure = tmp_path / "relation.svg"
    said = amity("relations", "Armenia", "AZE", "--ledger", ledger, "--plot", figure)
    assert said.status == 0, said.err
    lines = said.out.splitlines()
    assert lines[0].startswith("Armenia towards Azerbaijan: hostile, mostly material conflict")
    assert any("more hostile, valence from +" in line and "2001-0" in line for line in lines)
    assert any("23 of 24 months covered; unknown: 2001-06-01 – 2001-06-30" in line for line in lines)
    assert any(line.startswith("Azerbaijan towards Armenia: hostile") for line in lines)
    assert any("2001-06" in line and "unknown" in line for line in lines)
    assert "Armenia → Azerbaijan" in figure.read_text()


def test_a_series_as_rows(amity: Amity, ledger: str) -> None:
    said = amity("relations", "ARM", "AZE", "-l", ledger, "--format", "csv", "--since", "2001", "--until", "2001-08")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert len(rows) == 16 and rows[0]["start"] == "2001-01-01"
    unknown = [row for row in rows if row["start"] == "2001-06-01"]
    assert all(row["count"] == "" and row["covered"] == "False" and float(row["intensity"]) > 0 for row in unknown)
    for row in rows:
        assert float(row["valence_low"]) <= float(row["valence"]) <= float(row["valence_high"])


def test_everything_as_one_record(amity: Amity, ledger: str) -> None:
    found = json.loads(amity("relations", "ARM", "AZE", "-l", ledger, "--format", "json", "--both").out)
    assert [one["derived"] for one in found["relations"]] == [False, False, True]
    assert found["scanned"] == 4 and found["sensitivities"][0]["scale"] == "goldstein"
    assert len(found["asymmetries"]) == 24
    turned = {turn["aspect"] for turn in found["relations"][0]["changes"]}
    assert "valence" in turned
    ids = {mover["id"] for period in found["moved"] for mover in period["movers"]}
    assert ids and ids <= {row["id"] for row in made()}


def test_what_moved_it(amity: Amity, ledger: str) -> None:
    rows = json.loads(amity("relations", "ARM", "AZE", "-l", ledger, "--moved", "2000-05", "--format", "json").out)
    assert all(period["start"] == "2000-05-01" for period in rows["moved"])
    told = amity("relations", "ARM", "AZE", "-l", ledger, "--show", "moved", "--format", "jsonl").out.splitlines()
    assert told and sum(json.loads(line)["type"] == "ASSAULT" for line in told) > len(told) / 2


@pytest.mark.parametrize("show", ["changes", "moved", "scales", "asymmetry"])
def test_everything_can_be_shown(amity: Amity, ledger: str, show: str) -> None:
    assert amity("relations", "ARM", "AZE", "-l", ledger, "--show", show).status == 0


def test_layers(amity: Amity, ledger: str) -> None:
    said = amity("relations", "ARM", "AZE", "-l", ledger, "--layer", "each", "--format", "csv", "--by", "quarter")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert {row["layer"] for row in rows} == {"", "military", "political"}
    assert all(float(row["valence"]) < 0 for row in rows if row["layer"] == "military")


def test_partners(amity: Amity, ledger: str, tmp_path: Path) -> None:
    figure = tmp_path / "partners.png"
    said = amity("relations", "Armenia", "--ledger", ledger, "--most", "3", "--plot", figure)
    assert said.status == 0 and figure.stat().st_size > 1000
    table = said.out.split("\n\n")[1].splitlines()
    assert len(table) == 4 and table[1].startswith("Azerbaijan") and "more hostile" in table[1]
    rows = amity("relations", "ARM", "-l", ledger, "--format", "jsonl").out.splitlines()
    assert sum(json.loads(row)["share"] for row in rows) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ARM", "ARM"), "ARM: has no relation to itself"),
        (("ARM", "BRA"), "BRA: nothing was recorded of it with another state in made"),
        (("ARM", "QQQ"), "QQQ: is no state that the codebook knows"),
        (
            ("ARM", "AZE", "--layer", "economic"),
            "--layer economic: made has no event on it; it has military, political",
        ),
        (("ARM", "AZE", "--layer", "astral"), "--layer astral: is no layer"),
        (("ARM", "AZE", "--since", "1990", "--until", "1991"), "lies outside of what is covered"),
        (("ARM", "AZE", "--since", "soon"), "--since: 'soon' is no date"),
        (("ARM", "AZE", "--moved", "1999-01"), "--moved 1999-01-01: lies outside"),
        (("ARM", "--until", "1990"), "--until 1990-12-31: lies before"),
        (("ARM", "AZE", "--dataset", "none"), "no data set that is held (made)"),
        (("ARM", "AZE", "--plot", "figure.gif"), "figure.gif: a figure is written as"),
    ],
)
def test_what_cannot_be_told_is_said(amity: Amity, ledger: str, arguments: tuple[str, ...], message: str) -> None:
    said = amity("relations", *arguments, "--ledger", ledger)
    assert said.status == 2 and message in said.err and said.err.count("\n") == 1, said.err
