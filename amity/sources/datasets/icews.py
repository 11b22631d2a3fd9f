"""ICEWS coded event data, yearly, weekly and daily files."""

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
from amity.sources.datasets.parties import Names, Parties, Party, bare, qualified

NAME = "icews"
LAYOUT = Layout(
    columns=(
        "Event ID",
        "Event Date",
        "Source Name",
        "Source Sectors",
        "Source Country",
        "CAMEO Code",
        "Intensity",
        "Target Name",
        "Target Sectors",
        "Target Country",
    ),
    optional=("Country",),
)
_NOTHING = ("NULL", "NA", "None", "")


def _read(source: Source, desk: Desk) -> Delivery:
    name = desk.name or NAME
    return Delivery("events", name, _rows(source, desk, name))


def _rows(source: Source, desk: Desk, dataset: str) -> Iterator[pa.Table]:
    codes, who = Codes(desk.book), _Who(desk.book)
    parties = desk.once("icews parties", lambda: Parties(who.settle, who.turns))
    places = desk.once("icews places", lambda: Parties(who.place, lambda cells: who.names.turns(cells[0])))
    for name, stream in source.texts(desk.advance):
        for whole in read(name, stream, LAYOUT, desk.rejects):
            yield _events(whole, desk, dataset, codes, parties, places)


def _events(whole: Batch, desk: Desk, dataset: str, codes: Codes, parties: Parties, places: Parties) -> pa.Table:
    rejects = desk.rejects
    batch = whole.keep(pc.is_valid(whole["Event ID"]), rejects, "no event id")
    batch = batch.keep(pc.is_valid(cols.days(batch["Event Date"], cols.iso)), rejects, "no event date")
    day = cols.days(batch["Event Date"], cols.iso)
    sides = {
        side: parties([batch[f"{theirs} Name"], batch[f"{theirs} Sectors"], batch[f"{theirs} Country"]], day)
        for side, theirs in (("actor", "Source"), ("recipient", "Target"))
    }
    what = codes.cameo(batch["CAMEO Code"])
    intensity = cols.numbers(batch["Intensity"], pa.float32())
    return cols.rows(
        len(batch),
        {
            **what,
            "dataset": dataset,
            # an id is used again on other days; with the day it is unique
            "id": pc.binary_join_element_wise(
                batch["Event ID"], pc.utf8_slice_codeunits(batch["Event Date"], 0, 10), " "
            ),
            "day": day,
            "until": day,
            "known": day,
            "actor": sides["actor"][0],
            "recipient": sides["recipient"][0],
            "actor_name": bare(batch["Source Name"]),
            "recipient_name": bare(batch["Target Name"]),
            "actor_sector": sides["actor"][1],
            "recipient_sector": sides["recipient"][1],
            "goldstein": pc.coalesce(intensity, what["goldstein"]),
            "place": places([batch["Country"]], day)[0],
        },
    )


class _Who:
    """Parties of ICEWS: a name, sectors in any order, a country."""

    def __init__(self, book: Codebook) -> None:
        self.names = Names(book, "icews")
        self._schemes = book.schemes

    def settle(self, cells: Sequence[str], on: date) -> Party:
        name, sectors, country = cells
        if name in _NOTHING and country in _NOTHING:
            return Party()
        sector = self._schemes.sector("icews", sectors.split(","))
        own = self.names.party(name, on)
        if own.sector in AGAINST_STATES and own.code not in (None, self.country(country, on)):
            return own
        if sector in AGAINST_STATES and not own.code and not qualified(name):
            return Party(name, sector)
        if state := self.country(country, on):
            return Party(state, sector or own.sector)
        return Party(own.code, sector or own.sector)

    def turns(self, cells: Sequence[str]) -> set[date]:
        return self.names.turns(cells[0], cells[2])

    def place(self, cells: Sequence[str], on: date) -> Party:
        return Party(self.country(cells[0], on))

    def country(self, name: str, on: date) -> str | None:
        return None if name in _NOTHING else self.names.party(name, on).code


FORMAT = Format(
    name=NAME,
    what="ICEWS coded event data, 1995 to 2023: CAMEO codes, actors with sectors and countries, by day",
    provider="Harvard Dataverse",
    read=_read,
    layouts=(LAYOUT,),
)
