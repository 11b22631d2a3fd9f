"""UCDP's georeferenced event data (GED) and its candidate events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from amity.codebook import Codebook
from amity.sources.datasets import columns as cols
from amity.sources.datasets.coded import Codes
from amity.sources.datasets.delimited import Batch, Layout, read
from amity.sources.datasets.formats import Delivery, Desk, Format
from amity.sources.datasets.opening import Source
from amity.sources.datasets.parties import Names, Parties, Party, bare

NAME = "ucdp-ged"
LAYOUT = Layout(
    columns=(
        "id",
        "type_of_violence",
        "side_a",
        "side_b",
        "date_start",
        "date_end",
        ("best", "best_est"),
    ),
    optional=("gwnoa", "gwnob", "country_id", "country", "number_of_sources"),
    separators=",;\t",
)


def _read(source: Source, desk: Desk) -> Delivery:
    name = desk.name or NAME
    return Delivery("events", name, _rows(source, desk, name))


def _rows(source: Source, desk: Desk, dataset: str) -> Iterator[pa.Table]:
    who = _Who(desk.book)
    parties = desk.once("ucdp parties", lambda: Parties(who.settle, who.turns))
    places = desk.once("ucdp places", lambda: Parties(who.place, who.place_turns))
    codes = Codes(desk.book)
    what = {
        "type": "ASSAULT",
        "quad": desk.book.plover.types["ASSAULT"].quad,
        "layer": codes.layer("ASSAULT", ("military",)),
        "plover": desk.book.plover.intensity("ASSAULT"),
        "goldstein": desk.book.plover.goldstein("ASSAULT"),
    }
    for name, stream in source.texts(desk.advance):
        for whole in read(name, stream, LAYOUT, desk.rejects):
            yield _events(whole, desk, dataset, what, parties, places)


def _events(
    whole: Batch, desk: Desk, dataset: str, what: Mapping[str, object], parties: Parties, places: Parties
) -> pa.Table:
    batch = whole.keep(pc.is_valid(whole["id"]), desk.rejects, "no event id")
    for column in ("date_start", "date_end"):
        batch = batch.keep(pc.is_valid(cols.days(batch[column], cols.iso)), desk.rejects, f"no {column}")
    day, until = cols.days(batch["date_start"], cols.iso), cols.days(batch["date_end"], cols.iso)
    batch = batch.keep(pc.less_equal(day, until), desk.rejects, "ends before it starts")
    day, until = cols.days(batch["date_start"], cols.iso), cols.days(batch["date_end"], cols.iso)
    where = batch["country_id"]
    actor, recipient = (parties([batch[f"side_{side}"], batch[f"gwno{side}"], where], day) for side in ("a", "b"))
    sources = cols.numbers(batch["number_of_sources"], pa.int32())
    return cols.rows(
        len(batch),
        {
            **what,
            "dataset": dataset,
            "id": batch["id"],
            "day": day,
            "until": until,
            "known": until,
            "actor": actor[0],
            "recipient": recipient[0],
            "actor_name": bare(batch["side_a"]),
            "recipient_name": bare(batch["side_b"]),
            "actor_sector": actor[1],
            "recipient_sector": recipient[1],
            "code": cols.spread(batch["type_of_violence"], lambda cell: cell.partition(".")[0], pa.string()),
            "sources": pc.if_else(pc.greater(sources, 0), sources, None),  # -1 where nobody counted
            "deaths": cols.numbers(batch["best"], pa.int32()),
            "place": places([where, batch["country"]], day)[0],
        },
    )


class _Who:
    """Parties of UCDP: governments by Gleditsch-Ward number, groups by name, civilians of where it happened."""

    def __init__(self, book: Codebook) -> None:
        self._names = Names(book)
        self._states = book.states

    def settle(self, cells: Sequence[str], on: date) -> Party:
        name, number, where = cells
        if state := self._state(number, on):
            return Party(state, "MIL")
        if name.startswith("Government of "):
            return Party(self._names.known(name.removeprefix("Government of "), on).code, "MIL")
        if name == "Civilians":
            return Party(self._state(where, on), "CVL")
        if not name:
            return Party()
        own = self._names.known(name, on)
        if own.code and own.code not in self._states:
            return own
        return Party(name, "REB")

    def place(self, cells: Sequence[str], on: date) -> Party:
        return Party(self._state(cells[0], on) or (self._names.known(cells[1], on).code if cells[1] else None))

    def turns(self, cells: Sequence[str]) -> set[date]:
        name, number, where = cells
        own = self._names.turns(name.removeprefix("Government of "))
        return own | self._names.spans(number) | self._names.spans(where)

    def place_turns(self, cells: Sequence[str]) -> set[date]:
        return self._names.spans(cells[0]) | self._names.turns(cells[1])

    def _state(self, number: str, on: date) -> str | None:
        return self._names.numbered(number, on)


FORMAT = Format(
    name=NAME,
    what="UCDP GED and candidate events: deadly violence by states and groups, with deaths and both sides",
    provider="Uppsala Conflict Data Program",
    read=_read,
    layouts=(LAYOUT,),
)
