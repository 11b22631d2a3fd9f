"""What a mention is: a stretch of text that stands for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from amity.records import Actor

Kind: TypeAlias = Literal[
    "state", "demonym", "person", "organisation", "group", "description", "pronoun", "place"
]  # fmt: skip
Gender: TypeAlias = Literal["m", "f", ""]


@dataclass(slots=True)
class Mention:
    """Words that stand for somebody, and for whom.

    `head` is the token that governs the phrase, `start` and `end` its token span; `rule` tells how it was resolved.
    `role` is `place` where the words say where something happens ("in Baku"): the state is still known, but does not
    act. `person`, `plural` and `gender` are what pronouns agree with; `role_noun` is the noun that describes it
    ("minister"), lower case, empty for bare names; `antecedent` is the head of the mention that a pronoun or
    description goes back to, −1 for others.
    """

    head: int
    start: int
    end: int
    kind: Kind
    actors: tuple[Actor, ...]
    rule: str
    role: Literal["actor", "place"] = "actor"
    person: bool = False
    plural: bool = False
    gender: Gender = ""
    role_noun: str = ""
    antecedent: int = -1
