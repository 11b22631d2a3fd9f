"""Files, packed and plain, whole and hostile."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from amity.errors import InputError
from amity.sources.datasets import Source, named, opening
from tests.sources.datasets import files


def text(path: Path) -> dict[str, str]:
    return {name: io.BufferedReader(stream).read().decode() for name, stream in Source(path).texts()}


@pytest.mark.parametrize("ending", [".tab", ".tab.gz", ".tab.zip"])
def test_plain_and_packed_files_hold_the_same(ending: str, tmp_path: Path) -> None:
    assert list(text(files.write(tmp_path / f"a{ending}", "a\tb\n1\t2\n")).values()) == ["a\tb\n1\t2\n"]


def test_a_zip_file_gives_its_tables_in_order_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("z.csv", "../../b.tab", "__MACOSX/._z.csv", "notes.pdf", "folder/", ".hidden.csv", "in.csv.gz"):
            packed.writestr(name, name)
    assert list(text(path)) == ["b.tab", "z.csv"]
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]  # nothing is ever unpacked beside it


@pytest.mark.parametrize("ending", [".csv.gz", ".csv.zip"])
def test_files_that_unpack_to_more_than_any_table_are_refused(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "FREE", 1 << 16)
    path = files.write(tmp_path / f"bomb{ending}", "0" * (1 << 24))
    with pytest.raises(InputError, match="unpacks to more than 200 times its size"):
        text(path)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv.gz", b"no gzip", "gzip"),
        ("a.csv.gz", gzip.compress(b"a,b\n" * 1000, mtime=0)[:-20], "cannot be unpacked|end-of-stream|ended"),
        ("a.zip", b"PK\x03\x04 broken", "cannot be unpacked"),
        ("a.csv", "a,b".encode("utf-16"), "UTF-16"),
    ],
)
def test_broken_files_are_named_with_the_reason(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        text(path)
    assert name in str(caught.value)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = files.write(tmp_path / "a.csv.zip", "a,b\n1,2\n")
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag in the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="cannot be unpacked"):
        text(path)


def test_bytes_that_are_no_utf8_are_windows_1252_and_nuls_go(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfa\0b\x1f,S\xe3o Tom\xe9,\x93quoted\x94,Z\xc3\xbcrich,\x81\n")
    assert text(path)["a.csv"] == "ab,São Tomé,“quoted”,Zürich,�\n"


def test_characters_cut_by_a_block_stay_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CHUNK", 3)
    whole = "Zürich—Łódź 中文 " * 5
    assert text(files.write(tmp_path / "a.csv", whole))["a.csv"] == whole


def test_folders_and_globs(tmp_path: Path) -> None:
    for name in ("b.csv", "a.tab", ".c.csv", "d.pdf", "deep/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    names = [one.path.name for one in named([str(tmp_path)], folders=False) if isinstance(one, Source)]
    assert names == ["a.tab", "b.csv", "e.txt"]
    twice = list(named([f"{tmp_path}/*.csv", str(tmp_path / "b.csv")], folders=False))
    assert [one.name for one in twice if isinstance(one, Source)] == [str(tmp_path / "b.csv")]
    (whole,) = named([str(tmp_path / "a.tab")], folders=True)
    assert isinstance(whole, Source)
    assert whole.path == tmp_path


@pytest.mark.parametrize("spec", ["nothing.csv", "no*thing.csv", "empty"])
def test_what_is_not_there_is_told(spec: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (error,) = named([str(tmp_path / spec)], folders=False)
    assert isinstance(error, InputError)
    assert spec in str(error)


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (error,) = named([str(tmp_path / "pipe.csv")], folders=False)
    assert isinstance(error, InputError)


def test_digests_follow_content_not_names(tmp_path: Path) -> None:
    one, other = files.write(tmp_path / "a.csv", "x"), files.write(tmp_path / "b.csv", "x")
    assert Source(one).digest() == Source(other).digest() != Source(files.write(tmp_path / "c.csv", "y")).digest()
