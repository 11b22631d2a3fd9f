"""Shocks as people write them: IRN:USA:+2, IRN:USA:-1.5sd, IRN:USA:ASSAULT+5."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from amity.errors import InputError
from amity.outlook.influence.series import QUADS, Measure

In: TypeAlias = Literal["units", "deviations"]
_SIZE = re.compile(r"(?P<kind>[A-Za-z]+)?\s*(?P<size>[+\-−]?\d+(?:\.\d+)?)\s*(?P<sd>sd)?", re.IGNORECASE)
FORM = "write ACTOR:RECIPIENT:±SIZE, such as IRN:USA:+2, IRN:USA:-1sd, IRN:USA:ASSAULT+5"


@dataclass(frozen=True)
class Asked:
    """A shock as it was asked for: `size` in units of the measure (events or points of score of one period), or in
    deviations (usual spreads of the dyad)."""

    actor: str
    recipient: str
    size: float
    given_in: In
    text: str


@dataclass(frozen=True)
class Kind:
    """What a type of event counts as: its quad, and its score where the scale has one."""

    quad: str
    score: float | None


def asked(
    text: str, measure: Measure, kinds: Mapping[str, Kind], resolve: Callable[[str], str] = lambda name: name
) -> Asked:
    """Read a shock; events of a type become units of the measure: so many of them, or so many times their score.

    `resolve` makes codes of names of states.

    Raises:
        InputError: for what is no shock, a state's with itself, an unknown type, or one that the measure leaves out.
    """
    parts = [part.strip() for part in text.split(":")]
    found = _SIZE.fullmatch(parts[2]) if len(parts) == 3 else None
    if found is None or not all(parts):
        raise InputError(text, f"is no shock; {FORM}")
    actor, recipient = map(resolve, parts[:2])
    if actor == recipient:
        raise InputError(text, "a state has no relation with itself; name two states")
    size = float(found["size"].replace("−", "-"))
    if found["sd"] and found["kind"]:
        raise InputError(text, "events are counted; leave sd away, or the type")
    if found["kind"]:
        size *= _worth(found["kind"].upper(), measure, kinds, text)
    return Asked(actor, recipient, size, "deviations" if found["sd"] else "units", text)


def _worth(name: str, measure: Measure, kinds: Mapping[str, Kind], text: str) -> float:
    """Units of the measure that one event of a type makes."""
    kind = kinds.get(name)
    if kind is None:
        raise InputError(text, f"{name} is no type of event; there are {', '.join(sorted(kinds))}")
    if measure == "score":
        if kind.score is None:
            raise InputError(text, f"{name} has no score; ask for conflict or cooperation with --measure")
        return kind.score
    if kind.quad not in QUADS[measure]:
        other = "cooperation" if measure == "conflict" else "conflict"
        raise InputError(text, f"{name} is no {measure}; ask for {other} with --measure")
    return 1.0
