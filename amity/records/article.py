"""An article: a text by somebody, as it was stored."""

import hashlib

import msgspec


class Span(msgspec.Struct, frozen=True):
    """Characters `start` to `end` (exclusive) of an article's text."""

    start: int
    end: int


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One text with what is known about it.

    `text` is what every offset in every claim points into; it never changes once stored.
    `published` is an ISO date or date-time (`2021-10-14`, `2021-10-14T08:00:00+04:00`), null when nothing tells it.
    `language` is an ISO 639-1 code, null when the text is too short to tell.
    `furniture` marks characters of `text` that are not the author's prose (menus, comment forms, captions of widgets).
    `copy_of` is the id of the article that this one repeats (agency copy, syndication).
    """

    id: str
    text: str
    source: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    furniture: tuple[Span, ...] = ()
    copy_of: str | None = None


def content_id(text: str) -> str:
    """The id of an article that brings none: the first 16 hexadecimal digits of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
