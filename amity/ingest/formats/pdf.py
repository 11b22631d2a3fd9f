"""PDF: text in reading order, lines joined to paragraphs, running heads removed, document information as metadata."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from amity.errors import InputError
from amity.ingest.draft import Draft
from amity.ingest.metadata import Metadata
from amity.ingest.raw import Limits, Raw
from amity.ingest.tags import nfc

if TYPE_CHECKING:
    from pypdf import PdfReader

_EDGE = 3  # lines at the top and bottom of a page that may be running heads
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """One article; pages are read one after the other, so that neither many nor large ones fill the memory."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = document.read(limits)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(document.name, "is encrypted")
        pages = _pages(reader, document.name, limits)
        found = _information(reader)
    except InputError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OSError) as error:
        raise InputError(document.name, f"is a damaged PDF: {' '.join(str(error).split())}") from error
    text = nfc(paragraphs(without_running_heads(pages)))
    if not text:
        raise InputError(document.name, "has no text (perhaps scanned pages)")
    yield Draft(source=document.name, text=text, found=found)


def _pages(reader: PdfReader, source: str, limits: Limits) -> list[list[str]]:
    """The lines of every page."""
    if len(reader.pages) > limits.pages:
        raise InputError(source, f"has more than {limits.pages:,} pages")
    deadline = time.monotonic() + limits.seconds
    pages: list[list[str]] = []
    characters = 0
    for page in reader.pages:
        text = page.extract_text()
        characters += len(text)
        if characters > limits.characters:
            raise InputError(source, f"has more than {limits.characters:,} characters")
        if time.monotonic() > deadline:
            raise InputError(source, f"takes longer than {limits.seconds:g} seconds to read")
        pages.append([line.strip() for line in text.splitlines()])
    return pages


def without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without page numbers and without the lines that return at the edge of most pages, figures in them apart."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    repeated = {key for key, count in seen.items() if count > max(1, len(pages) / 2)}
    return [_strip(page, repeated) for page in pages]


def _strip(page: Sequence[str], repeated: set[str]) -> list[str]:
    lines = [line for line in page if line] if not page else list(page)
    filled = [number for number, line in enumerate(lines) if line]
    edges = {*filled[:_EDGE], *filled[-_EDGE:]}
    first, last = (filled[0], filled[-1]) if filled else (0, 0)

    def is_running_head(number: int) -> bool:
        line = lines[number]
        return number in edges and (_key(line) in repeated or (number in (first, last) and line.isdigit()))

    return [line for number, line in enumerate(lines) if not is_running_head(number)]


def _edges(page: Sequence[str]) -> list[str]:
    lines = [line for line in page if line]
    return [*lines[:_EDGE], *lines[-_EDGE:]]


def _key(line: str) -> str:
    return _NUMBER.sub("#", line).lower()


def paragraphs(pages: Sequence[Sequence[str]]) -> str:
    """Lines joined to paragraphs: at blank lines and after short lines that end a sentence a new one begins."""
    lines = [line for page in pages for line in page]
    width = max(map(len, lines), default=0)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line:
            if blocks[-1] and _SENTENCE_END.search(blocks[-1][-1]):
                blocks.append([])
            continue
        blocks[-1].append(line)
        if len(line) < 0.75 * width and _SENTENCE_END.search(line):
            blocks.append([])
    return "\n\n".join(_join(block) for block in blocks if block)


def _join(lines: Sequence[str]) -> str:
    """One paragraph from its lines, words that were divided at line ends whole again."""
    text = lines[0]
    for line in lines[1:]:
        divided = _HYPHEN.search(text) and line[:1].islower()
        text = text[:-1] + line if divided else f"{text} {line}"
    return text


def _information(reader: PdfReader) -> Metadata:
    found = reader.metadata
    if found is None:
        return Metadata()
    created = found.creation_date
    return Metadata(title=found.title, author=found.author, published=created.isoformat() if created else None)
