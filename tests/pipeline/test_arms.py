"""Arms from a world with text, a register, values, or only some of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from amity import codebook
from amity.archive import Archive
from amity.errors import InputError
from amity.ledger import Ledger
from amity.pipeline.arms import arms, network
from amity.pipeline.world import World
from amity.records import Article, Transfer
from amity.records.events import TABLES

BOOK = codebook.load()
ORDERS: list[dict[str, Any]] = [
    {"id": "line 2", "supplier": "ISR", "designation": "Heron", "ordered": 2011, "delivery_years": [2013], "number": 5},
    {"id": "line 3", "supplier": "RUS", "designation": "T-90S", "ordered": 2011, "delivery_years": [2013, 2015]},
    {"id": "line 4", "supplier": None, "designation": "Bell-412", "ordered": 2018, "delivery_years": [2018]},
]
VALUES = [("ISR", 2013, 15.0), ("RUS", 2013, 200.0), ("RUS", 2014, 100.0)]

Making = Callable[..., World]


@pytest.fixture
def world(tmp_path: Path) -> Making:
    """A world that holds what is asked for: `text`, `register`, `values`."""

    def made(*parts: str) -> World:
        archive = Archive(tmp_path / "world.archive")
        if "register" in parts:
            rows = [
                {
                    "recipient": "AZE",
                    "recipient_name": "Azerbaijan",
                    "supplier_name": "unknown supplier(s)",
                    "category": "drone",
                    "delivered": one.get("number"),
                    "tiv_delivered": 10.0,
                    "licence": False,
                }
                | one
                for one in ORDERS
            ]
            _keep(archive, "orders", rows)
        if "values" in parts:
            named = {"recipient": "AZE", "recipient_name": "Azerbaijan"}
            rows = [
                {"supplier": code, "supplier_name": code, "year": year, "tiv": tiv, **named}
                for code, year, tiv in VALUES
            ]
            _keep(archive, "deliveries", rows)
        ledger = None
        if "text" in parts:
            ledger = Ledger.open(str(tmp_path / "world.db"), "write")
            with ledger.writing("test", "coder") as writer:
                writer.add(Article(id="one", text="…", source="one.txt", published="2016-12-14"), CLAIMS)
        return World(archive, ledger, BOOK)

    return made


def _keep(archive: Archive, name: str, rows: list[dict[str, Any]]) -> None:
    with archive.adding("tables", name, "test", name) as intake:
        intake.write(pa.Table.from_pylist(rows, schema=TABLES[name]))


def _claim(id: str, **fields: Any) -> Transfer:
    made: dict[str, Any] = {"article": "one", "quote": "…", "start": 0, "end": 1, "trigger": "sold", "trigger_start": 0}
    return Transfer(id=id, **(made | {"supplier": "ISR", "recipient": "AZE", "category": "drone"} | fields))


CLAIMS = [
    _claim("c1", system="Heron", quantity=10, date="2013"),
    _claim("c2", system="Harop", category="loitering munition"),
    _claim("c3", supplier="AZE", recipient="GEO", system="rifles", category="small arms"),
]


def test_text_and_register_stand_side_by_side(world: Making) -> None:
    found = arms(world("text", "register", "values"), "AZE")
    by_line = {one.order.id: one for one in found.transfers if one.order}
    assert by_line["line 2"].outcome == "both" and by_line["line 2"].claims == ("c1",)
    assert [(one.aspect, one.text) for one in by_line["line 2"].differences] == [("number", "10")]
    assert by_line["line 4"].supplier == "unknown supplier(s)"
    assert [one.claims for one in found.transfers if one.outcome == "adds"] == [("c2",)]
    assert found.missing == ()


def test_values_count_where_they_reach_and_the_register_beyond(world: Making) -> None:
    found = arms(world("register", "values"), "AZE")
    assert [(one.year, one.basis) for one in found.years] == [
        (2013, "values"),
        (2014, "values"),
        (2015, "register"),
        (2016, "register"),
        (2017, "register"),
        (2018, "register"),
    ]
    assert {one.partner: one.amount for one in found.shares} == {"RUS": 305.0, "ISR": 15.0, "unknown supplier(s)": 10.0}
    assert (found.covered, found.of, found.values, found.register) == (6, 6, (2013, 2014), (2013, 2018))
    assert found.years[3].amounts == {} and found.years[3].total == 0
    assert any("2015-2018 are the register's" in note for note in found.notes)
    assert found.missing == ("no claims of transfers: amity read FILE… brings them",)


def test_a_window_bounds_lines_and_amounts_and_unknown_years_are_no_zeros(world: Making) -> None:
    whole = world("text", "register", "values")
    found = arms(whole, "AZE", since=2018, until=2030)
    assert [one.order.id for one in found.transfers if one.order] == ["line 4"]
    assert [one.year for one in found.years] == [2018] and (found.covered, found.of) == (1, 13)
    early = arms(whole, "AZE", until=2012)
    assert early.years == () and early.shares == () and early.spread is None and early.covered == 0
    assert [one.order.id for one in early.transfers if one.order] == ["line 2", "line 3"]
    only = arms(whole, "AZE", partner="ISR")
    assert {one.supplier for one in only.transfers} == {"ISR"}
    nobody = arms(whole, "AZE", partner="BOL")
    assert nobody.transfers == () and nobody.notes[0].startswith("no transfers with BOL")


def test_text_alone_is_counted(world: Making) -> None:
    found = arms(world("text"), "AZE")
    assert {one.outcome for one in found.transfers} == {"adds"} and len(found.missing) == 2
    assert [(one.partner, one.amount) for one in found.shares] == [("ISR", 2.0)]
    assert [(one.year, one.basis) for one in found.years] == [(2013, "reports"), (2016, "reports")]
    assert found.notes == ("shares are of reported transfers, not of values",)
    given = arms(world("text"), "AZE", "supplier")
    assert [one.recipient for one in given.transfers] == ["GEO"]


def test_an_empty_world_says_what_would_fill_it(world: Making) -> None:
    found = arms(world(), "AZE")
    assert found.transfers == () and found.shares == () and len(found.missing) == 3
    assert found.covered == 0 and found.spread is None


def test_values_that_lack_what_the_register_has_are_told(world: Making) -> None:
    whole = world("register", "values")
    table = whole.table("deliveries")
    assert table is not None
    kept = [row for row in table.to_pylist() if row["supplier"] != "ISR"]
    _keep(whole.archive, "deliveries", [{**row, "tiv": row["tiv"] / 10} for row in kept])
    assert any("values lack Israel in 1 years of 2013" in note for note in arms(whole, "AZE").notes)


def test_who_arms_whom(world: Making) -> None:
    flows, note = network(world("register", "values"))
    assert [(one.supplier, one.recipient, one.amount) for one in flows] == [
        ("RUS", "AZE", 305.0),
        ("ISR", "AZE", 15.0),
        ("unknown supplier(s)", "AZE", 10.0),
    ]
    assert note is not None and "2015-2018" in note
    flows, note = network(world(), since=2014, until=2014)
    assert [one.amount for one in flows] == [100.0] and note is None


def test_what_cannot_be_asked_is_told(world: Making) -> None:
    empty = world()
    for state, since, until, said in (
        ("Atlantis", None, None, "is no state"),
        ("AZE", 20140101, None, "is no year"),
        ("AZE", 2014, 2013, "lies after"),
    ):
        with pytest.raises(InputError, match=said):
            arms(empty, state, since=since, until=until)
    with pytest.raises(InputError, match="amity import sipri-register"):
        network(empty)


@pytest.mark.shared
def test_the_real_register_tells_of_azerbaijan(tmp_path: Path) -> None:
    from amity.pipeline.importing import bring

    folder = Path("/work/shared/data/states")
    if not folder.exists():
        pytest.skip(f"{folder} is not here")
    archive = Archive(tmp_path / "world.archive")
    bring(None, [str(folder / f"sipri_{name}.csv.gz") for name in ("trade_register", "tiv")], archive, BOOK)
    found = arms(World(archive, None, BOOK), "AZE", since=1992, until=2021)
    assert [one.partner for one in found.shares[:3]] == ["RUS", "ISR", "UKR"]
    assert found.covered == found.of == 30
    herons = [one for one in found.transfers if one.system == "Heron"]
    assert len(herons) == 1 and herons[0].order is not None and herons[0].order.delivered == 5
    assert date(2013, 1, 1).year in herons[0].order.delivery_years
