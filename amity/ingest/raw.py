"""Raw documents: bytes from outside with a name and a media type, bounded and unpacked, not yet believed."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from amity.errors import InputError
from amity.ingest.metadata import EMPTY, Metadata, printable

TEXT, MARKDOWN, HTML, PDF = "text/plain", "text/markdown", "text/html", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EML, WARC, FEED, XML = "message/rfc822", "application/warc", "application/feed", "application/xml"
JSONL, JSON, CSV, TSV = "application/jsonl", "application/json", "text/csv", "text/tab-separated-values"

EXTENSIONS = {
    ".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".pdf": PDF, ".docx": DOCX, ".eml": EML, ".warc": WARC, ".jsonl": JSONL, ".ndjson": JSONL, ".json": JSON,
    ".csv": CSV, ".tsv": TSV, ".rss": FEED, ".atom": FEED, ".xml": XML,
}  # fmt: skip

# Media types as servers write them; text/plain and application/octet-stream say too little to be listed.
_DECLARED = {
    "text/markdown": MARKDOWN, "text/html": HTML, "application/xhtml+xml": HTML, "application/pdf": PDF, DOCX: DOCX,
    "message/rfc822": EML, "application/warc": WARC, "application/jsonl": JSONL, "application/x-ndjson": JSONL,
    "application/json": JSON, "text/csv": CSV, "text/tab-separated-values": TSV, "application/rss+xml": FEED,
    "application/atom+xml": FEED, "application/rdf+xml": FEED,
}  # fmt: skip

_HEAD = 4096
_BUFFER = 1 << 16
_HARMLESS = 1_000_000  # bytes that a stream may unpack to at any rate
_GZIP = b"\x1f\x8b"
_MARKUP = re.compile(rb"<(!doctype\s+html|html|head|body|article|div|rss|feed|rdf:RDF)\b", re.IGNORECASE)
_PREAMBLE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--[^>]*-->\s*)*<", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything is believed. Sizes are of what comes out of unpacking."""

    document: int = 20_000_000  #: bytes of one document, or of one record of JSON Lines, CSV or WARC
    characters: int = 10_000_000  #: characters of one article's text
    ratio: int = 200  #: how many times its packed size a compressed stream may reach, from a megabyte on
    page: int = 5_000_000  #: characters of an HTML page, above which only its bare text is taken
    elements: int = 60_000  #: tags of an HTML page, likewise
    depth: int = 200  #: nesting of an HTML page, likewise
    pages: int = 2_000  #: pages of a PDF
    seconds: float = 30.0  #: how long one PDF may take


@dataclass(frozen=True, slots=True)
class Raw:
    """One document as it arrived: `stream` gives its bytes once, `media_type` is one of this module's constants.

    `charset` is what server or sender declared; `given` is metadata that came along (from a feed, say).
    """

    name: str
    stream: BinaryIO
    media_type: str
    charset: str | None = None
    given: Metadata = EMPTY

    def read(self, limits: Limits) -> bytes:
        """The whole document; raises `InputError` when it is empty or larger than the limit."""
        data = self.stream.read(limits.document + 1)
        if not data:
            raise InputError(self.name, "is empty")
        if len(data) > limits.document:
            raise InputError(self.name, f"is larger than {_megabytes(limits.document)}")
        return data


def receive(
    name: str,
    stream: BinaryIO,
    *,
    declared: str | None = None,
    charset: str | None = None,
    given: Metadata = EMPTY,
    limits: Limits | None = None,
) -> Raw:
    """Take a stream in: unpack gzip within limits, and tell the media type from content, header and extension.

    Raises `InputError` when the content is of no kind that amity reads.
    """
    limits = limits or Limits()
    name = printable(name)
    bounded = _Bounded(name, stream, limits)
    buffered = io.BufferedReader(bounded, _BUFFER)
    head = buffered.peek(_HEAD)[:_HEAD]
    if head.startswith(_GZIP):
        buffered = io.BufferedReader(_Bounded(name, gzip.GzipFile(fileobj=buffered), limits, bounded), _BUFFER)
        head = buffered.peek(_HEAD)[:_HEAD]
    return Raw(name, buffered, sniff(head, name, declared), charset, given)


def extension(name: str) -> str:
    """The file extension of a path or URL in lower case, the one before `.gz` if that is the last."""
    path = PurePosixPath(urlsplit(name).path if "://" in name else name)
    return (PurePosixPath(path.stem) if path.suffix.lower() == ".gz" else path).suffix.lower()


def sniff(head: bytes, name: str, declared: str | None = None) -> str:
    """The media type: unmistakable content first, then what the server says, the extension, the look of the content."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX
    if re.match(rb"WARC/[01]\.", head):
        return WARC
    looks = _look(head)
    named = _DECLARED.get((declared or "").split(";")[0].strip().lower()) or EXTENSIONS.get(extension(name))
    if looks in (HTML, FEED) and named in (None, TEXT, HTML, FEED, XML):
        return looks
    return named or looks


def _look(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _PREAMBLE.match(head) and (markup := _MARKUP.search(head)):
        return FEED if markup[1].lower() in (b"rss", b"feed", b"rdf:rdf") else HTML
    if start.startswith((b'{"', b"{ ")) and start.splitlines()[0].rstrip().endswith(b"}"):
        return JSONL
    return TEXT


class _Bounded(io.RawIOBase):
    """Bytes of a stream, counted; unpacked ones may not grow out of proportion to the packed ones they come from."""

    def __init__(
        self, name: str, source: BinaryIO | gzip.GzipFile, limits: Limits, packed: _Bounded | None = None
    ) -> None:
        self.name = name
        self.source = source
        self.limits = limits
        self.packed = packed
        self.total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self.source.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(self.name, f"is damaged: {error}") from error
        except OSError as error:
            raise InputError(self.name, error.strerror or str(error)) from error
        self.total += len(data)
        if self.packed and self.total > max(_HARMLESS, self.limits.ratio * self.packed.total):
            raise InputError(self.name, f"unpacks to more than {self.limits.ratio} times its size")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.source.close()
        if self.packed:
            self.packed.close()
        super().close()


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"
