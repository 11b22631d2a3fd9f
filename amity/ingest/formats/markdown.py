"""Markdown: front matter as metadata, the rest as the text a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import yaml

from amity.ingest.decode import decode
from amity.ingest.draft import Draft
from amity.ingest.metadata import Metadata
from amity.ingest.raw import Limits, Raw
from amity.ingest.tags import bare_text, nfc

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(?P<yaml>.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline", "by", "creator"),
    "publisher": ("publisher", "source", "site", "publication", "agency"),
    "published": ("published", "date", "datepublished", "publication_date", "pubdate", "created"),
    "url": ("url", "link", "canonical", "permalink"),
    "language": ("language", "lang"),
}


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """One article: the rendered text, a paragraph a line, with blank lines between."""
    text = decode(document.read(limits), document.charset, document.name)
    front = _FRONT_MATTER.match(text)
    found = _metadata(front["yaml"]) if front else Metadata()
    body = text[front.end() :] if front else text
    yield Draft(source=document.name, text=nfc(plain(body)), found=found)


def plain(markdown: str) -> str:
    """What Markdown shows: markup gone, link texts and quotations kept, images and code fences dropped."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table").parse(markdown)
    return "\n\n".join(block for block in map(_block, tokens) if block.strip())


def _block(token: Token) -> str:
    return bare_text(token.content) if token.type == "html_block" else _inline(token.children or [])


def _inline(tokens: list[Token]) -> str:
    pieces = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        pieces.get(token.type, token.content if token.type in ("text", "code_inline") else "") for token in tokens
    )


def _metadata(front: str) -> Metadata:
    try:
        values: Any = yaml.safe_load(front)
    except (yaml.YAMLError, RecursionError, ValueError):
        return Metadata()
    if not isinstance(values, dict):
        return Metadata()
    lower = {str(name).lower(): value for name, value in values.items()}
    return Metadata(**{field: _first(lower, names) for field, names in _NAMES.items()})


def _first(values: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = values.get(name)
        if isinstance(value, list):
            value = ", ".join(item for item in value[:10] if isinstance(item, str))
        if value and not isinstance(value, dict):
            return str(value)[:500]
    return None
