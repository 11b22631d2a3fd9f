"""`amity arms` on a ledger and a small register."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path

import pytest

from amity import codebook
from tests.cli.conftest import Amity

REGISTER = """Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,\
Number delivered, ,Year(s) of delivery,status,Comments,\
SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Azerbaijan,Israel,2011,?,24,,Heron,UAV,24,,2013,New,,3,15,15
Azerbaijan,Russia,2011,,100,,T-90S,tank,100,?,2013; 2014; 2015; 2016,New,,4,400,400
Azerbaijan,Israel,2023,,2,,OptSat-500,recce satellite,0,,,New,,1,2,0
"""


BOOK = cache(codebook.load)


@pytest.fixture
def ledger(stored: Path, tmp_path: Path, amity: Amity, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger that tells of 24 drones from Israel, and a register in an archive of its own."""
    monkeypatch.setenv("AMITY_ARCHIVE", str(tmp_path / "world.archive"))
    monkeypatch.setattr(codebook, "load", BOOK)
    (tmp_path / "register.csv").write_text(REGISTER)
    assert amity("import", "sipri-register", tmp_path / "register.csv", "-q").status == 0
    return stored


def test_the_summary_says_who_when_and_what_the_text_adds(amity: Amity, ledger: Path) -> None:
    said = amity("arms", "Azerbaijan", "-l", ledger)
    assert said.status == 0
    assert "Azerbaijan as recipient of arms, 2013-2016 (4 of 4 years covered): 2 suppliers" in said.out
    assert "Russia" in said.out and "diversification" in said.out and "3 transfers" in said.out
    assert "Use of these arms: none reported" in said.out
    assert "no values of deliveries by year: amity import sipri-tiv FILE" in said.err


def test_every_row_cites_its_line_and_claims(amity: Amity, ledger: Path) -> None:
    said = amity("arms", "AZE", "-l", ledger, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert all(row["register"] or row["claims"] for row in rows)
    heron = next(row for row in rows if row["designation"] == "Heron")
    assert heron["rests_on"] == "both" and heron["claims"] and heron["why"].startswith("the only line of that kind")
    assert (heron["ordered"], heron["ordered_year_estimated"], heron["differences"]) == ("24", "True", "")
    waiting = next(row for row in rows if row["designation"] == "OptSat-500")
    assert (waiting["delivered"], waiting["delivery_years"], waiting["rests_on"]) == ("0", "", "register")


def test_rows_by_partner_and_year_and_the_whole_record(amity: Amity, ledger: Path, tmp_path: Path) -> None:
    partners = json.loads(amity("arms", "AZE", "-l", ledger, "--by", "partner", "-f", "json").out)
    assert [(row["partner"], round(row["share"], 2)) for row in partners] == [("RUS", 0.96), ("ISR", 0.04)]
    years = json.loads(amity("arms", "AZE", "-l", ledger, "--by", "year", "-f", "json", "--since", 2016).out)
    (only,) = years
    assert (only["year"], only["partner"], only["amount"], only["share"]) == (2016, "RUS", 100.0, 1.0)
    assert only["from"] == "register" and only["diversification"] is None
    assert amity("arms", "AZE", "-l", ledger, "-f", "json", "-o", tmp_path / "arms.json").status == 0
    whole = json.loads((tmp_path / "arms.json").read_text())
    assert whole["state"] == "AZE" and len(whole["transfers"]) == 3
    assert "T-90S" in amity("arms", "AZE", "-l", ledger, "--by", "transfer").out


def test_suppliers_partners_and_who_arms_whom(amity: Amity, ledger: Path) -> None:
    said = amity("arms", "ISR", "--as", "supplier", "-l", ledger, "-f", "csv", "--with", "Azerbaijan")
    assert {row["recipient"] for row in csv.DictReader(io.StringIO(said.out))} == {"AZE"}
    flows = json.loads(amity("arms", "-l", ledger, "-f", "json").out)
    assert [(row["supplier"], row["recipient"], row["amount"]) for row in flows] == [
        ("RUS", "AZE", 400.0),
        ("ISR", "AZE", 15.0),
    ]


def test_figures_are_written(amity: Amity, ledger: Path, tmp_path: Path) -> None:
    for arguments, name in ((("AZE",), "aze.svg"), ((), "who.png")):
        said = amity("arms", *arguments, "-l", ledger, "-q", "--plot", tmp_path / name)
        assert said.status == 0 and not said.err and (tmp_path / name).stat().st_size > 5000
    assert "Russia" in (tmp_path / "aze.svg").read_text()


def test_mistakes_end_in_one_line(amity: Amity, ledger: Path, tmp_path: Path) -> None:
    ended = amity("arms", "Atlantis", "-l", ledger)
    assert ended.status == 2 and ended.err.startswith("amity: Atlantis: is no state") and ended.err.count("\n") == 1
    ended = amity("arms", "GEO", "-l", ledger, "--plot", tmp_path / "none.png")
    assert ended.status == 2 and "no amounts to draw for GEO" in ended.err
    ended = amity("arms", "--by", "year", "-l", ledger)
    assert ended.status == 2 and "need a state" in ended.err
