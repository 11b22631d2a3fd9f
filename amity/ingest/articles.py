"""Raw documents to articles: the right reader for the format, then the gaps filled from the text itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

from amity.errors import InputError
from amity.ingest import dates, layout, raw
from amity.ingest.draft import Draft, Reader
from amity.ingest.language import identify
from amity.ingest.metadata import EMPTY, Metadata, host
from amity.ingest.raw import Limits, Raw
from amity.records import Article
from amity.records.article import content_id

log = logging.getLogger(__name__)

# Modules are named, not imported: a run that reads only text files never loads the PDF library.
READERS = {
    raw.TEXT: "text",
    raw.MARKDOWN: "markdown",
    raw.HTML: "html",
    raw.PDF: "pdf",
    raw.DOCX: "docx",
    raw.EML: "eml",
    raw.WARC: "warc",
    raw.JSONL: "jsonl",
    raw.JSON: "json",
    raw.CSV: "csv",
    raw.TSV: "csv",
}


def articles(
    document: Raw, overrides: Metadata = EMPTY, limits: Limits | None = None
) -> Iterator[Article | InputError]:
    """Every article in a raw document, and an error for every part that cannot be read.

    `overrides` wins over what the document says, and that over what the text shows. Text of plain text, JSON Lines and
    CSV is kept exactly as decoded; that of the other formats is what was extracted, in Unicode's NFC.
    """
    limits = limits or Limits()
    try:
        for draft in _reader(document)(document, limits):
            yield draft if isinstance(draft, InputError) else _article(draft, document, overrides, limits)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(document.name, error.strerror or str(error))
    except (RecursionError, MemoryError):
        yield InputError(document.name, "is nested too deeply or too large")


def _reader(document: Raw) -> Reader:
    if document.media_type not in READERS:
        raise InputError(document.name, f"is of a type that amity does not read: {document.media_type}")
    reader: Reader = import_module(f"amity.ingest.formats.{READERS[document.media_type]}").read
    return reader


def _article(draft: Draft, document: Raw, overrides: Metadata, limits: Limits) -> Article | InputError:
    if not draft.text.strip():
        return InputError(draft.source, "has no text")
    if len(draft.text) > limits.characters:
        return InputError(draft.source, f"has more than {limits.characters:,} characters")
    shown = layout.read(draft.text)
    sources = (overrides, draft.found.cleaned(), document.given.cleaned(), shown.metadata)
    known = EMPTY
    for metadata in sources:
        known = known.or_else(replace(metadata, published=_published(metadata.published, draft.source)))
    return Article(
        id=draft.id or content_id(draft.text),
        text=draft.text,
        source=draft.source,
        title=known.title,
        author=known.author,
        publisher=known.publisher or _site(known.url),
        published=known.published,
        url=known.url,
        language=known.language or identify(draft.text[shown.body :]),
        media_type=document.media_type,
        furniture=shown.furniture,
    )


def _site(url: str | None) -> str | None:
    """The name of a page's host, which stands for its publisher when nothing else tells it."""
    name = host(url).partition(":")[0].removeprefix("www.")
    return name if "." in name and not name.replace(".", "").isdigit() else None


def _published(value: str | None, source: str) -> str | None:
    """The date as ISO 8601 if it is one and can be true; a wrong date is worse than none."""
    if not value:
        return None
    iso = dates.parse(value)
    reason = dates.fault(iso) if iso else "is no date that can be understood"
    if reason:
        log.warning("%s: date %s %s; left out", source, value[:100], reason)
        return None
    return iso
