"""Whatever stands in the cells, importers of tables of states give rows of the schema or say what is wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity import codebook
from amity.errors import InputError
from amity.records.events import TABLES
from amity.sources.datasets import FORMATS, Desk, Source

HEADERS = {
    "atop": "mem1,mem2,year,defense,offense,neutral,nonagg,consul",
    "nmc": "ccode,year,milex,milper,irst,pec,tpop,upop,cinc",
    "contiguity": "ccode1,ccode2,conttype,stdate,enddate,begin,end,year",
    "capitals": "ccode,capital,stdate,enddate,lat,lng",
    "unga": "ccode,iso3c,year,session,idealpointfp,q5fp,q95fp,nvotesfp",
    "archigos": "gwcode,leader,startdate,enddate",
    "reign": "ccode,leader,sdate,smonth,syear,emonth,eyear",
    "sipri-register": "Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,"
    "Number delivered,,Year(s) of delivery,status,Comments,SIPRI TIV of delivered weapons",
    "sipri-tiv": "supplier,recipient,year,value",
}
NUMBERS = (
    "",
    "0",
    "1",
    "2",
    "12",
    "20",
    "345",
    "1991",
    "199113",
    "9999",
    "-1",
    "-9",
    "99999999999",
    "1e300",
    "nan",
    "inf",
)
WORDS = ("1991-12-26", "20010911", "2014; 1991; 0000", "1;2", "Viet Nam", "Yugoslavia", "x*", "?", '"', "'", "é")
CELLS = st.sampled_from((*NUMBERS, *WORDS))


@cache
def book() -> codebook.Codebook:
    return codebook.load()


@pytest.mark.parametrize("name", HEADERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_cell_breaks_an_import(name: str, data: st.DataObject, tmp_path: Path) -> None:
    width = HEADERS[name].count(",") + 1
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width - 1, max_size=width + 1), max_size=4))
    path = tmp_path / "file.csv"
    path.write_text("\n".join([HEADERS[name], *(",".join(row) for row in rows), ""]), encoding="utf-8")
    desk = Desk(book=book())
    try:
        delivery = FORMATS[name].read(Source(path), desk)
        assert all(batch.schema == TABLES[delivery.name] for batch in delivery.rows)
    except InputError as error:
        assert "file.csv" in str(error)


def test_a_cell_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f'{HEADERS["sipri-register"]}\n"{"x" * 400_000}', encoding="utf-8")
    with pytest.raises(InputError, match=r"file\.csv: cannot be read as a table"):
        list(FORMATS["sipri-register"].read(Source(path), Desk(book=book())).rows)
    path.write_text("x" * 5_000_000, encoding="utf-8")
    with pytest.raises(InputError, match=r"file\.csv: has a row of more than 4 MB"):
        list(FORMATS["sipri-register"].read(Source(path), Desk(book=book())).rows)
