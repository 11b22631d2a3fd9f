"""Benchmarks of temporal knowledge graphs: quadruples of numbers, and files that say what the numbers stand for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow

from amity.errors import InputError
from amity.sources.datasets.coded import Codes
from amity.sources.datasets.columns import rows, spread
from amity.sources.datasets.delimited import LONGEST_ROW
from amity.sources.datasets.formats import Delivery, Desk, Format
from amity.sources.datasets.opening import Source
from amity.sources.datasets.parties import Names, Parties
from amity.sources.datasets.rejects import EXAMPLES

PARTS = ("train", "valid", "test")
ENTITIES, RELATIONS = "entity2id", "relation2id"
NAMES = 10_000_000
"""More numbers than any benchmark has."""

STARTS = {"icews14": date(2014, 1, 1), "icews18": date(2018, 1, 1), "icews05-15": date(2005, 1, 1)}
"""First days of the benchmarks that everybody uses, by the name of their folder."""


def _read(source: Source, desk: Desk) -> Delivery:
    name = desk.name or _name(source)
    return Delivery("events", name, _rows(source, desk, name, _first(source, desk)))


def _name(source: Source) -> str:
    stem = source.path.resolve().name.removesuffix(".zip")
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in stem.lower()) or "quadruples"


def _first(source: Source, desk: Desk) -> date:
    """The day of time 0.

    Raises:
        InputError: where neither the user nor the folder's name says.
    """
    if desk.first:
        return desk.first
    name = _name(source).replace("_", "-")
    known = [day for begin, day in STARTS.items() if name.startswith(begin)]
    if not known:
        raise InputError(source.name, "does not say which day its times count from; say --first 2014-01-01")
    return known[0]


def _rows(source: Source, desk: Desk, name: str, first: date) -> Iterator[pa.Table]:
    words = {one: _words(source, one) for one in (ENTITIES, RELATIONS)}
    times = [table["time"] for _, table in _quadruples(source, None)]
    if not times:
        raise InputError(source.name, f"holds none of {', '.join(f'{part}.txt' for part in PARTS)}")
    step = _step(times)
    making = _Making(desk, name, first, step, words[ENTITIES], words[RELATIONS])
    for part, table in _quadruples(source, desk):
        yield making.rows(part, table)


def _step(times: list[pa.Array]) -> int:
    """How many units of time a day has: 24 where every time is a whole number of days in hours."""
    distinct = np.unique(np.concatenate([one.to_numpy() for one in times]))
    return 24 if distinct.size and distinct.max() >= 24 and (distinct % 24 == 0).all() else 1


class _Making:
    """Rows of events from quadruples."""

    def __init__(
        self, desk: Desk, name: str, first: date, step: int, entities: list[str | None], relations: list[str | None]
    ) -> None:
        self._desk = desk
        self._name = name
        self._first = first
        self._step = step
        self._entities = pa.array(entities, pa.string())
        self._relations = pa.array(relations, pa.string())
        self._codes = Codes(desk.book)
        names = Names(desk.book, "icews")
        self._parties = Parties(lambda cells, on: names.party(cells[0], on), lambda cells: names.turns(*cells))

    def rows(self, part: str, table: pa.Table) -> pa.Table:
        kept = self._sound(part, table)
        actors, recipients = (self._entities.take(kept[column]) for column in ("actor", "recipient"))
        relations = self._relations.take(kept["relation"])
        since = (self._first - date(1970, 1, 1)) // timedelta(days=1)
        day = pc.add(pc.divide(kept["time"], self._step), since).cast(pa.int32()).cast(pa.date32())
        actor, actor_sector = self._parties([actors], day)
        recipient, recipient_sector = self._parties([recipients], day)
        codes = spread(relations, self._desk.book.schemes.code, pa.string())
        return rows(
            len(day),
            {
                "dataset": self._name,
                "id": pc.binary_join_element_wise(part, kept["line"].cast(pa.string()), "/"),
                "day": day,
                "until": day,
                "known": day,
                "actor": actor,
                "recipient": recipient,
                "actor_name": actors,
                "recipient_name": recipients,
                "actor_sector": actor_sector,
                "recipient_sector": recipient_sector,
                **self._codes.cameo(codes),
                "code": pc.coalesce(codes, relations),
            },
        )

    def _sound(self, part: str, table: pa.Table) -> dict[str, pa.Array]:
        """The columns, without rows whose numbers stand for nothing."""
        sizes = {"actor": len(self._entities), "recipient": len(self._entities), "relation": len(self._relations)}
        columns = {name: table[name].combine_chunks() for name in ("actor", "relation", "recipient", "time")}
        good = pc.and_(pc.greater_equal(columns["time"], 0), pc.less(columns["time"], 24 * 100_000))
        for name, size in sizes.items():
            good = pc.and_(good, pc.and_(pc.greater_equal(columns[name], 0), pc.less(columns[name], size)))
        good = pc.fill_null(good, False)
        lines = pa.array(np.arange(1, table.num_rows + 1))
        lost = lines.filter(pc.invert(good)).to_pylist()
        self._desk.rejects.note("stands for nothing", [f"{part}:{line}" for line in lost[:EXAMPLES]], len(lost))
        return {name: column.filter(good) for name, column in (*columns.items(), ("line", lines))}


def _words(source: Source, what: str) -> list[str | None]:
    """The names of a folder's numbers, underscores read as blanks.

    Raises:
        InputError: when there is no such file, or one that is no list of names and numbers.
    """
    for name, stream in source.texts():
        if name.startswith(what):
            found: dict[int, str] = {}
            text = io.TextIOWrapper(io.BufferedReader(stream), "utf-8", newline="\n")
            for line in csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(line) >= 2 and line[1].strip().isdigit() and int(line[1]) < NAMES:
                    found[int(line[1])] = line[0].replace("_", " ").strip()
            if not found:
                raise InputError(f"{source.name}: {name}", "holds no names with their numbers")
            return [found.get(number) for number in range(max(found) + 1)]
    raise InputError(source.name, f"lacks {what}.txt, which says what its numbers stand for")


def _quadruples(source: Source, desk: Desk | None) -> Iterator[tuple[str, pa.Table]]:
    """The parts of a benchmark as tables of numbers."""
    for name, stream in source.texts(desk.advance) if desk else source.texts():
        part = name.partition(".")[0]
        if part in PARTS:
            text = io.BufferedReader(stream)
            if text.peek(1):
                yield part, _numbers(f"{source.name}: {name}", text)


def _numbers(name: str, stream: io.BufferedReader[Any]) -> pa.Table:
    first = stream.peek(1 << 12).split(b"\n", 1)[0].split(b"\t")
    if len(first) < 4:
        raise InputError(name, f"has {len(first)} columns between tabs, not 4 (actor, relation, recipient, time)")
    columns = ["actor", "relation", "recipient", "time", *(f"more{place}" for place in range(len(first) - 4))]
    try:
        return arrow.read_csv(
            stream,
            read_options=arrow.ReadOptions(column_names=columns, block_size=LONGEST_ROW),
            parse_options=arrow.ParseOptions(delimiter="\t", quote_char=False),
            convert_options=arrow.ConvertOptions(
                column_types=dict.fromkeys(columns[:4], pa.int64()), include_columns=columns[:4]
            ),
        )
    except pa.ArrowInvalid as error:
        raise InputError(name, f"holds other things than numbers ({' '.join(str(error).split())})") from None


FORMAT = Format(
    name="quadruples",
    what="benchmarks of temporal knowledge graphs, such as ICEWS14: a folder with train.txt … and entity2id.txt",
    provider="papers on temporal knowledge graphs",
    takes="folders",
    read=_read,
    holds=(f"{ENTITIES}*", f"{RELATIONS}*"),
)
