"""Organisations: who they are, whose they are, and who belongs to them when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec

from amity.codebook.files import Row, Term, as_term, table, tree
from amity.codebook.phrases import Entry, Role
from amity.errors import CodebookError


class Membership(msgspec.Struct, frozen=True, gc=False):
    """A state (alpha-3) in an organisation, from when to when."""

    state: str
    term: Term


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """A body that acts: international, armed, governmental, commercial, a paper, a think tank, or a bloc.

    `id` is the name that claims give it. `generic` marks descriptions rather than names ("the West").
    """

    id: str
    kind: str
    sector: str | None
    country: str | None
    also: tuple[str, ...]
    seat: str | None
    generic: bool
    term: Term
    memberships: tuple[Membership, ...]

    def members(self, on: date | None = None) -> tuple[str, ...]:
        """Codes of the states that belong to it on a day (those that have not left, when no day is asked for)."""
        return tuple(
            dict.fromkeys(
                membership.state
                for membership in self.memberships
                if (membership.term.end is None if on is None else membership.term.covers(on))
            )
        )


class _Members(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who came in and who went, day by day, as it stands in the file."""

    joined: dict[str | int, str]
    left: dict[str | int, str] = {}


class Organisations(Mapping[str, Organisation]):
    """All organisations by id."""

    def __init__(self, organisations: Mapping[str, Organisation]) -> None:
        self._organisations = dict(organisations)

    def __getitem__(self, identity: str) -> Organisation:
        return self._organisations[identity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._organisations)

    def __len__(self) -> int:
        return len(self._organisations)

    def of(self, state: str, on: date | None = None) -> list[Organisation]:
        """Those that a state belongs to on a day."""
        return [organisation for organisation in self.values() if state in organisation.members(on)]

    def entries(self) -> Iterator[Entry]:
        """Every phrase that names an organisation."""
        for organisation in self.values():
            yield from _entries(organisation)


def load_organisations(extra: Path | None = None) -> Organisations:
    """Read `organisations.csv` and `members.yaml`."""
    members: dict[str, _Members] = tree("members.yaml", _Members, extra)
    rows = {row.text("id"): row for row in table("organisations.csv", ["id"], extra)}
    unknown = next((name for name in members if name not in rows), None)
    if unknown is not None:
        raise CodebookError(f"members.yaml, entry '{unknown}': no organisation has this id")
    return Organisations(
        {identity: _organisation(identity, row, members.get(identity)) for identity, row in rows.items()}
    )


def _organisation(identity: str, row: Row, members: _Members | None) -> Organisation:
    term = row.term()
    return Organisation(
        id=identity,
        kind=row.text("kind"),
        sector=row.optional("sector"),
        country=row.optional("country"),
        also=row.several("aliases"),
        seat=row.optional("seat"),
        generic=row.optional("generic") == "yes",
        term=term,
        memberships=tuple(_memberships(identity, members, term)) if members else (),
    )


def _memberships(identity: str, members: _Members, term: Term) -> Iterator[Membership]:
    """Each entry with the first exit after it, or the end of the organisation."""

    def error(reason: str) -> CodebookError:
        return CodebookError(f"members.yaml, entry '{identity}': {reason}")

    exits: dict[str, list[date]] = {}
    for day, states in members.left.items():
        last = as_term(None, day, error).end
        for state in states.split():
            exits.setdefault(state, []).append(last or date.max)
    for day, states in members.joined.items():
        first = as_term(day, None, error).start
        for state in states.split():
            later = [last for last in exits.get(state, ()) if first is None or last >= first]
            yield Membership(state, Term(first, min(later, default=term.end)))


def _entries(organisation: Organisation) -> Iterator[Entry]:
    name = organisation.id.partition(" (")[0]
    seats = [organisation.seat] if organisation.seat else []
    for phrase in dict.fromkeys((name, *organisation.also, *seats)):
        yield Entry(
            phrase=phrase.removeprefix("the "),
            kind="group" if organisation.generic else "organisation",
            role=_role(phrase, organisation),
            id=organisation.id,
            name=organisation.id,
            country=organisation.country,
            sector=organisation.sector,
            term=organisation.term,
        )


def _role(phrase: str, organisation: Organisation) -> Role:
    if phrase == organisation.seat:
        return "metonym"
    return "abbreviation" if phrase.isupper() and " " not in phrase else "name"
