"""A word that may tell of an event, with its surroundings: arguments, light verb, vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amity.coding.syntax import (
    Arguments,
    adposition,
    arguments,
    children,
    first_conjunct,
    label,
    particle,
    surface_subjects,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from amity.codebook.frames import Words

CLAUSAL = frozenset({"ccomp", "advcl", "parataxis", "csubj", "acl:relcl", "punct"})
ENGAGING_PREPOSITIONS = frozenset({"in", "on", "into", "to"})


@dataclass(slots=True)
class Trigger:
    """`token` and what belongs to it. `light` are verbs that make a noun happen, nearest first."""

    token: Token
    arguments: Arguments
    light: list[Token] = field(default_factory=list)
    vocabulary: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    particle: str = ""

    def introduces(self, word: str) -> bool:
        """Whether an oblique, clause, object or adverb introduced by `word` belongs to the trigger."""
        found = self.arguments
        if "+" in word:
            return all(map(self.introduces, word.split("+")))
        if word in found.oblique or word in found.clause or (word == "obj" and bool(found.object)):
            return True
        return any(other.lower_ == word and label(other) == "advmod" for other in self.token.children)

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
            heads = [head for nominal in self.arguments.object for head in (nominal, *children(nominal, "acl"))]
            found += [
                part
                for head in heads
                for part in children(head, "nmod", "obl")
                if part.dep_ != "nmod:poss" and adposition(part) == preposition
            ]
        return found


def trigger(token: Token, words: Words) -> Trigger:
    """The surroundings of a verb, noun, predicative adjective, or auxiliary (then those of its verb)."""
    found = Trigger(token, arguments(token.head if token.pos_ == "AUX" else token), particle=particle(token))
    if token.pos_ == "NOUN":
        found.light = light_verbs(token, words)
    found.objects = frozenset(
        lemma
        for nominal in found.arguments.object
        for head in unpacked(nominal, words)
        for lemma in (_lemma(head), head.lower_)
    )
    near = _near(token)
    near += [word for nominal in found.arguments.object for word in (nominal, *_near(nominal))]
    near += found.light[:1] + found.arguments.subject[:1]
    found.vocabulary = frozenset(form for word in near for form in (_lemma(word), word.lower_))
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
