"""Word documents: paragraphs and tables of the main part, core properties as metadata."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from amity.errors import InputError
from amity.ingest.draft import LED_ASTRAY, Draft
from amity.ingest.metadata import Metadata
from amity.ingest.raw import Limits, Raw
from amity.ingest.tags import nfc

_BROKEN: tuple[type[Exception], ...] = (zipfile.BadZipFile, *LED_ASTRAY)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SPACES = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """One article: the paragraphs in order, without what tracked changes have deleted."""
    data = document.read(limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _part(archive, "word/document.xml", document.name, limits)
            core = _part(archive, "docProps/core.xml", document.name, limits)
    except _BROKEN as error:
        raise InputError(document.name, f"is a damaged or encrypted Word document: {error}") from error
    if body is None:
        raise InputError(document.name, "is a zip archive, but no Word document")
    text = "\n\n".join(paragraph for paragraph in _paragraphs(body, document.name) if paragraph)
    yield Draft(source=document.name, text=nfc(text), found=_properties(core, document.name))


def _part(archive: zipfile.ZipFile, name: str, source: str, limits: Limits) -> bytes | None:
    """One file of the archive. What its directory says of its size is not believed: reading stops at the limit."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as stream:
        data = stream.read(limits.document + 1)
    if len(data) > limits.document:
        raise InputError(source, f"unpacks to more than {limits.document:,} bytes")
    return data


def _events(xml: bytes, source: str) -> Iterator[tuple[str, Any]]:
    """Elements as they end. Entities are not resolved, nothing is loaded, and nesting is bounded by the parser."""
    from lxml import etree

    try:
        yield from etree.iterparse(
            io.BytesIO(xml), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
    except etree.XMLSyntaxError as error:
        raise InputError(source, f"is a damaged Word document: {error.msg}") from error


def _paragraphs(xml: bytes, source: str) -> Iterator[str]:
    pieces: list[str] = []
    for _, element in _events(xml, source):
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in _SPACES and element.getparent().tag == f"{_W}r":
            pieces.append(_SPACES[element.tag])
        elif element.tag == f"{_W}p":
            yield "".join(pieces).strip()
            pieces.clear()
            element.clear()


def _properties(xml: bytes | None, source: str) -> Metadata:
    if xml is None:
        return Metadata()
    values = {element.tag: element.text for _, element in _events(xml, source)}
    return Metadata(title=values.get(f"{_DC}title"), author=values.get(f"{_DC}creator"))
