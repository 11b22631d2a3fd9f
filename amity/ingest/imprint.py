"""Bylines, datelines and imprints: a line that says by whom, where and when an article appeared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amity.ingest import dates
from amity.ingest.patterns import patterns

_PARTICLES = {
    "al", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le",
    "ten", "ter", "und", "van", "von", "y",
}  # fmt: skip
_LINKING = {"and", "for", "of", "on", "the", "&"}
_FUNCTION_WORDS = {
    "a", "after", "an", "as", "at", "before", "by", "during", "for", "from", "in", "it", "of", "on", "over", "since",
    "the", "this", "to", "until", "when", "with",
}  # fmt: skip

_UPDATED = re.compile(
    r"(?:^|[|·•,;(\s]+)\b(?:last |date )?"
    r"(?:updated|modified|edited|revised|accessed|retrieved)\b(?::|\s+(?:on|at)\b|\s+\d).*",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|issued|released)|publication date|date)(?: online)?\s*(?::|on|at)?",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:(?:written|reported|posted|words|text|story|analysis|opinion|commentary)\s+)?by\b|authors?\s*:)\s*:?\s*(?=\w)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:\S+ ){0,5}(?:agencies|analysis|bureau[sx]?|columnist|comment|commentary|contributors?|correspondents?|desk"
    r"|edition|editorial|editors?|exclusive|feature|interview|newsroom|opinion|page|section|briefing|bulletin|column|blog"
    r"|reporters?|staff|writers?)",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"\s+(?:in|from|at)\s+[^\W\d_].*$")
_YEARLESS = re.compile(
    rf"(?<!\w){dates.WEEKDAY}(?:{dates.DAY} +{dates.MONTH}"
    rf"|{dates.MONTH.replace('month', 'm')} +{dates.DAY.replace('day', 'd')})(?!\w)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\s(?:on|at)\s*$", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_ABBREVIATION = r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bProf)(?<!\bGen)(?<!\bCol)"
_STRONG = re.compile(rf"\s*[|·•()\[\];\n]\s*|\s+[–—-]\s+|\s{{3,}}|{_ABBREVIATION}\.(?:\s+|$)")
_WEAK = re.compile(r"\s*[,/]\s*")
_JOINED = re.compile(r"\s+(?:and|&)\s+")
_DASH = re.compile(r"\s*(?:[–—―:]|--?)\s+(?=\S)")
_PARENTHESES = re.compile(r"\((?P<name>[^()\n]{2,40})\)")
_LONGEST_DATELINE = 120


@dataclass(slots=True)
class Imprint:
    """What one line says. `opens_with_place` tells a dateline from other imprints."""

    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    agency: str | None = None
    opens_with_place: bool = False


def imprint(line: str) -> Imprint | None:
    """The reading of a line that is an imprint and nothing else, null for any other line."""
    line, updates = _UPDATED.subn("", line)
    read = Imprint()
    if date := dates.find(line):
        read.published = date[0]
        line = f"{_PREPOSITION.sub('', line[: date[1]])} | {line[date[2] :]}"
    line = _YEARLESS.sub(" | ", line)
    segments = [segment.strip(" ,:–—-") for segment in _STRONG.split(line)]
    if not all(_read_segment(segment, number == 0, read) for number, segment in enumerate(segments) if segment):
        return None
    _read_signature(segments, read)
    says = updates or read.published or read.author or read.publisher or any(map(_BY.match, segments))
    return read if says else None


def dateline(line: str) -> Imprint | None:
    """The reading of the dateline that a paragraph opens with: a place, then date or agency, then a dash or colon."""
    for dash in _DASH.finditer(line[:_LONGEST_DATELINE]):
        prefix = line[: dash.start()]
        agency = _agency(prefix)
        read = imprint(prefix) or (Imprint() if agency else None)
        if read and (read.opens_with_place or read.publisher or agency) and (read.published or agency):
            read.agency = agency
            return read
    return None


def is_media(name: str) -> bool:
    """Whether a name is that of a paper, agency or broadcaster, by a word in it."""
    words = name.split()
    return len(words) <= 7 and is_capitalised(words, _LINKING | _PARTICLES) and not patterns().media.isdisjoint(words)


def is_name(name: str) -> bool:
    """Whether this looks like a person's name: one to five capitalised words, particles in between."""
    words = name.split()
    return 1 <= len(words) <= 5 and not any(map(str.isdigit, name)) and is_capitalised(words, _PARTICLES)


def is_capitalised(words: list[str], linking: set[str] = _LINKING) -> bool:
    """Whether every word begins with a capital letter, linking words after the first apart."""
    if not words or words[0].lower() in _FUNCTION_WORDS - {"the"}:
        return False
    return words[0][:1].isupper() and all(word[:1].isupper() or word in linking for word in words)


def _read_segment(segment: str, first: bool, read: Imprint) -> bool:
    """Take in what stands between strong separators; false when it says something else."""
    if by := _BY.match(segment):
        segment = segment[by.end() :]
        authors, *rest = [segment] if _JOINED.search(segment) else _WEAK.split(segment)
        return _read_author(authors, read) and all(_read_item(item, False, read) for item in rest)
    return all(_read_item(item, first and not number, read) for number, item in enumerate(_WEAK.split(segment)))


def _read_author(text: str, read: Imprint) -> bool:
    name = _IN_PLACE.sub("", text)
    people = [person for part in _JOINED.split(name) for person in _WEAK.split(part) if person]
    if all(is_name(person) or is_media(person) for person in people):
        read.author = name
        return True
    read.publisher = read.publisher or _employer(name)
    return bool(_ROLE.fullmatch(name))


def _employer(role: str) -> str | None:
    """The paper in `the Gulf Ledger’s military writer` and `Lakes Tribune correspondents`."""
    words = [re.sub("[’']s?$", "", word) for word in role.removeprefix("the ").split()]
    prefixes = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next(filter(is_media, prefixes), None)


def _read_item(item: str, opening: bool, read: Imprint) -> bool:
    words = item.split()
    if not words or any(form.fullmatch(item) for form in (_WEEKDAY, _PUBLISHED)):
        return True
    if is_media(item):
        read.publisher = read.publisher or item
        return True
    if is_capitalised(words) and len(words) <= 5:
        read.opens_with_place |= opening
        return True
    if _ROLE.fullmatch(item):
        read.publisher = read.publisher or _employer(item)
        return True
    return False


def _read_signature(segments: list[str], read: Imprint) -> None:
    """`Subcontinent Herald – Anil Deshmukh`: a name beside the publisher's, where no date says that it is a place."""
    if len(segments) == 2 and read.publisher == segments[0] and not read.author and not read.published:
        read.author = segments[1] if is_name(segments[1]) and " " in segments[1] else None


def _agency(prefix: str) -> str | None:
    """The agency in `BAKU, 2 April (Caspian Wire)`: a known one, or any name behind a place in capitals."""
    found = _PARENTHESES.search(prefix)
    if not found or not is_capitalised(found["name"].split()) or dates.find(found["name"]):
        return None
    place = prefix[: found.start()].split(",")[0].strip()
    rest = prefix.replace(found[0], ",")
    plain = all(_read_segment(segment.strip(" ,–—-"), True, Imprint()) for segment in _STRONG.split(_undated(rest)))
    return found["name"] if plain and (place.isupper() or is_media(found["name"])) else None


def _undated(text: str) -> str:
    date = dates.find(text)
    return _YEARLESS.sub(",", f"{text[: date[1]]},{text[date[2] :]}" if date else text)
