"""Places that cities' lists lack: regions, seas, straits, disputed areas, bases, battlefields, with coordinates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from amity.codebook.files import table
from amity.codebook.phrases import Entry
from amity.codebook.words import key


class Site(msgspec.Struct, frozen=True):
    """A place by its usual name.

    `country` is the state that it lies in (alpha-3), null for places of several or of none; `claimants` are those who
    dispute it. Coordinates are WGS 84 degrees of its middle, null where it is too wide for that.
    """

    id: str
    kind: str
    country: str | None
    claimants: tuple[str, ...]
    aliases: tuple[str, ...]
    latitude: float | None
    longitude: float | None


class Sites(Mapping[str, Site]):
    """All places of `places.csv` by name."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self._sites = dict(sites)
        self._names = {key(name): site for site in sites.values() for name in (site.id, *site.aliases)}

    def __getitem__(self, name: str) -> Site:
        return self._sites[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sites)

    def __len__(self) -> int:
        return len(self._sites)

    def named(self, phrase: str) -> Site | None:
        """The place that a phrase names, in any spelling, with or without "the"."""
        words = key(phrase)
        return self._names.get(words) or self._names.get(words[1:] if words[:1] == ("the",) else words)

    def entries(self) -> Iterator[Entry]:
        """Every phrase that names a place."""
        for site in self.values():
            for phrase in dict.fromkeys((site.id, *site.aliases)):
                yield Entry(phrase=phrase, kind="place", role="name", id=site.id, name=site.id, country=site.country)


def load_sites(extra: Path | None = None) -> Sites:
    """Read `places.csv`."""
    return Sites(
        {
            row.text("name"): Site(
                id=row.text("name"),
                kind=row.text("kind"),
                country=row.optional("country"),
                claimants=row.several("claimants", " "),
                aliases=row.several("aliases"),
                latitude=row.decimal("latitude"),
                longitude=row.decimal("longitude"),
            )
            for row in table("places.csv", ["name"], extra)
        }
    )
