"""Parties that an event leaves unnamed because they were named just before: "mutual visits", "rejected the charge"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from amity.coding.events.roles import Participant
from amity.coding.syntax import adposition, children, first_conjunct, label, subtree

if TYPE_CHECKING:
    from amity.codebook.frames import Frame, Role, Words
    from amity.coding.events.triggers import Trigger
    from amity.coding.parse import Span, Token
    from amity.coding.reading import Reading
    from amity.records import Actor, PloverType

# What is said or done to somebody even when the sentence does not repeat to whom.
ADDRESSED: frozenset[PloverType] = frozenset({"ACCUSE", "AGREE", "REJECT", "REQUEST", "SANCTION", "THREATEN"})
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her"})
TEMPORAL = frozenset({"after", "before", "during", "since", "until", "throughout", "amid", "following"})
INDEFINITE = frozenset({"a", "an", "any", "some", "no", "every", "another", "each", "all"})
BACK = 3  # sentences of the paragraph that are searched, its own included


def means_pair(found: Trigger, words: Words) -> bool:
    """Whether the trigger speaks of a pair without naming it: "bilateral", "between the states"."""
    if found.vocabulary & words.bilateral:
        return True
    nominals = (*found.arguments.nominals("between"), *found.arguments.subject)
    return any(
        nominal.lemma_.lower() in words.parties
        and _is_plural(nominal)
        and not any(_names(other) for other in children(nominal, "compound", "amod", "nmod"))  # "the Gulf states"
        for nominal in nominals
    )


def is_known_happening(found: Trigger, anywhere: bool = False) -> bool:
    """Whether a happening is spoken of as known, nobody named: "the fighting went on", "after the talks".

    `anywhere` lets it stand where it is not the topic, too: "the roots of the quarrel".
    """
    noun = first_conjunct(found.token)
    if noun.pos_ != "NOUN" or not (anywhere or label(noun) == "nsubj" or adposition(noun) in TEMPORAL):
        return False
    determiners = [other.lower_ for other in children(noun, "det")]
    definite = bool(POINTING & set(determiners)) or (not determiners and "Plur" in noun.morph.get("Number"))
    return definite and not any(_names(other) for other in children(noun, "nmod", "nmod:poss", "compound", "amod"))


def _names(modifier: Token) -> bool:
    """Whether a modifier tells whose or where it was, not when."""
    words = subtree(modifier)
    return any(word.pos_ == "PROPN" for word in words) and not any(word.like_num for word in words)


def _is_plural(nominal: Token) -> bool:
    return "Plur" in nominal.morph.get("Number") and bool(children(nominal, "det", "nummod"))


def pair_before(reading: Reading, token: Token) -> list[Participant]:
    """The two states of the nearest sentence in the paragraph, up to the trigger, that names just two."""
    for sentence in _back(token):
        end = min(sentence.end, token.i)
        actors = [actor for actor in reading.mentions.in_span(sentence.start, end) if actor.country]
        states = {actor.country: actor for actor in reversed(actors)}
        states = states if len(states) == 2 else _joined(reading, sentence, end) or states
        if len(states) == 2:
            return [Participant(token, actor) for actor in sorted(states.values(), key=lambda actor: actor.start)]
        if len(states) > 2:
            return []
    after = {actor.country: actor for actor in reading.mentions.in_span(token.i, token.sent.end) if actor.country}
    return [Participant(token, actor) for actor in after.values()] if len(after) == 2 else []


def _joined(reading: Reading, sentence: Span, end: int) -> dict[str | None, Actor]:
    """Two states that the sentence names together, the last such pair before `end`: "both Israel and Iran"."""
    for first in reversed(
        [word for word in sentence if word.i < end and children(word, "conj") and label(word) != "conj"]
    ):
        states: dict[str | None, Actor] = {
            actor.country: actor for actor in reading.mentions.all(first) if actor.country
        }
        if len(states) == 2:
            return states
    return {}


def is_reciprocal(found: Trigger, roles: Iterable[Role]) -> bool:
    """Whether "each other" stands where a role looks: "accused each other", "fired at one another"."""
    each = [word for subject in found.arguments.subject for word in (subject, *children(subject, "det"))]
    if any(word.lower_ == "each" for word in each) and any(word.lower_ == "other" for word in found.arguments.object):
        return True  # "each side blames the other"
    places = {role.of for role in roles}
    nominals = [*(found.arguments.object if "obj" in places else ()), *found.arguments.nominals(*places)]
    return any(
        (nominal.lower_ in ("each", "one") and any(word.lower_ in ("other", "another") for word in nominal.children))
        or (nominal.lower_ in ("other", "another") and any(word.lower_ in ("each", "one") for word in nominal.children))
        for nominal in nominals
    )


def is_addressed(frame: Frame) -> bool:
    """Whether somebody has to be at the other end: of verbs, and of answers "from" somebody."""
    answers = frame.part == "verbs" or any(role.of == "from" for role in frame.actor[:1])
    return answers and frame.type in ADDRESSED and frame.mode != "investigate"


def points_back(found: Trigger, words: Words) -> bool:
    """Whether an act answers what was said or done before: "rejected the charge", "denied this", "warned"."""
    objects = [first_conjunct(nominal) for nominal in found.arguments.object]
    return all(_is_known(nominal, words) for nominal in objects)


def _is_known(nominal: Token, words: Words) -> bool:
    if nominal.pos_ in ("PRON", "DET"):
        return nominal.lower_ in POINTING or nominal.lower_ == "it"
    anew = any(other.lower_ in INDEFINITE for other in children(nominal, "det"))
    return not anew and nominal.lemma_.lower() in words.answerable


def addressee(reading: Reading, token: Token, actors: list[Participant]) -> list[Participant]:
    """The other state when the trigger's sentence, or else the one before it, names just one besides the actors."""
    own = {one.actor.country for one in actors}
    if None in own:
        return []
    phrases = {
        word.idx for one in actors for word in subtree(one.token)
    }  # "the Israeli embassy in Cairo" is not Egypt's
    here = token.sent
    before = [token.doc[here.start - 1].sent] if here.start else []
    for sentence in (here, *before):
        end = min(sentence.end, token.i) if children(token, "xcomp", "ccomp") else sentence.end
        named = [
            actor
            for actor in reading.mentions.in_span(sentence.start, end)
            if actor.country not in own | {None} and actor.start not in phrases
        ]
        others = {actor.country: actor for actor in reversed(_acting(reading, sentence.start, end, named) or named)}
        if others:
            return [Participant(token, actor) for actor in others.values()] if len(others) == 1 else []
    return []


def _acting(reading: Reading, start: int, end: int, named: list[Actor]) -> list[Actor]:
    """Those of the actors named in a stretch who do not only tell where something happened or was made."""
    found = (reading.mentions.mention(word) for word in reading.doc[start:end] if word.pos_ in ("PROPN", "NOUN", "ADJ"))
    places = {who.start for mention in found if mention and mention.role == "place" for who in mention.actors}
    return [actor for actor in named if actor.start not in places]


def _back(token: Token) -> Iterator[Span]:
    sentence = token.sent
    yield sentence
    for _ in range(BACK - 1):
        if sentence.start == 0 or _is_blank(token.doc[sentence.start - 1]):
            return
        sentence = token.doc[sentence.start - 1].sent
        yield sentence


def _is_blank(token: Token) -> bool:
    return bool(token.is_space) and token.text.count("\n") > 1
