"""Bytes to articles: every format, and what bad input gets."""

from __future__ import annotations

import gzip
import io
import json

import pytest

from amity import ingest
from amity.errors import InputError
from amity.ingest import Limits, Metadata
from amity.records import Article

PROSE = (
    "Iran has accused Azerbaijan of helping its enemies, the foreign ministry in Tehran said on Tuesday.\n\n"
    "Baku rejected the charge as slander and summoned the Iranian ambassador, according to state media.\n"
)


def read(
    data: bytes,
    name: str = "a.txt",
    overrides: Metadata = ingest.metadata.EMPTY,
    limits: Limits | None = None,
    **given: str,
) -> list[Article | InputError]:
    raw = ingest.receive(name, io.BytesIO(data), limits=limits or Limits(), **given)
    return list(ingest.articles(raw, overrides, limits))


def article(data: bytes, name: str = "a.txt", **options: object) -> Article:
    (found,) = read(data, name, **options)  # type: ignore[arg-type]
    assert isinstance(found, Article), found
    return found


def error(data: bytes, name: str = "a.txt", **options: object) -> str:
    (found,) = read(data, name, **options)  # type: ignore[arg-type]
    assert isinstance(found, InputError), found
    assert "\n" not in str(found)
    return str(found)


def test_plain_text_is_kept_to_the_letter() -> None:
    text = "  Head\u00adline “x”\r\n\r\n\ttab and\u00a0nbsp \u200b and decomposed e\u0301.\n\n" + PROSE + "  "
    assert article(text.encode()).text == text


def test_ids_follow_the_content() -> None:
    assert article(PROSE.encode()).id == article(PROSE.encode(), "b.txt").id != article((PROSE + "x").encode()).id


def test_json_lines_keep_ids_and_texts_and_survive_a_broken_line() -> None:
    rows = [
        json.dumps({"id": 7, "text": " a “b”\r\n" + PROSE, "published": "2021-10-14", "more": [1]}),
        "{broken",
        json.dumps({"body": "x"}),
    ]
    good, broken, empty = read("\n".join(rows).encode(), "x.jsonl")
    assert isinstance(good, Article)
    assert (good.id, good.text[:8], good.published) == ("7", " a “b”\r\n", "2021-10-14")
    assert str(broken).startswith("x.jsonl:2: is no JSON")
    assert str(empty) == "x.jsonl:3: has no column `text`; found: body"


def test_csv_reads_columns_in_any_order_and_says_which_are_there() -> None:
    table = 'Title,TEXT,published\n"A, B","first\nsecond ""line""",14 October 2021\n'
    found = article(table.encode(), "x.csv")
    assert (found.title, found.text, found.published) == ("A, B", 'first\nsecond "line"', "2021-10-14")
    assert error(b"a;b\n1;2\n", "x.csv") == "x.csv: has no column `text`; found: a, b"


def test_gzip_is_unpacked() -> None:
    assert article(gzip.compress(PROSE.encode()), "a.txt.gz").text == PROSE


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, bytes(range(256)) * 20])
def test_what_is_no_text_is_an_error(data: bytes) -> None:
    assert error(data).startswith("a.txt: is ")
