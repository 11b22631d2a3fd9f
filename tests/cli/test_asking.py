"""Commands that ask: every filter, every format, and one line for whatever is wrong."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from pyarrow import parquet

from amity.ledger import Filter, Ledger
from amity.records import Article, Claim, arrow
from amity.records.flat import columns
from tests.cli.conftest import Amity
from tests.ledger.samples import ARTICLE, CLAIMS, EVENT, INCIDENT, TRANSFER, VOICES


def test_json_lines_are_records(amity: Amity, stored: Path) -> None:
    said = amity("claims", "--ledger", stored, "--format", "jsonl")
    assert said.status == 0
    assert said.err == ""
    read = [msgspec.json.decode(line, type=Claim) for line in said.out.splitlines()]
    assert {claim.id: claim for claim in read} == {claim.id: claim for claim in CLAIMS}


def test_json_is_one_array(amity: Amity, stored: Path) -> None:
    assert len(json.loads(amity("claims", "-l", stored, "-f", "json").out)) == len(CLAIMS)
    assert json.loads(amity("claims", "-l", stored, "-f", "json", "--actor", "ZWE").out) == []
    (incident,) = json.loads(amity("incidents", "-l", stored, "-f", "json").out)
    assert incident["id"] == INCIDENT.id


def test_csv_is_flat(amity: Amity, stored: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(amity("claims", "-l", stored, "-f", "csv").out)))
    assert tuple(rows[0]) == columns(Claim)
    (transfer,) = (row for row in rows if row["kind"] == "transfer")
    assert (transfer["actors"], transfer["recipients"], transfer["value_low"]) == ("ISR", "AZE", "24")


def test_spreadsheets_get_no_formulas(amity: Amity, tmp_path: Path) -> None:
    path = tmp_path / "evil.db"
    evil = msgspec.structs.replace(
        ARTICLE, title='=HYPERLINK("http://evil.example")', author="@SUM(A1)", publisher="-1+1"
    )
    with Ledger.open(str(path), "write") as ledger, ledger.writing("test") as writer:
        writer.add(evil, ())
    (row,) = csv.DictReader(io.StringIO(amity("articles", "-l", path, "-f", "csv").out))
    assert row["title"].startswith("'=")
    assert row["author"].startswith("'@")
    assert row["publisher"] == "'-1+1"


def test_parquet_keeps_everything(amity: Amity, stored: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.parquet"
    assert amity("claims", "-l", stored, "-f", "parquet", "-o", file).status == 0
    assert set(arrow.records(parquet.read_table(file), Claim)) == set(CLAIMS)


def test_markdown_is_a_table(amity: Amity, stored: Path) -> None:
    lines = amity("claims", "-l", stored, "-f", "md", "-k", "transfer").out.splitlines()
    assert len(lines) == 3
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_tables_are_for_people(amity: Amity, stored: Path) -> None:
    said = amity("claims", "-l", stored)
    assert TRANSFER.id[:8] in said.out
    assert "MEMRI > Mostafa" in said.out
    assert "1" in amity("incidents", "-l", stored, "--contested").out
    assert "Drones for Baku" in amity("articles", "-l", stored).out


def test_long_tables_say_how_much_is_left_out(amity: Amity, tmp_path: Path) -> None:
    path = tmp_path / "long.db"
    with Ledger.open(str(path), "write") as ledger, ledger.writing("test") as writer:
        for number in range(130):
            writer.add(msgspec.structs.replace(ARTICLE, id=f"article {number}"), ())
    said = amity("articles", "-l", path)
    assert len(said.out.splitlines()) == 101
    assert "the first 100 of 130 articles" in said.err
    assert len(amity("articles", "-l", path, "--format", "jsonl").out.splitlines()) == 130
    assert amity("articles", "-l", path, "--quiet").err == ""


def test_nothing_turns_or_moves_the_terminal(amity: Amity, tmp_path: Path) -> None:
    """Right-to-left overrides, zero-width characters and escape sequences in names stay harmless in tables."""
    path = tmp_path / "odd.db"
    odd = msgspec.structs.replace(ARTICLE, title="Baku\u202e\u200b \x1b[2J talks", publisher="راديو")
    with Ledger.open(str(path), "write") as ledger, ledger.writing("test") as writer:
        writer.add(odd, ())
    for command in (("articles", "-l", path), ("show", ARTICLE.id, "-l", path)):
        said = amity(*command)
        assert said.status == 0
        assert not set("\u202e\u200b\x1b") & set(said.out)
        assert "راديو" in said.out


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--actor", "AZE"), 3),
        (("--actor", "Azerbaijan"), 3),
        (("--actor", "Baku"), 3),
        (("-a", "ISR", "-a", "IRN"), 3),
        (("-a", "ISR,IRN"), 3),
        (("--pair", "Azerbaijan,Israel"), 1),
        (("--kind", "event,transfer"), 2),
        (("--type", "threaten"), 1),
        (("--status", "alleged"), 1),
        (("--certainty", "possible"), 1),
        (("--layer", "military"), 2),
        (("--since", "2012-02-26", "--until", "2012-02-26"), 2),
        (("--source", "MEMRI"), 2),
        (("--article", "dro"), 6),
        (("--text", "sold"), 1),
        (("--contested",), 1),
        (("--as-of", "2000"), 0),
        (("--limit", "2"), 2),
    ],
)
def test_filters(amity: Amity, stored: Path, options: tuple[str, ...], count: int) -> None:
    assert len(amity("claims", "-l", stored, "-f", "jsonl", *options).out.splitlines()) == count


def test_the_command_line_has_every_filter_that_python_has() -> None:
    from amity.cli.options import _FILTERS

    assert {one.name for one in _FILTERS} == {field.name for field in msgspec.structs.fields(Filter)}


def test_sources_say_who_is_quoted_by_whom(amity: Amity, stored: Path) -> None:
    rows = {row["source"]: row for row in json.loads(amity("sources", "-l", stored, "-f", "json").out)}
    assert rows[VOICES[1].name] == {
        "source": "Mostafa Khoshcheshm",
        "claims": 2,
        "quoted": 2,
        "articles": 1,
        "corroborated": 1,
        "contested": 1,
        "copied": 0,
        "quoted_by": "Caspian Wire",
    }
    assert rows["Caspian Wire"]["claims"] == 4
    assert rows["Caspian Wire"]["quoted"] == 0


def test_show(amity: Amity, stored: Path) -> None:
    claim = amity("show", TRANSFER.id[:9], "-l", stored)
    assert claim.status == 0
    assert f"[{TRANSFER.quote}]" in claim.out
    assert "Drones for Baku, Caspian Wire, 2012-03-01" in claim.out
    incident = amity("show", "incident", "-l", stored)
    assert "contested: soldiers (figure)" in incident.out
    assert "8000: Mostafa Khoshcheshm" in incident.out
    assert EVENT.id[:8] in incident.out
    article = amity("show", "drones", "-l", stored)
    assert "Between 4,000 and 5,000 soldiers" in article.out
    assert msgspec.json.decode(amity("show", "drones", "-l", stored, "--json").out, type=Article) == ARTICLE


def test_superseded_records_are_shown_as_such(amity: Amity, tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    with Ledger.open(str(path), "write") as ledger:
        for coder, found in (("1", CLAIMS[:1]), ("2", CLAIMS[1:2])):
            with ledger.writing("test", coder) as writer:
                writer.add(ARTICLE, found)
    assert amity("show", CLAIMS[0].id, "-l", path).out.startswith("superseded 20")
    assert not amity("show", CLAIMS[1].id, "-l", path).out.startswith("superseded")


def test_where_nothing_fits_it_says_what_was_looked_for(amity: Amity, stored: Path) -> None:
    said = amity("claims", "-l", stored, "--actor", "Zimbabwe")
    assert (said.status, said.out) == (0, "")
    assert "nothing fits (looked for ZWE); the ledger holds 1 articles and 6 claims" in said.err
    assert "Atlantis: nothing in the codebook is called so" in amity("claims", "-l", stored, "-a", "Atlantis").err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("claims", "--kind", "evnt"), 2, "amity: kind: 'evnt' is none of event, transfer"),
        (("claims", "--actor", "Congo"), 2, "amity: Congo: may be COD or COG; name one of them"),
        (("claims", "--pair", "AZE"), 2, "amity: pair: takes two actors"),
        (("claims", "--since", "soon"), 2, "amity: since: 'soon' is no date"),
        (("claims", "--nonsense"), 2, "amity: No such option: --nonsense"),
        (("claims", "--format", "xml"), 2, "amity: Invalid value for '--format'"),
        (("claims", "--limit", "0"), 2, "amity: Invalid value for '--limit'"),
        (("claims", "--output", "/nowhere/at/all"), 2, "amity: /nowhere/at/all: No such file or directory"),
        (("claims", "--codebook", "/nowhere"), 0, ""),  # no name has to be looked up
        (("claims", "--codebook", "/nowhere", "--actor", "Baku"), 4, "amity: /nowhere: "),
        (("show", "zzz"), 2, "amity: zzz: no claim, incident or article has an id that begins so"),
        (("explain", "drones"), 2, "amity: drones: is the id of an article, not of a claim"),
        (("nonsense",), 2, "amity: No such command 'nonsense'"),
        (("read",), 2, "amity: Missing argument"),
        (("read", "x", "--published", "soon"), 2, "amity: --published: 'soon' is no date"),
        (("eval", "nonsense"), 2, "amity: nonsense: is no task"),
    ],
)
def test_errors_are_one_line(amity: Amity, stored: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    ledger = ("--ledger", stored) if arguments[0] in ("claims", "show", "explain") else ()
    ended = amity(*arguments, *ledger)
    assert ended.status == status
    assert said in ended.err
    assert len(ended.err.splitlines()) <= 1


def test_ledger_errors_are_their_own_status(amity: Amity, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear reader, " * 99)
    for name, said in (("none.db", "no ledger here"), ("letter.db", "is no ledger")):
        ended = amity("claims", "--ledger", tmp_path / name)
        assert (ended.status, ended.out) == (3, "")
        assert said in ended.err
        assert len(ended.err.splitlines()) == 1


def test_an_empty_ledger_answers(amity: Amity, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Ledger.open(str(path), "write").close()
    for command in ("claims", "incidents", "articles", "sources"):
        said = amity(command, "--ledger", path)
        assert (said.status, said.out) == (0, "")
        assert "the ledger holds 0 articles" in said.err
    assert amity("brief", "--ledger", path).status == 0
    assert amity("export", "graphml", "--ledger", path).status == 0


def test_the_ledger_may_be_named_by_the_environment(
    amity: Amity, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMITY_LEDGER", str(stored))
    assert len(amity("claims", "-f", "jsonl").out.splitlines()) == 6


@pytest.mark.parametrize("format", ["graphml", "gexf", "geojson", "bibtex", "ris", "csl-json", "annotations"])
def test_exports(amity: Amity, stored: Path, tmp_path: Path, format: str) -> None:
    from amity.report import FORMATS

    assert format in FORMATS
    file = tmp_path / "export"
    assert amity("export", format, "-l", stored, "-o", file).status == 0
    assert file.stat().st_size > 50


def test_briefings_follow_the_file_name(amity: Amity, stored: Path, tmp_path: Path) -> None:
    page = tmp_path / "briefing.html"
    said = amity("brief", "-l", stored, "--about", "Azerbaijan,ISR", "-o", page)
    assert said.status == 0
    assert page.read_text().lstrip().lower().startswith("<!doctype html")
    assert amity("brief", "-l", stored).out.startswith("# ")


def test_internal_errors_name_themselves(amity: Amity, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "claims", lambda *_, **__: 1 / 0)
    said = amity("claims", "-l", stored)
    assert said.status == 1
    assert "amity: internal error, please report it (ZeroDivisionError" in said.err
    with closing(sqlite3.connect(stored)) as database:
        assert database.execute("SELECT count(*) FROM claims").fetchone() == (6,)
