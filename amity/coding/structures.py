"""Statements on the structure of the system: who belongs to what, plays which role, drives, controls or borders what.

The predicates and the words that carry them are in `structures.yaml`. A statement needs somebody or something of the
system (an actor, a place, or one of the vocabulary's `things`) on at least one side, and words on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from amity.coding.drafts import base
from amity.coding.phrases import NOMINAL, actors, in_furniture, is_stand_in, members, title, wording
from amity.coding.syntax import adposition, antecedent, arguments, child, children, label, surface_subjects
from amity.records import Structure

if TYPE_CHECKING:
    from spacy.tokens import Token

    from amity.codebook.structures import Vocabulary
    from amity.coding.reading import Reading

_PLACES = frozenset({"GPE", "LOC", "NORP", "ORG", "FAC"})


@dataclass(slots=True)
class Statement:
    """A predicate with its subjects and objects as heads of noun phrases; `words` belong to the trigger."""

    predicate: str
    token: Token
    rule: str
    subjects: list[Token]
    objects: list[Token]
    words: list[Token] = field(default_factory=list)


def structures(reading: Reading) -> Iterator[Structure]:
    """All statements on structure of an article, lists spelled out."""
    book = reading.codebook.structures
    seen: set[tuple[str, str, str, int]] = set()
    for token in reading.doc:
        if token.pos_ not in ("NOUN", "VERB", "ADJ", "PROPN") or in_furniture(reading, token):
            continue
        for statement in _statements(reading, token, book):
            for claim in _claims(reading, statement, book):
                key = (claim.subject, claim.predicate, claim.object, token.sent.start)
                if key not in seen:
                    seen.add(key)
                    yield claim


def _statements(reading: Reading, token: Token, book: Vocabulary) -> Iterator[Statement]:
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN") and lemma in book.by_noun:
        yield from _of_noun(reading, token, book.by_noun[lemma], book)
    elif token.pos_ == "VERB" and lemma in book.by_verb and label(token) not in ("amod", "compound"):
        for name in book.by_verb[lemma]:
            yield from _of_verb(reading, token, lemma, name, book)
    elif token.pos_ == "ADJ" and lemma in book.by_adjective and children(token, "cop"):
        yield from _of_adjective(token, lemma, book)


# -- nouns: "X is a member of Y" ---------------------------------------------------------------------------------------


def _of_noun(reading: Reading, noun: Token, name: str, book: Vocabulary) -> Iterator[Statement]:
    predicate = book.predicates[name]
    subjects, words = _bearers(noun, book)
    objects = [
        antecedent(other) for other in children(noun, "nmod", "obl") if adposition(other) in predicate.prepositions
    ]
    owners = [owner for owner in children(noun, "nmod:poss") if owner.i < noun.i]
    if (
        not subjects
        and owners
        and name in ("role in", "interest in", "presence in", "controls", "depends on", "territory of")
    ):
        subjects, owners = owners, []  # "Russia's interests in Syria", "Iran's role in the war"
    if not subjects and objects and name in ("presence in", "controls", "interest in"):
        subjects = _qualifiers(reading, noun)  # "the Western presence in the region"
    if name == "borders" and not subjects and objects:
        subjects, owners = owners or _qualifiers(reading, noun), []
    if (
        subjects
        and not objects
        and name in ("role in", "borders", "guarantor of", "partner of", "threat to", "part of")
    ):
        objects = owners or _shared(noun, predicate.prepositions)
    if subjects and (name == "is" or not objects and name in ("role in",) and _is_described(noun)):
        yield Statement(
            "is" if name == "is" else name, noun, f"structure/noun/{noun.lemma_.lower()}", subjects, [noun], words
        )
    elif subjects and objects:
        yield Statement(name, noun, f"structure/noun/{noun.lemma_.lower()}", subjects, objects, words)


def _is_described(noun: Token) -> bool:
    """Whether the role itself says enough: "a Shia stronghold", "a key player"."""
    return bool(children(noun, "amod", "compound"))


def _bearers(noun: Token, book: Vocabulary) -> tuple[list[Token], list[Token]]:
    """Of whom the noun is said, and the words that say it: copula, apposition, light verb, "as"."""
    first = noun
    while label(first) == "conj":
        first = first.head
    if children(first, "cop"):
        return surface_subjects(first), []
    head = first.head
    if label(first) == "appos" and head.i != first.i:
        return [head], []
    if label(first) == "parataxis" and head.pos_ in NOMINAL:
        return [head], []
    if head.pos_ != "VERB":
        return [], []
    lemma = head.lemma_.lower()
    if lemma not in book.carriers:
        return [], []
    if label(first) == "obj" and adposition(first) == "" and lemma not in book.objective:
        return surface_subjects(head), [head]
    if label(first) in ("xcomp", "obl", "advcl") and (adposition(first) in ("as", "") or _is_as(first)):
        patients = [antecedent(other) for other in children(head, "obj")]
        passive = [antecedent(other) for other in children(head, "nsubj") if other.dep_ == "nsubj:pass"]
        if lemma in book.objective:
            return patients or passive, [head]
        return surface_subjects(head), [head]
    return [], []


def _is_as(token: Token) -> bool:
    return any(word.lower_ == "as" for word in children(token, "case", "mark"))


def _shared(noun: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """ "plays a role | in Syria": the parser may hang the place on the verb."""
    head = noun.head
    if head.pos_ != "VERB" or label(noun) not in ("obj", "xcomp", "obl"):
        return []
    return [
        antecedent(other) for other in children(head, "obl") if adposition(other) in prepositions and other.i > noun.i
    ]


def _qualifiers(reading: Reading, noun: Token) -> list[Token]:
    """Modifiers that name whose it is: "Russian interests", "Western presence"."""
    known = {actor.start for actor in reading.mentions.modifiers(noun)}
    found = [
        word
        for word in children(noun, "amod", "compound", "nmod:poss")
        if word.idx in known or word.ent_type_ == "NORP"
    ]
    return found or [
        word
        for word in children(noun, "amod")
        if word.lower_ in ("western", "foreign", "external", "military") and word.text[0].isupper()
    ]


# -- verbs: "X undermines Y", "X belongs to Y" -------------------------------------------------------------------------


def _of_verb(reading: Reading, verb: Token, lemma: str, name: str, book: Vocabulary) -> Iterator[Statement]:
    predicate = book.predicates[name]
    place = predicate.verbs[lemma]
    found = arguments(verb)
    if place == "object":
        subjects, objects = found.subject[:1], found.object[:1]
    elif place in ("part",):
        subjects, objects = _part_of(verb)
    else:
        objects = found.nominals(place)
        subjects = (found.object if found.passive or children(verb, "obj") else found.subject)[:1]
        objects = [other for other in objects if other not in subjects][:1]
    if not subjects and label(verb) == "acl" and name in ("driver of", "undermines", "controls", "depends on"):
        subjects = [verb.head] if not found.passive else []
    if not subjects or not objects:
        return
    if predicate.place and not any(map(_is_place, members(objects[0]))):
        return
    if predicate.about and not _is_about(reading, subjects, objects, book):
        return
    yield Statement(name, verb, f"structure/verb/{lemma}", subjects, objects)


def _part_of(verb: Token) -> tuple[list[Token], list[Token]]:
    part = next((other for other in children(verb, "obj") if other.lemma_.lower() == "part"), None)
    if part is None:
        return [], []
    return surface_subjects(verb)[:1], [other for other in children(part, "nmod") if adposition(other) == "of"]


def _is_about(reading: Reading, subjects: list[Token], objects: list[Token], book: Vocabulary) -> bool:
    """Whether the statement is about the system: an abstract thing of it is acted upon, or acts on an actor.

    That one actor raises another's tariffs is an event; that a war raised the role of a region is structure.
    """
    things = [
        any(member.lemma_.lower() in book.things for member in members(token)) for token in (subjects[0], objects[0])
    ]
    known = [
        any(actors(reading, member) or _is_place(member) for member in members(token))
        for token in (subjects[0], objects[0])
    ]
    if things[1]:
        return known[0] or things[0] or bool(reading.mentions.modifiers(objects[0])) or subjects[0].pos_ == "NOUN"
    return things[0] and known[1]


def _is_place(token: Token) -> bool:
    return token.ent_type_ in _PLACES or token.lemma_.lower() in (
        "territory",
        "land",
        "region",
        "enclave",
        "province",
        "area",
        "island",
        "corridor",
        "strait",
        "outpost",
        "height",
        "part",
        "city",
    )


def _of_adjective(adjective: Token, lemma: str, book: Vocabulary) -> Iterator[Statement]:
    name = book.by_adjective[lemma]
    preposition = book.predicates[name].adjectives[lemma]
    subjects = surface_subjects(adjective)[:1]
    if not preposition:
        objects = [adjective]
    else:
        objects = [
            antecedent(other) for other in children(adjective, "obl", "nmod") if adposition(other) == preposition
        ]
    if subjects and objects:
        yield Statement(name, adjective, f"structure/adjective/{lemma}", subjects, objects)


# -- claims ------------------------------------------------------------------------------------------------------------


def _claims(reading: Reading, statement: Statement, book: Vocabulary) -> Iterator[Structure]:
    predicate = book.predicates[statement.predicate]
    subjects = [member for token in statement.subjects[:1] for member in members(token)]
    objects = [member for token in statement.objects for member in members(token)] or statement.objects
    for subject, target in product(subjects, objects):
        if subject.i == target.i or is_stand_in(reading, subject) or is_stand_in(reading, target):
            continue
        if statement.predicate in ("is",) and not (
            actors(reading, subject) or _is_place(subject) or subject.lemma_.lower() in book.things
        ):
            continue
        if not _is_anchored(reading, subject, target, book):
            continue
        found = {
            actor.start: actor
            for token in (subject, target)
            for actor in (*actors(reading, token), *reading.mentions.modifiers(token))
        }
        yield Structure(
            **base(reading, statement.token, statement.rule, [subject, target], predicate.layer, statement.words),
            subject=title(reading, subject),
            predicate=statement.predicate,
            object=_object(reading, statement, target),
            parties=tuple(found[start] for start in sorted(found)),
        )


def _object(reading: Reading, statement: Statement, target: Token) -> str:
    """The object's name; a role keeps its words ("major role in the complex")."""
    name = title(reading, target) if target.pos_ != "ADJ" else target.lower_
    if statement.predicate == "role in" and target is not statement.token:
        joint = child(target, "case")
        return f"{_bare(reading, statement.token)} {joint.lower_ if joint is not None else 'of'} {name}"
    return name


def _bare(reading: Reading, noun: Token) -> str:
    """A role noun with the adjectives before it."""
    start = min([noun.i, *(word.i for word in children(noun, "amod", "compound") if word.i < noun.i)])
    return " ".join(
        token.text for token in reading.doc[start : noun.i + 1] if not token.is_space and not token.is_quote
    )


def _is_anchored(reading: Reading, subject: Token, target: Token, book: Vocabulary) -> bool:
    return any(
        actors(reading, token)
        or _is_place(token)
        or token.lemma_.lower() in book.things
        or reading.mentions.modifiers(token)
        for token in (subject, target)
    ) and bool(wording(reading, subject))
