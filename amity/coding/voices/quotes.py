"""Paragraphs and quotation marks of a text, as found in the wild: straight, curly, low, angled, nested, forgotten."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amity.coding.parse import Doc

DOUBLE = '“”„‟"«»'
SINGLE = "‘’‚'‹›"
OPENING = "“„‟«‘‚‹"
CLOSING = "”»’›"
_MARK = re.compile(f"[{DOUBLE}{SINGLE}]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_DEEPEST = 16  # quotations in one another; so many are a broken text
_SENTENCE_END = re.compile(r"[.!?…][)\]]?\s+$")


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `start` to `end` (exclusive)."""

    start: int
    end: int

    def __contains__(self, i: int) -> bool:
        return self.start <= i < self.end

    def __len__(self) -> int:
        return max(0, self.end - self.start)


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """A quotation with its marks, as tokens; `paragraph` is the index of the paragraph that it stands in.

    `opened` and `closed` tell whether the marks are there; `continues` that it goes on from the paragraph before;
    `depth` is 0 for a quotation that stands in no other.
    """

    paragraph: int
    opened: bool = True
    closed: bool = True
    continues: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as tokens, paragraphs and quotations; `starts` are the character offsets of the tokens."""

    doc: Doc
    text: str
    starts: list[int]
    parts: list[Span]
    quotes: list[Quote]

    @classmethod
    def of(cls, doc: Doc, text: str) -> Layout:
        """Find paragraphs and quotations; `text` is that of the Doc."""
        starts = [token.idx for token in doc]
        parts = _paragraphs(text, starts)
        return cls(doc, text, starts, parts, list(_quotations(text, starts, parts)))

    def part_of(self, i: int) -> int:
        """The index of the paragraph that a token stands in."""
        return bisect_right(self.parts, i, key=lambda part: part.start) - 1

    def quotes_in(self, part: int) -> list[Quote]:
        """The quotations of a paragraph."""
        first = bisect_left(self.quotes, part, key=lambda quote: quote.paragraph)
        return self.quotes[first : bisect_right(self.quotes, part, key=lambda quote: quote.paragraph)]

    def words(self, span: Span) -> str:
        """The text of a stretch of tokens, with the white space after it."""
        end = self.starts[span.end] if span.end < len(self.starts) else len(self.text)
        return self.text[self.starts[span.start] : end]


def _paragraphs(text: str, starts: list[int]) -> list[Span]:
    """The paragraphs of a text as token spans: split at blank lines, and at every line end unless lines are wrapped."""
    breaks = _BLANK_LINE if _is_wrapped(text) else _LINE
    edges = [0, *(bisect_left(starts, found.end()) for found in breaks.finditer(text)), len(starts)]
    return [Span(start, end) for start, end in pairwise(edges) if start < end]


def _is_wrapped(text: str) -> bool:
    """Whether lines end at a fixed width: many short lines that stop in mid-sentence and go on in the next."""
    lines = text.split("\n")
    followed = [line for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(followed) < 3 or max(len(line) for line in lines) > 120:
        return False
    return sum(line.rstrip()[-1] not in '.!?:”"’»' for line in followed) > len(followed) / 2


def _quotations(text: str, starts: list[int], parts: list[Span]) -> Iterator[Quote]:
    """All quotations of a text in its order, those inside others included.

    A quotation that is open at the end of a paragraph ends there; it `continues` in the next one if that begins with
    an opening mark. A closing mark with no opening one before it closes a quotation that begins with the paragraph.
    """
    running = False
    for index, part in enumerate(parts):
        low = starts[part.start]
        words = text[low : starts[part.end] if part.end < len(starts) else len(text)]
        here = list(_pairs(words, running))
        for start, end, opened, closed, depth in here:
            first, last = bisect_left(starts, low + start), bisect_left(starts, low + end)
            if first < last:
                continues = running and depth == 0 and start <= len(words) - len(words.lstrip())
                yield Quote(first, last, index, opened, closed, continues, depth)
        if words.strip():
            running = any(not closed and depth == 0 for _, _, _, closed, depth in here)


def _pairs(text: str, running: bool) -> Iterator[tuple[int, int, bool, bool, int]]:
    """Quotations of one paragraph: start, end (marks included), whether opened and closed, depth."""
    stack: list[tuple[int, str]] = []
    found: list[tuple[int, int, bool, bool, int]] = []
    body = text.rstrip().replace("''", '"\0').replace("``", "“\0")
    for found_mark in _MARK.finditer(body):
        at, char = found_mark.start(), found_mark[0]
        match _role(body, at, stack):
            case "open":
                if stack and _family(stack[-1][1]) == _family(char) and (stop := _stop_before(body, stack[-1][0], at)):
                    start, _ = stack.pop()
                    found.append((start, stop, True, False, len(stack)))
                if len(stack) < _DEEPEST:
                    stack.append((at, char))
            case "close":
                if any(_family(mark) == _family(char) for _, mark in stack):
                    while _family(stack[-1][1]) != _family(char):
                        stack.pop()
                    start, _ = stack.pop()
                    found.append((start, at + 1, True, True, len(stack)))
                elif not stack and char in DOUBLE and not any(depth == 0 for *_, depth in found):
                    found.append((0, at + 1, running, True, 0))
    for depth, (start, mark) in enumerate(stack):
        if mark in DOUBLE and depth == 0:
            found.append((start, len(body), True, False, 0))
    yield from sorted(found)


def _family(mark: str) -> str:
    return "double" if mark in DOUBLE else "single"


def _role(text: str, at: int, stack: list[tuple[int, str]]) -> str | None:
    """Whether the mark at `at` opens or closes a quotation; null for apostrophes, inches and minutes."""
    char = text[at]
    before, after = text[at - 1] if at else " ", text[at + 1 : at + 3].lstrip("\0")[:1] or " "
    starts_word = (before.isspace() or before in "([{—–-/" or before in OPENING + "\"'") and not after.isspace()
    if char in SINGLE:
        return _single_role(char, before, after, starts_word, stack)
    if char in "„‟«" or (char == "“" and not (stack and stack[-1][1] == "„")):
        return "open"
    if char == "»" and starts_word and not stack:
        return "open"
    if char == '"' and before.isdigit() and not stack:
        return None
    if char in '"”' and starts_word and not (stack and _family(stack[-1][1]) == "double"):
        return "open"
    return "close"


def _single_role(char: str, before: str, after: str, starts_word: bool, stack: list[tuple[int, str]]) -> str | None:
    inside = any(mark in SINGLE for _, mark in stack)
    if char in "‘‚‹" or (char == "'" and starts_word and after.isalpha()):
        return None if inside or after.isdigit() else "open"
    if inside and not after.isalnum() and not before.isspace():
        return "close"
    return None


def _stop_before(text: str, start: int, at: int) -> int | None:
    """Where an unclosed quotation ends that another one follows: after the sentence before it, if one ends there."""
    return len(text[:at].rstrip()) if _SENTENCE_END.search(text[start:at]) else None
