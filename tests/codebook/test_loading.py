"""Loading: speed, one's own files on top, and what malformed files get."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from amity.codebook import Codebook, load
from amity.codebook.files import DATA
from amity.errors import CodebookError


def test_loading_is_quick() -> None:
    """Processor seconds in a fresh interpreter, so that neither other programs nor other tests count."""
    code = "import time, amity.codebook.book as b; s = time.process_time(); b.load(); print(time.process_time() - s)"
    seconds = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3)]
    assert min(seconds) < 0.5


def test_ones_own_files_add_and_override(tmp_path: Path) -> None:
    (tmp_path / "state_names.csv").write_text("state,name,form,start,end\nAZE,Land of Fire,epithet,,\n")
    (tmp_path / "persons.csv").write_text(
        "id,name,aliases,alone,country,office,sector,start,end\n"
        "aze-jane-doe,Jane Doe,Janet Doe,,AZE,foreign minister,GOV,2030-01-01,\n"
    )
    (tmp_path / "organisations.csv").write_text(
        "id,kind,sector,country,aliases,seat,generic,start,end\n"
        "NATO,club,IGO,,The Club,,,,\n"
        "Test League,regional,,,,,,,\n"
    )
    (tmp_path / "members.yaml").write_text("Test League: {joined: {2001: AZE GEO}, left: {2010-05-01: GEO}}\n")
    (tmp_path / "arms.yaml").write_text("drone: {words: [flying eye], systems: {AZE: {Falcon-9000: [Falcon Nine]}}}\n")
    (tmp_path / "ambiguous.yaml").write_text("Congo: {default: COD}\n")
    (tmp_path / "places.csv").write_text(
        "name,kind,country,claimants,aliases,latitude,longitude\nNowhere Bay,sea,,,,1.5,2\n"
    )
    book = load(tmp_path)
    assert _first(book, "the Land of Fire") == "AZE"
    assert _first(book, "Janet Doe") == "aze-jane-doe"
    assert _first(book, "Test League") == "Test League"
    assert book.organisations["NATO"].kind == "club" and "USA" in book.organisations["NATO"].members()
    assert book.organisations["Test League"].members() == ("AZE",)
    assert _first(book, "two Falcon-9000s") == "Falcon-9000"
    assert "drone" in book.arms.categories["drone"].words
    assert _first(book, "Congo") == "COD"
    assert book.sites["Nowhere Bay"].latitude == 1.5


def _first(book: Codebook, text: str) -> str:
    return next(book.find(text)).entries[0].id


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("states.csv", "id,name,kind\nABC,Abc,kingdom\n", "states.csv, line 2: 'kind' is 'kingdom', not one of state"),
        (
            "state_names.csv",
            "state,name,form,start,end\nQQQ,Q,short,,\n",
            "state_names.csv, line 2: no state has the id 'QQQ'",
        ),
        ("state_names.csv", "state,name,form,start,end\nAZE,Q,short,19x,\n", "'start' is '19x', not a date"),
        (
            "state_names.csv",
            "state,name,form,start,end\nAZE,Q,short,2000,1999\n",
            "'end' 1999 lies before 'start' 2000",
        ),
        ("state_names.csv", "state,name\n", "column 'start' is missing"),
        ("state_names.csv", "state,name,form,start,end\nAZE,Q\n", "2 cells under 5 columns"),
        (
            "capitals.csv",
            "state,city,also,start,end,latitude,longitude\nAZE,Q,,,,north,\n",
            "'latitude' is 'north', not a number",
        ),
        ("persons.csv", "id,name,office,start\nx,X,,\n", "persons.csv, line 2: 'office' is empty"),
        ("members.yaml", "NATO: {sort: x}\n", "members.yaml, entry 'NATO'"),
        ("members.yaml", "NATO: {joined: {12-12: USA}}\n", "members.yaml, entry 'NATO': 'start' is '12-12'"),
        ("members.yaml", "Q: {joined: {2000: USA}}\n", "members.yaml, entry 'Q': no organisation has this id"),
        ("members.yaml", "- a\n- b\n", "members.yaml: not a mapping"),
        ("members.yaml", "Q: [\n", "members.yaml: "),
        ("ambiguous.yaml", "Q: {nearby: [x]}\n", "ambiguous.yaml, entry 'Q'"),
        ("plover.yaml", "types: {HUG: {quad: verbal cooperation, means: x}}\n", "plover.yaml: no such type: HUG"),
        ("plover.csv", "type,mode,score\nHUG,,1\n", "plover.csv, line 2: 'type' is 'HUG'"),
        ("places.csv", "name,kind\n,sea\n", "places.csv, line 2: 'name' is empty"),
    ],
)
def test_errors_name_the_file_and_the_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(CodebookError) as caught:
        load(tmp_path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_nothing_reads(tmp_path: Path) -> None:
    (tmp_path / "organizations.csv").write_text("id,kind\n")
    with pytest.raises(CodebookError, match=r"organizations\.csv: no codebook file has this name"):
        load(tmp_path)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "states.csv").write_bytes(b"id,name,kind\n\xff\xfe,x,state\n")
    with pytest.raises(CodebookError, match=r"states\.csv"):
        load(tmp_path)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="not a folder"):
        load(tmp_path / "nothing")


def test_search(book: Codebook) -> None:
    assert book.search("Azerbaijan")[0].id == "AZE"
    assert {entry.id for entry in book.search("aliyev")} >= {"aze-ilham-aliyev", "aze-heydar-aliyev"}
    assert book.search("AZE")
    assert book.search("") == []
    assert book.search("no such thing at all") == []


def test_no_pickles_and_no_foreign_addresses() -> None:
    for path in DATA.iterdir():
        assert path.suffix in (".csv", ".yaml"), path
        assert "http" not in path.read_text(encoding="utf-8").lower(), path
