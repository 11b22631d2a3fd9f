"""A naive coder to measure by: the subject of a listed verb does it to the object, if one of them names a country.

It is what a good afternoon's script does: any parse, two hundred verbs of one meaning each, and the names of states,
nationalities and capitals. It works on Universal Dependencies and on the labels of spaCy's English pipelines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from amity.records import Actor, Event, PloverType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from amity.codebook import Codebook

VERBS = Path(__file__).parent / "data" / "verbs.txt"
SUBJECT = frozenset({"nsubj"})
PASSIVE = frozenset({"nsubj:pass", "nsubjpass"})
OBJECT = frozenset({"obj", "dobj", "iobj", "dative"})
BY = frozenset({"obl:agent", "agent"})
OTHER = frozenset({"obl", "prep", "nmod"})
STATES = frozenset({"state", "entity", "dependency"})


@cache
def verbs() -> dict[str, PloverType]:
    """The dictionary: lemma to type."""
    lines = [line for line in VERBS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    pairs = [line.split(":") for line in lines if line.strip()]
    return {verb: cast(PloverType, kind.strip()) for kind, listed in pairs for verb in listed.split()}


def code(doc: Doc, book: Codebook, article: str = "naive") -> list[Event]:
    """The events of a parsed text."""
    countries = [
        (match.start, match.end, entry.country)
        for match in book.find(doc.text)
        for entry in match.entries[:1]
        if entry.kind in STATES
    ]
    return [event for token in doc if token.pos_ == "VERB" for event in _event(token, countries, article)]


def _event(verb: Token, countries: list[tuple[int, int, str | None]], article: str) -> Iterator[Event]:
    kind = verbs().get(verb.lemma_.lower())
    if kind is None:
        return
    if passive := _first(verb, PASSIVE):
        who, whom = _inner(_first(verb, BY)), passive
    else:
        who, whom = _first(verb, SUBJECT), _first(verb, OBJECT) or _inner(_first(verb, OTHER))
    actors, recipients = ([_actor(head, countries)] if head is not None else [] for head in (who, whom))
    if not any(actor.country for actor in (*actors, *recipients)):
        return
    sentence = verb.sent
    yield Event(
        article=article,
        quote=sentence.text,
        start=sentence.start_char,
        end=sentence.end_char,
        trigger=verb.text,
        trigger_start=verb.idx,
        type=kind,
        actors=tuple(actors),
        recipients=tuple(recipients),
    )


def _first(token: Token, labels: Iterable[str]) -> Token | None:
    return next((child for child in token.children if child.dep_ in labels), None)


def _inner(token: Token | None) -> Token | None:
    """The noun phrase, where the label is on its preposition."""
    if token is None or token.pos_ != "ADP":
        return token
    return next((child for child in token.children if child.dep_ == "pobj"), None)


def _actor(head: Token, countries: list[tuple[int, int, str | None]]) -> Actor:
    start, end = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    inside = [country for low, high, country in countries if start <= low and high <= end]
    text = head.doc.text[start:end]
    return Actor(text=text, country=inside[0] if inside else None, start=start, end=end)
