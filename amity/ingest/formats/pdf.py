"""PDF: text in reading order, lines joined to paragraphs, running heads removed, document information as metadata."""

from __future__ import annotations

import io
import logging
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from amity.errors import InputError
from amity.ingest.draft import LED_ASTRAY, Draft
from amity.ingest.imprint import imprint, is_media
from amity.ingest.metadata import Metadata
from amity.ingest.raw import Limits, Raw
from amity.ingest.tags import nfc

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

EDGE = 3  # lines at the top and at the bottom of a page that may be running heads
WIDE_GAP = 1.3  # times the usual distance of lines: a new paragraph
SHORT_LINE = 0.75  # of the longest line: the end of a paragraph, if it ends a sentence
FULL_LINE = 0.9  # likewise at the end of a column or page
SAME_SIZE = 0.6  # points

# How much one stream may unpack to, in bytes, and how many operands one page may have.
_CAUTION: dict[str, Any] = {
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_parsing_work_maximum_count": 500_000,
}
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPOUNDING = {
    "all", "anti", "co", "counter", "cross", "ex", "far", "half", "high", "ill", "inter", "long", "low", "mid", "multi",
    "non", "over", "post", "pre", "pro", "quasi", "self", "semi", "short", "so", "vice", "well",
}  # fmt: skip
_NO_TITLE = re.compile(r"microsoft \w+ - .*|untitled.*|document\d*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt)|\W*|\d+", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print: its text, where it begins, in points from the lower left, and the size of its type."""

    text: str
    x: float
    y: float
    size: float


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """One article. The date of the file is no date of publication and is left out."""
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import DependencyError, PyPdfError

    broken: tuple[type[Exception], ...] = (PyPdfError, *LED_ASTRAY)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = document.read(limits)
    try:
        with apply_configuration(**_CAUTION):
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(document.name, "is encrypted")
            pages = _pages(reader, document.name, limits)
            found = _information(reader)
    except DependencyError as error:  # AES, for which pypdf needs another library
        raise InputError(document.name, "is encrypted") from error
    except broken as error:
        raise InputError(document.name, f"is a damaged PDF: {' '.join(str(error).split())[:200]}") from error
    text = nfc("\n\n".join(paragraphs(without_running_heads(pages))))
    if not text:
        raise InputError(document.name, "has no text (perhaps only pictures of pages)")
    yield Draft(source=document.name, text=text, found=found)


class _Budget:
    """What one document may still take."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.characters = 0
        self.deadline = time.monotonic() + limits.seconds

    def spend(self, characters: int) -> None:
        """Account for some text; raises `InputError` when time or space is used up."""
        self.characters += characters
        if self.characters > self.limits.characters:
            raise InputError(self.source, f"has more than {self.limits.characters:,} characters")
        if time.monotonic() > self.deadline:
            raise InputError(self.source, f"takes longer than {self.limits.seconds:g} seconds to read")


def _pages(reader: PdfReader, source: str, limits: Limits) -> list[list[Line]]:
    """The lines of every page, in the order in which they were set."""
    if len(reader.pages) > limits.pages:
        raise InputError(source, f"has more than {limits.pages:,} pages")
    budget = _Budget(source, limits)
    return [_lines(page, budget) for page in reader.pages]


def _lines(page: PageObject, budget: _Budget) -> list[Line]:
    budget.spend(0)
    setting = _Setting(budget)
    page.extract_text(visitor_text=setting.visit)
    return setting.lines()


class _Setting:
    """Takes down pieces of text as a page sets them."""

    def __init__(self, budget: _Budget) -> None:
        self.budget = budget
        self.rows: list[tuple[list[str], float, float, float]] = []
        self.ended = True

    def visit(self, text: str, user: Sequence[float], matrix: Sequence[float], _: Any, size: float) -> None:
        """A piece with the matrices of user and text space (ISO 32000-1, 9.4.4) and its nominal type size."""
        self.budget.spend(len(text))
        y = matrix[5] * user[3] + user[5]
        for number, piece in enumerate(text.split("\n")):
            self.ended = self.ended or number > 0
            if not piece.strip():
                continue
            if not self.ended and abs(self.rows[-1][2] - y) < 2:
                self.rows[-1][0].append(piece)
            else:
                self.rows.append(([piece], matrix[4] * user[0] + user[4], y, abs(size * matrix[3] * user[3])))
            self.ended = False

    def lines(self) -> list[Line]:
        """The lines so far."""
        return [Line(" ".join("".join(pieces).split()), x, y, size) for pieces, x, y, size in self.rows]


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without page numbers and without lines that return at the edge of most pages, figures in them apart."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    repeated = {key for key, count in seen.items() if count > max(1, len(pages) / 2)}
    return [
        [line for line in page if line not in edge or not (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line.text))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.y)
    return [*by_height[:EDGE], *by_height[-EDGE:]]


def _key(line: Line) -> str:
    return _NUMBER.sub("#", line.text).lower()


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Lines joined to paragraphs, told apart by type size, distance and line length; they run on over page breaks."""
    lines = [line for page in pages for line in page]
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    width = max((len(line.text) for line in lines), default=0)
    leading = _leading(lines)
    blocks: list[list[str]] = []
    for last, line in zip([None, *lines], lines, strict=False):
        if last is None or _is_break(last, line, width, leading):
            blocks.append([])
        blocks[-1].append(line.text)
    return [_joined(block, words) for block in blocks]


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance of lines in the size that most text is set in."""
    sizes = Counter(round(line.size) for line in lines)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    gaps = [
        above.y - below.y
        for above, below in pairwise(lines)
        if round(above.size) == round(below.size) == usual and 0 < above.y - below.y < 4 * max(usual, 1)
    ]
    return statistics.median_low(gaps) if gaps else 0.0


def _is_break(last: Line, line: Line, width: int, leading: float) -> bool:
    if abs(last.size - line.size) > SAME_SIZE:
        return True
    ended = _SENTENCE_END.search(last.text) is not None
    gap = last.y - line.y
    if gap <= 0 or not leading:  # another column or page, or no positions
        return ended and len(last.text) < FULL_LINE * width
    if gap > WIDE_GAP * leading * max(1.0, line.size / max(last.size, 1)):
        return True
    if ended and (len(last.text) < SHORT_LINE * width or line.x - last.x > line.size / 2):
        return True
    return len(line.text) < SHORT_LINE * width and imprint(line.text) is not None


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    """One paragraph from its lines, words that were divided at line ends whole again."""
    text = lines[0]
    for line in lines[1:]:
        divided = _DIVIDED.search(text)
        following = _WORD.match(line)
        if not divided or not following:
            text = f"{text} {line}"
        elif _keeps_hyphen(divided[1], following[0], words):
            text = text[:-1] + "-" + line
        else:
            text = text[:-1] + line
    return text


def _keeps_hyphen(before: str, after: str, words: Counter[str]) -> bool:
    """Whether a hyphen at a line end belongs to the word: the rest of the text knows, else the look of the word."""
    if after[:1].isupper():
        return True
    before, after = before.lower(), after.lower()
    whole, compound = words[before + after], words[f"{before}-{after}"]
    return compound > whole or (compound == whole and before in _COMPOUNDING)


def _information(reader: PdfReader) -> Metadata:
    """Title and author, unless they are those of a program or a machine."""
    found = reader.metadata
    title = found.title if found else None
    author = found.author if found else None
    return Metadata(
        title=title if title and not _NO_TITLE.fullmatch(title.strip()) else None,
        author=author if author and (" " in author.strip() or is_media(author)) else None,
    )
