"""The state that a text has in view at a word: whose "the police", "the minister" or "protesters" are.

Texts name their scene once and then leave it out. What tells it: the state that opens the text, above all in a
dateline; a place in the same clause ("In Lima …"); and which state is named most. The weights were fitted by
logistic regression to the part `train` of our corpus and rounded. A state that leads by too little resolves nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from amity.coding.syntax import children, is_predicate, label

if TYPE_CHECKING:
    from amity.coding.mentions.mention import Mention
    from amity.coding.parse import Doc, Token

OPENS, DATELINE, SETTING, FRAME = 0.6, 1.2, 1.1, 3.0
SHARE, WHOLE_SHARE = 0.4, 1.3  # of the states named in the sentences before, and in the whole text
WINDOW = 4  # sentences: this one and those before it
MOST = 60  # names looked back upon, in sentences that do not end
HEAD = 4  # words in which a dateline begins
SURE = 0.5  # probability from which the leading state is meant


class Sight(NamedTuple):
    """A word that names a state, or a place in it."""

    i: int
    state: str
    place: bool
    clause: int


class Focus:
    """Weighs the states of a text at a word."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention]) -> None:
        self._sentence = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
        self._sights = sorted(
            Sight(mention.head, state, mention.role == "place", _clause(doc[mention.head]))
            for mention in mentions
            for state in {who.country for who in mention.actors if who.country}
        )
        self._positions = [sight.i for sight in self._sights]
        self._whole = Counter(sight.state for sight in self._sights)

    def state(self, token: Token) -> str | None:
        """The state in view at the word; null when none is, or several are."""
        chances = self.chances(token)
        best = max(chances, key=chances.__getitem__, default=None)
        return best if best is not None and chances[best] >= SURE else None

    def chances(self, token: Token) -> dict[str, float]:
        """The probability of each state that the text has named so far, or where the sentence goes on to be set."""
        if not self._sights:
            return {}
        opening, here = self._sights[0], self._sentence[token.i]
        at = bisect_left(self._positions, token.i)
        before = [s for s in self._sights[max(0, at - MOST) : at] if here - self._sentence[s.i] < WINDOW]
        ahead = [s for s in self._sights[at : at + MOST] if s.place and self._sentence[s.i] == here]
        told = self._told(token)
        before = [s for s in before if s.place or s.i not in told]
        opened = [opening] if at and (opening.place or opening.i not in told) else []
        weights = self._by_share([*opened, *before, *ahead], before)
        if opened:
            weights[opening.state] += OPENS + (DATELINE if opening.place and opening.i < HEAD else 0.0)
        clause = _clause(token)
        for state in {s.state for s in (*before, *ahead) if s.place and s.clause == clause}:
            weights[state] += SETTING
        frame = self._frame(token)
        if frame in weights:
            weights[frame] += FRAME
        total = sum(exp(weight) for weight in weights.values())
        return {state: exp(weight) / total for state, weight in weights.items()}

    def _frame(self, token: Token) -> str:
        """The state of the place that the sentence begins with ("In Lima the minister …"), else nothing."""
        first = token.sent.start
        at = bisect_left(self._positions, first)
        if at == len(self._sights) or not first < self._positions[at] < min(first + HEAD, token.i):
            return ""
        return self._sights[at].state if self._sights[at].place and token.sent[0].lower_ in ("in", "at") else ""

    def _told(self, token: Token) -> range:
        """What somebody says before being named ("Iran has won, officials said"): they may be anybody's."""
        verb = token.head
        if label(token) != "nsubj":
            return range(0)
        content = verb.head if label(verb) == "parataxis" else next(iter(children(verb, "ccomp", "parataxis")), None)
        return range(token.sent.start, token.i) if content is not None and content.i < token.i else range(0)

    def _by_share(self, named: Sequence[Sight], before: Sequence[Sight]) -> dict[str, float]:
        """How often each state is named, weighed."""
        recent = Counter(sight.state for sight in before)
        return {
            sight.state: SHARE * recent[sight.state] / max(1, len(before))
            + WHOLE_SHARE * self._whole[sight.state] / len(self._sights)
            for sight in named
        }


def _clause(word: Token) -> int:
    """The clause that a word stands in, by its head."""
    while word.head is not word and not is_predicate(word):
        word = word.head
    return word.i
