"""Encodings: by mark, declared, detected; and declarations that lie."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import InputError
from amity.ingest.decode import decode

TEXT = "Der Außenminister sagte am Dienstag in Zürich, Präsident Aliyev habe “Größe” gezeigt – mehr nicht. " * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    "declared", ["utf-8", "us-ascii", "iso-8859-1", "utf-16", "utf-7", "no-such-thing", "", "idna"]
)
def test_wrong_declarations_do_no_harm(declared: str) -> None:
    assert decode(TEXT.encode("cp1252"), declared) == TEXT
    assert decode(TEXT.encode(), declared) == TEXT


def test_right_declarations_help() -> None:
    russian = "Президент Азербайджана заявил во вторник, что переговоры продолжатся."
    assert decode(russian.encode("koi8-r"), "koi8-r") == russian
    assert decode(russian.encode("cp1251") * 5, "utf-8") == russian * 5


def test_a_few_broken_characters_do_not_change_the_encoding() -> None:
    assert decode(TEXT.encode() + b"\xe2\x80").startswith(TEXT)


@pytest.mark.parametrize("data", [b"a\0b", bytes(range(256)), b"\x89PNG\r\n\x1a\n" + bytes(50), b"\x01\x02\x03" * 99])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decode(data)


@given(st.text())
def test_utf8_comes_back_as_it_was(text: str) -> None:
    try:
        assert decode(text.removeprefix("\ufeff").encode()) == text.removeprefix("\ufeff")
    except InputError:
        assert any(char < " " or char == "\x7f" for char in text)


@given(st.binary())
def test_any_bytes_give_text_or_an_input_error(data: bytes) -> None:
    with suppress(InputError):
        assert isinstance(decode(data), str)
