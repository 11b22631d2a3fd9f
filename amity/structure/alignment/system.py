"""Which states there were in a year, and which go on under another code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from amity.codebook.states import State


def continued(states: Iterable[State]) -> dict[str, str]:
    """The present code of states that had another: those whom the Correlates of War count as one and the same.

    So the Soviet Union goes on as Russia, and Yugoslavia, by the count, as Serbia."""
    numbered: dict[int, list[State]] = {}
    for state in states:
        for number in state.cow:
            numbered.setdefault(number, []).append(state)
    codes: dict[str, str] = {}
    for same in numbered.values():
        now = [state for state in same if state.term.end is None]
        if len(now) == 1:
            codes |= {state.id: now[0].id for state in same if state.id != now[0].id}
    return codes


def members(states: Iterable[State], years: Sequence[int]) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """The members of the system of states by their present codes, and in which years each was one (states, years);
    some days of a year are enough."""
    known = list(states)
    codes = continued(known)
    terms: dict[str, list[tuple[int, int]]] = {}
    for state in known:
        for term in state.cow_member:
            first = term.start.year if term.start else years[0]
            last = term.end.year if term.end else years[-1]
            terms.setdefault(codes.get(state.id, state.id), []).append((first, last))
    names = tuple(sorted(terms))
    there = [[any(first <= year <= last for first, last in terms[name]) for year in years] for name in names]
    return names, np.array(there, bool).reshape(len(names), len(years))
