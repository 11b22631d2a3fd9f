"""From roles of a frame to actors: where the codebook says to look, whom the words there stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from amity.coding.events.triggers import TELLING, Trigger, light_verbs, logical_subjects, packed, unpacked
from amity.coding.syntax import (
    OBJECT_GERUND,
    adposition,
    arguments,
    children,
    first_conjunct,
    label,
    predicate,
    subtree,
    surface_subjects,
)

if TYPE_CHECKING:
    from amity.codebook.frames import Role
    from amity.coding.parse import Token
    from amity.coding.reading import Reading
    from amity.records import Actor

CONTENT = ("content", "")
INCLUDING = frozenset({"include", "involve", "comprise", "feature"})
DIRECTED = frozenset({"to", "with", "against", "toward", "towards"})  # what hangs on the object is the verb's as well
OWNER_PREPOSITIONS = ("by", "of", "from", "between", "with")
PARTY_PREPOSITIONS = tuple("between with among of to on against by for from toward towards".split())
LOCATIVES = tuple("in at near across inside along outside around off into over throughout within".split())
CONTENT_PREPOSITIONS = tuple("with to against on at from for into of toward towards upon between in".split())


def identity(actor: Actor) -> tuple[str | None, ...]:
    """What makes two mentions the same participant."""
    return (actor.country, actor.name, actor.sector) if actor.country or actor.name else (actor.text.lower(),)


class Participant(NamedTuple):
    """An actor and the word it was found at."""

    token: Token
    actor: Actor


@dataclass(slots=True)
class Cast:
    """Finds participants of one trigger.

    `light` and `undergo` are verbs of the frame: subjects of the former act, those of the latter are acted upon.
    `through_object` lets phrases that hang on the object count as the verb's own; `forces` lets the subject be a thing
    that somebody uses ("Israeli missiles struck").
    """

    reading: Reading
    trigger: Trigger
    light: Collection[str] = ()
    undergo: Collection[str] = ()
    through_object: bool = False
    forces: bool = False

    def find(self, roles: Iterable[Role], besides: Iterable[Participant] = ()) -> list[Participant]:
        """Participants of the first role that has any `besides` those who are known already.

        In the content of a speech act only parties of another country count.
        """
        known = {identity(one.actor) for one in besides}
        countries = {one.actor.country for one in besides if one.actor.country}
        for role in roles:
            for group in self.groups(role):
                found = [one for one in group if identity(one.actor) not in known]
                if role == CONTENT:
                    found = [one for one in found if one.actor.country not in countries]
                if found:
                    return found
        return []

    def gather(self, roles: Iterable[Role]) -> list[list[Participant]]:
        """Participants of all roles, one list for each place where some were found."""
        found = []
        for role in roles:
            groups = [group for group in self.groups(role) if group]
            found += groups[:1] if role.of in ("subj", "light", "undergo") else groups
        return found

    def groups(self, role: Role) -> Iterator[list[Participant]]:
        """Lists of participants that the role may mean, likeliest first."""
        if role.of == "mod" or (role.of == "poss" and self._accompanied(self.trigger.token)):
            found = self.modifiers(self.trigger.token)
            yield [] if len(found) == 1 and self._names_place(self.trigger.token) else found
            return
        if role.of == "content":
            yield from self._in_content(role)
            return
        if role.of == "bearer":
            yield from (self.all(nominal) for nominal in self._bearers())
            return
        if role.of == "voice":
            yield [
                Participant(self.trigger.token, actor) for actor in self.reading.voices.chain(self.trigger.token)[-1:]
            ]
            return
        if role.of == "light" and adposition(self.trigger.token) == "for":
            above = predicate(self.trigger.token)
            if above.lemma_.lower() in OBJECT_GERUND:  # "condemned Russia for interference"
                answered = arguments(above)
                yield from (self.all(nominal) for nominal in (*answered.object, *answered.nominals("against")))
            elif above.lemma_.lower() not in self.reading.codebook.frames.words.wanting:  # "was in Baku for talks with"
                yield from (self.all(subject) for subject in surface_subjects(above))
        if role.of == "light" and (whole := self._whole()) is not None:
            yield from self.authors(whole)
            yield self.modifiers(whole)
            verbs = light_verbs(whole, self.trigger.words)
            yield from (self.all(subject) for verb in verbs for subject in logical_subjects(verb))
        if role.of == "light" and self.trigger.bringing is not None:
            yield self.modifiers(self.trigger.bringing)
            yield from self.authors(self.trigger.bringing)
        for nominal in self._nominals(role.of):
            if role.of == "place":
                yield self._located(nominal)
            else:
                yield from self._part(nominal, role)

    def above(self, besides: Collection[tuple[str | None, ...]]) -> list[Participant]:
        """Whose dealings with somebody a clause tells of: "announced an agreement with", "before the talks with"."""
        clause = predicate(self.trigger.token)
        for verb in (clause, predicate(clause.head)):
            if verb.lemma_.lower() in TELLING or self.trigger.token.i == verb.i:
                return []
            for subject in surface_subjects(verb):
                found = [one for one in self.all(subject) if identity(one.actor) not in besides and one.actor.code]
                if found:
                    return found
        return []

    def _whole(self) -> Token | None:
        """The happening that this one is a part of: for "drills" in "a campaign that included drills" the campaign."""
        verb = packed(self.trigger.token, self.trigger.words).head
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in INCLUDING:
            return None
        return next(iter(surface_subjects(verb)), None)

    def _bearers(self) -> list[Token]:
        """Whom the noun describes: "China, its supplier", "China is its supplier", "China, as its supplier"."""
        top = packed(self.trigger.token, self.reading.codebook.frames.words)
        if children(top, "cop"):
            return surface_subjects(top)
        if label(top) == "appos":
            return [top.head]
        if top.head.pos_ == "VERB" and (label(top) == "xcomp" or adposition(top) == "as"):
            return surface_subjects(top.head)
        return children(top, "appos")

    def modifiers(self, noun: Token) -> list[Participant]:
        """Actors that qualify a noun: "Israeli", "Iran's"."""
        found = self._accompanied(noun) or self.reading.mentions.modifiers(noun)
        return [Participant(noun, actor) for actor in found]

    def _accompanied(self, noun: Token) -> tuple[Actor, ...]:
        """Whose it is in "the Iranians, with their threats": a pronoun right after the name means the name."""
        first = first_conjunct(noun)
        marks = [mark for mark in children(first, "case") if mark.lower_ == "with" and mark.i > 1]
        if not marks or not any(other.pos_ == "PRON" for other in children(noun, "nmod:poss")):
            return ()
        comma, before = first.doc[marks[0].i - 1], first.doc[marks[0].i - 2]
        return self.reading.mentions.of(before) if comma.lower_ == "," else ()

    def all(self, nominal: Token) -> list[Participant]:
        found = [Participant(nominal, actor) for actor in self.reading.mentions.all(nominal)]
        if found:
            return found
        if children(nominal, "cop"):  # "Erdogan was the one who"
            return [one for subject in surface_subjects(nominal) if subject.i != nominal.i for one in self.all(subject)]
        inner = unpacked(nominal, self.reading.codebook.frames.words)
        if inner != [nominal]:
            return [Participant(head, actor) for head in inner for actor in self.reading.mentions.of(head)]
        return []

    def _names_place(self, noun: Token) -> bool:
        """Whether a city before the noun says where it happened: "the Kabul bombing", "the Moscow talks"."""
        found = (self.reading.mentions.mention(other) for other in children(noun, "compound"))
        return any(
            mention is not None and (mention.kind == "place" or mention.rule == "name:capital") for mention in found
        )

    def _is_place(self, nominal: Token) -> bool:
        """Whether the words say where something is: "the city which", as an actor, is none."""
        mention = self.reading.mentions.mention(nominal)
        return mention is not None and mention.role == "place" and nominal.pos_ == "NOUN"

    def _qualifying(self, nominal: Token, role: Role) -> list[Participant]:
        """Who stands behind what is no actor itself: "Israeli jets", but not "French cuisine"."""
        if role.of in ("obj", "iobj") or (role.of == "subj" and not self.forces):
            return []
        heads = unpacked(nominal, self.reading.codebook.frames.words)
        return [one for head in heads for one in self.modifiers(head)]

    def _located(self, nominal: Token) -> list[Participant]:
        inner = [other for other in children(nominal, "nmod") if adposition(other) in LOCATIVES]
        found = self.reading.mentions.of(nominal) or self.reading.mentions.modifiers(nominal)
        there = [one for other in inner for one in self.all(other)]  # "at a base near Baku"
        return [Participant(nominal, actor) for actor in found] or there

    def _part(self, nominal: Token, role: Role) -> Iterator[list[Participant]]:
        match role.part:
            case "" if role.of == "subj" and self._is_place(nominal):
                return
            case "":
                yield self.all(nominal) or self._qualifying(nominal, role)
                if role.of in ("subj", "by", "from"):
                    yield from self.authors(nominal)
                if role.of == "subj" and nominal.lemma_.lower() in self.trigger.words.documents:
                    yield from self._writers(nominal)
            case "owner":
                for head in unpacked(nominal, self.reading.codebook.frames.words):
                    yield from self._around(head, OWNER_PREPOSITIONS)
            case "parties":
                for head in unpacked(nominal, self.reading.codebook.frames.words):
                    yield from self._around(head, PARTY_PREPOSITIONS)
            case "person":
                persons = (one for one in self.all(nominal) if one.actor.code)
                yield [one for one in persons if one.actor.name or nominal.pos_ == "NOUN"]
            case "leader":
                yield [one for one in self.all(nominal) if one.actor.name and one.actor.sector == "GOV"]
            case "place":
                yield self._located(nominal) or self.all(nominal)
            case "deep":
                yield self._inside(nominal)
            case preposition:
                for head in unpacked(nominal, self.reading.codebook.frames.words):
                    for other in children(head, "nmod", "obl"):
                        if adposition(other) == preposition:
                            yield self.all(other) or self.modifiers(other)

    def _writers(self, document: Token) -> Iterator[list[Participant]]:
        """Whose a text is: "a French statement condemning", "the Council passed a resolution condemning"."""
        yield self.modifiers(document)
        for verb in light_verbs(document, self.trigger.words):
            yield from (self.all(subject) for subject in logical_subjects(verb))

    def _inside(self, head: Token) -> list[Participant]:
        words = subtree(head, ("advcl", "parataxis", "conj", "nsubj", "acl:relcl"))
        return [Participant(head, actor) for actor in self.reading.mentions.in_span(words[0].i, words[-1].i + 1)]

    def authors(self, noun: Token) -> Iterator[list[Participant]]:
        """Who is behind a happening that is itself the subject: "a bombing by", "missiles fired by"."""
        agents = [nominal for nominal in children(noun, "nmod") if adposition(nominal) == "by"]
        agents += [
            agent
            for verb in children(noun, "acl")
            if verb.lemma_.lower() not in TELLING
            for agent in children(verb, "obl")
            if adposition(agent) == "by"
        ]
        for agent in agents:
            yield self.all(agent) or self.modifiers(agent)

    def _around(self, noun: Token, prepositions: Iterable[str]) -> Iterator[list[Participant]]:
        yield self.modifiers(noun)
        yield from self.authors(noun)
        found = children(noun, "nmod", "obl")
        for preposition in prepositions:
            for nominal in found:
                if nominal.dep_ != "nmod:poss" and adposition(nominal) == preposition:
                    yield self.all(nominal) or self.modifiers(nominal)

    def _nominals(self, where: str) -> list[Token]:
        found = self.trigger.arguments
        match where:
            case "subj":
                return found.subject
            case "obj":
                return found.object
            case "iobj":
                return found.indirect
            case "light":
                return [
                    subject for verb in self.trigger.light if self._is_light(verb) for subject in logical_subjects(verb)
                ]
            case "undergo":
                return [subject for verb in self._undergoing() for subject in surface_subjects(verb)]
            case "poss":
                return found.nominals("'s") or children(self.trigger.token, "nmod:poss")
            case "place":
                return [*found.nominals(*LOCATIVES), *self._places_of_object()]
            case "that":
                return []
        return self.trigger.nominals(where, self.through_object or where in DIRECTED)

    def _places_of_object(self) -> list[Token]:
        nominals = [part for nominal in self.trigger.arguments.object for part in children(nominal, "nmod")]
        return [nominal for nominal in nominals if adposition(nominal) in LOCATIVES]

    def _is_light(self, verb: Token) -> bool:
        lemma = verb.lemma_.lower()
        return lemma in self.light or lemma in self.reading.codebook.frames.words.engaging

    def _undergoing(self) -> list[Token]:
        """Verbs above a noun whose subject is at its receiving end: "faces threats", "under pressure from Moscow"."""
        token, words = self.trigger.token, self.reading.codebook.frames.words
        verb = token.head if token.head.pos_ == "VERB" else token.head.head
        if verb.pos_ != "VERB" or token.dep_.partition(":")[0] not in ("obj", "obl"):
            return []
        lemma = verb.lemma_.lower()
        return [verb] if lemma in self.undergo or lemma in words.undergoing or adposition(token) == "under" else []

    def _in_content(self, role: Role) -> Iterator[list[Participant]]:
        clauses = [head for heads in self.trigger.arguments.clause.values() for head in heads]
        for clause in clauses:
            if role.part == "subj":
                for subject in surface_subjects(clause):
                    yield self.all(subject) or self.modifiers(subject)
            else:
                found = list(self._content_participants(clause))
                yield from sorted(found, key=lambda group: not any(one.actor.code for one in group))
                yield self._inside(clause)

    def _content_participants(self, clause: Token, depth: int = 2) -> Iterator[list[Participant]]:
        found = arguments(clause)
        for nominal in (*found.indirect, *found.object):
            yield self.all(nominal)
        for nominal in found.nominals(*CONTENT_PREPOSITIONS):
            yield self.all(nominal)
        for nominal in (*found.object, *found.nominals("in", "to", "on", "from")):
            for head in unpacked(nominal, self.reading.codebook.frames.words):
                yield from self._around(head, PARTY_PREPOSITIONS)
        if depth:
            for head in children(clause, "conj"):
                yield from self._content_participants(head, depth - 1)
            for head in (*found.clause.get("to", ()), *found.clause.get("", ()), *found.clause.get("from", ())):
                yield from self._content_participants(head, depth - 1)
