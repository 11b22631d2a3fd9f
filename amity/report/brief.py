"""The briefing: what the ledger holds about some states, each line with the articles and sentences it rests on."""

from __future__ import annotations

import functools
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

from amity.records import Article, Claim, Incident
from amity.report.material import Material, select
from amity.report.names import Names, counted, listed
from amity.report.sections import SECTIONS, SHORT, Line, Section

Format = Literal["md", "html", "txt"]
LIMIT = 30
"""Lines to a section; the rest is counted, and the command that lists it is named."""
CITED = 4
"""Sentences that one line cites."""


def brief(
    claims: Iterable[Claim],
    incidents: Iterable[Incident],
    articles: Iterable[Article],
    *,
    about: Sequence[str] = (),
    names: Names = str,
    format: Format = "md",
    limit: int = LIMIT,
) -> str:
    """A briefing in Markdown or HTML, or a short one as plain text that cites ids of claims.

    `about` are codes (alpha-3 or names of organisations) of whom it is about, empty for everybody; `names` gives the
    name to print for a code. Nothing is said in amity's own voice: each line names its sources.
    """
    material = select(claims, incidents, articles, tuple(about), names, limit)
    builders = SHORT if format == "txt" else SECTIONS
    sections = [section for build in builders if (section := build(material)).lines]
    cited = _cited(material, sections)
    template = _environment().get_template(f"brief.{format}.jinja")
    return str(
        template.render(
            title=f"Briefing: {listed(material.about, names)}" if about else "Briefing",
            lede=_lede(material),
            sections=sections,
            citations=cited,
            cite=functools.partial(_cite, material),
            grouped=_grouped,
            sentence=functools.partial(_sentence, material),
        )
    )


def _lede(material: Material) -> str:
    """How much the briefing rests on, in one or two sentences."""
    read = [
        known
        for key in dict.fromkeys(one.article for one in material.claims.values())
        if (known := material.articles.get(key))
    ]
    if not read:
        return "The ledger holds nothing on this."
    published = sorted(one.published[:10] for one in read if one.published)
    when = f", published {_period(published)}" if published else ""
    papers = {one.publisher.removeprefix("The ") for one in read if one.publisher}
    by = f" of {counted(len(papers), 'publisher')}" if papers else ""
    kinds = Counter(claim.kind for claim in material.claims.values())
    claims = ", ".join(counted(number, kind, PLURAL[kind]) for kind, number in kinds.most_common())
    return (
        f"{counted(len(read), 'article')}{by}{when}, made {counted(len(material.claims), 'claim')} ({claims}); "
        f"those on the same happening are brought together in {counted(len(material.incidents), 'incident')}."
    )


PLURAL = {
    "event": "events",
    "transfer": "transfers",
    "relation": "relations",
    "quantity": "figures",
    "structure": "statements on structure",
    "assessment": "assessments",
}


def _period(dates: Sequence[str]) -> str:
    return dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"


# Citations --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited sentence, with the words of the claim inside it."""

    label: str
    claim: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Citation:
    """An article as it is cited: its number, what tells it from others, its copies, and the sentences cited."""

    number: int
    title: str
    imprint: str
    link: str
    where: str
    copies: tuple[str, ...]
    sentences: tuple[Cited, ...]


def _cited(material: Material, sections: Sequence[Section]) -> list[Citation]:
    """Number the articles in the order in which lines cite them, and gather the sentences cited."""
    for section in sections:
        for line in section.lines:
            for key in line.claims:
                if key in material.claims:
                    material.numbers.setdefault(material.claims[key].article, len(material.numbers) + 1)
    copies: dict[str, list[str]] = defaultdict(list)
    for article in material.articles.values():
        if article.copy_of:
            copies[article.copy_of].append(article.publisher or article.title or article.id)
    sentences = _sentences(material, sections)
    return [
        _citation(number, material.articles[key], copies[key], sentences[key])
        for key, number in material.numbers.items()
        if key in material.articles and sentences[key]
    ]


def _citation(number: int, article: Article, copies: Sequence[str], sentences: Iterable[tuple[str, Claim]]) -> Citation:
    byline = dict.fromkeys(name for name in (article.author, article.publisher) if name)
    day = article.published[:10] if article.published else "undated"
    address = article.url or (article.source if "://" in article.source else "")
    return Citation(
        number=number,
        title=article.title or "Untitled",
        imprint=", ".join([*byline, day]),
        link=address if re.match(r"https?://", address) else "",
        where=address or PurePath(article.source).name,
        copies=tuple(copies),
        sentences=tuple(Cited(label, claim.id, *_context(claim, article)) for label, claim in sentences),
    )


def _cite(material: Material, line: Line) -> list[tuple[str, Claim]]:
    """Labels of what a line rests on: article number and sentence, `3:12`; each sentence once, the first few."""
    labels: dict[str, Claim] = {}
    for key in line.claims:
        if (claim := material.claims.get(key)) and claim.article in material.numbers:
            labels.setdefault(f"{material.numbers[claim.article]}:{claim.sentence or '?'}", claim)
    return list(labels.items())[:CITED]


def _sentences(material: Material, sections: Sequence[Section]) -> dict[str, list[tuple[str, Claim]]]:
    """Every sentence that is cited, once, by article, in the order of the text."""
    found: dict[str, Claim] = {}
    for section in sections:
        for line in section.lines:
            for label, claim in _cite(material, line):
                found.setdefault(label, claim)
    grouped: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for label, claim in sorted(found.items(), key=lambda item: item[1].start):
        grouped[claim.article].append((label, claim))
    return grouped


_BEFORE = re.compile(r"(?:[.!?][\"”’)]*\s+|\n\s*)(?=[^\n]*\Z)")
_AFTER = re.compile(r"[.!?][\"”’)]*(?=\s)|(?=\n)")
REACH = 300
"""Characters of context on either side of a quote, at most."""


def _context(claim: Claim, article: Article) -> tuple[str, str, str]:
    """A quote with what stands around it in its sentence."""
    if article.text[claim.start : claim.end] != claim.quote:
        return "", _flat(claim.quote), ""
    left = article.text[max(0, claim.start - REACH) : claim.start]
    right = article.text[claim.end : claim.end + REACH]
    begins = [match.end() for match in _BEFORE.finditer(left)]
    ends = _AFTER.search(right)
    before = left[begins[-1] :] if begins else left
    after = right[: ends.end()] if ends else right
    return _flat(before, left=True), _flat(claim.quote), _flat(after, right=True)


def _flat(text: str, left: bool = False, right: bool = False) -> str:
    """Text on one line, with the space kept where it joins other text."""
    flat = " ".join(text.split())
    if left and flat and text[-1:].isspace():
        flat += " "
    if right and flat and text[:1].isspace():
        flat = f" {flat}"
    return flat


# Rendering --------------------------------------------------------------------------------------------------------


def _grouped(section: Section) -> list[tuple[str, list[Line]]]:
    """Lines under their headings, in order."""
    groups: dict[str, list[Line]] = {}
    for line in section.lines:
        groups.setdefault(line.group, []).append(line)
    return list(groups.items())


def _sentence(material: Material, section: Section, line: Line, width: int = 100) -> str:
    """A line for the terminal, wrapped, with the id of the first claim that it rests on."""
    said = _plain(section.pattern.format(*line.cells, words=line.words))
    said = re.sub(r" → (?:each other|—)(?=:)", "", said).replace("— →", "unnamed →")
    known = next((key for key in line.claims if key in material.claims), "")
    return textwrap.fill(
        f"{said} [{known[:8]}]", width, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False
    )


@functools.cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("amity.report"),
        autoescape=lambda name: bool(name and ".html" in name),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = _markdown
    environment.filters["wrapped"] = lambda text: textwrap.fill(_plain(text), 100)
    return environment


BIDI_CONTROLS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
MARKED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]|#~!$"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def _markdown(text: str) -> str:
    """Text that Markdown renders as it stands: with nothing that is markup, link or HTML."""
    kept = re.sub(r"\s+", " ", text).translate(BIDI_CONTROLS)
    return kept.translate(MARKED)


def _plain(text: str) -> str:
    """Text without characters that move the cursor or turn the direction of writing."""
    flat = re.sub(r"\s+", " ", text).translate(BIDI_CONTROLS)
    return "".join(char for char in flat if char.isprintable())
