"""Annotated passages as the event reader learns from them: windows of word pieces with the claims on their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from amity.annotate.events import Inputs, Lexicon, inputs, name_labels
from amity.annotate.paths import Ways
from amity.records import CERTAINTIES, PLOVER_TYPES, STATUSES, Claim, Event, Relation, Transfer
from amity.records.happening import NOTHING, RELATION, TRANSFER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from amity.annotate.reader import Words
    from amity.evaluation.notation import Passage
    from amity.records import Actor

TYPES = (NOTHING, *PLOVER_TYPES, TRANSFER, RELATION)
LABELS = {"types": list(TYPES), "statuses": list(STATUSES), "certainties": list(CERTAINTIES)}
IGNORE = -100


@dataclass
class Window:
    """A passage: what the encoder gets, and what its words carry.

    `types` by word; `triggers` are the words that carry something, with `statuses` and `certainties`; `actors` and
    `recipients` are triggers by words: 1 who takes part, 0 who does not, IGNORE where it makes no difference. `ways`
    leads from each word to those near it in the tree.
    """

    given: Inputs
    types: np.ndarray
    triggers: np.ndarray
    statuses: np.ndarray
    certainties: np.ndarray
    actors: np.ndarray
    recipients: np.ndarray
    ways: list[list[tuple[int, str]]] = field(default_factory=list)
    passage: str = ""
    extra: dict[str, object] = field(default_factory=dict)


def windows(passages: Iterable[Passage], nlp: Language, lexicon: Lexicon, markers: Sequence[int]) -> Iterator[Window]:
    """One window a passage."""
    for passage in passages:
        doc = nlp(passage.text)
        words: Words = doc.user_data["words"]
        given = inputs(words, 0, len(words.forms), name_labels(doc, words), lexicon, markers)
        yield _Marks(doc, words, given, passage).window()


class _Marks:
    """Puts the claims of a passage on the words of its Doc."""

    def __init__(self, doc: Doc, words: Words, given: Inputs, passage: Passage) -> None:
        self.doc, self.given, self.passage = doc, given, passage
        self.places = {int(token): place for place, token in enumerate(words.tokens)}
        self.size = len(words.forms)
        self.types = np.zeros(self.size, np.int64)
        self.rows: dict[int, tuple[Claim, np.ndarray, np.ndarray]] = {}

    def window(self) -> Window:
        for claim in self.passage.claims:
            if isinstance(claim, Event | Transfer | Relation):
                self._put(claim)
        places = sorted(self.rows)
        rows = [self.rows[place] for place in places]
        none = np.zeros((0, self.size), np.int64)
        return Window(
            self.given,
            self.types,
            np.array(places, np.int64),
            np.array([STATUSES.index(claim.status) for claim, _, _ in rows], np.int64),
            np.array([CERTAINTIES.index(claim.certainty) for claim, _, _ in rows], np.int64),
            np.stack([actors for _, actors, _ in rows]) if rows else none,
            np.stack([recipients for _, _, recipients in rows]) if rows else none,
            ways(self.doc, self.places),
            self.passage.id,
        )

    def _put(self, claim: Event | Transfer | Relation) -> None:
        first, *_ = claim.trigger.split("…")
        span = self._words(claim.trigger_start, claim.trigger_start + len(first.strip()))
        if not span:
            return
        head = self._head(span)
        for place in span:
            if not self.types[place] and place != head:
                self.types[place] = IGNORE
        left, right, mutual = sides(claim)
        actors, recipients = self._marks(left), self._marks(right)
        if mutual:
            actors = recipients = np.maximum(actors, recipients)
        if head in self.rows:  # one word for both directions, or for several suppliers
            _, before, after = self.rows[head]
            actors, recipients = np.maximum(before, actors), np.maximum(after, recipients)
        else:
            self.types[head] = TYPES.index(kind(claim))
        self.rows[head] = (claim, actors, recipients)

    def _marks(self, actors: Sequence[Actor]) -> np.ndarray:
        marks = np.zeros(self.size, np.int64)
        for actor in actors:
            span = self._words(actor.start, actor.end)
            marks[span] = np.where(marks[span] == 1, 1, IGNORE)
            if span:
                marks[self._head(span)] = 1
        return marks

    def _words(self, start: int, end: int) -> list[int]:
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return [self.places[token.i] for token in span or () if token.i in self.places]

    def _head(self, places: Sequence[int]) -> int:
        """The word of a stretch that the others hang on."""
        tokens = {token: place for token, place in self.places.items() if place in set(places)}
        for token, place in tokens.items():
            head = self.doc[token].head.i
            if head == token or head not in tokens:
                return place
        return places[0]


def ways(doc: Doc, places: dict[int, int]) -> list[list[tuple[int, str]]]:
    """For each word the words near it in the tree, and how to get there."""
    tree = Ways(doc)
    return [
        [(places[other], way) for other, way in tree.of(token) if other in places]
        for token in sorted(places, key=places.__getitem__)
    ]


def kind(claim: Event | Transfer | Relation) -> str:
    """The label that a claim's trigger has."""
    return claim.type if isinstance(claim, Event) else TRANSFER if isinstance(claim, Transfer) else RELATION


def sides(claim: Event | Transfer | Relation) -> tuple[tuple[Actor, ...], tuple[Actor, ...], bool]:
    """Who acts, who is acted upon, and whether both are both."""
    if isinstance(claim, Event):
        return claim.actors, claim.recipients, claim.mutual
    if isinstance(claim, Relation):
        return claim.parties[:1], claim.parties[1:], True
    if claim.supplier is None:
        return (), claim.parties, False
    return claim.parties[:1], claim.parties[1:], False
