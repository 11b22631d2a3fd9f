"""Web pages: main text, title, author, site and date by trafilatura and htmldate, behind guards."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Any

from amity.ingest.decode import decode
from amity.ingest.draft import Draft
from amity.ingest.metadata import Metadata
from amity.ingest.raw import Limits, Raw

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    # closed by their like, so that leaving them open does not nest
    "p", "li", "dt", "dd", "td", "th", "tr", "option",
}  # fmt: skip
_BLOCK = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "title", "blockquote"}
_SILENT = {"script", "style", "noscript", "template", "svg", "head", "textarea", "select"}
_SITE_SEPARATOR = re.compile(r"\s+[|–—·»-]\s+")


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """The main text of a web page and what its markup tells."""
    data = document.read(limits)
    yield page(data, document.name, document.charset, limits)


def page(data: bytes, source: str, charset: str | None, limits: Limits, url: str | None = None) -> Draft:
    """The draft of one web page; `url` is where it was found, if that is known."""
    declared = _CHARSET.search(data[:4096])
    html = decode(data, charset or (declared[1].decode("ascii") if declared else None), source)
    address = url or (source if source.startswith(("http://", "https://")) else None)
    found = _extract(html, address) if _is_bounded(html, limits) else None
    if found is None:
        return Draft(source=source, text=bare_text(html), found=Metadata(url=address))
    return found_draft(found, html, source, address)


def found_draft(found: Any, html: str, source: str, address: str | None) -> Draft:
    """A draft of what trafilatura found."""
    title = found.title
    site = found.sitename
    if title and site:
        parts = _SITE_SEPARATOR.split(title)
        title = parts[0] if len(parts) == 2 and parts[1].strip().lower() == site.strip().lower() else title
    metadata = Metadata(
        title=title, author=found.author, publisher=site, published=_published(html, address), url=found.url or address
    )
    return Draft(source=source, text=nfc(found.text), found=metadata)


def nfc(text: str) -> str:
    """Extracted text as it is stored: NFC, without soft hyphens and zero-width spaces, which only lay out pages."""
    return unicodedata.normalize("NFC", re.sub("[\u00ad\u200b\ufeff]", "", text)).strip()


def _is_bounded(html: str, limits: Limits) -> bool:
    """Whether the page is of a size and depth that a tree-building parser handles in reasonable time."""
    depth = 0
    for number, tag in enumerate(_TAG.finditer(html), start=1):
        if number > limits.elements or depth > limits.depth:
            return False
        if tag[2].lower() not in _VOID:
            depth = max(0, depth + (-1 if tag[1] else 1 - tag[0].endswith("/>")))
    return depth <= limits.depth


def _extract(html: str, url: str | None) -> Any:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            html, url=url, with_metadata=True, include_comments=False, include_tables=True, favor_recall=False
        )
    except (
        ValueError,
        RecursionError,
        AttributeError,
        TypeError,
        KeyError,
        IndexError,
    ):  # malformed pages reach its seams
        return None
    return found if found is not None and found.text and found.text.strip() else None


def _published(html: str, url: str | None) -> str | None:
    """The date of first publication, with the time where the markup gives one."""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    day: str | None = find_date(html, original_date=True, extensive_search=False, url=url)
    return day


def bare_text(html: str) -> str:
    """The text between the tags, in one pass and without a tree; for pages that are too large or too deep."""
    pieces: list[str] = []
    silent = ""
    end = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if not silent:
            pieces.append(html[end : tag.start()])
            if name in _BLOCK:
                pieces.append("\n\n")
        if silent == name and tag[1]:
            silent = ""
        elif not silent and name in _SILENT and not tag[1]:
            silent = name
        end = tag.end()
    if not silent:
        pieces.append(html[end:])
    lines = (" ".join(unescape(line).split()) for line in "".join(pieces).split("\n\n"))
    return nfc("\n\n".join(line for line in lines if line))
