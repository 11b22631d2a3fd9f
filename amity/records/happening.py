"""What a language model thinks of a word that may carry an event: the seam between annotation and coding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

NOTHING, TRANSFER, RELATION = "NOTHING", "TRANSFER", "RELATION"
KEY = "happenings"


@dataclass(frozen=True, slots=True)
class Happening:
    """A word and the probabilities of what it carries; words go by their place in the Doc.

    `types` are PLOVER's, `TRANSFER`, `RELATION` and `NOTHING`. Each of `actors` and `recipients` is a question of its
    own: how likely a word names who does it, and to whom it is done. What is hardly likely is left out.
    """

    token: int
    types: Mapping[str, float]
    statuses: Mapping[str, float]
    certainties: Mapping[str, float]
    actors: Mapping[int, float]
    recipients: Mapping[int, float]

    @property
    def nothing(self) -> float:
        """How likely the word carries no event."""
        return self.types.get(NOTHING, 0.0)

    @property
    def best(self) -> str:
        """The likeliest of what it may carry, `NOTHING` apart."""
        return max((kind for kind in self.types if kind != NOTHING), key=self.types.__getitem__, default=NOTHING)


def happenings(user_data: Mapping[Any, Any]) -> Mapping[int, Happening]:
    """What was found in a document, by the word that carries it; empty where no event reader ran."""
    return cast("Mapping[int, Happening]", user_data.get(KEY, {}))
