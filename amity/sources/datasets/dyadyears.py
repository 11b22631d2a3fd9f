"""Tables of directed dyad-years with counts of events by quadrant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from amity.codebook import Codebook
from amity.sources.datasets import columns as cols
from amity.sources.datasets.delimited import Batch, Layout, read
from amity.sources.datasets.formats import Delivery, Desk, Format
from amity.sources.datasets.opening import Source
from amity.sources.datasets.parties import Names

QUADS = {
    "verbCoop": "verbal cooperation",
    "matlCoop": "material cooperation",
    "verbConf": "verbal conflict",
    "matlConf": "material conflict",
}
LAYOUT = Layout(
    columns=("i", "j", "year", *QUADS),
    optional=("i_iso3c", "j_iso3c"),
    separators=",\t",
)
LAST_YEAR = 2200


def _read(source: Source, desk: Desk) -> Delivery:
    return Delivery("events", desk.name or "icews-years", _rows(source, desk))


def _rows(source: Source, desk: Desk) -> Iterator[pa.Table]:
    states = _States(desk.book)
    scores = {
        scale: {quad: _mean(desk.book, quad, scale) for quad in QUADS.values()} for scale in ("plover", "goldstein")
    }
    for name, stream in source.texts(desk.advance):
        for whole in read(name, stream, LAYOUT, desk.rejects):
            years = cols.numbers(whole["year"], pa.int32())
            batch = whole.keep(pc.and_(pc.greater(years, 1800), pc.less(years, LAST_YEAR)), desk.rejects, "no year")
            named = pc.and_(pc.is_valid(batch["i"]), pc.is_valid(batch["j"]))
            batch = batch.keep(named, desk.rejects, "no name")
            for column, quad in QUADS.items():
                yield _quad(batch, column, quad, states, scores, desk)


def _quad(
    whole: Batch, column: str, quad: str, states: _States, scores: dict[str, dict[str, float]], desk: Desk
) -> pa.Table:
    counts = cols.numbers(whole[column], pa.int32())
    batch = whole.keep(pc.greater_equal(counts, 0), desk.rejects, f"{column} is no count")
    counts = cols.numbers(batch[column], pa.int32())
    some = pc.greater(counts, 0)  # a zero adds nothing: the year is covered by the others

    def kept(array: pa.Array) -> pa.Array:
        return array.filter(some)

    ids = pc.binary_join_element_wise(batch["i"], batch["j"], batch["year"], column, "/")
    actor = cols.spread(cols.together((batch["i"], batch["i_iso3c"], batch["year"])), states, pa.string())
    recipient = cols.spread(cols.together((batch["j"], batch["j_iso3c"], batch["year"])), states, pa.string())
    last = cols.days(batch["year"], lambda year: date(int(float(year)), 12, 31))
    return cols.rows(
        some.true_count,
        {
            "dataset": desk.name or "icews-years",
            "id": kept(ids),
            "day": kept(cols.days(batch["year"], lambda year: date(int(float(year)), 1, 1))),
            "until": kept(last),
            "known": kept(last),
            "actor": kept(actor),
            "recipient": kept(recipient),
            "actor_name": kept(batch["i"]),
            "recipient_name": kept(batch["j"]),
            "quad": quad,
            "code": column,
            "count": kept(counts),
            "plover": scores["plover"][quad],
            "goldstein": scores["goldstein"][quad],
        },
    )


class _States:
    """The state that a country was in a year, by code or name."""

    def __init__(self, book: Codebook) -> None:
        self._names = Names(book, "icews")

    def __call__(self, who: str) -> str | None:
        name, code, year = cols.parts(who)
        middle = date(int(float(year)), 7, 1)
        return self._names.coded(code, middle) or self._names.known(name, middle).code


def _mean(book: Codebook, quad: str, scale: str) -> float:
    """What an event of a quadrant scores when nothing else is known of it: the mean of its types."""
    if scale == "plover":
        found = [book.plover.scores[kind, ""] for kind, about in book.plover.types.items() if about.quad == quad]
    else:
        codes = [one for one in book.plover.cameo.values() if book.plover.types[one.type].quad == quad]
        found = [one.goldstein for one in codes if one.goldstein is not None]
    return sum(found) / len(found)


FORMAT = Format(
    name="dyad-years",
    what="directed dyad-years with counts of verbal and material cooperation and conflict (ICEWS in netify's form)",
    provider="the R package netify",
    read=_read,
    layouts=(LAYOUT,),
)
