"""Where it happened: place names attached to predicates, resolved as far as codebook and gazetteer go.

A state or capital that acts is no place; where the same word stands after "in" or "at", it is. A name that several
cities share belongs to the one in a state that the article names, or to one that is far larger than the others, or
stays without coordinates.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amity.coding.syntax import adposition, children, is_predicate, label
from amity.records import Place

if TYPE_CHECKING:
    from amity.codebook import Codebook, Entry
    from amity.coding.mentions import Mention, Mentions
    from amity.coding.parse import Doc, Token

ALSO_PLACING = frozenset({"around", "off", "along", "between", "from"})  # land and water, not states; they also "on"
HERE = frozenset({"there", "here", "where"})


@dataclass(slots=True)
class Places:
    """Places of an article, and the predicates that they locate."""

    doc: Doc
    codebook: Codebook
    mentions: Mentions
    _names: dict[int, Place] = field(default_factory=dict)
    _memory: dict[int, Place | None] = field(default_factory=dict)

    @classmethod
    def find(cls, doc: Doc, codebook: Codebook, mentions: Mentions) -> Places:
        """All place names of the article."""
        places = cls(doc, codebook, mentions)
        places._name()
        return places

    def of(self, token: Token) -> Place | None:
        """Where the predicate or noun that the token heads happens; null when the text does not say."""
        if token.i not in self._memory:
            self._memory[token.i] = None  # a cycle finds nothing
            self._memory[token.i] = self._inside(token) or self._above(token)
        return self._memory[token.i]

    def at(self, token: Token) -> Place | None:
        """The place that the token itself names or heads, null for other words."""
        return self._names.get(token.i) or self._ground(token)

    # ------------------------------------------------------------------------------------------ names

    def _name(self) -> None:
        near = self.mentions.near()
        for start, end, entry in self.mentions.sites():
            self._names.update(dict.fromkeys(range(start, end), self._of_site(start, end, entry)))
        for mention in self.mentions:
            if mention.kind == "state":
                place = self._of_mention(mention)
                self._names.update(dict.fromkeys(range(mention.start, mention.end), place))
        for entity in self.doc.ents:
            if entity.label_ in ("GPE", "LOC") and entity.root.i not in self._names:
                place = self._of_entity(entity.text, entity.start_char, near)
                self._names.update(dict.fromkeys(range(entity.start, entity.end), place))

    def _of_site(self, start: int, end: int, entry: Entry) -> Place:
        """A region, sea, base or disputed area of the codebook."""
        site = self.codebook.sites[entry.id]
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        return Place(
            text=self.doc.span(start, end).text,
            name=site.id,
            country=site.country,
            latitude=site.latitude,
            longitude=site.longitude,
            start=first,
            end=last,
        )

    def _of_mention(self, mention: Mention) -> Place:
        """A state, or a capital with its coordinates."""
        who = mention.actors[0]
        state = self.codebook.states.get(who.country)
        capital = mention.rule == "name:capital"
        seat = next((s for s in state.capitals if who.text in (s.city, *s.also)), None) if state and capital else None
        return Place(
            text=who.text,
            name=seat.city if seat else state.name if state and not capital else who.text,
            country=who.country,
            latitude=seat.latitude if seat else None,
            longitude=seat.longitude if seat else None,
            start=who.start,
            end=who.end,
        )

    def _of_entity(self, text: str, start: int, near: Collection[str]) -> Place:
        text = text.rstrip("’'")
        city = self.codebook.gazetteer.resolve(text.removeprefix("the "), near)
        if city is None:
            return Place(text=text, name=text, start=start, end=start + len(text))
        state = self.codebook.states.by_alpha2(city.country)
        return Place(
            text=text,
            name=city.name,
            country=state.id if state else None,
            latitude=city.latitude,
            longitude=city.longitude,
            start=start,
            end=start + len(text),
        )

    def _ground(self, token: Token) -> Place | None:
        """ "Azerbaijan's frontier", "the Iran-Azerbaijan border": a stretch of land by whose it is."""
        if token.pos_ != "NOUN" or token.lemma_.lower() not in self.codebook.reference.grounds:
            return None
        inner = next(
            (
                self._names[c.i]
                for c in children(token, "nmod", "appos")
                if c.i in self._names and adposition(c) in ("of", "")
            ),
            None,
        )
        if inner is not None:
            return inner
        owners = dict.fromkeys(who.country for who in self.mentions.modifiers(token) if who.country)
        if not owners:
            return None
        start, end = self.mentions.extent(token)
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        country = next(iter(owners)) if len(owners) == 1 else None
        return Place(text=self.doc.span(start, end).text, country=country, start=first, end=last)

    # ------------------------------------------------------------------------------------------ attaching

    def _inside(self, token: Token) -> Place | None:
        """The finest place among the word's own complements and adverbials."""
        if token.lemma_ in self.codebook.reference.abstract:
            return None
        found = [place for child in token.children if (place := self._located(child, token)) is not None]
        for child in children(token, "obj", "obl") if token.pos_ == "VERB" else ():
            if child.i > token.i:  # "launched an attack in Gori": parsers often hang the place on the object
                found += [
                    place for inner in children(child, "nmod") if (place := self._located(inner, child)) is not None
                ]
        return min(found, key=_coarseness) if found else None

    def _located(self, child: Token, governor: Token) -> Place | None:
        kind = label(child)
        if kind in ("obl", "nmod") and child.dep_ not in ("nmod:poss", "obl:agent"):
            return self._under(child, adposition(child))
        if kind == "obj" and governor.lemma_ in self.codebook.reference.placed:
            return self.at(child)
        if kind == "compound" and governor.pos_ == "NOUN":
            place = self._names.get(child.i)
            return place if place is not None and place.latitude is not None else None
        if kind == "advmod" and child.lower_ in HERE:
            return self._before(child)
        return None

    def _under(self, nominal: Token, case: str) -> Place | None:
        """The place of a nominal with a preposition; states and capitals that act are none."""
        mention = self.mentions.mention(nominal) if nominal.i in self._names else None
        if mention is not None and mention.actors:
            return self.at(nominal) if mention.role == "place" else None
        placing = case in self.codebook.reference.placing or case in ALSO_PLACING
        return self.at(nominal) if placing or (case == "on" and nominal.i not in self._names) else None

    def _before(self, word: Token) -> Place | None:
        """ "there": the last place named in this sentence or the one before."""
        sentence = word.sent
        earliest = self.doc[sentence.start - 1].sent.start if sentence.start else 0
        return next((self._names[i] for i in range(word.i - 1, earliest - 1, -1) if i in self._names), None)

    def _above(self, token: Token) -> Place | None:
        """The place of the clause around the word, where it holds for the word too."""
        head = token.head
        if head.i == token.i:
            return None
        match label(token):
            case "obj" | "nsubj" | "obl" if not is_predicate(token) and head.pos_ == "VERB":
                return self.of(head)
            case "conj" if is_predicate(token) == is_predicate(head):
                frame = [c for c in children(head, "obl") if c.i < head.i] if is_predicate(token) else []
                shared = [place for c in frame if (place := self._located(c, head)) is not None]
                return shared[0] if shared else None if is_predicate(token) else self.of(head)
            case "advcl" if not children(token, "nsubj", "mark"):
                return self.of(head)
        return None


def _coarseness(place: Place) -> tuple[bool, bool, int]:
    """Sorts places with coordinates before named ones, and those before whole states."""
    return place.latitude is None, place.country is not None and place.latitude is None, place.start
