"""A frame that fits a word, with who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amity.coding.confidence import FRAME, Evidence
from amity.coding.events.roles import Participant, identity
from amity.records import PloverType

if TYPE_CHECKING:
    from amity.codebook.frames import Frame
    from amity.coding.events.triggers import Trigger

PRIVATE = frozenset({None, "CVL", "UNS"})
SYMMETRIC: frozenset[PloverType] = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})


@dataclass(slots=True)
class Match:
    """A frame that fits a trigger, and who takes part."""

    frame: Frame
    trigger: Trigger
    actors: list[Participant]
    recipients: list[Participant]
    mutual: bool
    reciprocal: bool = False
    evidence: Evidence = FRAME

    def sides(self) -> Iterator[Match]:
        """The match, and the other way round as well when two do it to each other."""
        yield self
        if self.reciprocal:
            yield Match(self.frame, self.trigger, self.recipients, self.actors, False, evidence=self.evidence)

    def weight(self) -> tuple[bool, int]:
        """How much speaks for it: somebody on both sides, and how much the frame asks for."""
        frame = self.frame
        asked = (frame.object, frame.object, frame.words, frame.needs, frame.clause, frame.content, frame.subject)
        return bool(self.recipients), sum(map(bool, asked)) + 3 * frame.negated

    @property
    def is_political(self) -> bool:
        """Whether anybody who takes part is known or holds an office, arms or a cause: "I asked my mother" is not."""
        actors = [one.actor for one in (*self.actors, *self.recipients)]
        return any(actor.code or actor.sector not in PRIVATE for actor in actors)

    @property
    def parties(self) -> frozenset[tuple[str | None, ...]]:
        """Who takes part, whichever side."""
        return frozenset(map(identity, (found.actor for found in (*self.actors, *self.recipients))))
