"""How likely a claim is right, learned from the open corpus: logistic regression on what speaks for it.

`confidence.json` holds the weights by group of claims. `python -m training.events.confidence` fits them to what is
there for development; `amity eval corpus` tells how far they keep their promise on the part `test`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a claim.

    `group` says who found it (`frame`, `reader`, `both`, or the claim's kind); `type`, `actor` and `recipient` are the
    event reader's probabilities of the type and of the least likely participant on either side, null where the side is
    empty; `known` tells whether everybody has a code.
    """

    group: str
    type: float = 0.0
    actor: float | None = None
    recipient: float | None = None
    known: bool = True

    def features(self) -> tuple[float, ...]:
        """Constant, log odds of type and sides (each within four), whether a side is empty, whether all are known."""
        return (
            1.0,
            _odds(self.type),
            0.0 if self.actor is None else _odds(self.actor),
            0.0 if self.recipient is None else _odds(self.recipient),
            float(self.actor is None),
            float(self.recipient is None),
            float(self.known),
        )


FRAME = Evidence("frame")
"""A frame's word alone, where no event reader ran."""


def confidence(evidence: Evidence) -> float | None:
    """The probability that the claim is right, in hundredths; null for a group that nothing was learned of."""
    weights = _weights().get(evidence.group)
    if weights is None:
        return None
    total = sum(weight * feature for weight, feature in zip(weights, evidence.features(), strict=True))
    return round(1 / (1 + math.exp(-total)), 2)


@cache
def _weights() -> dict[str, Sequence[float]]:
    if not WEIGHTS.exists():
        return {}
    weights: dict[str, Sequence[float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


def _odds(probability: float) -> float:
    bounded = min(max(probability, 0.018), 0.982)
    return math.log(bounded / (1 - bounded))
