"""RSS and Atom feeds: what they list."""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from typing import Any

from amity.errors import InputError
from amity.ingest.metadata import Metadata
from amity.ingest.tags import bare_text

MOST_ENTRIES = 1_000
FULL_TEXT = 500  # characters above which the text of an entry counts as the article itself


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what the feed says about it, and the article as an HTML page (UTF-8) if the feed holds it."""

    given: Metadata
    content: bytes | None


def entries(data: bytes, source: str) -> list[Entry]:
    """The entries of a feed in its order; raises `InputError` for what is no feed."""
    import feedparser

    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise InputError(source, "is XML, but no RSS or Atom feed that can be read")
    site = feed.feed.get("title")
    return [_entry(entry, site) for entry in feed.entries[:MOST_ENTRIES]]


def _entry(entry: Any, site: str | None) -> Entry:
    given = Metadata(
        title=bare_text(entry.get("title") or "") or None,
        author=entry.get("author"),
        publisher=(entry.get("source") or {}).get("title") or site,
        published=entry.get("published") or entry.get("updated"),
        url=entry.get("link"),
    )
    return Entry(given.cleaned(), _content(entry, given))


def _content(entry: Any, given: Metadata) -> bytes | None:
    """The longest text of the entry as a page of its own, if it is the article and no teaser."""
    texts = [part.get("value") or "" for part in entry.get("content") or []] + [entry.get("summary") or ""]
    text = max(texts, key=len)
    if len(bare_text(text)) < FULL_TEXT and (given.url or not text):
        return None
    title = escape(given.title or "")
    return f"<html><head><title>{title}</title></head><body><article>{text}</article></body></html>".encode()
