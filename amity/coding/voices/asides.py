"""Reports in passing: ", officials said," read off the commas, since parsers hang such asides on any word near by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amity.coding.syntax import children, label
from amity.coding.voices.quotes import DOUBLE, Span

if TYPE_CHECKING:
    from amity.coding.parse import Doc, Token

_PAUSES = frozenset({",", "–", "—", "-"})
_STOPS = frozenset({*".!?;:", *DOUBLE})
_LONGEST_SPEAKER = 12  # tokens of a noun phrase
_LONGEST_TIME = 5  # tokens of "on Tuesday", "in a statement"
_SHORTEST = 3  # tokens of a clause
_INVERTING = frozenset({"say", "add", "argue", "insist", "think", "believe", "reckon", "complain"})
TELLING = frozenset({"tell", "inform", "assure", "remind"})  # have an object: whom one tells
_BLOCKING = frozenset("who whom whose which that what where when nobody none not n't never only".split())
_OPENING = frozenset({"DET", "PROPN", "PRON", "NUM"})
_NAMES = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def aside(verb: Token) -> tuple[Token, list[Span]] | None:
    """Who reports in passing, and the words around it; null where commas do not set off a noun phrase and the verb."""
    doc, start, end = verb.doc, _phrase_start(verb), phrase_end(verb)
    if start is None or end is None:
        return None
    heads = [word for word in doc[start : verb.i] if word.pos_ in _NAMES and not start <= word.head.i < verb.i]
    if not heads or doc[verb.i - 1].pos_ not in (*_NAMES, "ADV", "AUX", "PUNCT"):
        return None
    if any(start <= other.i < verb.i and other is not heads[0] for other in children(verb, "nsubj")):
        return None  # "the jets it is holding": a relative clause without its pronoun
    if children(verb, "compound:prt") or any(word.lower_ in _BLOCKING for word in doc[start : verb.i]):
        return None
    content = [_what_precedes(verb, start - 1), *what_follows(doc, end, verb.sent.end)]
    return (heads[0], content) if len(content[0]) >= _SHORTEST or len(content) > 1 else None


def inverted(verb: Token) -> tuple[Token, list[Span]] | None:
    """The same for a speaker behind the verb, in mid-sentence: "Serbia, said the minister, would not pay"."""
    doc, first = verb.doc, verb.i + 1
    if verb.lemma_ not in _INVERTING or label(verb) == "conj" or not verb.sent.start + 1 < verb.i < verb.sent.end - 1:
        return None
    if doc[verb.i - 1].text not in _PAUSES or doc[verb.i - 2].is_quote or doc[first].pos_ not in _OPENING:
        return None
    for end in range(first + 1, min(verb.sent.end, first + _LONGEST_SPEAKER)):
        if doc[end].text in _PAUSES:
            heads = [word for word in doc[first:end] if word.pos_ in _NAMES and not first <= word.head.i < end]
            content = [_what_precedes(verb, verb.i - 1), *what_follows(doc, end, verb.sent.end)]
            return (heads[0], content) if heads else None
        if doc[end].pos_ in ("VERB", "AUX") or doc[end].text in _STOPS:
            return None
    return None


def _what_precedes(verb: Token, end: int) -> Span:
    """The words before an aside, back to the beginning of the sentence or a semicolon; "which, he said, had burned"."""
    if verb.doc[end - 1].lower_ in (*_BLOCKING, "and", "but", "or"):
        return Span(end - 1, end)
    start = next((i + 1 for i in range(end - 1, verb.sent.start, -1) if verb.doc[i].text == ";"), verb.sent.start)
    return Span(start, end)


def what_follows(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """The words behind an aside, unless a clause of its own begins there: "…, he said, and Chad …", "…; Chad …"."""
    while start < end and doc[start].text in _PAUSES:
        start += 1
    end = next((i for i in range(start, end) if doc[i].text == ";"), end)
    if end - start < 2 or (is_gerund(doc[start]) and label(doc[start]) == "advcl"):
        return
    if doc[start].pos_ != "CCONJ" or not any(other.pos_ in ("NOUN", "PROPN") for other in _subjects(doc[start])):
        yield Span(start, end)


def is_gerund(verb: Token) -> bool:
    """Whether it is a bare form in -ing."""
    return verb.pos_ == "VERB" and verb.lower_.endswith("ing") and not children(verb, "aux")


def _subjects(conjunction: Token) -> list[Token]:
    return [other for other in children(conjunction.head, "nsubj") if other.i > conjunction.i]


def _phrase_start(verb: Token) -> int | None:
    """Where the noun phrase before the verb begins, behind a comma; a name set off by commas belongs to it."""
    last = verb.i - 1
    if last <= verb.sent.start:
        return None
    if verb.doc[last].text == "," and verb.doc[last - 1].pos_ == "PROPN":
        last = next((i for i in range(last - 1, verb.sent.start, -1) if verb.doc[i].text == ","), last)
    for i in range(last - (verb.doc[last].text == ","), max(verb.sent.start, verb.i - _LONGEST_SPEAKER) - 1, -1):
        word = verb.doc[i]
        if word.text in _PAUSES:
            first = verb.doc[i + 1]
            joins = first.pos_ in ("CCONJ", "SCONJ", "ADV", "VERB", "ADP") or first.lower_ in ("who", "which", "that")
            return None if i + 1 == verb.i or joins else i + 1
        helps = word.pos_ == "AUX" and word.head is verb
        if (word.pos_ in ("VERB", "AUX") and not helps) or word.text in _STOPS:
            return None
    return None


def phrase_end(verb: Token) -> int | None:
    """Where the aside ends: at the verb, or behind a time or place."""
    for i in range(verb.i + 1, min(verb.sent.end, verb.i + 2 + _LONGEST_TIME)):
        word = verb.doc[i]
        if word.text in _PAUSES or word.text in _STOPS or word.is_space:
            return i
        near = i == verb.i + 1 and verb.lemma_ not in TELLING
        if word.pos_ in ("VERB", "AUX", "SCONJ") or (near and word.pos_ not in ("ADP", "PROPN", "ADV")):
            return None
    return None
