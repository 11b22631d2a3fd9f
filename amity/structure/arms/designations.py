"""Which system of the codebook a designation stands for, as registers write it: `Su-30MK2`, `S-300PMU-2/SA-20B`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from amity.codebook.arms import Arms
from amity.codebook.words import key

KINDRED = (
    frozenset({"missile", "air defence", "artillery", "loitering munition", "ammunition"}),
    frozenset({"loitering munition", "drone", "aircraft"}),
    frozenset({"ship", "submarine"}),
    frozenset({"armoured vehicle", "artillery"}),
)
"""Categories that writers do not keep apart: a launcher is a missile to one and artillery to the other."""


def akin(one: str | None, other: str | None) -> bool:
    """Whether two categories can be meant for the same thing; nobody knows of a thing without a category."""
    return one is None or other is None or one == other or any(one in kin and other in kin for kin in KINDRED)


class Designations:
    """Finds systems of the codebook by name."""

    def __init__(self, arms: Arms) -> None:
        self._arms = arms
        self._found: dict[tuple[str, str | None], str | None] = {}

    def category(self, system: str | None) -> str | None:
        """The category of a system, null for generic words."""
        known = self._arms.systems.get(system or "")
        return known.category if known else None

    def kind(self, system: str | None, category: str | None) -> str | None:
        """The category of what a text names: that of the system, else the one told; one of ours, if that can be."""
        if category is None or category in self._arms.categories:
            return self.category(system) or category
        return self.category(system) or self._arms.category(category)

    def system(self, designation: str, category: str | None = None) -> str | None:
        """The system that a designation names: the longest of its names that stands in it word by word.

        Of systems by the same name (Hawk, the trainer, and HAWK, the missile) one of a kindred category.
        """
        asked = (designation, category)
        if asked not in self._found:
            self._found[asked] = self._look_up(*asked)
        return self._found[asked]

    def _look_up(self, designation: str, category: str | None) -> str | None:
        best: tuple[int, bool, str] | None = None
        for name, system in (found for part in designation.split("/") for found in self._within(key(part))):
            kind = self._arms.systems[system].category
            rank = (len(name), kind == category, system)
            if akin(kind, category) and (best is None or rank[:2] > best[:2]):
                best = rank
        return best[2] if best else None

    def _within(self, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        for start, word in enumerate(words):
            for name, system in self._names.get(word, ()):
                if words[start : start + len(name)] == name and _may_begin(words, start, name):
                    yield name, system

    @cached_property
    def _names(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """Names as words, by their first word."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for system in self._arms.systems.values():
            for name in dict.fromkeys((system.id, *system.also)):
                if words := key(name):
                    found.setdefault(words[0], []).append((words, system.id))
        return found


def _may_begin(words: tuple[str, ...], start: int, name: tuple[str, ...]) -> bool:
    """Numbers such as `F-4` stand at the beginning; names such as Grad after numbers, but not as half of another name
    ("Red Arrow")."""
    if start == 0:
        return True
    return any(len(word) > 3 for word in name if word.isalpha()) and not (
        words[start - 1].isalpha() and len(words[start - 1]) > 2
    )
