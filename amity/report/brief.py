"""The briefing: what the ledger holds about some states, each line with the articles and sentences it rests on."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from amity.records import (
    Actor,
    Article,
    Assessment,
    Claim,
    Event,
    Incident,
    Quantity,
    Relation,
    Structure,
    Transfer,
    parties,
)
from amity.report.names import Names, figure, goods, listed, voices

Format = Literal["md", "html"]
LIMIT = 40
"""Lines to a section; the rest is counted, and the command that lists it is named."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the briefing: columns of text, and the claims it rests on."""

    cells: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of lines. `columns` names the cells; `more` counts the lines left out, `command` lists them all."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    more: int = 0
    command: str = ""
    note: str = ""


@dataclass(slots=True)
class _Material:
    claims: Mapping[str, Claim]
    incidents: Sequence[Incident]
    articles: Mapping[str, Article]
    names: Names
    about: tuple[str, ...]
    limit: int
    numbers: dict[str, int] = field(default_factory=dict)

    def pick(self, kind: type[Any]) -> list[Any]:
        return [claim for claim in self.claims.values() if isinstance(claim, kind)]


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
    """A briefing in Markdown or HTML.

    `about` are codes (alpha-3 or names of organisations) of whom it is about, empty for everybody; `names` gives the
    name to print for a code. Nothing is said in amity's own voice: each line names its sources.
    """
    material = _select(claims, incidents, articles, tuple(about), names, limit)
    sections = [section for build in SECTIONS if (section := build(material)).lines]
    return _render(format, material, sections)


def _select(
    claims: Iterable[Claim],
    incidents: Iterable[Incident],
    articles: Iterable[Article],
    about: tuple[str, ...],
    names: Names,
    limit: int,
) -> _Material:
    wanted = set(about)
    every = {claim.id: claim for claim in claims}
    merged = [one for one in incidents if not wanted or wanted & {*one.actors, *one.recipients}]
    kept = {identifier for one in merged for identifier in one.claims}
    chosen = {
        key: claim
        for key, claim in every.items()
        if not wanted
        or key in kept
        or wanted & set(parties(claim))
        or (_unaddressed(claim) and _names(claim, wanted, names))
    }
    known = {article.id: article for article in articles}
    return _Material(chosen, merged, known, names, about, limit)


def _unaddressed(claim: Claim) -> bool:
    return isinstance(claim, Quantity | Assessment)


def _names(claim: Claim, wanted: set[str], names: Names) -> bool:
    return any(names(code) in claim.quote for code in wanted)


def _section(
    material: _Material, title: str, columns: Sequence[str], lines: Sequence[Line], command: str, note: str = ""
) -> Section:
    kept = tuple(lines[: material.limit])
    return Section(title, tuple(columns), kept, len(lines) - len(kept), command, note)


def _deeds(material: _Material) -> Section:
    """The events that most sources tell of, in the order of time."""
    done = [one for one in material.incidents if one.kind == "event" and one.status in ("occurred", "ongoing")]
    done.sort(key=lambda one: (_salience(one, material), one.date or "", one.id), reverse=True)
    kept, rest = done[: material.limit], done[material.limit :]
    kept.sort(key=lambda one: (one.date or "9999", one.id))
    columns = ("when", "who", "what", "whom", "according to")
    lines = [_deed(one, material) for one in (*kept, *rest)]
    return _section(material, "Who did what to whom", columns, lines, "amity incidents --kind event")


def _salience(one: Incident, material: _Material) -> tuple[int, bool, int, bool]:
    """What comes first: between those asked for, between two known parties, told by most independent sources, dated."""
    named = {*one.actors, *one.recipients}
    return len(named & set(material.about)), len(named) > 1, len(one.sources), one.date is not None


def _deed(one: Incident, material: _Material) -> Line:
    lead = _lead(one, material)
    words = f"{lead.trigger} ({one.type})" if lead else one.type
    who, whom = _who(one, material)
    return Line((one.date or "undated", who, words, whom, _sources(one.sources)), one.claims)


def _lead(one: Incident, material: _Material) -> Event | Transfer | None:
    """The claim whose parties the incident shows, else its first."""
    known = [claim for key in one.claims if isinstance(claim := material.claims.get(key), Event | Transfer)]
    leading = (
        claim for claim in known if isinstance(claim, Event) and (*claim.actors, *claim.recipients) == one.mentions
    )
    return next(leading, known[0] if known else None)


def _who(one: Incident, material: _Material) -> tuple[str, str]:
    """Both sides as people write them: names of those that are known, else the words of the text."""
    lead = _lead(one, material)
    acting, receiving = (lead.actors, lead.recipients) if isinstance(lead, Event) else ((), ())
    if one.mutual:
        return _side((*one.actors, *one.recipients), (*acting, *receiving), material), "each other"
    return _side(one.actors, acting, material), _side(one.recipients, receiving, material)


def _side(codes: Sequence[str], mentioned: Sequence[Actor], material: _Material) -> str:
    if codes:
        return listed(codes, material.names)
    return listed([actor.text for actor in mentioned], str)


def _sources(sources: Sequence[str], most: int = 3) -> str:
    shown = "; ".join(sources[:most])
    return f"{shown} and {len(sources) - most} more" if len(sources) > most else shown


def _arms(material: _Material) -> Section:
    lines = []
    for one in material.incidents:
        claims = [claim for key in one.claims if isinstance(claim := material.claims.get(key), Transfer)]
        if not claims:
            continue
        lead = max(claims, key=lambda claim: (claim.quantity is not None, claim.system is not None))
        supplier, recipient = (
            listed([code] if code else [], material.names) for code in (lead.supplier, lead.recipient)
        )
        cells = (one.date or "undated", supplier, recipient, goods(lead), lead.mode, one.status, _sources(one.sources))
        lines.append(Line(cells, one.claims))
    columns = ("when", "supplier", "recipient", "goods", "mode", "status", "according to")
    return _section(material, "Arms transfers", columns, lines, "amity claims --kind transfer")


def _contested(material: _Material) -> Section:
    lines = []
    for one in material.incidents:
        for conflict in one.contradictions:
            sides = " / ".join(f"{side.value} ({_sources(side.sources)})" for side in conflict.sides)
            cited = tuple(claim for side in conflict.sides for claim in side.claims)
            lines.append(Line((one.date or "undated", _headline(one, material), conflict.about, sides), cited))
    columns = ("when", "happening", "in question", "sides and their sources")
    return _section(material, "Contested", columns, lines, "amity incidents --contested")


def _headline(one: Incident, material: _Material) -> str:
    lead = _lead(one, material)
    who, whom = _who(one, material)
    between = who if whom in ("each other", "—") else f"{who} → {whom}"
    return f"{between}: {lead.trigger if lead else one.type}"


def _doubtful(material: _Material) -> Section:
    """What is only alleged, unconfirmed or denied, with everybody through whom it comes."""
    doubted = [
        claim
        for claim in material.claims.values()
        if claim.status in ("alleged", "unconfirmed", "denied") and isinstance(claim, Event | Transfer)
    ]
    lines = [
        Line((claim.status, f"“{claim.quote}”", voices(claim) or _teller(claim, material)), (claim.id,))
        for claim in doubted
    ]
    note = "Claims that the texts themselves mark as alleged, unconfirmed or denied, with everybody they come through."
    columns = ("status", "claim", "says")
    return _section(material, "Alleged, unconfirmed, denied", columns, lines, "amity claims --status alleged", note)


def _teller(claim: Claim, material: _Material) -> str:
    article = material.articles.get(claim.article)
    return (article.author or article.publisher or article.title or article.id) if article else claim.article


def _relations(material: _Material) -> Section:
    pairs: dict[tuple[str, str, str, str], list[Relation]] = defaultdict(list)
    for claim in material.pick(Relation):
        a, b = sorted((claim.a, claim.b))
        pairs[a, b, claim.layer or "unspecified", claim.valence].append(claim)
    lines = []
    for (a, b, layer, valence), group in sorted(pairs.items(), key=lambda item: (item[0][:2], -len(item[1]))):
        labels = ", ".join(dict.fromkeys(claim.label for claim in group))
        cells = (f"{material.names(a)} – {material.names(b)}", layer, valence, labels)
        lines.append(Line(cells, tuple(claim.id for claim in group)))
    columns = ("between", "layer", "valence", "in the words of the sources")
    return _section(material, "Relations by layer", columns, lines, "amity claims --kind relation")


def _structure(material: _Material) -> Section:
    lines = [
        Line((claim.subject, claim.predicate, claim.object, voices(claim) or _teller(claim, material)), (claim.id,))
        for claim in material.pick(Structure)
    ]
    columns = ("who or what", "is", "of", "says")
    return _section(material, "Structure of the system", columns, lines, "amity claims --kind structure")


def _judgements(material: _Material) -> Section:
    lines = [
        Line(
            (claim.target, claim.verdict, ", ".join(claim.hedges), voices(claim) or _teller(claim, material)),
            (claim.id,),
        )
        for claim in material.pick(Assessment)
    ]
    note = "Opinions of those named, not findings of this briefing."
    columns = ("of what", "verdict", "hedged by", "says")
    return _section(material, "Assessments", columns, lines, "amity claims --kind assessment", note)


def _timeline(material: _Material) -> Section:
    dated = sorted((one for one in material.incidents if one.date), key=lambda one: (one.date or "", one.id))
    lines = [
        Line((one.date or "", _headline(one, material), one.type, one.status, str(len(one.sources))), one.claims)
        for one in dated
    ]
    columns = ("when", "happening", "type", "status", "independent sources")
    return _section(material, "Timeline", columns, lines, "amity incidents --sort date")


def _questions(material: _Material) -> Section:
    """What somebody who writes this up would still have to find out."""
    lines = [*_unsettled(material), *_single(material), *_announced(material), *_undated(material)]
    return _section(material, "Open questions", ("question",), lines, "amity incidents")


def _unsettled(material: _Material) -> Iterator[Line]:
    for one in material.incidents:
        for conflict in one.contradictions:
            values = " or ".join(side.value for side in conflict.sides)
            text = f"{_headline(one, material)}: {conflict.about}, {values}?"
            yield Line((text,), tuple(claim for side in conflict.sides for claim in side.claims))


def _single(material: _Material) -> Iterator[Line]:
    for one in material.incidents:
        if one.status in ("alleged", "unconfirmed") and len(one.sources) == 1:
            yield Line(
                (f"{_headline(one, material)}: {one.status}, by {one.sources[0]} alone. Who else says so?",), one.claims
            )


def _announced(material: _Material) -> Iterator[Line]:
    for one in material.incidents:
        if one.status == "future" and one.kind == "transfer":
            yield Line((f"{_headline(one, material)}: announced. Was it delivered?",), one.claims)


def _undated(material: _Material) -> Iterator[Line]:
    for one in material.incidents:
        if one.kind == "transfer" and one.date is None and one.status in ("occurred", "ongoing"):
            yield Line((f"{_headline(one, material)}: when?",), one.claims)


SECTIONS = (
    _deeds, _arms, _contested, _doubtful, _relations, _structure, _judgements, _timeline, _questions,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Citation:
    number: int
    article: Article
    copies: tuple[str, ...]


def _render(format: Format, material: _Material, sections: Sequence[Section]) -> str:
    cited = _cited(material, sections)
    template = _environment().get_template(f"brief.{format}.jinja")
    return str(
        template.render(
            title=f"Briefing: {listed(material.about, material.names)}" if material.about else "Briefing",
            glance=_glance(material),
            sections=sections,
            citations=cited,
            evidence=_evidence(material, sections),
            cite=functools.partial(_cite, material),
        )
    )


def _cited(material: _Material, sections: Sequence[Section]) -> list[_Citation]:
    """Number the articles in the order in which lines cite them."""
    for section in sections:
        for line in section.lines:
            for key in line.claims:
                if key in material.claims:
                    material.numbers.setdefault(material.claims[key].article, len(material.numbers) + 1)
    copies: dict[str, list[str]] = defaultdict(list)
    for article in material.articles.values():
        if article.copy_of:
            copies[article.copy_of].append(article.publisher or article.title or article.id)
    return [
        _Citation(number, material.articles[key], tuple(copies[key]))
        for key, number in material.numbers.items()
        if key in material.articles
    ]


def _cite(material: _Material, line: Line, most: int = 4) -> list[tuple[str, str]]:
    """Labels and claim ids of a line: article number and sentence, `3:12`; each sentence once, the first few."""
    labels: dict[str, str] = {}
    for key in line.claims:
        if claim := material.claims.get(key):
            labels.setdefault(f"{material.numbers[claim.article]}:{claim.sentence or '?'}", key)
    return list(labels.items())[:most]


def _evidence(material: _Material, sections: Sequence[Section]) -> list[tuple[str, Claim]]:
    """Every sentence that is cited, once, in the order of articles."""
    found: dict[str, Claim] = {}
    for section in sections:
        for line in section.lines:
            for label, key in _cite(material, line):
                found.setdefault(label, material.claims[key])
    return sorted(found.items(), key=lambda item: (material.numbers[item[1].article], item[1].sentence or 0))


def _glance(material: _Material) -> list[tuple[str, str]]:
    kinds = Counter(claim.kind for claim in material.claims.values())
    read = {claim.article for claim in material.claims.values()}
    dates = sorted(one.date for one in material.incidents if one.date)
    published = sorted(
        known.published[:10] for key in read if (known := material.articles.get(key)) and known.published
    )
    rows = [
        ("Articles", figure(len(read))),
        ("Published", _period(published)),
        ("Claims", ", ".join(f"{figure(number)} {kind}" for kind, number in kinds.most_common()) or "none"),
        ("Incidents", f"{figure(len(material.incidents))}, dated {_period(dates)}"),
    ]
    return [row for row in rows if row[1]]


def _period(dates: Sequence[str]) -> str:
    return f"{dates[0]} to {dates[-1]}" if dates else "unknown"


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
    return environment


BIDI_CONTROLS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
MARKED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]|#~!$"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def _markdown(text: str) -> str:
    """Text that Markdown renders as it stands: on one line, with nothing that is markup, link or HTML."""
    return " ".join(text.split()).translate(BIDI_CONTROLS).translate(MARKED)
