"""States by the numbers of the Correlates of War and of Gleditsch and Ward, which pass from state to state.

The number 345 is Yugoslavia, then Serbia and Montenegro, then Serbia; 365 the Soviet Union, then Russia. The codebook
knows states since 1945: what lies before is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from amity.codebook.states import State, States
from amity.sources.datasets.rejects import Rejects

Scheme: TypeAlias = Literal["cow", "gw"]
FIRST = date(1945, 1, 1)
BEFORE = "before 1945"
NOBODY = "held by no state then:"


class Spell(NamedTuple):
    """A state, and from when until when it held a number; null when it still does."""

    state: str
    start: date
    end: date | None


class Members:
    """Who held a number when."""

    def __init__(self, states: States, scheme: Scheme) -> None:
        self._holders: dict[int, list[State]] = {}
        for state in states:
            for number in state.cow if scheme == "cow" else (state.gw,):
                if number is not None:
                    self._holders.setdefault(number, []).append(state)
        if scheme == "gw":  # writers of the one list use numbers that only the other has (Yemen, Germany since 1990)
            others = Members(states, "cow")._holders
            self._holders = others | self._holders
        self._states = states
        self._find = states.by_cow if scheme == "cow" else self._by_either
        self.scheme = scheme.upper()
        self.in_year = cache(self._in_year)

    def _in_year(self, number: int, year: int) -> tuple[str, int] | None:
        """The state that held the number in the middle of a year, else at its end, else at its beginning; 0, 1 or 2
        says which. Of two numbers that are one state in the year of a union, the lower one speaks for the longer part.
        """
        days = (date(year, 7, 1), date(year, 12, 31), date(year, 1, 1))
        return next(((state.id, rank) for rank, day in enumerate(days) if (state := self._find(number, day))), None)

    def _by_either(self, number: int, on: date) -> State | None:
        return self._states.by_gw(number, on) or self._states.by_cow(number, on)

    def spells(self, number: int, start: date, end: date | None) -> list[Spell]:
        """Who held the number between two days, in order; none before 1945."""
        found = []
        for state in self._holders.get(number, []):
            first = max(start, state.term.start or start)
            last = min((day for day in (end, state.term.end) if day), default=None)
            if last is None or (first <= last and last >= FIRST):
                found.append(Spell(state.id, first, last))
        return sorted(found, key=lambda spell: spell.start)

    def unknown(self, number: int) -> str:
        """Why rows of a number were rejected."""
        return f"{NOBODY} {self.scheme} number {number}"


def common(one: Sequence[Spell], other: Sequence[Spell]) -> Iterator[tuple[Spell, Spell]]:
    """Pairs of spells, cut to the days that both cover."""
    for a in one:
        for b in other:
            start = max(a.start, b.start)
            end = min((day for day in (a.end, b.end) if day), default=None)
            if end is None or start <= end:
                yield Spell(a.state, start, end), Spell(b.state, start, end)


def joined(spells: Iterable[Spell], gap: int = 1) -> list[Spell]:
    """Spells of the same state that overlap, or follow each other within `gap` days, as one."""
    made: list[Spell] = []
    for spell in sorted(spells, key=lambda one: (one.state, one.start)):
        last = made[-1] if made and made[-1].state == spell.state else None
        if last is None or (last.end is not None and (spell.start - last.end).days > gap):
            made.append(spell)
        else:
            end = None if last.end is None or spell.end is None else max(last.end, spell.end)
            made[-1] = last._replace(end=end)
    return sorted(made, key=lambda one: one.start)


def gather(rejects: Rejects) -> None:
    """Put rows with numbers that no state had together as one reason, which names the numbers, the commonest first."""
    reasons = [reason for reason in rejects.counts if reason.startswith(NOBODY)]
    if len(reasons) < 2:
        return
    reasons.sort(key=lambda reason: -rejects.counts[reason])
    named = ", ".join(f"{reason.split()[-1]} ({rejects.counts[reason]:,})" for reason in reasons)
    examples = [line for reason in reasons for line in rejects.examples.pop(reason)[:1]]
    count = sum(rejects.counts.pop(reason) for reason in reasons)
    rejects.note(f"{' '.join(reasons[0].split()[:-1])}s {named}", examples, count)
