"""Sizes that no article has: what is too large is told, what can be read is, and memory stays small."""

from __future__ import annotations

import gzip
import io
import json
import time
import tracemalloc
from collections.abc import Iterator
from itertools import islice

import pytest

from amity import ingest
from amity.ingest import Limits
from amity.records import Article

from .reading import PROSE, article, error, read

ENDLESS = 60  # seconds; far more than any machine needs, far less than what is guarded against


class Endless(io.RawIOBase):
    """A stream that never ends and counts what was taken from it."""

    def __init__(self, head: bytes, rest: bytes) -> None:
        self.head, self.rest, self.taken = head, rest, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "nobody may ask for all of it"
        data, self.head = self.head[:size], self.head[size:]
        data += (self.rest * (size // len(self.rest) + 1))[: size - len(data)]
        self.taken += len(data)
        return data


def peak(action: Iterator[object]) -> tuple[list[object], float]:
    tracemalloc.start()
    found = list(action)
    size = tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    return found, size


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.pdf", "a.docx", "a.eml", "a.json"])
def test_no_more_of_a_document_is_read_than_the_limit(name: str) -> None:
    stream = Endless(b"", b"word ")
    limits = Limits(document=1_000_000)
    (found,) = ingest.articles(ingest.receive(name, stream, limits=limits), limits=limits)  # type: ignore[arg-type]
    assert str(found) == f"{name}: is larger than 1 MB"
    assert stream.taken < 2_000_000


def test_a_line_of_50_mb_is_told_and_the_others_are_read() -> None:
    good = json.dumps({"text": PROSE}).encode()
    data = good + b"\n" + b'{"text": "' + b"x" * 50_000_000 + b'"}\n' + good
    start = time.monotonic()
    first, broken, last = read(data, "a.jsonl")
    assert isinstance(first, Article) and isinstance(last, Article)
    assert str(broken) == "a.jsonl:2: the line is longer than 20,000,000 characters"
    assert time.monotonic() - start < ENDLESS


def test_rows_are_streamed() -> None:
    row = json.dumps({"text": PROSE * 5}).encode() + b"\n"
    stream = Endless(row * 20_000, b"x")
    found = list(islice(ingest.articles(ingest.receive("a.jsonl", stream)), 100))  # type: ignore[arg-type]
    assert all(isinstance(one, Article) for one in found)
    assert stream.taken < 110 * len(row) + 200_000


def test_a_row_that_never_closes_its_quotation_is_bounded() -> None:
    limits = Limits(document=100_000)
    table = b'text,id\n"' + b"word word word\n" * 50_000
    assert error(table, "a.csv", limits=limits) == "a quotation mark is never closed; the rest is not read"
    assert error(b'text\n"never closed\n', "a.csv").startswith("is a broken row")


def test_an_article_of_a_million_words_is_read() -> None:
    text = "Headline\n\n" + "\n\n".join(PROSE.strip() * 6 for _ in range(5_600))
    assert len(text.split()) > 1_000_000
    start = time.monotonic()
    found = article(text)
    assert found.text == text and found.title == "Headline" and found.language == "en"
    assert time.monotonic() - start < ENDLESS


def test_texts_beyond_the_limit_are_an_error() -> None:
    assert error(b"word " * 10_000, limits=Limits(characters=1_000)) == "has more than 1,000 characters"


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.jsonl.gz"])
def test_gzip_bombs_are_an_error(name: str) -> None:
    data = gzip.compress(bytes(300_000_000)) if "txt" in name else gzip.compress(b" \n" * 100_000_000)
    start = time.monotonic()
    found, size = peak(iter(read(data, name)))
    assert str(found[-1]).endswith("unpacks to more than 200 times its size")
    assert time.monotonic() - start < ENDLESS
    assert size < 150


def test_gzip_within_gzip_is_not_unpacked_again() -> None:
    assert "binary" in error(gzip.compress(gzip.compress(PROSE.encode())), "a.txt.gz")


def test_deeply_nested_json_is_an_error() -> None:
    assert "nested" in error(b"[" * 500_000, "a.json")
    assert "nested" in error(b'{"a":' * 500_000, "a.jsonl")


def test_one_line_of_text_of_many_megabytes_is_read() -> None:
    text = "Iran said so. " * 500_000
    start = time.monotonic()
    assert article(text).text == text
    assert time.monotonic() - start < ENDLESS
