"""`amity complexes` on a small archive: two regions with enemies inside, and a superpower that reaches into one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from amity.archive import Archive
from amity.records.events import EVENTS, TABLES
from tests.cli.conftest import Amity

SOUTH, WEST = ("IND", "PAK", "BGD", "LKA", "NPL"), ("IRN", "IRQ", "SAU", "KWT", "ARE")


def _event(number: int, actor: str, recipient: str, day: date, kind: str) -> dict[str, object]:
    return {
        "dataset": "made",
        "id": f"e{number}",
        "day": day,
        "until": day,
        "known": day,
        "actor": actor,
        "recipient": recipient,
        "type": kind,
        "quad": "material conflict" if kind == "ASSAULT" else "verbal cooperation",
        "layer": "military" if kind == "ASSAULT" else "political",
        "plover": -9.0 if kind == "ASSAULT" else 2.5,
        "count": 1,
        "certainty": 0.9,
    }


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    rng = np.random.default_rng(0)
    rows: list[dict[str, object]] = []
    for year in (2010, 2011, 2012):
        for group in (SOUTH, WEST):
            for one in group:
                for other in group:
                    if one != other:
                        for _ in range(int(rng.poisson(3))):
                            kind = "ASSAULT" if rng.random() < 0.7 else "CONSULT"
                            rows.append(_event(len(rows), one, other, date(year, int(rng.integers(1, 13)), 5), kind))
        for other in WEST:
            for month in range(1, 13):
                rows.append(_event(len(rows), "USA", other, date(year, month, 9), "ASSAULT"))
        rows += [_event(len(rows) + n, "USA", "IND", date(year, 2, 2), "ASSAULT") for n in range(4)]
    rows.append(_event(len(rows), "FJI", "TON", date(2011, 3, 3), "ASSAULT"))
    archive = Archive(folder / "w.archive")
    with archive.adding("events", "made", "made", "made") as intake:
        intake.write(pa.Table.from_pylist(rows, schema=EVENTS))
    sizes = [
        {"state": state, "year": 2012, "cinc": size}
        for state, size in {"IND": 0.07, "PAK": 0.01, "BGD": 0.005, "USA": 0.15, "IRN": 0.012, "SAU": 0.01}.items()
    ]
    with archive.adding("tables", "capabilities", "made", "made") as intake:
        intake.write(pa.Table.from_pylist(sizes, schema=TABLES["capabilities"]))
    return folder / "w.db"


def test_it_says_who_belongs_together_and_on_what_that_rests(amity: Amity, ledger: Path) -> None:
    said = amity("complexes", "--ledger", ledger, "--at", "2012")
    assert said.status == 0
    assert "2 complexes at 2012-12-31" in said.out
    assert "Southern Asia (IND, PAK)" in said.out and "BGD IND LKA NPL PAK" in said.out
    assert "unipolar" in said.out and "CINC" in said.out
    assert "superpower, held out: at home in Western Asia" in said.out
    assert "too little evidence: FJI TON" in said.out
    assert "no alliances (amity import atop FILE)" in said.err


def test_one_state(amity: Amity, ledger: Path) -> None:
    said = amity("complexes", "--ledger", ledger, "--state", "Pakistan", "--quiet")
    assert said.out.startswith("Pakistan belongs to Southern Asia") and not said.err
    assert "FJI" not in said.out
    alone = amity("complexes", "--ledger", ledger, "--state", "FJI")
    assert "Fiji is in no complex" in alone.out and "too little evidence" in alone.out


def test_ties_lead_to_events(amity: Amity, ledger: Path) -> None:
    said = amity("complexes", "--ledger", ledger, "--show", "ties", "--evidence", "2", "--format", "json", "--quiet")
    ties = json.loads(said.out)
    assert all(tie["low"] <= tie["ratio"] <= tie["high"] for tie in ties)
    ids = [one for tie in ties for one in tie["ids"].split()]
    assert ids and all(one.startswith("made:e") for one in ids)


@pytest.mark.parametrize("show", ["members", "reach"])
def test_rows(amity: Amity, ledger: Path, show: str) -> None:
    said = amity("complexes", "--ledger", ledger, "--show", show, "--format", "csv", "--quiet")
    lines = said.out.splitlines()
    assert said.status == 0 and len(lines) > 1 and "complex" in lines[0]


def test_everything_as_json(amity: Amity, ledger: Path) -> None:
    found = json.loads(amity("complexes", "--ledger", ledger, "--format", "json", "--quiet").out)
    assert {one["id"] for one in found["complexes"]} >= {found["powers"][0]["home"]}
    assert found["covered"] == found["periods"] == 3


def test_histories_and_figures(amity: Amity, ledger: Path, tmp_path: Path) -> None:
    said = amity("complexes", "--ledger", ledger, "--by", "year", "--plot", tmp_path / "h.svg", "--quiet")
    assert "2 complexes from 2010-01-01 to 2012-12-31, 3 years" in said.out
    assert (tmp_path / "h.svg").stat().st_size > 1000
    assert amity("complexes", "--ledger", ledger, "--plot", tmp_path / "c.png", "--quiet").status == 0
    assert (tmp_path / "c.png").stat().st_size > 1000
    rows = json.loads(
        amity("complexes", "--ledger", ledger, "--by", "year", "--state", "PAK", "--format", "json", "--quiet").out
    )
    assert [row["at"] for row in rows] == ["2010-12-31", "2011-12-31", "2012-12-31"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--at", "1890"), "none lies in the time"),
        (("--at", "soon"), "is no date"),
        (("--state", "DEU"), "takes part in no event"),
        (("--hold-out", "QQQ"), "is no state's code"),
        (("--half-life", "0"), "must be at least"),
        (("--since", "2010"), "belongs to histories"),
        (("--by", "year", "--at", "2012"), "is a single day"),
        (("--show", "turns"), "belongs to histories"),
        (("--plot", "x.bmp"), "a figure is written as"),
        (("--layer", "cultural"), None),
    ],
)
def test_what_cannot_be_meant_is_said(
    amity: Amity, ledger: Path, arguments: tuple[str, ...], reason: str | None
) -> None:
    said = amity("complexes", "--ledger", ledger, "--quiet", *arguments)
    if reason is None:
        assert said.status == 0 and said.out.startswith("0 complexes")
    else:
        assert said.status == 2 and reason in said.err and said.err.count("\n") == 1
