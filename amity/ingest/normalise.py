"""A view of the text that is easier to analyse and has every character in its place."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SINGLE = "‘’‚‛′‵‹›ʼ＇`´"
_DOUBLE = "“”„‟″‶«»〝〞＂"
_HYPHENS = "‐‑﹣－⁃"
_EN_DASHES = "‒−﹘"
_EM_DASHES = "―⸺⸻﹣︱"
_INVISIBLE = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
_INVISIBLE_CHARACTER = re.compile(f"(?P<inside>(?<=\\w){_INVISIBLE}(?=\\w))|{_INVISIBLE}")
SOFT_HYPHEN = "\u00ad"


def normalise(text: str) -> str:
    """`text` with plain quotes, spaces and hyphens, of the same length: offsets hold in both.

    En and em dashes stay apart, because ranges and clauses differ by them. Zero-width and direction characters become
    spaces; inside a word they become soft hyphens, so that the word stays one.
    """
    if text.isascii():
        return text
    text = _INVISIBLE_CHARACTER.sub(lambda found: SOFT_HYPHEN if found["inside"] else " ", text)
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    table = {ord(char): "'" for char in _SINGLE} | {ord(char): '"' for char in _DOUBLE}
    table |= {ord(char): "-" for char in _HYPHENS} | {ord(char): "–" for char in _EN_DASHES}
    table |= {ord(char): "—" for char in _EM_DASHES}
    spaces = (chr(code) for code in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
    table |= {ord(char): " " for char in spaces if unicodedata.category(char) == "Zs"}
    table |= {ord(char): "\n" for char in "\x85\u2028\u2029"}
    full_width = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return full_width | table
