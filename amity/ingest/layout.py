"""What the layout of a text tells: headline, byline, dateline, imprint, and which lines are page furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from amity.ingest.imprint import Imprint, dateline, imprint, is_capitalised, is_media, is_name
from amity.ingest.metadata import Metadata
from amity.ingest.patterns import patterns
from amity.records import Span

HEAD = 15  # lines in which headline, byline and dateline are looked for
TAIL = 12  # lines in which a closing imprint is looked for
LONGEST = 200  # characters of a line that is anything but prose

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_WRAPPED = range(55, 111)  # characters of a line that was broken for want of space
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_QUESTION = re.compile(r"[!?…][\"”’')\]]*$")
_WRITES = re.compile(r"[.!?…][\"”’)]*\s+(?:writes|reports)\s+(?P<name>[^.,;:!?\n]{3,60}?)\s*\.?$", re.IGNORECASE)
_IMPRINT = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s|©|\(c\)|\d{4}|[–,-]|\bby\b)*(?P<name>[^\W\d_][^.,|;\d\n]{1,60})", re.IGNORECASE
)
_HANDLE = re.compile(r"follow us on\b.{0,40}?@(?P<name>\w{2,30})\b", re.IGNORECASE)
_EXPLICIT = re.compile(r"(?:first |originally )?(?:published|posted)(?: online)?\s*(?::|on\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its visible characters and where they are. `close` if no blank line precedes it."""

    start: int
    end: int
    text: str
    close: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """What was seen: metadata, spans of furniture, and the offset at which the prose begins."""

    metadata: Metadata
    furniture: tuple[Span, ...]
    body: int


def read(text: str) -> Layout:
    """Read the layout of a text whose paragraphs are lines."""
    lines = _lines(text)
    head = _Head()
    head.read(lines)
    tail = _tail([line.text for line in lines[max(head.prose, len(lines) - TAIL) :]])
    marked = [*head.furniture, *_furniture(lines, head.prose)]
    spans = tuple(Span(line.start, line.end) for line in sorted(set(marked), key=lambda line: line.start))
    body = lines[head.prose].start if head.prose < len(lines) else 0
    return Layout(head.metadata.or_else(tail).or_else(head.agency), spans, body)


def around(above: Sequence[str], below: Sequence[str]) -> Metadata:
    """What the lines right above a text and at the foot of its page say of it."""
    found = Metadata()
    for line in above[-HEAD:]:
        if len(line) <= LONGEST and (shown := imprint(line)):
            found = found.or_else(Metadata(author=shown.author, publisher=shown.publisher, published=shown.published))
    return found.or_else(_tail(below[-TAIL:]))


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    for found in _LINE.finditer(text):
        if line := found[0].strip():
            start = found.start() + found[0].index(line)
            close = bool(lines) and len(_BREAK.findall(text, lines[-1].end, start)) == 1
            lines.append(Line(start, start + len(line), line, close))
    return _unwrapped(lines, text)


def _unwrapped(lines: Sequence[Line], text: str) -> list[Line]:
    """Paragraphs whose lines were broken at the same width, as one line each."""
    whole: list[Line] = []
    for block in _blocks(lines):
        if len(block) > 1 and all(len(line.text) in _WRAPPED for line in block[:-1]):
            start, end = block[0].start, block[-1].end
            whole.append(Line(start, end, text[start:end], False))
        else:
            whole.extend(block)
    return whole


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines without blank lines between them."""
    blocks: list[list[Line]] = []
    for line in lines:
        if line.close:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


class _Head:
    """The lines above the prose, read in order. `prose` is the number of the first line of prose."""

    def __init__(self) -> None:
        self.metadata = Metadata()
        self.agency = Metadata()
        self.furniture: list[Line] = []
        self.prose = 0

    def read(self, lines: Sequence[Line]) -> None:
        """Headline, imprints and furniture up to the first line of prose, and what that opens with."""
        number = 0
        for block in _blocks(lines[:HEAD]):
            if self._is_imprint(block, first=number == 0):
                number += len(block)
                continue
            for line in block:
                if self._is_prose(line, first=number == 0, alone=len(lines) == 1):
                    self.prose = number
                    self._opening(lines[number : number + 3])
                    self._late_dateline(lines[number:HEAD])
                    return
                number += 1

    def _is_imprint(self, block: Sequence[Line], first: bool) -> bool:
        """Whether all lines of a block say by whom, where and when; a first line may well be a headline in capitals."""
        if len(block) > 4 or sum(len(line.text) for line in block) > LONGEST:
            return False
        if first and len(block) > 1 and not is_media(block[0].text) and not imprint(block[0].text):
            return False
        shown = imprint(" | ".join(line.text for line in block))
        if shown is None or (first and not shown.published and not (shown.author and is_name(shown.author))):
            return False
        shown.author = shown.author or _signature(block)
        self._take(shown, *block)
        return True

    def _is_prose(self, line: Line, first: bool, alone: bool) -> bool:
        """Read one line; true when it is the first of the prose."""
        shown = imprint(line.text) if len(line.text) <= LONGEST else None
        if shown and (not first or shown.published or (shown.author and is_name(shown.author))):
            self._take(shown, line)
            return False
        if _is_furniture(line):
            return False
        if self.metadata.title is None and _is_headline(line, alone):
            self.metadata = self.metadata.or_else(Metadata(title=line.text))
            return False
        return len(line.text) > LONGEST or any(end.search(line.text[-100:]) for end in (_SENTENCE_END, _WRITES))

    def _take(self, shown: Imprint, *lines: Line) -> None:
        self.metadata = self.metadata.or_else(
            Metadata(author=shown.author, publisher=shown.publisher, published=shown.published)
        )
        agency = shown.agency or (shown.author if shown.author and is_media(shown.author) else None)
        self.agency = self.agency.or_else(Metadata(author=shown.agency, publisher=agency))
        self.furniture.extend(lines)

    def _opening(self, lines: Sequence[Line]) -> None:
        """The first paragraphs may open with a dateline or end with a byline."""
        for line in lines:
            if shown := dateline(line.text):
                self._take(shown)
            if (writes := _WRITES.search(line.text[-100:])) and is_name(writes["name"]):
                self._take(Imprint(author=writes["name"]))

    def _late_dateline(self, lines: Sequence[Line]) -> None:
        """`Doha, 24 May 2017` below a standfirst; several such lines make a chronology."""
        if self.metadata.published:
            return
        dated = [(line, shown) for line in lines if len(line.text) <= LONGEST and (shown := imprint(line.text))]
        places = [(line, shown) for line, shown in dated if shown.published and shown.opens_with_place]
        if len(places) == 1:
            self._take(places[0][1], places[0][0])


def _signature(block: Sequence[Line]) -> str | None:
    """Who signs an imprint of several lines: who is named beside the publisher, or alone on the last line."""
    beside = (read.author for line in block if (read := imprint(line.text)) and read.author)
    last = block[-1].text
    alone = len(block) > 1 and " " in last and is_name(last) and not is_media(last)
    return next(beside, last if alone else None)


def _is_headline(line: Line, alone: bool) -> bool:
    if alone or len(line.text) > LONGEST or not any(map(str.isalpha, line.text)):
        return False
    return not _SENTENCE_END.search(line.text) or bool(_QUESTION.search(line.text))


def _is_furniture(line: Line) -> bool:
    known = patterns()
    return len(line.text) <= LONGEST and any(
        pattern.fullmatch(line.text) for pattern in (known.furniture, known.comments, known.related)
    )


def _furniture(lines: Sequence[Line], prose: int) -> list[Line]:
    """Lines of page furniture: single ones, short lines under a heading over links, and readers' comments."""
    known = patterns()
    marked: list[Line] = []
    in_links = False
    for number, line in enumerate(lines):
        if len(line.text) <= LONGEST:
            if number > prose and 2 * number > len(lines) and known.comments.fullmatch(line.text):
                return [*marked, *lines[number:]]
            heading = known.related.fullmatch(line.text) is not None
            in_links = heading or (in_links and line.close and not _SENTENCE_END.search(line.text))
            if in_links or known.furniture.fullmatch(line.text) or known.comments.fullmatch(line.text):
                marked.append(line)
        else:
            in_links = False
    return marked


def _tail(lines: Sequence[str]) -> Metadata:
    """What a page says of itself at its end: a copyright line, an account to follow, an explicit date."""
    found = Metadata()
    for line in lines:
        if len(line) > LONGEST:
            continue
        if (owner := _IMPRINT.match(line)) and is_capitalised(owner["name"].split()):
            found = found.or_else(Metadata(publisher=owner["name"].strip()))
        if handle := _HANDLE.search(line):
            found = found.or_else(Metadata(publisher=handle["name"]))
        if _EXPLICIT.match(line) and (shown := imprint(line)):
            found = found.or_else(Metadata(published=shown.published))
    return found
