"""Web pages: main text, title, author, site and date by trafilatura and htmldate, behind guards."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from amity.ingest import dates, layout
from amity.ingest.decode import decode
from amity.ingest.draft import LED_ASTRAY, Draft
from amity.ingest.metadata import Metadata, host
from amity.ingest.raw import Limits, Raw
from amity.ingest.tags import bare_text, is_bounded, nfc, tame

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_VALUE = r"[\"']?\s*(?::|content\s*=|datetime\s*=)\s*[\"']([^\"'<>]{8,40})[\"']"
_STATED = re.compile(
    rf"(?:article:published_time|datePublished|pubdate|dc\.date(?:\.issued)?|parsely-pub-date){_VALUE}", re.IGNORECASE
)
_CHANGED = re.compile(
    rf"(?:article:modified_time|og:updated_time|dateModified|dc\.date\.modified|last-modified){_VALUE}", re.IGNORECASE
)
LONGEST_HEADLINE = 80
_CELL = re.compile(r"\s*(?<!\\)\|\s*|\\(?=\|)")
_RULE = re.compile(r"[\s|:-]+")
_SITE_SEPARATOR = re.compile(r"\s+[|–—·»-]\s+")


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """The main text of a web page and what its markup tells."""
    data = document.read(limits)
    yield page(data, document.name, document.charset, limits, document.given.url)


def page(data: bytes, source: str, charset: str | None, limits: Limits, url: str | None = None) -> Draft:
    """The draft of one web page; `url` is where it was found, if that is known."""
    declared = _CHARSET.search(data[:4096])
    html = decode(data, charset or (declared[1].decode("ascii") if declared else None), source)
    address = url or (source if source.startswith(("http://", "https://")) else None)
    html = tame(html)
    found = _extract(html, address) if is_bounded(html, limits) else None
    if found is None:
        return Draft(source=source, text=bare_text(html), found=Metadata(url=address))
    return _draft(found, html, source, address)


def _draft(found: Any, html: str, source: str, address: str | None) -> Draft:
    url = found.url if str(found.url).startswith(("http://", "https://")) else address
    metadata = Metadata(
        title=_without_site(found.title, found.sitename),
        author=found.author,
        publisher=None if _is_host(found.sitename, url) else found.sitename,
        published=_published(found, html),
        url=url,
    )
    text = _paragraphs(found.text)
    return Draft(source=source, text=text, found=metadata.or_else(_around(text, html)))


def _paragraphs(text: str) -> str:
    """trafilatura gives a paragraph a line and tables as Markdown."""
    lines = (_CELL.sub(" ", line).strip() if line.startswith("|") else line.strip() for line in text.splitlines())
    return nfc("\n\n".join(line for line in lines if line and not _RULE.fullmatch(line)))


def _around(text: str, html: str) -> Metadata:
    """What the lines of the page above and below the main text say of it."""
    lines = bare_text(html).split("\n\n")
    paragraphs = {line for line in text.split("\n\n") if len(line) > LONGEST_HEADLINE}
    places = [number for number, line in enumerate(lines) if line in paragraphs]
    if not places:
        return Metadata()
    return layout.around(lines[: places[0]], lines[places[-1] + 1 :])


def _is_host(site: str | None, url: str | None) -> bool:
    """Whether a site's name is only its address, which trafilatura gives where it finds no name."""
    return bool(site and url) and str(site).lower() in host(url)


def _without_site(title: str | None, site: str | None) -> str | None:
    """`Six dead in border clash | Gulf Ledger` without the name of the site."""
    for separator in _SITE_SEPARATOR.finditer(title or ""):
        if title and site and title[separator.end() :].strip().casefold() == site.strip().casefold():
            return title[: separator.start()].strip()
    return title


def _published(found: Any, html: str) -> str | None:
    """The day of first publication, with the hour where the markup gives one for that day."""
    stated = [iso for value in _STATED.findall(html)[:20] if (iso := dates.parse(value))]
    changed = {iso[:10] for value in _CHANGED.findall(html)[:20] if (iso := dates.parse(value))}
    if not found.date or (found.date in changed and not stated):
        return min(stated, default=None)
    return next((iso for iso in stated if len(iso) > 10 and iso.startswith(found.date)), found.date)


def _extract(html: str, url: str | None) -> Any:
    import trafilatura

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": None},
        )
    except LED_ASTRAY:
        return None
    return found if found is not None and found.text and found.text.strip() else None
