"""What a briefing is made of: the claims and incidents that it is about, and how they are ordered, dated and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

from amity.records import Actor, Article, Assessment, Claim, Event, Incident, Quantity, Transfer, parties
from amity.report.names import Names, goods, listed, source, voices

Pair = tuple[str, str]
_C = TypeVar("_C")
DONE = frozenset({"occurred", "ongoing"})


@dataclass(slots=True)
class Material:
    """Claims, incidents and articles of one briefing. `numbers` are those under which articles are cited."""

    claims: Mapping[str, Claim]
    incidents: Sequence[Incident]
    articles: Mapping[str, Article]
    names: Names
    about: tuple[str, ...]
    limit: int
    numbers: dict[str, int] = field(default_factory=dict)

    def pick(self, kind: type[_C]) -> list[_C]:
        """All claims of a kind, but for those that a copy merely repeats."""
        return [claim for claim in self.claims.values() if not self._copied(claim) and isinstance(claim, kind)]

    def _copied(self, claim: Claim) -> bool:
        article = self.articles.get(claim.article)
        return article is not None and article.copy_of in self.articles

    def lead(self, one: Incident) -> Event | Transfer | None:
        """The claim whose parties the incident shows, else its first."""
        known = [claim for key in one.claims if isinstance(claim := self.claims.get(key), Event | Transfer)]
        leading = (
            claim for claim in known if isinstance(claim, Event) and (*claim.actors, *claim.recipients) == one.mentions
        )
        return next(leading, known[0] if known else None)

    def reported(self, one: Incident) -> str | None:
        """The day on which it was first reported, null where no article has a date."""
        days = (known.published[:10] for key in one.articles if (known := self.articles.get(key)) and known.published)
        return min(days, default=None)

    def moment(self, one: Incident) -> str:
        """What to sort by in time: when it happened, else when it was reported."""
        return one.date or self.reported(one) or "9999"

    def when(self, one: Incident) -> str:
        """When it happened; where no source tells, when it was reported, and said to be that."""
        if one.date:
            return one.date.replace("/", " – ")
        day = self.reported(one)
        return f"reported {day}" if day else "undated"

    def who(self, one: Incident) -> tuple[str, str]:
        """Both sides as people write them: names of those that are known, else the words of the text."""
        lead = self.lead(one)
        acting, receiving = (lead.actors, lead.recipients) if isinstance(lead, Event) else ((), ())
        if one.mutual:
            return self._side((*one.actors, *one.recipients), (*acting, *receiving)), "each other"
        return self._side(one.actors, acting), self._side(one.recipients, receiving)

    def _side(self, codes: Sequence[str], mentioned: Sequence[Actor]) -> str:
        return listed(codes, self.names) if codes else listed([actor.text for actor in mentioned], str)

    def headline(self, one: Incident) -> str:
        """One happening in a few words: `Saudi Arabia → Iran: accused`."""
        if one.kind == "quantity":
            return one.title
        lead = self.lead(one)
        what = goods(lead) if isinstance(lead, Transfer) else lead.trigger if lead else one.type
        return f"{self.between(one)}: {what}"

    def between(self, one: Incident) -> str:
        """Both sides of a happening; `unnamed` for one that the texts do not name."""
        who, whom = (side if side != "—" else "" for side in self.who(one))
        return who or "unnamed" if whom in ("each other", "") else f"{who or 'unnamed'} → {whom}"

    def sources(self, named: Sequence[str], most: int = 3) -> str:
        """The first few sources, and how many more there are."""
        shown = "; ".join(source(one, self.names) for one in named[:most])
        return f"{shown} and {len(named) - most} more" if len(named) > most else shown

    def says(self, claim: Claim) -> str:
        """Everybody a claim comes through, else who wrote the article."""
        if claim.attribution:
            return voices(claim)
        article = self.articles.get(claim.article)
        return (article.publisher or article.author or article.title or article.id) if article else claim.article

    def weight(self, one: Incident) -> tuple[int, bool, int, bool]:
        """What comes first: between those asked for, both sides known, told by most independent sources, dated."""
        named = {*one.actors, *one.recipients}
        known = next(pairs(one), None) is not None
        return len(named & set(self.about)), known, len(one.sources), one.date is not None

    def foremost(self, incidents: Iterable[Incident]) -> list[Incident]:
        """Incidents that matter most first."""
        return sorted(incidents, key=lambda one: (self.weight(one), self.moment(one), one.id), reverse=True)

    def done(self) -> list[Incident]:
        """Events that are told as having happened."""
        return [one for one in self.incidents if one.kind == "event" and one.status in DONE]


def select(
    claims: Iterable[Claim],
    incidents: Iterable[Incident],
    articles: Iterable[Article],
    about: tuple[str, ...],
    names: Names,
    limit: int,
) -> Material:
    """Everything that concerns those whom the briefing is about, or all of it."""
    wanted = set(about)
    every = {claim.id: claim for claim in claims}

    def concerns(one: Incident) -> bool:
        counted = (every[key] for key in one.claims if key in every) if one.kind == "quantity" else ()
        return bool(wanted & {*one.actors, *one.recipients}) or any(_named(claim, wanted, names) for claim in counted)

    merged = [one for one in incidents if not wanted or concerns(one)]
    kept = {identifier for one in merged for identifier in one.claims}
    chosen = {
        claim.id: claim
        for claim in every.values()
        if not wanted
        or claim.id in kept
        or wanted & set(parties(claim))
        or (isinstance(claim, Quantity | Assessment) and _named(claim, wanted, names))
    }
    return Material(chosen, merged, {article.id: article for article in articles}, names, about, limit)


def _named(claim: Claim, wanted: set[str], names: Names) -> bool:
    voices = {voice.country for voice in claim.attribution}
    return bool(wanted & voices) or any(names(code) in claim.quote for code in wanted)


def pairs(one: Incident) -> Iterator[Pair]:
    """Everybody with whom somebody has to do in a happening; sides that act together are no pair."""
    if one.mutual:
        yield from combinations(sorted({*one.actors, *one.recipients}), 2)
        return
    for a in one.actors:
        for b in one.recipients:
            if a != b:
                yield (a, b) if a < b else (b, a)
