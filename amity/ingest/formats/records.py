"""What JSON Lines, JSON and CSV have in common: rows with documented columns, read one at a time within limits."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Any

from amity.errors import InputError
from amity.ingest.decode import decode
from amity.ingest.draft import Draft
from amity.ingest.metadata import Metadata
from amity.ingest.raw import Limits, Raw

COLUMNS = ("id", "text", "title", "published", "url", "publisher", "author", "language")
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def lines(document: Raw, limits: Limits) -> Iterator[tuple[int, str | InputError]]:
    """Numbered lines of any length up to the limit; a longer one is an error and is skipped without being held."""
    stream = _decoded(document)
    for number, line in enumerate(iter(lambda: stream.readline(limits.document + 1), ""), start=1):
        place = f"{document.name}:{number}"
        if len(line) > limits.document:
            _skip_line(stream, line)
            yield number, InputError(place, f"the line is longer than {limits.document:,} characters")
        else:
            yield number, _repaired(line, document.charset, place)


def _decoded(document: Raw) -> io.TextIOWrapper:
    """Lines are UTF-8 unless a byte-order mark says otherwise; bytes that are not stay visible as surrogates."""
    head = document.stream.peek(4)[:4] if isinstance(document.stream, io.BufferedReader) else b""
    wide = next((name for mark, name in _WIDE if head.startswith(mark)), None)
    stream = io.TextIOWrapper(document.stream, wide or "utf-8-sig", errors="surrogateescape", newline="")
    if wide:
        stream.read(1)
    return stream


def _skip_line(stream: io.TextIOWrapper, line: str) -> None:
    while line and not line.endswith(("\n", "\r")):
        line = stream.readline(1 << 16)


def _repaired(line: str, charset: str | None, place: str) -> str | InputError:
    if line.isascii():
        return line
    try:
        line.encode("utf-8")
        return line
    except UnicodeEncodeError:
        try:
            return decode(line.encode("utf-8", "surrogateescape"), charset, place)
        except (InputError, UnicodeEncodeError):
            return InputError(place, "is in no character encoding that can be recognised")


def draft(row: Any, source: str, place: str) -> Draft | InputError:
    """One row as a draft; unknown columns are ignored, a text that is missing is named with the columns there are."""
    if not isinstance(row, dict):
        return InputError(place, "is no JSON object")
    if "text" not in row:
        return InputError(place, f"has no column `text`; found: {', '.join(map(str, list(row)[:20])) or 'nothing'}")
    text = row["text"]
    if not isinstance(text, str):
        return InputError(place, "`text` is not a string")
    if not text.strip():
        return InputError(place, "`text` is empty")
    if not _is_unicode(text):
        return InputError(place, "`text` has half a surrogate pair")
    values = {name: _value(row.get(name)) for name in COLUMNS if name not in ("id", "text")}
    return Draft(source=source, text=text, found=Metadata(**values), id=_value(row.get("id")))


def _value(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    return text if text and _is_unicode(text) else None


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
