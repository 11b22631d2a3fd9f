"""Forecasts of links as they are told: answers to a question with their reasons, and what is likely next for two."""

from __future__ import annotations

import msgspec


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why an answer is likely: `share` is what this adds to its log-odds over the other candidates, `words` the counts
    that this rests on."""

    name: str
    share: float
    words: str


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What happened between the two before: the relation (`←` from the object's side) and how many days ago."""

    relation: str
    ago: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer, its probability among the candidates, the reasons, weightiest first, and the last facts of the two."""

    entity: str
    probability: float
    reasons: tuple[Reason, ...]
    facts: tuple[Fact, ...]


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """A question (subject, relation, ?) on the morning of a day, and its likeliest answers."""

    subject: str
    relation: str
    day: int
    answers: tuple[Answer, ...]


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """A relation that may come next from one to another: facts to expect a day, and its share of all to expect."""

    relation: str
    rate: float
    share: float
