"""What SIPRI calls states, and what stands for none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from amity.codebook import Codebook
from amity.codebook.states import State

NAMES: Mapping[str, str] = {
    "Congo": "COG",
    "East Germany (GDR)": "DDR",
    "Germany (FRG)": "DEU",
    "Macedonia (FYROM)": "MKD",
    "Taiwan (ROC)": "TWN",
    "Yemen Arab Republic (North Yemen)": "YEM",
}
"""What SIPRI calls states, where no one else does or others mean several by it."""


class Who:
    """The state that SIPRI's name stood for in a year; null for rebels (`*`), organisations (`**`) and the unknown."""

    def __init__(self, book: Codebook) -> None:
        self._states = book.states
        self._find = cache(self._found)

    def __call__(self, name: str, year: int | None) -> str | None:
        return self._find(name.strip(), year)

    def _found(self, name: str, year: int | None) -> str | None:
        if not name or name.endswith("*"):
            return None
        on = date(year, 12, 31) if year else None
        if name in NAMES:
            return NAMES[name]
        state = self._states.resolve(name, on)
        return self._then(state, on).id if state else None

    def _then(self, state: State, on: date | None) -> State:
        """SIPRI gives a state its present name before its time: Viet Nam of 1965 is North Vietnam."""
        if on is None or state.term.start is None or state.term.start <= on:
            return state
        earlier = [held for number in state.cow if (held := self._states.by_cow(number, on))]
        return next((held for held in earlier if held.id != state.id), state)
