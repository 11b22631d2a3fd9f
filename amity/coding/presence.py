"""Forces that stand abroad: whose they are and where, for "presence in"."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from amity.coding.syntax import (
    adposition,
    antecedent,
    children,
    coordinated,
    first_conjunct,
    is_past,
    label,
    surface_subjects,
)

if TYPE_CHECKING:
    from amity.coding.parse import Token
    from amity.coding.reading import Reading

WITHIN = ("in", "at", "on", "inside", "near", "into", "outside", "along", "across", "from")
HERE = frozenset({"here", "there"})
HOME = frozenset({"home", "way", "last", "march", "duty", "leave", "alert", "parade"})
STAYING = frozenset("station base remain stay deploy garrison sit live serve sleep move be quarter keep leave".split())
KEEPING = frozenset("have keep maintain retain run operate station base host".split())


def stationed(reading: Reading, force: Token) -> tuple[list[Token], list[Token]]:
    """Whose a force is, and the foreign place where it stands; both empty where nothing is said of that."""
    places = _places(force)
    verb = first_conjunct(force).head
    kept = label(first_conjunct(force)) == "obj" and verb.lemma_.lower() in KEEPING
    owners = _owners(reading, force) or (surface_subjects(verb)[:1] if kept else [])
    if kept and not places:
        places = _there(verb)
    owners = [other for owner in owners for other in coordinated(owner) if reading.mentions.of(other)]
    own = {actor.country for owner in owners for actor in reading.mentions.of(owner)}
    abroad = [place for place in places if place.lower_ not in HOME and not own & set(_countries(reading, place))]
    return (owners, abroad) if owners and abroad else ([], [])


def _owners(reading: Reading, force: Token) -> list[Token]:
    """ "Russian trainers", "Iran's brigade", "soldiers from Kenya"."""
    starts = {actor.start for actor in reading.mentions.modifiers(force)}
    qualifying = [word for word in children(force, "nmod:poss", "amod", "compound") if _holds(reading, word, starts)]
    return qualifying or [word for word in children(force, "nmod") if adposition(word) == "from"]


def _holds(reading: Reading, word: Token, starts: Collection[int]) -> bool:
    return word.idx in starts or word.left_edge.idx in starts or bool(reading.mentions.of(word))


def _places(force: Token) -> list[Token]:
    """Where the force is said to be: "a base at Berbera", "soldiers are still in Uganda", "were stationed in Chad"."""
    found = [word for word in children(force, "nmod") if adposition(word) in WITHIN[:5]]
    found = [word for word in found if word.i > force.i]
    head = force.head
    if found or label(force) != "nsubj":
        return found
    if children(head, "cop") and adposition(head) in WITHIN:
        return [head]
    return _there(head) if head.lemma_.lower() in STAYING and not is_past(head) else []


def _there(verb: Token) -> list[Token]:
    nominals = [antecedent(word) for word in children(verb, "obl") if adposition(word) in WITHIN[:9]]
    return nominals or [word for word in children(verb, "advmod") if word.lower_ in HERE]


def _countries(reading: Reading, place: Token) -> list[str]:
    inner = [word for word in children(place, "nmod:poss", "nmod", "amod", "compound") if reading.mentions.of(word)]
    return [actor.country for word in (place, *inner) for actor in reading.mentions.of(word) if actor.country]
