"""What the event reader thinks of a pair that is given: the seam between its words and the tasks that ask for pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from amity.records import PLOVER_TYPES
from amity.records.happening import Happening, happenings

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]
APART = 0.05
"""What a word's types weigh even when neither of the pair takes part in them: better than no guess."""


def types(doc: Doc, source: Span | None, target: Span | None) -> dict[str, float]:
    """How likely it is, for each PLOVER type, that the source (characters) does it to the target.

    Every word that may carry an event counts by how likely the pair takes part in it. Sums to 1; empty when the event
    reader did not run or found nothing.
    """
    weights: dict[str, float] = defaultdict(float)
    for happening, actor, recipient in _parts(doc, source, target):
        for kind in PLOVER_TYPES:
            weights[kind] += happening.types.get(kind, 0.0) * (APART + (actor + recipient) / 2)
    total = sum(weights.values())
    return {kind: weight / total for kind, weight in weights.items()} if total else {}


def directed(doc: Doc, source: Span | None, target: Span | None) -> dict[str, float]:
    """The expected number of events of each PLOVER type that the source does to the target."""
    expected: dict[str, float] = defaultdict(float)
    for happening, actor, recipient in _parts(doc, source, target):
        for kind in PLOVER_TYPES:
            expected[kind] += happening.types.get(kind, 0.0) * actor * recipient
    return dict(expected)


def _parts(doc: Doc, source: Span | None, target: Span | None) -> Iterator[tuple[Happening, float, float]]:
    for happening in happenings(doc.user_data).values():
        yield happening, _among(doc, happening.actors, source), _among(doc, happening.recipients, target)


def _among(doc: Doc, likely: Mapping[int, float], span: Span | None) -> float:
    """The greatest probability that one of the span's words is the party."""
    if span is None:
        return 0.0
    return max((p for place, p in likely.items() if span[0] <= doc[place].idx < span[1]), default=0.0)
