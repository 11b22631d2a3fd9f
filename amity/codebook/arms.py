"""Arms: kinds of them, generic words for each kind, and designations of systems with their country of origin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from amity.codebook.files import table, trees
from amity.codebook.phrases import Ambiguity, Entry, Reading
from amity.codebook.words import key

_SHORT = re.compile(r"[A-Za-z]{1,2}[- ]?\d$")  # "B-1", "K2", "US-2": too short to mean arms by themselves
_UNCOUNTED = (
    "aircraft",
    "equipment",
    "weaponry",
    "artillery",
    "ammunition",
    "technology",
    "materiel",
    "hardware",
    "ware",
)


class Category(msgspec.Struct, frozen=True):
    """A kind of arms: its id, the category of SIPRI's transfers database that it falls under, its generic words."""

    id: str
    sipri: str
    words: tuple[str, ...]


class System(msgspec.Struct, frozen=True):
    """A designation: its usual name, kind (id of a `Category`), country of origin (alpha-3), other names."""

    id: str
    category: str
    country: str
    also: tuple[str, ...]


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    """An entry as it stands in the file."""

    sipri: str = "Other"
    words: list[str] = []
    systems: dict[str, dict[str, list[str] | None]] = {}
    common: list[str] = []
    near: list[str] = []


class Arms:
    """All categories and systems by id."""

    def __init__(
        self,
        categories: Mapping[str, Category],
        systems: Mapping[str, System],
        common: frozenset[str] = frozenset(),
        near: tuple[str, ...] = (),
        descriptions: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.categories = categories
        self.systems = systems
        self._common = common
        self._near = near
        self._descriptions = descriptions

    def category(self, description: str) -> str | None:
        """The category of what an arms register describes as, say, "light transport aircraft"; null when unknown.

        The longest known ending decides ("anti-tank missile" by "missile"); of alternatives the first that is known
        ("anti-tank missile/ASM").
        """
        return next(filter(None, map(self._ending, (description, *description.split("/")))), None)

    def _ending(self, description: str) -> str | None:
        words = description.lower().split()
        endings = (" ".join(words[start:]) for start in range(len(words)))
        return next((self._descriptions[one] for one in endings if one in self._descriptions), None)

    def entries(self) -> Iterator[Entry]:
        """Every phrase for arms, `designation` or `generic` by role; `sector` holds the category."""
        for category in self.categories.values():
            for word in _forms(category):
                yield _entry(word, category.id, category.id, category.id, None)
        for system in self.systems.values():
            for name in dict.fromkeys((system.id, *system.also)):
                yield _entry(name, system.id, system.id, system.category, system.country)

    def ambiguities(self) -> dict[str, Ambiguity]:
        """Designations that are common words or very short: arms only where the text has words for arms."""
        readings: dict[tuple[str, ...], list[Reading]] = {}
        names: dict[tuple[str, ...], str] = {}
        words = {category.id: (*_forms(category), *self._near) for category in self.categories.values()}
        for system in self.systems.values():
            for name in (system.id, *system.also):
                if " ".join(key(name)) in self._common or _SHORT.match(name):
                    reading = Reading(stands_for=system.id, near=words[system.category])
                    readings.setdefault(key(name), []).append(reading)
                    names.setdefault(key(name), name)
        return {names[phrase]: Ambiguity(readings=tuple(found)) for phrase, found in readings.items()}


def load_arms(extra: Path | None = None) -> Arms:
    """Read `arms.yaml` and `arms_descriptions.csv`; the user's files add to ours, and may bring new categories."""
    categories: dict[str, Category] = {}
    systems: dict[str, System] = {}
    common: set[str] = set()
    near: list[str] = []
    bodies: Iterator[tuple[str, _Body]] = trees("arms.yaml", _Body, extra)
    for identity, body in bodies:
        known = categories.get(identity)
        words = (*(known.words if known else ()), *body.words)
        categories[identity] = Category(identity, known.sipri if known else body.sipri, tuple(dict.fromkeys(words)))
        common.update(" ".join(key(word)) for word in body.common)
        near += body.near
        for country, names in body.systems.items():
            for name, also in names.items():
                systems[name] = System(name, identity, country, tuple(also or ()))
    descriptions: dict[str, str] = {}
    for row in table("arms_descriptions.csv", ["description"], extra):
        if (category := row.text("category")) not in categories:
            raise row.error(f"no category of arms is called '{category}'")
        descriptions[row.text("description").lower()] = category
    return Arms(categories, systems, frozenset(common), tuple(near), descriptions)


def _entry(phrase: str, identity: str, name: str, category: str, country: str | None) -> Entry:
    return Entry(
        phrase=phrase,
        kind="arms",
        role="designation" if country else "generic",
        id=identity,
        name=name,
        country=country,
        sector=category,
        cased=any(letter.isupper() for letter in phrase),
    )


def _forms(category: Category) -> list[str]:
    return [form for word in category.words for form in (word, *_plural(word))]


def _plural(word: str) -> tuple[str, ...]:
    if word.endswith(("s", *_UNCOUNTED)):
        return ()
    if word.endswith(("x", "ch", "sh")):
        return (f"{word}es",)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies",)
    return (f"{word}s",)
