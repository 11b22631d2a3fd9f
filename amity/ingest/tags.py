"""HTML before it is believed: one pass over its tags that takes the sting out, without building a tree.

Tree builders need time that is quadratic in the attributes of a tag, and extraction rules take long on huge or deep
trees. What goes on to them is bounded here; the rest is read as bare text.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from amity.ingest.raw import Limits

LONGEST_TAG = 20_000
MOST_ATTRIBUTES = 300

# A tag ends at the first > outside quotes. No part can match in two ways, so that the time is linear.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>?")
_MARKUP = re.compile(r"<(?:!--|(?=/?[a-zA-Z]))")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SEPARATOR = re.compile(r"[\s/]+|(?<==)(?=\S)")
_CLOSED_BY_THEIR_LIKE = {"p", "li", "dt", "dd", "td", "th", "tr", "option"}
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
}  # fmt: skip
_RAW = {"script": re.compile(r"</script", re.IGNORECASE), "style": re.compile(r"</style", re.IGNORECASE)}
_BLOCK = {
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
    "p", "pre", "section", "table", "td", "th", "title", "tr", "ul",
}  # fmt: skip
_SILENT = {"head", "noscript", "template", "svg", "textarea", "select", "button"}


def tame(html: str) -> str:
    """The page without comments, scripts and styles, and without the attributes of monstrous tags.

    Metadata in JSON-LD stays, its `<` written as escapes.
    """
    pieces: list[str] = []
    position = 0
    while found := _MARKUP.search(html, position):
        start = found.start()
        pieces.append(html[position:start])
        if found[0] == "<!--":
            position = _after(html, html.find("-->", start), 3)
            continue
        tag = _TAG.match(html, start)
        if tag is None:
            position = start + 1
            pieces.append("&lt;")
            continue
        name = tag[2].lower()
        position = tag.end()
        pieces.append(tag[0] if _is_modest(tag[0]) else f"<{tag[1]}{name}>")
        if name in _RAW and not tag[1]:
            end = _RAW[name].search(html, position)
            content = html[position : end.start() if end else len(html)]
            pieces.append(content.replace("<", "\\u003c") if "ld+json" in tag[0] else "")
            position = end.start() if end else len(html)
    pieces.append(html[position:])
    return "".join(pieces)


def is_bounded(html: str, limits: Limits) -> bool:
    """Whether a tamed page is of a size and depth on which extraction takes reasonable time."""
    if len(html) > limits.page or html.count("<") > limits.elements:
        return False
    depth = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name not in _VOID and name not in _CLOSED_BY_THEIR_LIKE and not tag[0].endswith("/>"):
            depth = max(0, depth + (-1 if tag[1] else 1))
            if depth > limits.depth:
                return False
    return True


def bare_text(html: str) -> str:
    """The text between the tags of a tamed page, a paragraph a line, with blank lines between."""
    pieces: list[str] = []
    silent = ""
    end = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if not silent:
            pieces.append(html[end : tag.start()])
            pieces.append("\n\n" if name in _BLOCK else "")
        if silent == name and tag[1]:
            silent = ""
        elif not silent and name in _SILENT | _RAW.keys() and not tag[1]:
            silent = name
        end = tag.end()
    pieces.append("" if silent else html[end:])
    lines = (" ".join(unescape(line).split()) for line in "".join(pieces).split("\n\n"))
    return nfc("\n\n".join(line for line in lines if line))


def nfc(text: str) -> str:
    """Extracted text as it is stored: NFC, without soft hyphens and zero-width spaces, which only lay out pages."""
    return unicodedata.normalize("NFC", re.sub("[\u00ad\u200b\ufeff]", "", text)).strip()


def _is_modest(tag: str) -> bool:
    if len(tag) <= 1_000:
        return True
    return len(tag) <= LONGEST_TAG and len(_SEPARATOR.findall(_QUOTED.sub(" ", tag))) <= MOST_ATTRIBUTES


def _after(html: str, found: int, length: int) -> int:
    return len(html) if found < 0 else found + length
