"""POLECAT, coded in PLOVER's terms by its makers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

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

NAME = "polecat"
WHOLE = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
LAYOUT = Layout(
    columns=(
        "Event ID",
        "Event Date",
        "Event Type",
        "Event Mode",
        ("Intensity", "Event Intensity"),
        "Contexts",
        "Actor Name",
        "Actor Country",
        "Primary Actor Sector",
        "Recipient Name",
        "Recipient Country",
        "Primary Recipient Sector",
    ),
    optional=("Country", "Publication Date"),
    whole=WHOLE,
)
_NOTHING = ("None", "NULL", "NA", "")


def _read(source: Source, desk: Desk) -> Delivery:
    name = desk.name or NAME
    return Delivery("events", name, _rows(source, desk, name))


def _rows(source: Source, desk: Desk, dataset: str) -> Iterator[pa.Table]:
    who = _Who(desk.book)
    parties = desk.once("polecat parties", lambda: Parties(who.settle, who.turns))
    places = desk.once("polecat places", lambda: Parties(who.place, lambda cells: who.names.turns(cells[0])))
    what = _What(desk.book)
    for name, stream in source.texts(desk.advance):
        for whole in read(name, stream, LAYOUT, desk.rejects):
            yield _events(whole, desk, dataset, what, parties, places)


def _events(whole: Batch, desk: Desk, dataset: str, what: _What, parties: Parties, places: Parties) -> pa.Table:
    batch = whole.keep(pc.is_valid(whole["Event ID"]), desk.rejects, "no event id")
    batch = batch.keep(pc.is_valid(cols.days(batch["Event Date"], cols.iso)), desk.rejects, "no event date")
    batch = batch.keep(what.known(batch["Event Type"]), desk.rejects, "no event type of PLOVER")
    day = cols.days(batch["Event Date"], cols.iso)
    published = cols.days(batch["Publication Date"], cols.iso)
    sides = {
        side: parties([batch[f"{theirs} Name"], batch[f"Primary {theirs} Sector"], batch[f"{theirs} Country"]], day)
        for side, theirs in (("actor", "Actor"), ("recipient", "Recipient"))
    }
    return cols.rows(
        len(batch),
        {
            **what.columns(batch),
            "dataset": dataset,
            "id": batch["Event ID"],
            "day": day,
            "until": day,
            "known": pc.max_element_wise(day, published),
            "actor": sides["actor"][0],
            "recipient": sides["recipient"][0],
            "actor_name": bare(batch["Actor Name"], _NOTHING),
            "recipient_name": bare(batch["Recipient Name"], _NOTHING),
            "actor_sector": sides["actor"][1],
            "recipient_sector": sides["recipient"][1],
            "goldstein": cols.numbers(batch["Intensity"], pa.float32()),
            "place": places([batch["Country"]], day)[0],
        },
    )


class _What:
    """What a row says happened."""

    def __init__(self, book: Codebook) -> None:
        self._plover = book.plover
        self._codes = Codes(book)

    def known(self, types: pa.Array) -> pa.Array:
        return cols.spread(types, lambda kind: kind.strip().upper() in self._plover.types, pa.bool_())

    def columns(self, batch: Batch) -> dict[str, pa.Array]:
        """The columns that type, mode and contexts make."""
        keys = cols.together((batch["Event Type"], batch["Event Mode"], batch["Contexts"]))

        def column(of: Callable[[Any, str | None, tuple[str, ...]], Any], kind: pa.DataType) -> pa.Array:
            return cols.spread(keys, lambda key: of(*self._read(key)), kind)

        plover = self._plover
        return {
            "type": column(lambda kind, mode, contexts: kind, pa.string()),
            "mode": column(lambda kind, mode, contexts: mode, pa.string()),
            "quad": column(lambda kind, mode, contexts: plover.types[kind].quad, pa.string()),
            "layer": column(lambda kind, mode, contexts: self._codes.layer(kind, contexts), pa.string()),
            "plover": column(lambda kind, mode, contexts: plover.intensity(kind, mode), pa.float32()),
            "code": column(lambda kind, mode, contexts: f"{kind}-{mode}" if mode else kind, pa.string()),
        }

    def _read(self, key: str) -> tuple[str, str | None, tuple[str, ...]]:
        kind, mode, contexts = cols.parts(key)
        kind = kind.strip().upper()
        mode = mode.strip().lower().removeprefix(f"{kind.lower()}-")
        listed = tuple(one.strip().lower() for one in contexts.replace(",", ";").split(";"))
        return kind, mode if mode in self._plover.types[kind].modes else None, listed


class _Who:
    """Parties of POLECAT: names, countries and a sector, several of each parted by semicolons: the first counts."""

    def __init__(self, book: Codebook) -> None:
        self.names = Names(book)
        self._sectors = book.plover.sectors

    def settle(self, cells: Sequence[str], on: date) -> Party:
        name, sector, country = map(_first, cells)
        own = self.names.party(name, on) if name not in _NOTHING else Party()
        told = sector if sector in self._sectors else own.sector
        state = self.country(country, on)
        if own.sector in AGAINST_STATES and own.code not in (None, state):
            return own
        if state:
            return Party(state, told)
        return Party(own.code, told if own.code else None)

    def turns(self, cells: Sequence[str]) -> set[date]:
        return self.names.turns(_first(cells[0]), _first(cells[2]))

    def place(self, cells: Sequence[str], on: date) -> Party:
        return Party(self.country(cells[0], on))

    def country(self, name: str, on: date) -> str | None:
        return None if name in _NOTHING else self.names.known(name, on).code


def _first(cell: str) -> str:
    return cell.partition(";")[0].strip()


FORMAT = Format(
    name=NAME,
    what="POLECAT, weekly files from 2018 on: events in PLOVER's types, modes and contexts, actors with sectors",
    provider="Harvard Dataverse",
    read=_read,
    layouts=(LAYOUT,),
)
