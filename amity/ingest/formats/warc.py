"""Web archives: every successful response that holds a page or a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amity.errors import InputError
from amity.ingest.decode import decode
from amity.ingest.draft import LED_ASTRAY, Draft
from amity.ingest.formats.html import page
from amity.ingest.metadata import Metadata, printable
from amity.ingest.raw import HTML, TEXT, Limits, Raw, sniff

_TYPES = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": TEXT}


def read(document: Raw, limits: Limits) -> Iterator[Draft | InputError]:
    """One draft a response, `url` its address; requests, redirects, images and the like are passed over."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        archive = ArchiveIterator(document.stream)
        archive.INC_RECORD = ""  # what it would print about every irregularity
        for record in archive:
            if record.rec_type in ("response", "resource") and (kind := _kind(record)):
                yield _draft(record, kind, document.name, limits)
    except (ArchiveLoadFailed, *LED_ASTRAY) as error:
        raise InputError(document.name, f"is damaged: {' '.join(str(error).split())[:200]}") from error


def _kind(record: Any) -> str | None:
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return None
    declared = (headers or record.rec_headers).get_header("Content-Type") or ""
    return _TYPES.get(declared.split(";")[0].strip().lower())


def _draft(record: Any, kind: str, source: str, limits: Limits) -> Draft | InputError:
    url = printable(record.rec_headers.get_header("WARC-Target-URI") or "")
    place = f"{source}: {url}"
    try:
        data = record.content_stream().read(limits.document + 1)
        if len(data) > limits.document:
            return InputError(place, f"is larger than {limits.document:,} bytes")
        declared = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
        charset = declared.partition("charset=")[2].split(";")[0].strip() or None
        if sniff(data[:4096], "", kind) == HTML:
            draft = page(data, source, charset, limits, url)
            return (
                Draft(source=source, text=draft.text, found=draft.found)
                if draft.text
                else InputError(place, "has no text")
            )
        return Draft(source=source, text=decode(data, charset, place), found=Metadata(url=url))
    except InputError as error:
        return error
    except LED_ASTRAY as error:
        return InputError(place, f"is damaged: {' '.join(str(error).split())[:200]}")
