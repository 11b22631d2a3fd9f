"""ACLED, in its columns of today and of before 2023."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

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

NAME = "acled"
LAYOUT = Layout(
    columns=(
        ("event_id_cnty", "event_id"),
        "event_date",
        "event_type",
        "actor1",
        "actor2",
        "country",
        "fatalities",
    ),
    optional=("sub_event_type", "inter1", "inter2", "time_precision", "iso", "timestamp"),
    separators=",;\t",
)
_WRITTEN = ("%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d/%m/%Y", "%d-%b-%y")
_FORCES = re.compile(
    r"(?:Mutiny of )?(Military|Police|Naval|Air|Government|Security) ?(?:Forces)? of (?:the )?(.+?) ?\(\d{4}.*"
)
_YEARS = re.compile(r" \(\d{4}-\d{0,4}\)")
_FORCE_SECTORS = {"Police": "COP", "Government": "GOV"}
SPREAD = {"1": 0, "2": 3, "3": 15}
"""Days to each side that a date may be wrong by its precision: the day, the week, the month."""


def _read(source: Source, desk: Desk) -> Delivery:
    name = desk.name or NAME
    return Delivery("events", name, _rows(source, desk, name))


def _rows(source: Source, desk: Desk, dataset: str) -> Iterator[pa.Table]:
    codes, who = Codes(desk.book), _Who(desk.book)
    parties = desk.once("acled parties", lambda: Parties(who.settle, who.turns))
    places = desk.once("acled places", lambda: Parties(who.place, lambda cells: who.names.turns(*cells)))
    for name, stream in source.texts(desk.advance):
        for whole in read(name, stream, LAYOUT, desk.rejects):
            yield _events(whole, desk, dataset, codes, parties, places)


def _events(whole: Batch, desk: Desk, dataset: str, codes: Codes, parties: Parties, places: Parties) -> pa.Table:
    batch = whole.keep(pc.is_valid(whole["event_id_cnty"]), desk.rejects, "no event id")
    batch = batch.keep(pc.is_valid(cols.days(batch["event_date"], written)), desk.rejects, "no event date")
    day = cols.days(batch["event_date"], written)
    wide = cols.spread(pc.fill_null(batch["time_precision"], "1"), lambda one: SPREAD.get(one, 0), pa.int32())
    days = day.cast(pa.int32())
    until = pc.add(days, wide).cast(pa.date32())
    sides = {
        side: parties([batch[f"actor{number}"], batch[f"inter{number}"]], day)
        for side, number in (("actor", 1), ("recipient", 2))
    }
    schemes = desk.book.schemes
    what = cols.together((batch["event_type"], batch["sub_event_type"]))
    return cols.rows(
        len(batch),
        {
            **codes.crossed(what, lambda key: schemes.event(*cols.parts(key))),
            "dataset": dataset,
            "id": batch["event_id_cnty"],
            "day": pc.subtract(days, wide).cast(pa.date32()),
            "until": until,
            "known": until,
            "actor": sides["actor"][0],
            "recipient": sides["recipient"][0],
            "actor_name": bare(batch["actor1"]),
            "recipient_name": bare(batch["actor2"]),
            "actor_sector": sides["actor"][1],
            "recipient_sector": sides["recipient"][1],
            "code": pc.coalesce(batch["sub_event_type"], batch["event_type"]),
            "deaths": cols.numbers(batch["fatalities"], pa.int32()),
            "place": places([batch["country"]], day)[0],
        },
    )


def written(text: str) -> date | None:
    """`2022-03-15`, `15 March 2022`, `15-March-2022`, `15/03/2022`."""
    if found := cols.iso(text):
        return found
    for form in _WRITTEN:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


class _Who:
    """Parties of ACLED: "Military Forces of Russia (2000-)", "Protesters (India)", armed groups by name."""

    def __init__(self, book: Codebook) -> None:
        self.names = Names(book)
        self._schemes = book.schemes

    def settle(self, cells: Sequence[str], on: date) -> Party:
        name, inter = cells
        if not name:
            return Party()
        sector = self._schemes.sector("acled", [inter])
        if forces := _FORCES.fullmatch(name):
            state = self.names.known(forces[2], on)
            return Party(state.code, _FORCE_SECTORS.get(forces[1], "MIL"))
        own = self.names.party(_YEARS.sub("", name), on)
        if own.code is None and sector in AGAINST_STATES and "(" not in name:
            return Party(name, sector)
        if own.code and own.sector in AGAINST_STATES:
            return own
        return Party(own.code, sector or own.sector)

    def turns(self, cells: Sequence[str]) -> set[date]:
        forces = _FORCES.fullmatch(cells[0])
        return self.names.turns(forces[2] if forces else _YEARS.sub("", cells[0]))

    def place(self, cells: Sequence[str], on: date) -> Party:
        return self.names.known(cells[0], on)


FORMAT = Format(
    name=NAME,
    what="ACLED: battles, explosions, violence against civilians, protests and riots, by day, with deaths",
    provider="Armed Conflict Location and Event Data (an account is needed)",
    read=_read,
    layouts=(LAYOUT,),
)
