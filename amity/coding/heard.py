"""What the event reader adds to rules for transfers and relations: how likely a word carries one, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from amity.coding.events.roles import Participant, identity
from amity.records.happening import KEY, Happening, happenings

if TYPE_CHECKING:
    from amity.coding.parse import Token
    from amity.coding.reading import Reading

TAKEN = 0.5
"""From what probability on the reader is believed where no rule speaks."""
PARTY = 0.4
"""From what probability on a word names a party."""


def ran(reading: Reading) -> bool:
    """Whether the event reader read the text."""
    return KEY in reading.doc.user_data


def heard(reading: Reading, kind: str, floor: float = TAKEN) -> dict[int, Happening]:
    """Words that carry a `TRANSFER` or a `RELATION` with at least this probability, by place."""
    found = happenings(reading.doc.user_data)
    return {place: one for place, one in found.items() if one.types.get(kind, 0.0) >= floor}


def weight(reading: Reading, token: Token, kind: str) -> float:
    """How likely the word carries one; nothing where the reader left it out."""
    happening = happenings(reading.doc.user_data).get(token.i)
    return happening.types.get(kind, 0.0) if happening is not None else 0.0


def parties(reading: Reading, likely: Mapping[int, float]) -> list[Participant]:
    """Who is meant by the words that likely name a party, each once."""
    found: dict[tuple[str | None, ...], Participant] = {}
    for place, probability in sorted(likely.items()):
        word = reading.doc[place]
        if probability >= PARTY:
            for actor in reading.mentions.of(word) or reading.mentions.modifiers(word):
                found.setdefault(identity(actor), Participant(word, actor))
    return list(found.values())
