"""States and state-like entities since 1945: who existed when, and by which words texts call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias, cast, get_args

import msgspec

from amity.codebook.files import ALWAYS, Row, Term, as_term, table
from amity.codebook.phrases import Entry, Phrases, Role
from amity.errors import CodebookError

StateKind: TypeAlias = Literal["state", "entity", "dependency"]
Form: TypeAlias = Literal["short", "official", "former", "variant", "abbreviation", "epithet", "part"]

_ROLES: dict[str, Role] = {"abbreviation": "abbreviation", "epithet": "epithet", "part": "part"}


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name of a state; `form` says what sort of name, `term` when it was in use."""

    text: str
    form: Form
    term: Term


class Demonym(msgspec.Struct, frozen=True, gc=False):
    """Words for what belongs to a state, for one of its people, for several, and for the first half of compounds."""

    adjective: str | None
    person: str | None
    people: str | None
    prefix: str | None


class Capital(msgspec.Struct, frozen=True, gc=False):
    """A seat of government, other spellings of it, when it was one, and where it lies (WGS 84 degrees)."""

    city: str
    also: tuple[str, ...]
    term: Term
    latitude: float | None
    longitude: float | None


class Metonym(msgspec.Struct, frozen=True, gc=False):
    """A place that stands for an institution ("the Kremlin"), and the sector that acts there."""

    phrase: str
    name: str | None
    sector: str | None
    term: Term


class State(msgspec.Struct, frozen=True, kw_only=True):
    """A state, an entity that acts like one, or a dependency.

    `id` is ISO 3166 alpha-3 (alpha-3 of ISO 3166-3 for former states; X-codes where ISO has none). `term` is when it
    existed; `cow_member` and `gw_member` are its spans in the Correlates of War and Gleditsch-Ward lists of states.
    """

    id: str
    name: str
    kind: StateKind
    parent: str | None
    alpha2: str | None
    former_alpha3: str | None
    cow: tuple[int, ...]
    cow_member: tuple[Term, ...]
    gw: int | None
    gw_member: tuple[Term, ...]
    term: Term
    names: tuple[Name, ...] = ()
    demonyms: tuple[Demonym, ...] = ()
    capitals: tuple[Capital, ...] = ()
    metonyms: tuple[Metonym, ...] = ()

    def exists(self, on: date) -> bool:
        """Whether it existed on a day."""
        return self.term.covers(on)

    def capital(self, on: date | None = None) -> Capital | None:
        """The first-named seat of government on a day, the latest when no day is asked for."""
        seats = [seat for seat in self.capitals if seat.term.covers(on)]
        current = [seat for seat in seats if seat.term.end is None]
        return next(iter(current or seats), None)


class States:
    """All states by code; `resolve` takes names."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self._states = dict(states)
        self._former = {state.former_alpha3: state for state in states.values() if state.former_alpha3}
        self._alpha2 = {state.alpha2: state for state in states.values() if state.alpha2}
        self._phrases: Phrases | None = None

    def __iter__(self) -> Iterator[State]:
        return iter(self._states.values())

    def __len__(self) -> int:
        return len(self._states)

    def __contains__(self, code: object) -> bool:
        return code in self._states

    def __getitem__(self, code: str) -> State:
        return self._states[code]

    def get(self, code: str | None) -> State | None:
        """The state of an alpha-3 code, withdrawn ones (ZAR, BUR) included; null when there is none."""
        return self._states.get(code or "") or self._former.get(code or "")

    def by_alpha2(self, code: str) -> State | None:
        """The state of an ISO 3166 alpha-2 code."""
        return self._alpha2.get(code)

    def by_cow(self, code: int, on: date | None = None) -> State | None:
        """The state that the Correlates of War number stood for on a day."""
        return _latest([s for s in self if code in s.cow and any(span.covers(on) for span in s.cow_member)])

    def by_gw(self, code: int, on: date | None = None) -> State | None:
        """The state that the Gleditsch-Ward number stood for on a day."""
        return _latest([s for s in self if code == s.gw and any(span.covers(on) for span in s.gw_member or (s.term,))])

    def resolve(self, name: str, on: date | None = None, context: Sequence[str] = ()) -> State | None:
        """The state that a name, code, demonym, capital or metonym stands for; null when that is not certain.

        `on` decides names that changed hands (Serbia), `context` (other words of the text) ambiguous ones (Congo).
        """
        if name.isupper() and self.get(name):
            return self.get(name)
        table = self._table
        chosen = table.decide(name, table.entries(name), on, context)
        codes = {entry.id for entry in chosen if entry.term.covers(on)} or {entry.id for entry in chosen[:1]}
        if len(codes) > 1:
            codes = {entry.id for entry in chosen[:1]} if chosen[0].role != "epithet" else set()
        return self._states.get(next(iter(codes), ""))

    def entries(self) -> Iterator[Entry]:
        """Every phrase that names a state."""
        for state in self:
            yield from _entries(state)

    @property
    def _table(self) -> Phrases:
        if self._phrases is None:
            raise CodebookError("states: not joined to a phrase table")
        return self._phrases

    def join(self, phrases: Phrases) -> None:
        """Take the phrase table that `resolve` looks names up in."""
        self._phrases = phrases


def load_states(extra: Path | None = None) -> States:
    """Read `states.csv`, `state_names.csv`, `demonyms.csv`, `capitals.csv` and `metonyms.csv`."""
    states = {row.text("id"): _state(row) for row in table("states.csv", ["id"], extra)}
    names: dict[str, list[Name]] = {}
    demonyms: dict[str, list[Demonym]] = {}
    capitals: dict[str, list[Capital]] = {}
    metonyms: dict[str, list[Metonym]] = {}
    for row in table("state_names.csv", ["state", "name", "start"], extra):
        form = cast(Form, row.one_of("form", get_args(Form)))
        names.setdefault(_known(row, states), []).append(Name(row.text("name"), form, row.term()))
    for row in table("demonyms.csv", ["state", "adjective", "person", "people", "prefix"], extra):
        forms = (row.optional(column) for column in ("adjective", "person", "people", "prefix"))
        demonyms.setdefault(_known(row, states), []).append(Demonym(*forms))
    for row in table("capitals.csv", ["state", "city", "start"], extra):
        seat = Capital(
            row.text("city"), row.several("also"), row.term(), row.decimal("latitude"), row.decimal("longitude")
        )
        capitals.setdefault(_known(row, states), []).append(seat)
    for row in table("metonyms.csv", ["phrase", "state"], extra):
        metonym = Metonym(row.text("phrase"), row.optional("name"), row.optional("sector"), row.term())
        metonyms.setdefault(_known(row, states), []).append(metonym)
    return States(
        {
            code: msgspec.structs.replace(
                state,
                names=tuple(names.get(code, ())),
                demonyms=tuple(demonyms.get(code, ())),
                capitals=tuple(capitals.get(code, ())),
                metonyms=tuple(metonyms.get(code, ())),
            )
            for code, state in states.items()
        }
    )


def _state(row: Row) -> State:
    return State(
        id=row.text("id"),
        name=row.text("name"),
        kind=cast(StateKind, row.one_of("kind", get_args(StateKind))),
        parent=row.optional("parent"),
        alpha2=row.optional("alpha2"),
        former_alpha3=row.optional("former_alpha3"),
        cow=tuple(int(code) for code in row.several("cow", " ")),
        cow_member=_spans(row, "cow_member"),
        gw=row.whole("gw"),
        gw_member=_spans(row, "gw_member"),
        term=row.term(),
    )


def _spans(row: Row, column: str) -> tuple[Term, ...]:
    """Several terms in one cell: `1946-04-17/1958-02-01 1961-09-29/`."""
    halves = (span.partition("/") for span in row.several(column, " "))
    return tuple(as_term(start, end, row.error) for start, _, end in halves)


def _known(row: Row, states: Mapping[str, State]) -> str:
    code = row.text("state")
    if code not in states:
        raise row.error(f"no state has the id '{code}'")
    return code


def _latest(states: list[State]) -> State | None:
    return max(states, key=lambda state: state.term.start or date.min, default=None)


def _entries(state: State) -> Iterator[Entry]:
    def entry(
        phrase: str, role: Role, term: Term = ALWAYS, sector: str | None = None, name: str | None = None
    ) -> Entry:
        return Entry(
            phrase=phrase,
            kind=state.kind,
            role=role,
            id=state.id,
            name=name or state.name,
            country=state.id,
            sector=sector,
            term=_within(term, state.term),
        )

    for name in state.names:
        yield entry(name.text, _ROLES.get(name.form, "name"), name.term)
    for demonym in state.demonyms:
        for phrase, role in _forms(demonym):
            yield entry(phrase, role)
    names = {name.text for name in state.names}
    for seat in state.capitals:
        for city in (city for city in (seat.city, *seat.also) if city not in names):
            yield entry(city, "capital", seat.term, "GOV")
    for metonym in state.metonyms:
        yield entry(metonym.phrase, "metonym", metonym.term, metonym.sector, metonym.name)


def _forms(demonym: Demonym) -> Iterator[tuple[str, Role]]:
    forms: tuple[tuple[str | None, Role], ...] = (
        (demonym.adjective, "adjective"),
        (demonym.person, "people"),
        (demonym.people, "people"),
        (demonym.prefix, "prefix"),
    )
    seen = set()
    for phrase, role in forms:
        if phrase and (phrase, role) not in seen:
            seen.add((phrase, role))
            yield phrase, role


def _within(term: Term, life: Term) -> Term:
    """A name's own term where it has one, else the life of its state."""
    return life if term is ALWAYS else term
