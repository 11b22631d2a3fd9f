"""Files, folders, globs and standard input."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from amity import ingest
from amity.errors import InputError
from amity.ingest import Raw
from amity.records import Article
from amity.sources import Skipped, fetch_all

PROSE = "Iran has accused Azerbaijan of helping its enemies, the foreign ministry in Tehran said on Tuesday."


def names(*specs: str | Path) -> list[str]:
    return [Path(item.name).name for item in fetch_all(map(str, specs)) if isinstance(item, Raw)]


def errors(*specs: str | Path) -> list[str]:
    return [str(item) for item in fetch_all(map(str, specs)) if isinstance(item, InputError)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.html",
        "sub/deep/d.jsonl",
        ".hidden.txt",
        ".git/x.txt",
        "e.jpg",
        "sub/f.exe",
        "G.TXT",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PROSE)
    return tmp_path


def test_folders_are_read_recursively_in_order_and_what_is_passed_over_is_counted(folder: Path) -> None:
    *documents, skipped = fetch_all([str(folder)])
    assert [Path(item.name).name for item in documents if isinstance(item, Raw)] == [
        "G.TXT", "a.md", "b.txt", "c.html", "d.jsonl",
    ]  # fmt: skip
    assert skipped == Skipped(str(folder), hidden=2, unsupported=2)


def test_globs_match_files_and_folders(folder: Path) -> None:
    assert names(folder / "*.txt") == ["b.txt"]
    assert names(folder / "**" / "*.*") == ["G.TXT", "a.md", "b.txt", "e.jpg", "c.html", "d.jsonl", "f.exe"]
    assert names(folder / "s*") == ["c.html", "d.jsonl"]
    assert errors(folder / "*.pdf") == [f"{folder}/*.pdf: matches no file"]


def test_a_file_with_the_name_of_a_glob_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(PROSE)
    assert names(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_a_named_file_is_read_whatever_its_extension(tmp_path: Path) -> None:
    (tmp_path / "story").write_text(PROSE)
    (raw,) = fetch_all([str(tmp_path / "story")])
    assert isinstance(raw, Raw)
    assert [one.text for one in ingest.articles(raw) if isinstance(one, Article)] == [PROSE]


def test_xml_that_is_no_feed_is_passed_over_in_folders_and_an_error_when_named(tmp_path: Path) -> None:
    (tmp_path / "map.xml").write_text("<?xml version='1.0'?><urlset></urlset>")
    assert list(fetch_all([str(tmp_path)])) == [Skipped(str(tmp_path), hidden=0, unsupported=1)]
    (raw,) = fetch_all([str(tmp_path / "map.xml")])
    assert isinstance(raw, Raw)
    assert [str(one) for one in ingest.articles(raw)] == [
        f"{tmp_path}/map.xml: is of a type that amity does not read: application/xml"
    ]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(f'{{"id": 1, "text": "{PROSE}"}}\n'.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    (raw,) = fetch_all(["-"])
    assert isinstance(raw, Raw)
    assert [one.id for one in ingest.articles(raw) if isinstance(one, Article)] == ["1"]


def test_what_cannot_be_opened_is_an_error_and_the_rest_goes_on(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "broken.txt").symlink_to(folder / "nowhere")
    (folder / "loop").symlink_to(folder)
    found = list(fetch_all([str(folder / "none.txt"), "nul\0name", str(folder)]))
    reasons = [(Path(item.source).name, item.reason) for item in found if isinstance(item, InputError)]
    assert reasons[0] == ("none.txt", "No such file or directory")
    assert reasons[1][1] == "embedded null byte"
    assert ("pipe.txt", "is no regular file") in reasons
    assert ("broken.txt", "No such file or directory") in reasons
    assert sum(isinstance(item, Raw) for item in found) == 5


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    path.chmod(0)
    assert errors(path) == [f"{path}: Permission denied"]


def test_names_in_other_scripts_and_with_tricks_are_shown_safely(tmp_path: Path) -> None:
    for name in ("خبر.txt", "a\u202etxt.exe.txt", "zero\u200bwidth.txt", "line\nbreak\x1b[31m.txt"):
        (tmp_path / name).write_text(PROSE)
    with open(os.fsencode(tmp_path) + b"/latin\xe9.txt", "w") as file:  # noqa: PTH123 (no str can name it)
        file.write(PROSE)
    found = [item for item in fetch_all([str(tmp_path)]) if isinstance(item, Raw)]
    assert sorted(Path(item.name).name for item in found) == [
        "a\\u202etxt.exe.txt", "latin\\xe9.txt", "line\\nbreak\\x1b[31m.txt", "zero\\u200bwidth.txt", "خبر.txt",
    ]  # fmt: skip
    for item in found:
        (article,) = ingest.articles(item)
        assert isinstance(article, Article) and article.source.encode()
