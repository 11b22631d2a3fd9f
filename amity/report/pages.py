"""What the interface is sent, in a dossier or by the server: records as `interface/src/model.ts` declares them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from amity.codebook import Codebook
from amity.records import (
    Actor,
    Article,
    Assessment,
    Claim,
    Contradiction,
    Event,
    Incident,
    Quantity,
    Relation,
    Transfer,
    parties,
)
from amity.records import Structure as StructureClaim
from amity.records.days import days
from amity.report.names import figure, goods

EPOCH = date(1970, 1, 1).toordinal()


class Party(msgspec.Struct, frozen=True):
    """Somebody who speaks, as the text names them."""

    text: str
    country: str | None
    sector: str | None
    name: str | None
    start: int
    end: int


class ClaimPage(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of any kind: who, whom and what in the words of its kind, and where it stands."""

    id: str
    kind: str
    article: str
    quote: str
    start: int
    end: int
    trigger: str
    trigger_start: int
    status: str
    certainty: str
    date: str | None
    layer: str | None
    confidence: float | None
    attribution: tuple[Party, ...]
    type: str | None
    who: tuple[str, ...]
    whom: tuple[str, ...]
    what: str
    quad: str | None
    rule: str


class IncidentPage(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as a row of the index; `first` and `last` are days since 1970-01-01, `score` is PLOVER's.

    `reported` is the day on which the first of its articles appeared: where no text dates a happening, the last day
    on which it can have been.
    """

    id: str
    kind: str
    type: str
    title: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    mutual: bool
    status: str
    date: str | None
    first: int | None
    last: int | None
    reported: int | None
    layer: str | None
    score: float | None
    quad: str | None
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    sources: tuple[str, ...]
    contested: int


class ArticlePage(msgspec.Struct, frozen=True, kw_only=True):
    """An article without its text; `words` is how many there are."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    author: str | None
    url: str | None
    language: str | None
    copy_of: str | None
    words: int


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What a code stands for; states have an alpha-2 code, by which browsers name them, and a seat of government."""

    name: str
    alpha2: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What the page is made from."""

    title: str
    version: str
    made: str
    as_of: str | None = None
    claims: int = 0
    unread: int = 0
    failures: int = 0


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """Everything but claims and texts."""

    about: About
    names: Mapping[str, Named]
    incidents: Sequence[IncidentPage]
    articles: Sequence[ArticlePage]


class Pages:
    """Makes pages of records. The codebook gives scores, quadrants, names."""

    def __init__(self, codebook: Codebook) -> None:
        self._plover = codebook.plover
        self._states = codebook.states

    def index(self, about: About, incidents: Iterable[Incident], articles: Iterable[Article]) -> Index:
        """The index of a ledger, or of a part of it."""
        texts = [article_page(one) for one in articles]
        published = {one.id: one.published for one in texts}
        rows = [self.incident(one, published) for one in incidents]
        known = {state.id: named for state in self._states if (named := self.named(state.id))}
        return Index(about=about, names=known, incidents=rows, articles=texts)

    def incident(self, one: Incident, published: Mapping[str, str | None]) -> IncidentPage:
        """An incident as a row of the index; `published` says when its articles appeared."""
        when = days(one.date)
        reports = [day[0] for id in one.articles if (day := days((published.get(id) or "")[:10] or None))]
        kind: Any = one.type if one.kind == "event" else None
        return IncidentPage(
            id=one.id,
            kind=one.kind,
            type=one.type,
            title=one.title,
            actors=one.actors,
            recipients=one.recipients,
            mutual=one.mutual,
            status=one.status,
            date=one.date,
            first=when[0].toordinal() - EPOCH if when else None,
            last=when[1].toordinal() - EPOCH if when else None,
            reported=min(reports).toordinal() - EPOCH if reports else None,
            layer=one.layer,
            score=self._plover.intensity(kind) if kind else None,
            quad=self._plover.types[kind].quad if kind else None,
            claims=one.claims,
            articles=one.articles,
            sources=one.sources,
            contested=len(one.contradictions),
        )

    def claim(self, claim: Claim) -> ClaimPage:
        """A claim of any kind."""
        who, whom = _sides(claim)
        return ClaimPage(
            id=claim.id,
            kind=claim.kind,
            article=claim.article,
            quote=claim.quote,
            start=claim.start,
            end=claim.end,
            trigger=claim.trigger,
            trigger_start=claim.trigger_start,
            status=claim.status,
            certainty=claim.certainty,
            date=claim.date,
            layer=claim.layer,
            confidence=claim.confidence,
            attribution=tuple(_party(voice) for voice in claim.attribution),
            type=_type(claim),
            who=who,
            whom=whom,
            what=_what(claim),
            quad=self._plover.types[claim.type].quad if isinstance(claim, Event) else None,
            rule=claim.coder.rule,
        )

    def named(self, code: str) -> Named | None:
        """What a state's code stands for; null for names, which stand for themselves."""
        state = self._states.get(code)
        if state is None:
            return None
        seat = state.capital()
        return Named(
            name=state.name,
            alpha2=state.alpha2 if state.term.end is None else None,
            latitude=seat.latitude if seat else None,
            longitude=seat.longitude if seat else None,
        )


def article_page(article: Article) -> ArticlePage:
    """An article as a row of the index."""
    return ArticlePage(
        id=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        author=article.author,
        url=article.url,
        language=article.language,
        copy_of=article.copy_of,
        words=len(article.text.split()),
    )


def contradictions(incidents: Iterable[Incident]) -> dict[str, tuple[Contradiction, ...]]:
    """What sources disagree on, by incident, where they do."""
    return {one.id: one.contradictions for one in incidents if one.contradictions}


def _party(voice: Actor) -> Party:
    return Party(voice.text, voice.country, voice.sector, voice.name, voice.start, voice.end)


def _type(claim: Claim) -> str | None:
    match claim:
        case Event():
            return claim.type
        case Transfer():
            return claim.mode
        case Relation():
            return claim.valence
        case Quantity():
            return claim.unit
        case _:
            return None


def _sides(claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    match claim:
        case Event():
            return _codes(claim.actors), _codes(claim.recipients)
        case Transfer():
            return tuple(filter(None, [claim.supplier])), tuple(filter(None, [claim.recipient]))
        case Relation():
            return (claim.a,), (claim.b,)
        case _:
            return parties(claim), ()


def _codes(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.code or actor.text for actor in actors))


def _what(claim: Claim) -> str:
    """The content in a few words."""
    match claim:
        case Event():
            return claim.trigger
        case Transfer():
            return goods(claim)
        case Relation():
            return claim.label
        case Quantity():
            return " ".join(filter(None, [figure(claim.value), claim.unit, f"({claim.subject})"]))
        case StructureClaim():
            return f"{claim.subject} {claim.predicate} {claim.object}"
        case Assessment():
            return f"{claim.target}: {claim.verdict}"
