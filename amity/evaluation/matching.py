"""Whether two claims about one passage are the same, and how far: for amity against gold, and between annotators.

A match needs the same kind, quotations or triggers that overlap, and what is particular to the kind:

| kind | strict | lenient |
|---|---|---|
| event | type; an actor and a recipient of one code, or none in both | type may differ, a side may be missing |
| transfer | supplier and recipient | one of them, the other may be missing |
| relation | both parties, valence | both parties |
| quantity | value | values that meet |
| structure | predicate; subject or object | subject or object |
| assessment | triggers overlap | quotations overlap |
| says | source; at least half of the content's letters | at least half of the content's letters |

Sides of mutual events and relations may change places. Who has no code is compared by the words that name them.
Claims are matched one to one so that as many as possible match and, among those ways, spans overlap most (Kuhn 1955).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar, cast

from amity.evaluation.attribution import Attribution, jaccard
from amity.evaluation.figures import kappa, prf, share
from amity.records import Actor, Assessment, Claim, Event, Interval, Quantity, Relation, Structure, Transfer
from amity.records.claim import KINDS, Value
from amity.records.days import days

T = TypeVar("T")
Normal = Callable[[str], str]
LASTING = frozenset({"relation", "quantity", "structure", "assessment"})
"""Kinds that tell how things stand, where `occurred` and `ongoing` are the same."""
DETAILS = (
    *("chain", "author", "status", "certainty", "date", "dated", "undated", "span"),
    *("mode", "system", "counted", "unit", "cue"),
)
"""Measures of matched claims. `chain` is of claims that somebody is said to make, `author` of those that nobody is;
`date` is to the month, with none where none is told; `dated` and `undated` are its parts. `span` is shared characters
over those of both quotations, `cue` words in common; the others are equal or have a word in common."""
LOOSER = {
    "strict": (False, False),
    "a side may be missing": (False, True),
    "any type": (True, False),
    "lenient": (True, True),
}
"""Ways to match events: whether types may differ, and whether a side may be missing or known by its words."""

_WORD = re.compile(r"\w{3,}")
_SMALL = frozenset("the and for its his her their our with from that this into".split())


@dataclass(frozen=True, slots=True)
class Marks:
    """What somebody, or amity, marked in one passage."""

    claims: Sequence[Claim]
    speech: Sequence[Attribution] = ()


@dataclass(frozen=True, slots=True)
class Matcher:
    """Compares claims; `normal` gives one spelling to all names of an organisation."""

    normal: Normal = str.casefold

    def strict(self, one: Claim, other: Claim) -> bool:
        """Whether both are the same claim."""
        return overlap(one, other) and self._same(one, other)

    def lenient(self, one: Claim, other: Claim) -> bool:
        """Whether both are about the same."""
        return overlap(one, other) and self._alike(one, other)

    def event(self, one: Event, other: Event, any_type: bool, open_sides: bool) -> bool:
        """Whether two events are the same where types may differ, or a side may be missing or known by its words."""
        return overlap(one, other) and (any_type or one.type == other.type) and self._sides(one, other, open_sides)

    def _same(self, one: Claim, other: Claim) -> bool:
        match one, other:
            case Event(), Event():
                return one.type == other.type and self._sides(one, other, lenient=False)
            case Transfer(), Transfer():
                return self._equal(one.supplier, other.supplier) and self._equal(one.recipient, other.recipient)
            case Relation(), Relation():
                return one.valence == other.valence and self._pair(one, other)
            case Quantity(), Quantity():
                return _bounds(one.value) == _bounds(other.value)
            case Structure(), Structure():
                return one.predicate == other.predicate and self._ends(one, other)
            case Assessment(), Assessment():
                return _meet(_trigger(one), _trigger(other))
            case _:
                return False

    def _alike(self, one: Claim, other: Claim) -> bool:
        match one, other:
            case Event(), Event():
                return self._sides(one, other, lenient=True)
            case Transfer(), Transfer():
                ends = ((one.supplier, other.supplier), (one.recipient, other.recipient))
                told = [self._equal(*end) for end in ends if None not in end]
                return any(told) and all(told)
            case Relation(), Relation():
                return self._pair(one, other)
            case Quantity(), Quantity():
                return _values_meet(one.value, other.value)
            case Structure(), Structure():
                return self._ends(one, other)
            case Assessment(), Assessment():
                return True
            case _:
                return False

    def _sides(self, one: Event, other: Event, lenient: bool) -> bool:
        """Whether the same do it to the same."""
        if self._side(one.actors, other.actors, lenient) and self._side(one.recipients, other.recipients, lenient):
            return True
        if not (one.mutual or other.mutual):
            return False
        if self._side(one.actors, other.recipients, lenient) and self._side(one.recipients, other.actors, lenient):
            return True
        mine, yours = (*one.actors, *one.recipients), (*other.actors, *other.recipients)
        codes = self._codes(mine), self._codes(yours)
        return one.mutual and other.mutual and len(codes[0] & codes[1]) >= 2

    def _side(self, mine: Sequence[Actor], yours: Sequence[Actor], lenient: bool) -> bool:
        if not mine or not yours:
            return lenient or not (mine or yours)
        return any(self._actor(one, other, lenient) for one in mine for other in yours)

    def _actor(self, one: Actor, other: Actor, lenient: bool) -> bool:
        words = _meet((one.start, one.end), (other.start, other.end))
        return words if not (one.code or other.code) else self._equal(one.code, other.code) or (lenient and words)

    def _codes(self, actors: Iterable[Actor]) -> set[str]:
        return {self.normal(actor.code) for actor in actors if actor.code}

    def _equal(self, one: str | None, other: str | None) -> bool:
        return one == other if one is None or other is None else self.normal(one) == self.normal(other)

    def _pair(self, one: Relation, other: Relation) -> bool:
        return {self.normal(one.a), self.normal(one.b)} == {self.normal(other.a), self.normal(other.b)}

    def _ends(self, one: Structure, other: Structure) -> bool:
        return self._words(one.subject, other.subject) or self._words(one.object, other.object)

    def _words(self, one: str | None, other: str | None) -> bool:
        return self._equal(one, other) or bool(_words(one) & _words(other))

    def chain(self, one: Claim, other: Claim) -> bool:
        """Whether both are said by the same, in the same order."""
        mine, yours = one.attribution, other.attribution
        return len(mine) == len(yours) and all(map(self._link, mine, yours))

    def _link(self, one: Actor, other: Actor) -> bool:
        """Whether two mentions name the same source: the same name, the same words, or one state's and no two names."""
        if one.name and other.name:
            return self.normal(one.name) == self.normal(other.name)
        same_words = _meet((one.start, one.end), (other.start, other.end)) or one.text.lower() == other.text.lower()
        return same_words or (one.code is not None and self._equal(one.code, other.code))

    def details(self, one: Claim, other: Claim) -> Iterator[tuple[str, bool | float]]:
        """How far the second claim has the details of the first, as measures that apply to it."""
        if one.attribution:
            yield "chain", self.chain(one, other)
        else:
            yield "author", not other.attribution
        yield "status", _status(one) == _status(other)
        yield "certainty", one.certainty == other.certainty
        same_month = months(one.date) == months(other.date)  # or no date in both
        yield "date", same_month
        yield "dated" if one.date else "undated", same_month
        yield "span", _jaccard((one.start, one.end), (other.start, other.end))
        match one, other:
            case Event(), Event() if one.mode:
                yield "mode", one.mode == other.mode
            case Transfer(), Transfer():
                yield "system", self._words(one.system, other.system)
                yield "mode", one.mode == other.mode
            case Quantity(), Quantity():
                yield "counted", self._words(one.subject, other.subject)
                yield "unit", self._words(one.unit, other.unit)
            case _:
                pass


def overlap(one: Claim, other: Claim) -> bool:
    """Whether the quotations or the triggers of two claims of one passage share characters."""
    return _meet((one.start, one.end), (other.start, other.end)) or _meet(_trigger(one), _trigger(other))


def _trigger(claim: Claim) -> tuple[int, int]:
    first = re.split(r"\s*…\s*", claim.trigger)[0]
    return claim.trigger_start, claim.trigger_start + len(first)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _jaccard(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (one[1] - one[0] + other[1] - other[0] - shared)


def _bounds(value: Value) -> tuple[float, float]:
    return (value.low, value.high) if isinstance(value, Interval) else (float(value), float(value))


def _values_meet(one: Value, other: Value) -> bool:
    (low, high), (least, most) = _bounds(one), _bounds(other)
    return low <= most and least <= high


def _words(text: str | None) -> set[str]:
    return set(_WORD.findall((text or "").casefold())) - _SMALL


def _status(claim: Claim) -> str:
    return "occurred" if claim.kind in LASTING and claim.status == "ongoing" else claim.status


def months(date: str | None) -> tuple[int, ...] | None:
    """Year and month of the first and the last day of a date."""
    bounds = days(date)
    return (bounds[0].year, bounds[0].month, bounds[1].year, bounds[1].month) if bounds else None


def matched(
    gold: Sequence[T], found: Sequence[T], same: Callable[[T, T], bool], like: Callable[[T, T], float]
) -> list[tuple[int, int]]:
    """Places of items that are the same, one to one: as many as possible, and the likest (`like` is 0 to 1)."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    worth = np.zeros((len(gold), len(found)))
    most = min(len(gold), len(found)) + 1  # so that no likeness outweighs one more match
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if same(one, other):
                worth[i, j] = most + like(one, other)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0]


def likeness(one: Claim, other: Claim) -> float:
    """How much two claims of one passage overlap: in their triggers first, then in their quotations."""
    return (_jaccard(_trigger(one), _trigger(other)) + _jaccard((one.start, one.end), (other.start, other.end))) / 2


def _same_words(one: Attribution, other: Attribution) -> bool:
    return jaccard(one, other) >= 0.5


def _same_speech(one: Attribution, other: Attribution) -> bool:
    return bool(one.source & other.source) and _same_words(one, other)


@dataclass(slots=True)
class Tally:
    """Counts over passages. `add` gives what was missed and what was found in vain, strictly."""

    matcher: Matcher = field(default_factory=Matcher)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    alike: Counter[str] = field(default_factory=Counter)
    details: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    labels: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    types: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    looser: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Marks, found: Marks) -> tuple[list[Claim], list[Claim]]:
        """Count one passage."""
        missed: list[Claim] = []
        false: list[Claim] = []
        for kind in KINDS:
            mine = [claim for claim in gold.claims if claim.kind == kind]
            yours = [claim for claim in found.claims if claim.kind == kind]
            pairs = self._count(kind, mine, yours)
            missed += _without(mine, (i for i, _ in pairs))
            false += _without(yours, (j for _, j in pairs))
        self._hear(gold.speech, found.speech)
        return missed, false

    def _count(self, kind: str, gold: Sequence[Claim], found: Sequence[Claim]) -> list[tuple[int, int]]:
        self.gold[kind] += len(gold)
        self.found[kind] += len(found)
        strict = matched(gold, found, self.matcher.strict, likeness)
        self.right[kind] += len(strict)
        for i, j in strict:
            for measure, value in self.matcher.details(gold[i], found[j]):
                self.details[kind][measure].append(float(value))
        lenient = matched(gold, found, self.matcher.lenient, likeness)
        self.alike[kind] += len(lenient)
        for i, j in lenient:
            self.labels["status"].append((_status(gold[i]), _status(found[j])))
            self.labels["certainty"].append((gold[i].certainty, found[j].certainty))
        if kind == "event":
            self._type(cast(Sequence[Event], gold), cast(Sequence[Event], found), strict, lenient)
        return strict

    def _type(
        self,
        gold: Sequence[Event],
        found: Sequence[Event],
        strict: Iterable[tuple[int, int]],
        lenient: Iterable[tuple[int, int]],
    ) -> None:
        for name, (any_type, open_sides) in LOOSER.items():
            same = partial(self.matcher.event, any_type=any_type, open_sides=open_sides)
            self.looser[name] += len(matched(gold, found, same, likeness))
        self.types["gold"].update(event.type for event in gold)
        self.types["found"].update(event.type for event in found)
        self.types["right"].update(gold[i].type for i, _ in strict)
        self.labels["type"] += [(gold[i].type, found[j].type) for i, j in lenient]

    def _hear(self, gold: Sequence[Attribution], found: Sequence[Attribution]) -> None:
        self.gold["says"] += len(gold)
        self.found["says"] += len(found)
        strict = matched(gold, found, _same_speech, jaccard)
        self.right["says"] += len(strict)
        self.alike["says"] += len(matched(gold, found, _same_words, jaccard))
        for i, j in strict:
            self.details["says"]["cue"].append(bool(gold[i].cue & found[j].cue))
            self.details["says"]["span"].append(jaccard(gold[i], found[j]))

    def scores(self) -> dict[str, Any]:
        """`strict` and `lenient` figures by kind, `matched`: the details of strict matches, and events apart.

        `events` loosens the match of events step by step, `types` has them by type.
        """
        kinds = [kind for kind in KINDS if self.gold[kind] or self.found[kind]]
        kinds += ["says"] * bool(self.gold["says"])  # not every annotator marks speech
        return {
            "strict": {kind: prf(self.right[kind], self.found[kind], self.gold[kind]) for kind in kinds},
            "lenient": {kind: prf(self.alike[kind], self.found[kind], self.gold[kind]) for kind in kinds},
            "matched": {kind: self._detailed([kind]) for kind in kinds} | {"all": self._detailed(KINDS)},
            "events": {name: prf(self.looser[name], self.found["event"], self.gold["event"]) for name in LOOSER},
            "types": {
                kind: prf(self.types["right"][kind], self.types["found"][kind], self.types["gold"][kind])
                for kind in sorted(self.types["gold"] | self.types["found"])
            },
        }

    def _detailed(self, kinds: Sequence[str]) -> dict[str, Any]:
        """Matched claims of some kinds, and how often each detail that applies to them is right."""
        shares = {name: share(value for kind in kinds for value in self.details[kind][name]) for name in DETAILS}
        told = {name: value for name, value in shares.items() if value is not None}
        return {"claims": sum(self.right[kind] for kind in kinds), **told}

    def kappas(self) -> dict[str, dict[str, Any]]:
        """Cohen's kappa and plain agreement on the labels of claims that match leniently."""
        return {
            label: {
                "claims": len(pairs),
                "kappa": kappa([one for one, _ in pairs], [other for _, other in pairs]),
                "agreed": share(one == other for one, other in pairs),
            }
            for label, pairs in self.labels.items()
        }


def _without(claims: Sequence[Claim], places: Iterable[int]) -> list[Claim]:
    taken = set(places)
    return [claim for place, claim in enumerate(claims) if place not in taken]


def spelling(names: Callable[[str], Sequence[Any]]) -> Normal:
    """One spelling for all names of the same thing; `names` gives the codebook's entries of a phrase."""
    known: dict[str, str] = {}

    def normal(name: str) -> str:
        if name not in known:
            entries = [] if re.fullmatch("[A-Z]{3}", name) else names(name)
            known[name] = (entries[0].name if entries else name).casefold()
        return known[name]

    return normal
