"""Promises, threats and refusals that are worded as plain future: "Turkey will release the pastor".

PLOVER's manual counts an announced cooperative act as AGREE, an announced hostile one as THREATEN, and a cooperative
act that somebody says they will not do as REJECT. Meetings stay CONSULT: they are scheduled, not promised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amity.coding.syntax import ancestors, children, is_negated, label, mark

if TYPE_CHECKING:
    from amity.coding.events.triggers import Trigger
    from amity.coding.parse import Token
    from amity.records import PloverType

COOPERATIVE: frozenset[PloverType] = frozenset({"AID", "RETREAT", "CONCEDE", "SUPPORT", "COOPERATE"})
HOSTILE: frozenset[PloverType] = frozenset({"ASSAULT", "COERCE", "SANCTION"})
FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
CONDITIONS = frozenset({"if", "unless", "should", "when", "until", "whether", "before", "after", "once"})


def intended_type(kind: PloverType, found: Trigger) -> PloverType | None:
    """What an act becomes when it is only announced; null when it is not, or for types that stay what they are."""
    verb = found.light[0] if found.light else found.token
    if not is_announced(verb):
        return None
    if is_negated(verb):
        return "REJECT" if kind in COOPERATIVE or kind == "CONSULT" else None
    return "AGREE" if kind in COOPERATIVE else "THREATEN" if kind in HOSTILE else None


def is_announced(verb: Token) -> bool:
    """Whether the verb stands with "will", or with "would" after a verb of speech, and not under a condition."""
    if label(verb) in ("conj", "xcomp") and not children(verb, "aux", "nsubj"):
        verb = verb.head
    words = {word.lower_ for word in children(verb, "aux")}
    reported = "would" in words and label(verb) == "ccomp" and verb.head.pos_ == "VERB"
    if not (words & FUTURE or reported):
        return False
    return not any(mark(clause) in CONDITIONS for clause in (verb, *ancestors(verb)) if label(clause) == "advcl")
