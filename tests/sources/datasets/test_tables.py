"""Importers of tables of states, on small files written here and on the research data where they are."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from amity import codebook
from amity.errors import InputError
from amity.records.events import TABLES
from amity.sources.datasets import FORMATS, Desk, Source

SHARED = Path("/work/shared/data")
Made = tuple[list[dict[str, Any]], dict[str, int]]


@cache
def book() -> codebook.Codebook:
    return codebook.load()


def made(name: str, path: Path) -> Made:
    """The rows of a file, and how many were rejected for which reason (without the lines)."""
    desk = Desk(book=book())
    delivery = FORMATS[name].read(Source(path), desk)
    rows = []
    for batch in delivery.rows:
        assert batch.schema == TABLES[delivery.name]
        rows += batch.to_pylist()
    return rows, dict(desk.rejects.counts)


def written(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


# Numbers that pass from state to state --------------------------------------------------------------------------------


def test_alliances_are_kept_once_under_the_states_of_the_year(tmp_path: Path) -> None:
    text = """ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
365,345,1950,0,0,0,1,0
345,365,1950,0,0,0,1,0
345,365,2010,0,0,0,0,1
2,20,1950,1,0,0,0,1
20,2,1950,1,0,0,0,0
2,20,1930,1,0,0,0,0
2,2,1950,1,0,0,0,0
2,999,1950,1,0,0,0,0
2,200,1950,0,0,0,0,0
"""
    rows, rejected = made("atop", written(tmp_path, text))
    assert [(row["a"], row["b"], row["year"]) for row in rows] == [
        ("SUN", "YUG", 1950),
        ("RUS", "SRB", 2010),
        ("CAN", "USA", 1950),
    ]
    assert rows[2]["defense"] and rows[2]["consultation"] and not rows[2]["offense"]
    assert rejected == {
        "before 1945": 1,
        "a state allied with itself": 1,
        "held by no state then: COW number 999": 1,
    }


def test_numbers_that_no_state_had_are_told_together(tmp_path: Path) -> None:
    rows = "".join(f"{number},2000,1,1,1,1,1,1,0.1\n" for number in (2, 999, 998, 999))
    _, rejected = made("nmc", written(tmp_path, f"ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n{rows}"))
    assert rejected == {"held by no state then: COW numbers 999 (2), 998 (1)": 3}


def test_the_original_atop_dyad_years_are_read_too(tmp_path: Path) -> None:
    text = "dyad,mem1,mem2,year,atopally,defense,offense,neutral,nonagg,consul\n2020,2,20,1999,1,1,0,0,0,1\n"
    rows, rejected = made("atop", written(tmp_path, text.replace(",", "\t"), "atop5_1dy.tab"))
    assert rows == [
        {
            "a": "CAN",
            "b": "USA",
            "year": 1999,
            "defense": True,
            "offense": False,
            "neutrality": False,
            "nonaggression": False,
            "consultation": True,
        }
    ]
    assert not rejected


def test_of_two_rows_for_a_united_state_the_one_of_the_longer_part_counts(tmp_path: Path) -> None:
    text = """stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version
GMY,255,1990,900,-9,0,1,80,50,0.05,6
GFR,260,1990,700,480,0,1,60,40,0.04,6
YAR,678,1990,5,60,0,1,9,1,0.001,6
YEM,679,1990,7,65,0,1,12,1,0.002,6
"""
    rows, rejected = made("nmc", written(tmp_path, text))
    assert {(row["state"], row["year"]) for row in rows} == {("DEU", 1990), ("YEM", 1990)}
    assert rejected == {"a second row of the same state and year": 2}
    assert rows[0]["personnel"] is None or rows[0]["personnel"] == 480


def test_contiguity_is_cut_where_a_number_passes_to_another_state(tmp_path: Path) -> None:
    text = """ccode1,ccode2,conttype,stdate,enddate
345,310,1,1945-01-01,2016-12-01
310,345,1,1945-01-01,2016-12-01
345,310,0,1945-01-01,1950-12-01
2,20,1,1920-01-01,1930-01-01
"""
    rows, rejected = made("contiguity", written(tmp_path, text))
    assert {(row["a"], row["b"], str(row["start"]), str(row["end"])) for row in rows} == {
        ("HUN", "YUG", "1945-01-01", "2003-02-03"),
        ("HUN", "SCG", "2003-02-04", "2006-06-04"),
        ("HUN", "SRB", "2006-06-05", "2016-12-01"),
    }
    assert rejected == {"no contiguity: kind 0": 1, "before 1945": 1}


def test_years_and_months_of_contiguity_make_spells(tmp_path: Path) -> None:
    yearly = "dyad,state1no,state1ab,state2no,state2ab,year,conttype,version\n" + "".join(
        f"2020,{one},X,{other},Y,{year},1,3.2\n" for year in (1990, 1991, 1995) for one, other in ((2, 20), (20, 2))
    )
    rows, _ = made("contiguity", written(tmp_path, yearly, "contdird.csv"))
    assert [(row["start"], row["end"]) for row in rows] == [
        (date(1990, 1, 1), date(1991, 12, 31)),
        (date(1995, 1, 1), date(1995, 12, 31)),
    ]
    monthly = "state1no,state2no,conttype,begin,end\n2,20,1,194501,199102\n"
    rows, _ = made("contiguity", written(tmp_path, monthly, "contdir.csv"))
    assert [(row["start"], row["end"]) for row in rows] == [(date(1945, 1, 1), date(1991, 2, 28))]


def test_capitals_and_leaders_follow_the_state(tmp_path: Path) -> None:
    text = "ccode,statenme,capital,stdate,enddate,lat,lng\n365,Russia,Moscow,1922-12-30,2024-12-31,55.75,37.62\n"
    rows, _ = made("capitals", written(tmp_path, text))
    assert [(row["state"], row["latitude"]) for row in rows] == [("SUN", 55.75), ("RUS", 55.75)]

    text = """obsid,gwcode,leader,startdate,enddate
RUS-1991,365,Yeltsin,1991-08-29,1999-12-31
YEM-1990,679,Saleh,1990-05-22,2012-02-27
USA-1933,2,Somebody,1933-03-04,1944-01-01
"""
    rows, rejected = made("archigos", written(tmp_path, text))
    assert [(row["state"], row["name"], str(row["start"]), str(row["end"])) for row in rows] == [
        ("SUN", "Yeltsin", "1991-08-29", "1991-12-25"),
        ("RUS", "Yeltsin", "1991-12-26", "1999-12-31"),
        ("YEM", "Saleh", "1990-05-22", "2012-02-27"),
    ]
    assert rejected == {"before 1945": 1}


def test_a_reign_ends_where_the_next_begins_that_month(tmp_path: Path) -> None:
    text = """stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear
USA,2,1,First,12,4,1945,1,1953
USA,2,2,Second,20,1,1953,1,1961
USA,2,3,Third,31,2,1961,,
USA,2,4,Fourth,20,1,1969,,
"""
    rows, rejected = made("reign", written(tmp_path, text))
    assert [(row["name"], row["end"]) for row in rows] == [
        ("First", date(1953, 1, 20)),
        ("Second", date(1961, 1, 31)),
        ("Fourth", None),
    ]
    assert rejected == {"no state, leader or time": 1}


def test_one_series_of_ideal_points_is_taken(tmp_path: Path) -> None:
    text = """ccode,iso3c,countryname,year,idealpointfp,idealpointall,nvotesfp,q5fp,q95fp,nvotesall,q5all,q95all
2,USA,United States,1950,2.0,1.5,30,1.8,2.2,60,1.4,1.6
369,UKR,Ukraine,1950,-2.0,-1.5,30,-2.2,-1.8,60,-1.6,-1.4
20,CAN,Canada,1951,,1.0,,,,60,0.9,1.1
"""
    rows, _ = made("unga", written(tmp_path, text))
    assert [(row["state"], row["ideal"], row["low"], row["votes"]) for row in rows] == [
        ("USA", 2.0, 1.8, 30),
        ("UKR", -2.0, -2.2, 30),
    ]
    older = "ccode,session,IdealPoint,NVotes\n2,5,1.25,40\n"
    rows, _ = made("unga", written(tmp_path, older, "older.csv"))
    assert [(row["state"], row["year"], row["ideal"], row["low"]) for row in rows] == [("USA", 1950, 1.25, None)]


# Arms -----------------------------------------------------------------------------------------------------------------

REGISTER = """Trade register of somebody,,,,,,,,,,,,,,,
Created today,,,,,,,,,,,,,,,

Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,\
Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Freedonia*,Türkiye,2011,?,5,?,Kite Ü,UAV,5,,2013,New,,3,15,15
Viet Nam,Soviet Union,1964,,10,,Hammer-1,tank,10,?,1965; 1966,New,,1,10,10
Viet Nam,Russia,1990,,10,,Hammer-2,tank,,,,New,"Produced under licence in Viet Nam, as Anvil",1,10,
Viet Nam,Russia,1990,?,10,,Hammer-3,tank,4,,1999,New,For 4 carriers (produced under licence in Viet Nam);
:half of them,1,10,4
Viet Nam,Russia,1990,?,10,,Hammer-4,engine of love,4,,1999,New,Possibly produced under licence in Viet Nam,1,10,4
short,row
"""


def test_the_register_is_read_below_its_preamble(tmp_path: Path) -> None:
    rows, rejected = made("sipri-register", written(tmp_path, REGISTER, encoding="latin-1"))
    first, second, third, fourth, fifth = rows
    assert (first["supplier"], first["recipient"], first["recipient_name"]) == ("TUR", None, "Freedonia*")
    assert (first["ordered_estimated"], first["number_estimated"], first["delivered_estimated"]) == (True, True, False)
    assert (first["designation"], first["category"], first["id"]) == ("Kite Ü", "drone", "line 5")
    assert (second["supplier"], second["recipient"], second["delivery_years"]) == ("SUN", "VDR", [1965, 1966])
    assert second["delivered_estimated"] and not second["ordered_estimated"]
    assert (third["delivered"], third["tiv_delivered"], third["delivery_years"]) == (None, None, [])
    assert [row["licence"] for row in rows] == [False, False, True, False, None]
    assert fourth["comment"].endswith(";:half of them") and fourth["tiv_delivered"] == 4
    assert fifth["category"] is None
    assert rejected == {"not 16 columns": 1}


def test_deliveries_of_a_deal_become_one_order(tmp_path: Path) -> None:
    text = """Some transfers database

Deal ID;Seller;Buyer;Designation;Description;Armament category;Order date;Order date is estimate;Numbers delivered;\
Numbers delivered is estimate;Delivery year;Delivery year is estimate;Status;SIPRI estimate;TIV deal unit;\
TIV delivery values;Local production
7;Israel;Azerbaijan;Kite;UAV;Aircraft;2011;Yes;2;No;2012;No;New;1;1;2;Yes
7;Israel;Azerbaijan;Kite;UAV;Aircraft;2011;Yes;3;Yes;2014;No;New;1;1;3;Yes
8;Israel;Unknown country;Kite;UAV;Aircraft;2011;No;1;No;2014;No;New;1;1;1;No
"""
    rows, rejected = made("sipri-register", written(tmp_path, text, "deals.txt"))
    deal = rows[0]
    assert (deal["id"], deal["number"], deal["delivered"], deal["tiv_delivered"]) == ("7", None, 5, 5.0)
    assert (deal["delivery_years"], deal["licence"], deal["ordered_estimated"]) == ([2012, 2014], True, True)
    assert deal["delivered_estimated"]
    assert rows[1]["recipient"] is None and rejected == {}
    renamed = (
        text.replace("Deal ID", "SIPRI AT Database ID").replace("Seller", "Supplier").replace("Buyer", "Recipient")
    )
    again, _ = made("sipri-register", written(tmp_path, renamed.replace(";", ","), "deals.csv"))
    assert again == rows


def test_values_come_in_rows_or_as_matrices(tmp_path: Path) -> None:
    text = (
        "supplier,recipient,year,value,other\nIsrael,Azerbaijan,2012,15,x\nIsrael,NATO**,2013,1,x\nIsrael,,2013,1,x\n"
    )
    rows, rejected = made("sipri-tiv", written(tmp_path, text))
    assert [(row["supplier"], row["recipient"], row["year"], row["tiv"]) for row in rows] == [
        ("ISR", "AZE", 2012, 15.0),
        ("ISR", None, 2013, 1.0),
    ]
    assert rejected == {"no supplier, recipient, year or value": 1}

    title = '"TIV of arms exports from Israel, 2012-2013"\nGenerated today\n\n'
    exports = f"{title},2012,2013,Total\nAzerbaijan,15,,15\nTotal,15,0,15\n"
    rows, _ = made("sipri-tiv", written(tmp_path, exports, "exports.csv", "latin-1"))
    assert [(row["supplier"], row["recipient"], row["year"], row["tiv"]) for row in rows] == [
        ("ISR", "AZE", 2012, 15.0)
    ]
    imports = "TIV of arms imports to Azerbaijan, 2012-2013\n\n,2012,2013,Total\nIsrael,15,0.5,15.5\n"
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as packed:
        packed.writestr("exports.csv", exports)
        packed.writestr("imports.csv", imports)
    rows, _ = made("sipri-tiv", tmp_path / "both.zip")
    assert [(row["supplier"], row["year"]) for row in rows] == [("ISR", 2012), ("ISR", 2012), ("ISR", 2013)]


def test_a_file_of_another_format_is_told_by_what_is_missing(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2\n")
    for name in ("atop", "nmc", "contiguity", "capitals", "unga", "archigos", "reign", "sipri-register", "sipri-tiv"):
        with pytest.raises(InputError, match="lacks columns"):
            made(name, path)
    untitled = written(tmp_path, ",2012,2013,Total\nIsrael,15,1,16\n")
    with pytest.raises(InputError, match="no title says whose"):
        made("sipri-tiv", untitled)


# On the research data -------------------------------------------------------------------------------------------------


def real(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


@pytest.mark.shared
def test_the_real_register_is_whole() -> None:
    path = real("states/sipri_trade_register.csv.gz")
    rows, rejected = made("sipri-register", path)
    with gzip.open(path) as file:
        cut = 2
        assert len(rows) == sum(1 for _ in file) - 1 - cut
    assert not rejected
    known = sum(row["supplier"] is not None and row["recipient"] is not None for row in rows)
    assert known > 0.97 * len(rows)
    assert all(row["category"] for row in rows)
    nobody = {row["recipient_name"] for row in rows if row["recipient"] is None}
    assert {name for name in nobody if not name.endswith("*")} <= {"unknown recipient(s)", "Libya GNC"}
    vietnam = [row for row in rows if row["recipient_name"] == "Viet Nam"]
    assert {row["recipient"] for row in vietnam if max(row["delivery_years"], default=9999) < 1976} == {"VDR"}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "file", "least"),
    [
        ("atop", "states/atop_alliance.csv.gz", 120_000),
        ("nmc", "states/cow_nmc.csv.gz", 11_000),
        ("contiguity", "states/cow_contdir.csv", 600),
        ("capitals", "states/cow_capitals.csv", 200),
        ("capitals", "states/gw_capitals.csv", 200),
        ("unga", "states/unga_idealpoints.csv.gz", 11_000),
        ("archigos", "states/archigos.csv.gz", 2_000),
        ("reign", "actors/reign_leaders.csv", 2_300),
        ("sipri-tiv", "states/sipri_tiv.csv.gz", 21_000),
    ],
)
def test_real_tables_are_read(name: str, file: str, least: int) -> None:
    rows, _ = made(name, real(file))
    assert len(rows) >= least
    if "a" in rows[0]:
        assert all(row["a"] < row["b"] for row in rows)
    if "start" in rows[0] and name != "contiguity":
        assert all(row["end"] is None or row["start"] <= row["end"] for row in rows)
