"""Persons who act for states and organisations: their offices by date, and the ways their names are spelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, product
from pathlib import Path

import msgspec

from amity.codebook.files import Term, paths, read_yaml, table
from amity.codebook.phrases import Ambiguity, Entry, Reading
from amity.codebook.states import State, States
from amity.codebook.words import fold, key
from amity.errors import CodebookError

VARIANTS = 16
FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK"})
GIVEN_ALONE = frozenset({"ETH", "ERI", "MMR", "ISL", "VNM"})  # one is called by one's own name


class Office(msgspec.Struct, frozen=True, gc=False):
    """What a person was, for whom (alpha-3, null for organisations), in which PLOVER sector, and when."""

    title: str
    country: str | None
    sector: str
    term: Term


class Person(msgspec.Struct, frozen=True):
    """A person by their usual name; `alone` are surnames that mean this person by themselves."""

    id: str
    name: str
    aliases: tuple[str, ...]
    alone: tuple[str, ...]
    offices: tuple[Office, ...]

    def office(self, on: date | None = None) -> Office:
        """The office held on a day, begun last; else the one nearest in time; without a day the last of all."""
        if on is None:
            return self.offices[-1]
        held = [office for office in self.offices if office.term.covers(on)]
        return held[-1] if held else min(self.offices, key=lambda office: office.term.distance(on))

    @property
    def surname(self) -> str | None:
        """The part of the name that stands for the person; null for kings, popes and people with one name."""
        words = self.name.split()
        country = self.offices[0].country
        if len(words) < 2 or " of " in self.name or not words[-1].strip("IVXLC") or country in GIVEN_ALONE:
            return None
        return words[0] if country in FAMILY_FIRST else words[-1]


class Persons(Mapping[str, Person]):
    """All persons by id."""

    def __init__(self, persons: Mapping[str, Person], spellings: Iterable[Sequence[str]] = ()) -> None:
        self._persons = dict(persons)
        self._spellings = {word: tuple(group) for group in spellings for word in group}
        self._surnames: dict[tuple[str, ...], list[Person]] = {}
        for person in persons.values():
            if person.surname:
                self._surnames.setdefault(key(person.surname), []).append(person)

    def __getitem__(self, identity: str) -> Person:
        return self._persons[identity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._persons)

    def __len__(self) -> int:
        return len(self._persons)

    def by_surname(self, surname: str, country: str | None = None, on: date | None = None) -> list[Person]:
        """Those with a surname, who held office for `country` and on a day where these are given."""
        return [
            person
            for person in self._surnames.get(key(surname), ())
            if any((country in (None, office.country)) and office.term.covers(on) for office in person.offices)
        ]

    def entries(self) -> Iterator[Entry]:
        """Every phrase that names a person: names in all spellings, and surnames that suffice alone."""
        bearers = Counter(key(short) for person in self.values() if (short := _shortened(person.name)))
        for person in self.values():
            names = [person.name, *person.aliases]
            short = _shortened(person.name)
            if short and bearers[key(short)] == 1 and not all(fold(word) in self._spellings for word in short.split()):
                names.append(short)
            phrases = dict.fromkeys(variant for name in names for variant in self.variants(name))
            for country, sector, term in _periods(person.offices):
                for phrase in phrases:
                    yield _entry(person, phrase, "name", country, sector, term)
                for phrase in person.alone:
                    yield _entry(person, phrase, "surname", country, sector, term)

    def ambiguities(self, states: States) -> dict[str, Ambiguity]:
        """Surnames that suffice alone but are others' given names too: they count where the text names the country."""
        bearers: dict[str, list[Person]] = {}
        for person in self.values():
            for surname in person.alone:
                bearers.setdefault(surname, []).append(person)
        given: dict[str, set[str]] = {}
        for person in self.values():
            for word in key(person.name)[:-1]:
                given.setdefault(word, set()).add(person.id)
        rules = {}
        for surname, persons in bearers.items():
            words = key(surname)
            if len(words) == 1 and given.get(words[0], set()) - {person.id for person in persons}:
                country = next((office.country for office in persons[0].offices if office.country), None)
                meant = persons[0].id if len(persons) == 1 else country
                near = (*_naming(states.get(country)), *(person.name for person in persons))
                rules[surname] = Ambiguity(readings=(Reading(stands_for=meant, near=near),))
        return rules

    def variants(self, name: str) -> list[str]:
        """A name in the spellings that differ by rule: Mohammed and Muhammad, al- and el-, hyphens closed."""
        forms = [name]
        words = name.split()
        if any("-" in word and not word.lower().startswith(("al-", "el-")) for word in words):
            forms.append(_closed(words))
        spelled = (choice for form in forms for choice in islice(product(*map(self._choices, form.split())), VARIANTS))
        return list(dict.fromkeys(" ".join(filter(None, choice)) for choice in spelled))

    def _choices(self, word: str) -> tuple[str, ...]:
        article, dash, rest = word.partition("-")
        if dash and article.lower() in ("al", "el"):
            return tuple(f"{prefix}{other}" for prefix in ("al-", "el-", "") for other in self._choices(rest))
        return self._spellings.get(fold(word), (word,))


def load_persons(extra: Path | None = None) -> Persons:
    """Read `persons.csv` (a row for each office) and `spellings.yaml`."""
    names: dict[str, tuple[str, list[str], list[str], list[Office]]] = {}
    for row in table("persons.csv", ("id", "office", "start"), extra):
        office = Office(row.text("office"), row.optional("country"), row.text("sector"), row.term())
        name, aliases, alone, offices = names.setdefault(row.text("id"), (row.text("name"), [], [], []))
        if row.text("name") != name:
            raise row.error(f"'{row.text('id')}' is called '{name}' in another row")
        aliases += row.several("aliases")
        alone += row.several("alone")
        offices.append(office)
    persons = {
        identity: Person(
            identity,
            name,
            tuple(dict.fromkeys(aliases)),
            tuple(dict.fromkeys(alone)),
            tuple(sorted(offices, key=lambda office: (office.term.start or date.min, office.term.end or date.max))),
        )
        for identity, (name, aliases, alone, offices) in names.items()
    }
    return Persons(persons, _spellings(extra))


def _spellings(extra: Path | None) -> list[list[str]]:
    groups: list[list[str]] = []
    for path in paths("spellings.yaml", extra):
        try:
            groups += [list(map(str, group)) for group in read_yaml(path)["names"]]
        except (KeyError, TypeError) as error:
            raise CodebookError(f"{path.name}: no list of 'names': {error} (in {path.parent})") from None
    return groups


def _naming(state: State | None) -> tuple[str, ...]:
    """Words that name a state, its people and its capitals; not "US", which looks like "us" here."""
    if state is None:
        return ()
    people = (word for d in state.demonyms for word in (d.adjective, d.person, d.people) if word)
    words = (*(name.text for name in state.names), *people, *(seat.city for seat in state.capitals))
    return tuple(word for word in dict.fromkeys(words) if len("".join(key(word))) > 2)


def _shortened(name: str) -> str | None:
    """First and last name, where there is one plain name between."""
    words = name.split()
    plain = len(words) == 3 and all(word.isalpha() and word[0].isupper() and len(word) > 2 for word in words)
    return f"{words[0]} {words[2]}" if plain else None


def _closed(words: Sequence[str]) -> str:
    """Hyphens closed inside words: Amir-Abdollahian → Amirabdollahian."""
    return " ".join(
        word if "-" not in word or word.lower().startswith(("al-", "el-")) else word.replace("-", "").capitalize()
        for word in words
    )


def _periods(offices: Sequence[Office]) -> list[tuple[str | None, str, Term]]:
    """Offices of one country and sector as one period, from the first day to the last."""
    periods: dict[tuple[str | None, str], Term] = {}
    for office in offices:
        known = periods.get((office.country, office.sector))
        term = office.term
        if known is not None:
            starts = (known.start, term.start)
            ends = (known.end, term.end)
            term = Term(
                None if None in starts else min(filter(None, starts)), None if None in ends else max(filter(None, ends))
            )
        periods[office.country, office.sector] = term
    return [(country, sector, term) for (country, sector), term in periods.items()]


def _entry(person: Person, phrase: str, role: str, country: str | None, sector: str, term: Term) -> Entry:
    return Entry(
        phrase=phrase,
        kind="person",
        role="surname" if role == "surname" else "name",
        id=person.id,
        name=person.name,
        country=country,
        sector=sector,
        term=term,
    )
