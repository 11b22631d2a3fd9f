"""The evaluation of arms: on a register made here, and on the real one where it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from amity.errors import InputError
from amity.evaluation import arms

REGISTER = """Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,\
Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,\
SIPRI TIV of delivered weapons
Azerbaijan,Israel,2011,,5,,Heron,UAV,5,,2013,New,,3,15,15
Azerbaijan,Israel,2008,,10,,Hermes-450,UAV,10,,2011; 2012,New,,2,20,20
Azerbaijan,Russia,2011,,100,,T-90S,tank,100,,2013; 2014,New,,4,400,400
Azerbaijan,Georgia,1996,?,6,,Su-25,ground attack aircraft,6,,2002,New,,1,6,6
Armenia,Russia,2018,,4,,Su-30MK,FGA aircraft,4,,2019,New,Produced under licence in Armenia,1,4,4
"""
VALUES = """supplier,recipient,year,value
Israel,Azerbaijan,2011,10
Israel,Azerbaijan,2012,10
Israel,Azerbaijan,2013,15
Russia,Azerbaijan,2013,200
Russia,Azerbaijan,2014,200
Russia,Armenia,2019,4
Russia,Belarus,1991,4
"""


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arms, "WORLDS", 5)
    monkeypatch.setattr(arms, "YEARS", (6,))


def folder(tmp_path: Path, *names: str) -> Path:
    (tmp_path / "states").mkdir()
    for name, text in (("sipri_trade_register.csv", REGISTER), ("sipri_tiv.csv", VALUES)):
        if name in names:
            (tmp_path / "states" / name).write_text(text)
    return tmp_path


def test_a_small_register_is_measured(tmp_path: Path) -> None:
    scores = arms.evaluate(folder(tmp_path, "sipri_trade_register.csv", "sipri_tiv.csv"))
    assert scores["register"]["lines"] == 5 and scores["register"]["both states known"] == 1.0
    assert scores["register"]["licensed production"] == 0.2 == scores["register"]["number estimated"] + 0.2
    since = scores["values"]["dyads, 1992 to 2019"]
    assert since["n"] == 7 and since["correlation"] > 0.99 and since["register / values"] == pytest.approx(445 / 439)
    named, strangers = (
        scores["matching"][name] for name in ("by designation, dated", "strangers, by designation, dated")
    )
    assert named["its line"] == 1.0 and strangers["an addition"] == 1.0
    assert all(sum(row.values()) == pytest.approx(1.0) for row in scores["matching"].values())


def test_what_is_needed_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no SIPRI register and values"):
        arms.evaluate(folder(tmp_path, "sipri_tiv.csv"))


def test_intervals_of_years_that_are_all_alike_miss_what_is_not_so() -> None:
    same = arms._as_years(np.tile([0.8, 0.15, 0.05], (6, 1)))
    assert arms._held([same], np.array([0.8, 0.15, 0.05]))["diversification off by"] == pytest.approx(0.0)
    assert arms._held([same], np.array([0.5, 0.3, 0.2]))["share held"] == 0.0


@pytest.mark.shared
def test_the_real_register_takes_back_its_lines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    states = Path("/work/shared/data/states")
    if not states.exists():
        pytest.skip(f"{states} is not here")
    (tmp_path / "states").mkdir()
    for name in ("sipri_trade_register.csv.gz", "sipri_tiv.csv.gz"):
        (tmp_path / "states" / name).symlink_to(states / name)
    monkeypatch.setattr(arms, "DRAWN", 60)
    monkeypatch.setattr(arms, "_next", lambda values: {})
    scores = arms.evaluate(tmp_path)
    assert scores["values"]["recipients, 1992 to 2021"]["correlation"] > 0.95
    assert scores["matching"]["by designation, dated"]["its line"] > 0.75
    assert scores["matching"]["strangers, by designation, dated"]["an addition"] == 1.0
