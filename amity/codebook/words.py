"""How text becomes words, on both sides: for phrases of the codebook and for the texts they are looked for in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Dotted initials are one word (U.S., D.R.C.); hyphens, apostrophes and strokes join words and are no words themselves;
# an ampersand is "and"; other signs, and blank lines, end a phrase.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+\+?|\d+\+?|\n[^\S\n]*\n|[^\s\w'’‘ʻʼ`´\-‐‑–—_/]")
_LETTERS = str.maketrans(
    {"ə": "e", "Ə": "E", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae"}
    | {"œ": "oe", "Œ": "Oe", "ß": "ss", "þ": "th", "Þ": "Th", "ð": "d", "İ": "I", "ŋ": "n"}
)
_ABBREVIATED = 4
BREAK = ""


class Word(NamedTuple):
    """One word: its `key` (folded, lower case; `BREAK` for a sign that ends a phrase), as written, and its place."""

    key: str
    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Text without diacritics, case kept: Əliyev → Eliyev, Erdoğan → Erdogan."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(_LETTERS)) if not unicodedata.combining(c))


def words(text: str) -> Iterator[Word]:
    """The words of `text` in order, with signs that end a phrase in between (their key is `BREAK`)."""
    previous = ""
    for match in _WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        if word[0].isalnum():
            written = word.replace(".", "") if "." in word else word
            yield Word(fold(written).lower(), written, start, end)
        elif word == "&":
            yield Word("and", word, start, end)
        elif word != "." or len(previous) > _ABBREVIATED:
            yield Word(BREAK, word, start, end)
        previous = word


def key(text: str) -> tuple[str, ...]:
    """What a phrase is looked up by: its words, lower case, without diacritics; "U.S." and "US" have the same key."""
    plain = text.replace(" ", "")
    if plain.isascii() and plain.isalpha():
        return tuple(text.lower().split())
    return tuple(word.key for word in words(text) if word.key)


def written(text: str) -> tuple[str, ...]:
    """The words of a phrase as they are written, without dots."""
    return tuple(word.text for word in words(text) if word.key)
