"""Noun phrases and clauses as text, for claims whose parts are worded, not coded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amity.coding.syntax import antecedent, children, coordinated, is_negated, label

if TYPE_CHECKING:
    from amity.coding.parse import Token
    from amity.coding.reading import Reading
    from amity.records import Actor

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_MOST = 6  # members of a list that are spelled out
_LONGEST = 40  # tokens of a clause that is quoted as a target
_OPENERS = frozenset({"PUNCT", "SPACE", "CCONJ", "SCONJ"})


def in_furniture(reading: Reading, token: Token) -> bool:
    """Whether a word stands in what is not the author's prose."""
    return any(span.start <= token.idx < span.end for span in reading.article.furniture)


def members(token: Token) -> list[Token]:
    """A nominal (or an adjective that stands for one) with those coordinated with it, each to be taken by itself."""
    kinds = NOMINAL | {"ADJ"} if token.pos_ == "ADJ" else NOMINAL
    joint = (member for member in coordinated(token)[1:] if member.pos_ in kinds and not is_negated(member))
    return [token, *joint][:_MOST]


def actors(reading: Reading, token: Token) -> tuple[Actor, ...]:
    """Whom a nominal stands for, coordination aside."""
    return reading.mentions.of(token)


def wording(reading: Reading, token: Token) -> str:
    """The noun phrase that a token heads as it stands in the text, without article, clauses and asides."""
    start, end = reading.mentions.extent(token)
    doc = reading.doc
    while (
        start < token.i and doc[start].pos_ in ("DET", "PUNCT", "SPACE", "CCONJ", "ADP") and doc[start].lower_ != "no"
    ):
        start += 1
    text = reading.article.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1].text)]
    return " ".join(text.split())


def title(reading: Reading, token: Token) -> str:
    """What stands for a nominal in a claim: a state's code, a body's or person's name, else its wording."""
    whose = next((other for other in children(token, "nmod:poss") if other.lower_ == "whose"), None)
    if whose is not None and (owner := antecedent(whose)) is not whose:
        return wording(reading, token).replace(whose.text, f"{title(reading, owner)}’s", 1)
    mention = reading.mentions.mention(token)
    if mention is not None and mention.kind == "place" and token.pos_ == "PROPN":
        return wording(reading, token)
    found = actors(reading, token)
    described = mention is not None and mention.kind == "description"
    whole = len(found) == 1 and (
        described or token.pos_ in ("PROPN", "PRON") or token.ent_type_ != "" or found[0].name is not None
    )
    return (found[0].code or wording(reading, token)) if whole else wording(reading, token)


def clause_text(reading: Reading, head: Token) -> str:
    """A clause as it stands in the text, without what introduces it, cut to a length that can be read."""
    doc = reading.doc
    start, end = head.left_edge.i, min(head.right_edge.i + 1, head.left_edge.i + _LONGEST)
    while start < head.i and (doc[start].pos_ in _OPENERS or label(doc[start]) == "mark"):
        start += 1
    while end > start + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return " ".join(reading.article.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1].text)].split())


def is_stand_in(reading: Reading, token: Token) -> bool:
    """Whether a nominal only points elsewhere ("it", "this", "those") and nobody is known for it."""
    pointing = token.pos_ in ("PRON", "DET") and not children(token, "nmod", "acl")
    return pointing and not actors(reading, token)
