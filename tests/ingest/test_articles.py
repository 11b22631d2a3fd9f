"""Bytes to articles: what every format has in common, and what the user overrides."""

from __future__ import annotations

import gzip
import json
import logging

import pytest

from amity.errors import InputError
from amity.ingest import Metadata, readable
from amity.records import Article

from .reading import PROSE, article, error, read


def test_plain_text_is_kept_to_the_letter() -> None:
    text = "  Head\u00adline “x”\r\n\r\n\ttab and\u00a0nbsp \u200b and decomposed e\u0301.\n\n" + PROSE + "  "
    assert article(text).text == text


def test_ids_follow_the_content() -> None:
    assert article(PROSE).id == article(PROSE, "b.txt").id != article(PROSE + "x").id


def test_json_lines_keep_ids_and_texts_and_survive_broken_lines() -> None:
    rows = [
        json.dumps({"id": 7, "text": " a “b”\r\n" + PROSE, "published": "2021-10-14", "more": [1]}),
        "{broken",
        "",
        json.dumps({"body": "x"}),
        "[1]",
        '{"text": 5}',
        '{"text": "  "}',
        '{"text": "\\ud800 half"}',
        "[" * 100_000,
        json.dumps({"text": PROSE, "title": "T"}),
    ]
    good, *errors, last = read("\n".join(rows).encode(), "x.jsonl")
    assert isinstance(good, Article) and isinstance(last, Article)
    assert (good.id, good.text[:8], good.published) == ("7", " a “b”\r\n", "2021-10-14")
    assert last.title == "T" and last.source == "x.jsonl"
    assert [str(one).partition(" ")[0] for one in errors] == [f"x.jsonl:{line}:" for line in (2, 4, 5, 6, 7, 8, 9)]
    assert "is no JSON" in str(errors[0])
    assert str(errors[1]) == "x.jsonl:4: has no column `text`; found: body"


def test_all_columns_are_read() -> None:
    row = {
        "id": "a/1",
        "text": PROSE,
        "title": "Talks",
        "published": "14 October 2021",
        "url": "https://paper.example/1",
        "publisher": "Caspian Wire",
        "author": "Rena Talibova",
        "language": "en",
    }
    for name, data in (("x.jsonl", json.dumps(row)), ("x.json", json.dumps([row])), ("y.json", json.dumps(row))):
        found = article(data, name)
        assert found.published == "2021-10-14"
        assert {key: getattr(found, key) for key in row if key != "published"} == {
            key: value for key, value in row.items() if key != "published"
        }


def test_csv_reads_columns_in_any_order_and_says_which_are_there() -> None:
    found = article('Title,TEXT,published\n"A, B","first\nsecond ""line""",14 October 2021\n', "x.csv")
    assert (found.title, found.text, found.published) == ("A, B", 'first\nsecond "line"', "2021-10-14")
    assert error(b"a;b\n1;2\n", "x.csv") == "has no column `text`; found: a, b"
    assert article("id;text\r\n1;Semicolons, too.\r\n", "x.csv").text == "Semicolons, too."
    assert article("id\ttext\n1\tTabs.\n", "x.tsv").text == "Tabs."
    assert article("\ufefftext,id\nAfter a byte-order mark.,1\n", "x.csv").id == "1"


def test_csv_rows_with_too_many_fields_are_errors_and_the_others_go_on() -> None:
    first, broken, last = read(b"id,text\n1,one\n2,two,three\n3,four\n", "x.csv")
    assert isinstance(first, Article) and isinstance(last, Article)
    assert str(broken) == "x.csv:3: has 3 fields where the header has 2"


def test_lines_in_another_encoding_are_mended_one_by_one() -> None:
    latin = '{"text": "Café in Zürich, said the minister."}'.encode("cp1252")
    utf8 = '{"text": "Café in Zürich"}'.encode()
    texts = [one.text for one in read(utf8 + b"\n" + latin, "x.jsonl") if isinstance(one, Article)]
    assert texts == ["Café in Zürich", "Café in Zürich, said the minister."]


def test_rows_in_utf_16_are_read() -> None:
    rows = '{"text": "Café in Zürich"}\n{"text": "Größe"}\n'
    for encoding in ("utf-16", "utf-8-sig"):
        texts = [one.text for one in read(rows.encode(encoding), "x.jsonl") if isinstance(one, Article)]
        assert texts == ["Café in Zürich", "Größe"]


def test_markdown_is_rendered_and_its_front_matter_read() -> None:
    found = article(
        "---\ntitle: 'Talks: part 2'\nbyline: Ann Smith\nsource: Caspian Wire\ndate: 2021-10-14\ntags: [a, b]\n---\n\n"
        "# Talks\n\nThe *foreign* **minister** said [this](https://x.example) to `us`.\nOn Tuesday.\n\n"
        "> “Never,” he said.\n\n![picture](x.png)\n\n- one\n- two\n",
        "a.md",
    )
    assert (
        found.text == "Talks\n\nThe foreign minister said this to us.\nOn Tuesday.\n\n“Never,” he said.\n\none\n\ntwo"
    )
    assert (found.title, found.author, found.publisher) == ("Talks: part 2", "Ann Smith", "Caspian Wire")
    assert found.published == "2021-10-14"


def test_broken_front_matter_does_no_harm() -> None:
    assert article("---\na: [\n---\n\nThe text of it.", "a.md").text == "The text of it."
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert article(f"---\n{bomb}title: *i\n---\nThe text of it.", "a.md").text == "The text of it."


def test_overrides_win_over_all_else() -> None:
    given = Metadata(
        title="T", author="A", publisher="P", published="1 May 2020", url="https://u.example", language="fr"
    )
    found = article(f"Headline\n\nBy Ann Smith, 2 May 2021\n\n{PROSE}", overrides=given)
    assert (found.title, found.author, found.publisher, found.published) == ("T", "A", "P", "2020-05-01")
    assert (found.url, found.language) == ("https://u.example", "fr")


def test_impossible_dates_are_left_out_and_told(caplog: pytest.LogCaptureFixture) -> None:
    for value in ("2087-01-01", "12 May 1745", "yesterday or so", "31 February 2020", "03/04/2021"):
        with caplog.at_level(logging.WARNING):
            caplog.clear()
            assert article(json.dumps({"text": PROSE, "published": value}), "x.jsonl").published is None
            assert value[:4] in caplog.text


def test_a_wrong_date_gives_way_to_one_that_can_be_true() -> None:
    assert article(f"Headline\n\n2 May 2021\n\n{PROSE}", overrides=Metadata(published="2087-01-01")).published == (
        "2021-05-02"
    )


def test_metadata_is_safe_to_print() -> None:
    found = article(
        json.dumps({"text": PROSE, "title": "\u202eTalks\u200b\x1b[31m\n on\tborder ", "author": "x" * 9_000}),
        "x.jsonl",
    )
    assert found.title == "Talks[31m on border"
    assert len(found.author or "") == 500


def test_languages_are_told_from_the_body() -> None:
    azeri = "Azərbaycan Respublikasının Prezidenti İlham Əliyev bildirib ki, ölkəmiz dostluq əlaqələri qurur."
    german = "Der Minister erklärte am Dienstag in Berlin, dass die Gespräche an der Grenze fortgesetzt werden sollen."
    assert article(PROSE).language == "en"
    assert article(azeri).language == "az"
    assert article(f"Talks to go on\n\n{german}").language == "de"
    assert article("Baku, Tehran.").language is None
    assert readable(article(PROSE)) and readable(article("Baku.")) and not readable(article(german))
    assert readable(article(german), {"en", "de"})


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.paper.example:8080/a", "paper.example"),
        ("http://[broken", None),
        ("not a url", None),
        ("http://10.0.0.1/a", None),
        ("https://me@paper.example/", "paper.example"),
    ],
)
def test_the_host_of_a_url_stands_for_the_publisher(url: str, publisher: str | None) -> None:
    found = article(json.dumps({"text": PROSE, "url": url}), "x.jsonl")
    assert (found.url, found.publisher) == (url, publisher)


def test_gzip_is_unpacked() -> None:
    assert article(gzip.compress(PROSE.encode()), "a.txt.gz").text == PROSE
    rows = "\n".join(json.dumps({"id": n, "text": PROSE}) for n in range(3)).encode()
    assert len(read(gzip.compress(rows), "a.jsonl.gz")) == 3
    assert "damaged" in error(gzip.compress(PROSE.encode() * 99)[:-20], "a.txt.gz")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "is empty"),
        (b" \n\t ", "a.txt", "has no text"),
        (b"", "a.jsonl", "is empty"),
        (b"", "a.csv", "is empty"),
        (b"\n\n", "a.jsonl", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, "a.txt", "is binary, not text"),
        (bytes(range(256)) * 20, "a.txt", "is binary, not text"),
        (b"\x7fELF\x02\x01\x01" + bytes(99), "a.html", "is binary, not text"),
        (b"%PDF-1.7\nnothing", "a.txt", "is a damaged PDF"),
        (b"PK\x03\x04junk", "a.txt", "is a damaged or encrypted Word document"),
        (b"{}", "a.json", "has no column `text`; found: nothing"),
        (b"\x1f\x8bjunk", "a.gz", "is damaged"),
    ],
)
def test_bad_input_gets_one_clear_line(data: bytes, name: str, reason: str) -> None:
    assert error(data, name).startswith(reason)


def test_an_error_in_one_row_names_its_file() -> None:
    (found,) = read(b"x,text\n1,\n", "rows.csv")
    assert isinstance(found, InputError) and str(found) == "rows.csv:2: `text` is empty"
