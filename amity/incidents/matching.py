"""How surely two mentions are one happening: match weights in bits, added up level by level.

The model is Fellegi and Sunter's (A Theory for Record Linkage, JASA 64, 1969): each comparison contributes the base-2
logarithm of the ratio between its probability among true pairs and among chance pairs. Agreement on something rare
says more than agreement on something frequent, so wording counts by its frequency in the collection.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from amity.incidents.happening import Days, Happening

FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "CONCEDE", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
    "TRANSFER": "transfer",
}
"""PLOVER's four quarters (PLOVER manual, 2021), and transfers apart."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits for each outcome of a comparison.

    Prior, wording and topic were tuned on ECB+ topics 1-30 (see `amity eval incidents`), whose mentions have no types,
    resolved parties or dates; the weights of these are set by judgement, and each is checked by a test.
    """

    prior: float = -8.7
    same_trigger: float = 1.9
    rare_trigger: float = 0.87
    other_trigger: float = -7.7
    other_trigger_same_type: float = -2.5
    same_type: float = 2.5
    same_family: float = -1.5
    other_family: float = -6.0
    shared_party: float = 1.5
    disjoint_parties: float = -4.0
    unknown_parties: float = -2.0
    other_side: float = -8.0
    reversed_roles: float = -20.0
    same_day: float = 5.0
    next_day: float = 2.0
    compatible_dates: float = 1.0
    other_dates: float = -10.0
    distant_dates: float = -40.0
    published_together: float = 1.0
    published_apart: float = -4.0
    published_far_apart: float = -8.0
    supposed: float = -4.0
    same_place: float = 2.0
    other_place: float = -1.0
    other_country: float = -3.0
    same_goods: float = 3.0
    unknown_goods: float = -3.0
    other_goods: float = -6.0
    other_goods_same_text: float = -20.0
    words: float = 12.0
    words_expected: float = 0.16
    topic: float = 45.0
    topic_expected: float = 0.12
    topic_limit: float = 8.0
    topic_when_timed: float = 0.2

    @property
    def best_of_the_rest(self) -> float:
        """The most that parties, place, goods, wording and topic can add."""
        parties = max(0.0, 3 * self.shared_party, self.unknown_parties)
        return parties + self.same_place + self.same_goods + self.words * (1 - self.words_expected) + self.topic_limit


WEIGHTS = Weights()
BACKGROUND = 256


@dataclass(slots=True)
class Rarity:
    """How much information a stem carries in this collection, in bits: -log2 of its share of the mentions.

    A small collection knows little of how rare its words are elsewhere, hence `BACKGROUND` mentions without them.
    """

    counts: Counter[str]
    total: int
    _bits: dict[str, float] = field(default_factory=dict)
    _sums: dict[frozenset[str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, bags: Iterable[frozenset[str]]) -> Rarity:
        counts: Counter[str] = Counter()
        total = 0
        for bag in bags:
            counts.update(bag)
            total += 1
        return cls(counts, total)

    def bits(self, stem: str) -> float:
        known = self._bits.get(stem)
        if known is None:
            known = self._bits[stem] = math.log2((self.total + BACKGROUND) / (self.counts[stem] + 0.5))
        return known

    def overlap(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Shared information over the geometric mean of both (a cosine), 0 to 1."""
        shared = a & b
        if not shared:
            return 0.0
        return sum(map(self.bits, shared)) / math.sqrt(self._sum(a) * self._sum(b))

    def _sum(self, bag: frozenset[str]) -> float:
        known = self._sums.get(bag)
        if known is None:
            known = self._sums[bag] = sum(map(self.bits, bag))
        return known


@dataclass(slots=True)
class Matcher:
    """Compares two happenings of one collection. `score` is in bits: above zero they are more likely one than two."""

    weights: Weights
    triggers: Rarity
    wording: Rarity
    vocabulary: Rarity
    texts: Mapping[str, frozenset[str]]

    @classmethod
    def over(
        cls, happenings: Iterable[Happening], texts: Mapping[str, frozenset[str]], weights: Weights = WEIGHTS
    ) -> Matcher:
        """A matcher for these happenings; `texts` gives each article's content stems."""
        mentions = list(happenings)
        return cls(
            weights=weights,
            triggers=Rarity.of(one.trigger for one in mentions),
            wording=Rarity.of(one.words for one in mentions),
            vocabulary=Rarity.of(texts.values()),
            texts=texts,
        )

    def score(self, a: Happening, b: Happening) -> float:
        """Bits for `a` and `b` being the same happening."""
        return sum(self.explain(a, b).values())

    def above(self, a: Happening, b: Happening, threshold: float) -> float | None:
        """The score where it is above the threshold, else null; stops comparing when nothing can lift it any more."""
        weights = self.weights
        bits = weights.prior + self._date(a, b) + self._type(a, b) + self._trigger(a, b) + self._status(a, b)
        if bits + weights.best_of_the_rest <= threshold:
            return None
        bits += self._parties(a, b) + self._place(a, b) + self._goods(a, b)
        best_topic = weights.topic_limit * self._topic_share(a, b)
        if bits + weights.words * (1 - weights.words_expected) + best_topic <= threshold:
            return None
        bits += self._words(a, b)
        if bits + best_topic <= threshold:
            return None
        bits += self._topic(a, b)
        return bits if bits > threshold else None

    def explain(self, a: Happening, b: Happening) -> dict[str, float]:
        """The bits that each comparison contributes."""
        return {
            "prior": self.weights.prior,
            "trigger": self._trigger(a, b),
            "type": self._type(a, b),
            "parties": self._parties(a, b),
            "date": self._date(a, b),
            "place": self._place(a, b),
            "goods": self._goods(a, b),
            "status": self._status(a, b),
            "words": self._words(a, b),
            "topic": self._topic(a, b),
        }

    def _trigger(self, a: Happening, b: Happening) -> float:
        shared = a.trigger & b.trigger
        if shared:
            rarest = max(self.triggers.bits(stem) for stem in shared)
            return self.weights.same_trigger + self.weights.rare_trigger * rarest
        alike = a.type is not None and a.type == b.type
        return self.weights.other_trigger_same_type if alike else self.weights.other_trigger

    def _type(self, a: Happening, b: Happening) -> float:
        if a.type is None or b.type is None:
            return 0.0
        if a.type == b.type:
            return self.weights.same_type
        if FAMILIES.get(a.type) == FAMILIES.get(b.type):
            return self.weights.same_family
        return self.weights.other_family

    def _parties(self, a: Happening, b: Happening) -> float:
        if a.type is None or b.type is None:
            return 0.0
        one, other = a.parties, b.parties
        if not one or not other:
            return self.weights.unknown_parties
        shared = one & other
        if not shared:
            return self.weights.disjoint_parties
        share = len(shared) / min(len(one), len(other))
        bits = self.weights.shared_party * (min(len(shared), 2) + share)
        bits += self.weights.other_side * _other_sides(a, b)
        return bits + (self.weights.reversed_roles if _turned(a, b) else 0.0)

    def _date(self, a: Happening, b: Happening) -> float:
        if a.days is None or b.days is None:
            return self._publication(a, b)
        gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
        if gap > DISTANT:
            return self.weights.distant_dates
        if gap > 0:
            return self.weights.next_day if gap == 1 else self.weights.other_dates
        longest = max(a.days[1] - a.days[0], b.days[1] - b.days[0])
        if longest > AN_AGE:
            return self._publication(a, b)
        return self.weights.same_day if longest < A_WEEK else self.weights.compatible_dates

    def _publication(self, a: Happening, b: Happening) -> float:
        """What the days of publication say where no text dates the happening: news is of late, never of the future.

        A deal is told of for years, so its goods and sides have to tell it from others.
        """
        if a.article == b.article or a.goods & b.goods:
            return 0.0
        gap = _days_between(a, b)
        if gap is None:
            return 0.0
        if _told_before(a, b) or _told_before(b, a):
            return self.weights.other_dates
        if gap <= TOGETHER:
            return self.weights.published_together
        if gap > FAR_APART:
            return self.weights.published_far_apart
        return self.weights.published_apart if gap > APART else 0.0

    def _status(self, a: Happening, b: Happening) -> float:
        """What is only supposed is seldom what another text tells as done."""
        supposed = (a.status == "hypothetical") + (b.status == "hypothetical")
        return self.weights.supposed if supposed == 1 else 0.0

    def _place(self, a: Happening, b: Happening) -> float:
        if a.place is None or b.place is None:
            return 0.0
        if a.place == b.place:
            return self.weights.same_place
        if a.country and b.country and a.country != b.country:
            return self.weights.other_country
        return self.weights.other_place

    def _goods(self, a: Happening, b: Happening) -> float:
        if not a.goods or not b.goods:
            return self.weights.unknown_goods if a.type == b.type == "TRANSFER" else 0.0
        if a.goods & b.goods:
            return self.weights.same_goods
        return self.weights.other_goods_same_text if a.article == b.article else self.weights.other_goods

    def _words(self, a: Happening, b: Happening) -> float:
        return self.weights.words * (self.wording.overlap(a.words, b.words) - self.weights.words_expected)

    def _topic(self, a: Happening, b: Happening) -> float:
        """Whether the articles are about the same matter: all there is to tell time by where a date is missing."""
        if a.article == b.article:
            return 0.0
        similar = self.vocabulary.overlap(self._text(a.article), self._text(b.article))
        bits = min(self.weights.topic_limit, self.weights.topic * (similar - self.weights.topic_expected))
        return bits * self._topic_share(a, b)

    def _topic_share(self, a: Happening, b: Happening) -> float:
        """How much the topic counts: little where dates tell time, or where the articles are of different times."""
        gap = None if a.article == b.article else _days_between(a, b)
        timed = (a.days is not None and b.days is not None) or (gap is not None and gap > APART)
        return self.weights.topic_when_timed if timed else 1.0

    def _text(self, article: str) -> frozenset[str]:
        return self.texts.get(article, frozenset())


A_WEEK, AN_AGE = 7, 1100
"""Days that a date spans: less than a week is exact, three years and more tell little of when it was."""
DISTANT = 31
"""Days between dates that no average over other claims makes up for."""
TOGETHER, APART, FAR_APART = 3, 45, 365
"""Days between two reports."""


def _days_between(a: Happening, b: Happening) -> int | None:
    """Days between the times of two happenings, each taken from its date or else from its publication."""
    first, second = _time(a), _time(b)
    if first is None or second is None:
        return None
    return max(0, max(first[0], second[0]) - min(first[1], second[1]))


def _time(one: Happening) -> Days | None:
    if one.days and one.days[1] - one.days[0] <= AN_AGE:
        return one.days
    return (one.published, one.published) if one.published is not None else None


def _told_before(a: Happening, b: Happening) -> bool:
    """Whether `a` is told as done by an article that was published before `b` took place."""
    if a.days is not None or b.days is None or a.published is None or a.status not in ("occurred", "ongoing"):
        return False
    return a.published + 1 < b.days[0]


def _turned(a: Happening, b: Happening) -> bool:
    """Whether one has as actor whom the other has as recipient, and nobody in the same role."""
    if a.mutual or b.mutual:
        return False
    crossed = a.actors & b.recipients or a.recipients & b.actors
    kept = a.actors & b.actors or a.recipients & b.recipients
    return bool(crossed) and not kept


def _other_sides(a: Happening, b: Happening) -> int:
    """On how many sides both name somebody and nobody in common (for a directed happening)."""
    if a.mutual or b.mutual:
        return 0
    sides = ((a.actors, b.actors), (a.recipients, b.recipients))
    return sum(bool(one and other and not one & other) for one, other in sides)
