"""Who acts: names and codes of data sets as states and organisations, on the day, each looked up once for each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amity.codebook import Codebook
from amity.codebook.phrases import Entry
from amity.records.claim import AGAINST_STATES
from amity.sources.datasets.columns import LONGEST, parts, spread, together

FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)
"""Time in which names are looked up."""

ACTING = ("name", "abbreviation", "surname", "metonym", "adjective", "people", "part", "epithet")
"""Roles in which a phrase that stands alone names a party."""

LONGEST_CELL = 1000
"""Characters of a cell by which a party is looked up."""

_QUALIFIED = re.compile(r"(.+?) \(([^()]+)\)")
_DAY = 1 << 20
"""More days than there will be: keys and days are searched for as one number."""


class Party(NamedTuple):
    """A state's code or an organisation's name (null: nobody we know), and a PLOVER sector."""

    code: str | None = None
    sector: str | None = None


NOBODY = Party()
Settle: TypeAlias = Callable[[Sequence[str], date], Party]
Turns: TypeAlias = Callable[[Sequence[str]], Iterable[date]]


class Parties:
    """From columns that name a party, and days, to its code and sector.

    `settle` tells the party for a row's cells on a day, `turns` the days from which it may tell another.
    """

    def __init__(self, settle: Settle, turns: Turns) -> None:
        self._settle = settle
        self._turns = turns
        self._keys: dict[str, int] = {}
        self._starts: list[int] = []
        self._found: list[Party] = []
        self._search: NDArray[np.int64] = np.empty(0, np.int64)

    def __call__(self, columns: Sequence[pa.Array], days: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Codes and sectors for rows; empty where the row names nobody."""
        coded = together(columns).dictionary_encode()
        numbers = np.array([self._number(key) for key in coded.dictionary.to_pylist()], np.int64)
        if len(self._search) != len(self._starts):
            self._search = np.array(self._starts, np.int64)
        day = days.cast(pa.int32()).to_numpy(zero_copy_only=False).astype(np.int64) - _ordinal(FIRST)
        row = numbers[coded.indices.to_numpy()] * _DAY + np.clip(day, 0, _DAY - 1)
        at = np.searchsorted(self._search, row, "right") - 1
        used, places = np.unique(at, return_inverse=True)
        found = [self._found[place] for place in used]
        places = pa.array(places)
        return (
            pa.array([party.code for party in found], pa.string()).take(places),
            pa.array([party.sector for party in found], pa.string()).take(places),
        )

    def _number(self, key: str) -> int:
        """The number of a key, after its spells have been added to those that are searched."""
        number = self._keys.get(key)
        if number is None:
            number = self._keys[key] = len(self._keys)
            for day, party in self._spells([cell[:LONGEST_CELL] for cell in parts(key)]):
                self._starts.append(number * _DAY + (day - FIRST).days)
                self._found.append(party)
        return number

    def _spells(self, cells: Sequence[str]) -> Iterator[tuple[date, Party]]:
        """Who is meant, from which day on."""
        if not any(cells):
            yield FIRST, NOBODY
            return
        before = None
        for day in sorted({FIRST, *(day for day in self._turns(cells) if FIRST < day < LAST)}):
            party = self._settle(cells, day)
            if party != before:
                yield day, party
            before = party


class Names:
    """Looks parties up in the codebook, as a scheme calls them."""

    def __init__(self, book: Codebook, scheme: str = "") -> None:
        self._book = book
        self._scheme = scheme

    def coded(self, code: str, on: date) -> str | None:
        """The state of an alpha-3 code on a day: of one that there was not then, whatever its name stood for."""
        state = self._book.states.get(code)
        if state is None or state.exists(on):
            return state.id if state else None
        other = self._book.states.resolve(state.name, on)
        return other.id if other and other.exists(on) else state.id

    def party(self, name: str, on: date) -> Party:
        """Who stands under a name alone: a state, "Police (India)", an organisation, somebody who held office."""
        name = self._book.schemes.known(self._scheme, name)
        if match := _QUALIFIED.fullmatch(name):
            noun, whose = match.groups()
            owner = self._read(self._book.schemes.known(self._scheme, whose), on)
            if owner.code:
                return owner if owner.sector in AGAINST_STATES else self.of(noun, owner.code, on)
        found = self._read(name, on)
        return found if found.code else self._described(name, on)

    def _read(self, name: str, on: date) -> Party:
        known = (self.known(reading.name, on, reading.persons) for reading in _readings(name))
        return next((party for party in known if party.code), NOBODY)

    def known(self, name: str, on: date, persons: bool = False) -> Party:
        """A state, organisation or person (or persons alone) under its own name."""
        if name.isupper() and (code := self.coded(name, on)):
            return Party(code)
        table = self._book.table
        if not (named := table.entries(name)):
            return NOBODY
        entries = [entry for entry in table.decide(name, named, on) if _acts(entry, persons)]
        if not entries or (entries[0].kind == "person" and self._gone(entries[0].country, on)):
            return NOBODY
        return _party(entries[0], on)

    def _gone(self, code: str | None, on: date) -> bool:
        """Whether a state had ended: its former officials are nobody's."""
        state = self._book.states.get(code)
        return state is not None and state.term.end is not None and state.term.end < on

    def of(self, noun: str, state: str, on: date) -> Party:
        """Somebody of a state, as "Police", who may have a name of their own ("Hezbollah" of Lebanon)."""
        own = self.known(noun, on)
        if own.code and own.sector in AGAINST_STATES:
            return own
        return Party(state, self.sector(noun) or own.sector)

    def sector(self, noun: str) -> str | None:
        """The sector of a noun for people or bodies, or of the longest noun that it ends in."""
        words = noun.split()
        return next(filter(None, (self._noun(" ".join(words[at:])) for at in range(len(words)))), None)

    def _noun(self, noun: str) -> str | None:
        schemes, roles = self._book.schemes, self._book.roles
        known = schemes.sector("agent", [noun]) or schemes.sector("icews", [noun])
        role = roles.get(noun.lower()) or roles.get(noun.lower().removesuffix("s"))
        return known or (role.sector if role else None)

    def _described(self, name: str, on: date) -> Party:
        """ "Turkish Army", "Parliament of Georgia": what belongs to a state and is of a sector that we know."""
        for noun, whose in _descriptions(name):
            owner = self._book.states.resolve(whose, on) if self._is_state(whose) else None
            if owner is not None and (sector := self.sector(noun)):
                return Party(owner.id, sector)
        return NOBODY

    def _is_state(self, name: str) -> bool:
        entries = self._book.table.entries(name)
        return any(
            entry.id in self._book.states and entry.role in ("name", "adjective", "abbreviation") for entry in entries
        )

    def numbered(self, number: str, on: date) -> str | None:
        """The state of a Gleditsch-Ward number on a day."""
        digits = number.partition(".")[0]
        state = self._book.states.by_gw(int(digits), on) if re.fullmatch("[0-9]{1,4}", digits) else None
        return state.id if state else None

    def spans(self, number: str) -> set[date]:
        """Days from which a Gleditsch-Ward number may stand for another state."""
        digits = number.partition(".")[0]
        terms = [
            term
            for state in self._book.states
            if digits and str(state.gw) == digits
            for term in state.gw_member or (state.term,)
        ]
        starts = {term.start for term in terms if term.start}
        return starts | {term.end + timedelta(days=1) for term in terms if term.end and term.end < LAST}

    def _lives(self, code: str) -> set[date]:
        """Days from which an alpha-3 code may stand for another state."""
        state = self._book.states.get(code) if code.isupper() else None
        if state is None:
            return set()
        ends = {state.term.end + timedelta(days=1)} if state.term.end else set()
        return ends | ({state.term.start} if state.term.start else set()) | self._book.table.turns(state.name)

    def turns(self, *names: str) -> set[date]:
        """Days from which names may stand for others."""
        found: set[date] = set()
        known = self._book.schemes.known
        for name in (known(self._scheme, name) for name in names if name):
            match = _QUALIFIED.fullmatch(name)
            parts = (name, *(known(self._scheme, part) for part in (match.groups() if match else ())))
            phrases = [reading.name for part in parts for reading in _readings(part)]
            for phrase in (*phrases, *(whose for _, whose in _descriptions(name))):
                found |= self._book.table.turns(phrase) | self._lives(phrase)
        return found


class _Reading(NamedTuple):
    """A way to read a name, which holds for persons alone."""

    name: str
    persons: bool = False


def _readings(name: str) -> Iterator[_Reading]:
    """The name as it is, then turned ("Palestinian Territory, Occupied") and, of persons, without what stands between
    the first name and the last ("Sergey Viktorovich Lavrov") or before them ("Sheikh"), or with the last name first."""
    yield _Reading(name)
    head, comma, tail = name.partition(", ")
    if comma:
        yield _Reading(f"{tail} {head}")
        return
    words = name.split()
    if len(words) == 2:
        yield _Reading(f"{words[1]} {words[0]}", persons=True)
    if len(words) >= 3:
        yield _Reading(f"{words[0]} {words[-1]}", persons=True)
        yield _Reading(" ".join(words[1:]), persons=True)


def _descriptions(name: str) -> Iterator[tuple[str, str]]:
    """What a name may describe, and whose it would be."""
    words = name.split()
    for size in (1, 2):
        if len(words) > size:
            yield " ".join(words[size:]), " ".join(words[:size])
    noun, of, whose = name.rpartition(" of ")
    if of:
        yield noun, whose


def qualified(name: str) -> bool:
    """Whether a name says of whom it speaks only by a noun and a country: "Police (India)"."""
    return _QUALIFIED.fullmatch(name) is not None


def bare(names: pa.Array, nothing: Collection[str] = ("NULL", "NA")) -> pa.Array:
    """Names as the data set writes them, null where it writes that there is none."""
    return spread(names, lambda name: None if name in nothing else name[:LONGEST], pa.string())


def _acts(entry: Entry, persons: bool) -> bool:
    if persons:
        return entry.kind == "person" and entry.role == "name"
    return entry.kind not in ("arms", "place", "title") and entry.role in ACTING


def _party(entry: Entry, on: date) -> Party:
    """What stands for an entry in tables, as for the actors of claims; who holds no office is one of the elite."""
    sector = entry.sector
    if entry.kind == "person" and not entry.term.covers(on) and sector not in AGAINST_STATES:
        sector = "ELI"
    if entry.sector in AGAINST_STATES:
        return Party(entry.name, sector)
    return Party(entry.country or entry.name, sector)


def _ordinal(day: date) -> int:
    """Days since 1970, as Arrow counts them."""
    return (day - date(1970, 1, 1)) // timedelta(days=1)
