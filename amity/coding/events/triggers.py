"""A word that may tell of an event, with its surroundings: arguments, light verb, vocabulary."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from amity.coding.syntax import (
    Arguments,
    adposition,
    arguments,
    children,
    coordinated,
    first_conjunct,
    label,
    mark,
    particle,
    surface_subjects,
)

if TYPE_CHECKING:
    from amity.codebook.frames import Words
    from amity.coding.parse import Token

CLAUSAL = frozenset({"ccomp", "advcl", "parataxis", "csubj", "acl:relcl", "punct"})
# Who does this to a happening is not who brought it about: "attacks condemned by the United Nations".
TELLING = frozenset(
    """report see describe criticise criticize condemn reject deny fear confirm denounce support welcome oppose note
    expect watch monitor observe observed mention cite document record call witness brand dismiss decry""".split()
)
ENGAGING_PREPOSITIONS = frozenset({"in", "on", "into", "to"})


class Trigger:
    """A word and what belongs to it, worked out when asked. An auxiliary has the surroundings of its verb."""

    def __init__(self, token: Token, words: Words) -> None:
        self.token = token
        self.words = words

    @cached_property
    def arguments(self) -> Arguments:
        """Who and what belongs to the word, passive and control undone."""
        return arguments(self.token.head if self.token.pos_ == "AUX" else self.token)

    @cached_property
    def particle(self) -> str:
        """The particle of a phrasal verb."""
        return particle(self.token)

    @cached_property
    def bringing(self) -> Token | None:
        """The noun that makes this one happen: "the signing of a treaty"."""
        if self.token.pos_ != "NOUN":
            return None
        top = packed(self.token, self.words)
        brings = label(top) == "nmod" and _lemma(top.head) in self.words.bringing and adposition(top) == "of"
        return top.head if brings else None

    @cached_property
    def light(self) -> list[Token]:
        """Verbs that make a noun happen, nearest first."""
        if self.token.pos_ != "NOUN":
            return []
        found = light_verbs(self.token, self.words)
        return found or (light_verbs(self.bringing, self.words) if self.bringing is not None else [])

    @cached_property
    def objects(self) -> frozenset[str]:
        """Lemmas and forms of the objects, "dozens of" and the like unpacked."""
        heads = [head for nominal in self.arguments.object for head in unpacked(nominal, self.words)]
        return frozenset(form for head in heads for form in (_lemma(head), head.lower_))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Lemmas and forms of the words around: dependents, objects and theirs, light verb, subject."""
        near = [word for word in _near(self.token) if word.head.i != self.token.i or word.dep_ != "case"]
        near += [word for nominal in self.arguments.object for word in (nominal, *_near(nominal))]
        near += self.light[:1] + self.arguments.subject[:1]
        return frozenset(form for word in near for form in (_lemma(word), word.lower_))

    def introduces(self, word: str) -> bool:
        """Whether an oblique, clause, object or adverb introduced by `word` belongs to the trigger."""
        found = self.arguments
        if "+" in word:
            return all(map(self.introduces, word.split("+")))
        if word in found.oblique or word in found.clause or (word == "obj" and bool(found.object)):
            return True
        if any(other.lower_ == word and label(other) == "advmod" for other in self.token.children):
            return True
        clauses = [head for heads in found.clause.values() for head in heads]
        clauses += [head for nominal in found.object for head in children(nominal, "acl")]
        nested = (inner for head in clauses for inner in children(head, "advcl"))
        return any(mark(inner) == word for inner in nested)  # "prevented a ship carrying arms | from landing"

    def has_particle(self, word: str) -> bool:
        """Whether the verb stands with the particle (`call off`) or preposition (`look into`)."""
        if not word or self.particle == word or self.introduces(word):
            return True
        following = any(other.lower_ == word and other.i == self.token.i + 1 for other in self.token.children)
        return following or any(marker.startswith(f"{word} ") for marker in self.arguments.oblique)

    def nominals(self, preposition: str, through_object: bool) -> list[Token]:
        """Nominals with the preposition; "fired missiles | at Israel" may hang on the object, which then counts too."""
        found = self.arguments.nominals(preposition)
        if through_object:
            joint = (head for nominal in self.arguments.object for head in coordinated(nominal))
            heads = [head for nominal in joint for head in (nominal, *children(nominal, "acl"))]
            found += [
                part
                for head in heads
                for part in children(head, "nmod", "obl")
                if part.dep_ != "nmod:poss" and adposition(part) == preposition
            ]
        found += [
            part
            for verb in self.light
            if verb.head.i == self.token.i and _lemma(verb) not in TELLING
            for part in children(verb, "obl")
            if adposition(part) == preposition
        ]
        if not found and self.bringing is not None:
            found = [part for part in children(self.bringing, "nmod") if adposition(part) == preposition]
        return found


def _near(token: Token, depth: int = 2) -> list[Token]:
    found = []
    for other in token.children:
        if other.dep_ in CLAUSAL or (other.dep_ == "conj" and other.pos_ == "VERB"):
            continue
        found.append(other)
        if depth > 1:
            found += _near(other, depth - 1)
    return found


def _lemma(token: Token) -> str:
    return str(token.lemma_).lower()


def unpacked(nominal: Token, words: Words) -> list[Token]:
    """A nominal with its conjuncts, or what it is a number of: "dozens of tanks and drones" gives tanks, drones."""
    found = []
    for head in [nominal, *children(nominal, "conj")]:
        inner = (
            [part for part in children(head, "nmod") if adposition(part) == "of"]
            if _lemma(head) in words.partitives
            else []
        )
        found += [head] if not inner else [deep for part in inner for deep in unpacked(part, words)]
    return found


def packed(noun: Token, words: Words) -> Token:
    """The outermost noun that only bundles this one: for "attacks" in "a series of attacks" the word "series"."""
    top = first_conjunct(noun)
    while label(top) == "nmod" and adposition(top) == "of" and _lemma(top.head) in words.partitives:
        top = first_conjunct(top.head)
    return top


def light_verbs(noun: Token, words: Words) -> list[Token]:
    """Verbs through which a noun happens: "launched attacks", "attacks launched by", "engaged in talks"."""
    top = packed(noun, words)
    found = []
    governor = top.head
    if governor.pos_ == "VERB":
        nearer = [verb for verb in children(governor, "conj") if governor.i < verb.i < top.i and verb.pos_ == "VERB"]
        governor = nearer[-1] if nearer and top.dep_ == "obj" else governor  # "buys arms and develops | cooperation"
        engages = label(top) == "obl" and adposition(top) in ENGAGING_PREPOSITIONS
        if top.dep_ in ("obj", "nsubj:pass") or engages:
            found.append(governor)
    found += [verb for verb in children(noun, "acl") if verb.pos_ == "VERB" and noun in arguments(verb).object]
    return found


def logical_subjects(verb: Token) -> list[Token]:
    """Who does it, passive undone: the agent of a passive, the subject of an active verb."""
    found = arguments(verb)
    return found.subject if found.passive else found.subject or surface_subjects(verb)
