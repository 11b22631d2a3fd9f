"""What DuckDB is asked: events counted into a panel, and the events under its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from tempfile import gettempdir
from typing import NamedTuple

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from amity.errors import InputError
from amity.records.events import EVENTS
from amity.records.panel import CELLS, SCALES, UNITS, Dyad, Panel, Scale, Unit

LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""Days that a row may cover to be counted in a period of that unit; what is known to the year only is no month's."""

MEMORY = "1GB"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Which events are counted, and how.

    `since` and `until` are days (both counted), `known` the day as of which it is asked; `datasets` null means all.
    `sectors` are those that act for their state (null: everybody); parties whose sector is not told always do.
    `parties` limits who may act or receive; null stands for all that have a code.
    """

    unit: Unit = "month"
    scale: Scale = "plover"
    since: date | None = None
    until: date | None = None
    known: date | None = None
    datasets: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None
    parties: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise InputError(self.unit, f"is no unit of time; there are {', '.join(UNITS)}")
        if self.scale not in SCALES:
            raise InputError(self.scale, f"is no scale; there are {', '.join(SCALES)}")
        if self.since and self.until and self.since > self.until:
            raise InputError(f"{self.since}", f"lies after {self.until}, the end of what was asked")


def panel(files: Sequence[str], asked: Question, own: pa.Table | None = None) -> Panel:
    """See `Archive.panel`."""
    with _asking(files, own) as connection:
        _select(connection, asked)
        totals = connection.sql(_TOTALS.format(unit=asked.unit)).to_arrow_table()
        if totals.num_rows == 0:
            raise InputError("events", _nothing(connection, files, own, asked))
        words = {column: _enumerated(connection, column) for column in _ENUMERATED}
        found = connection.sql(_CELLS.format(unit=asked.unit, scale=asked.scale)).to_arrow_table()
        datasets = connection.sql("SELECT DISTINCT dataset::VARCHAR AS dataset FROM chosen ORDER BY 1").fetchall()
    starts = totals["period"].to_numpy()
    edges = _edges(asked, starts[0].item(), starts[-1].item())
    exposure = np.zeros(len(edges) - 1)
    exposure[np.searchsorted(edges, starts)] = totals["recorded"].to_numpy()
    dyads, cells = _cells(found, words, edges)
    return Panel(
        dyads=dyads,
        edges=edges,
        exposure=exposure,
        cells=cells,
        unit=asked.unit,
        scale=asked.scale,
        datasets=tuple(name for (name,) in datasets),
    )


def _cells(
    found: pa.Table, words: Mapping[str, pa.Array], edges: NDArray[np.datetime64]
) -> tuple[tuple[Dyad, ...], pa.Table]:
    """Cells of a panel in order from what DuckDB counted: everything it calls by a number gets its name."""
    parties = words["party"].to_pylist()
    pair = found["actor"].to_numpy().astype(np.int64) * len(parties) + found["recipient"].to_numpy()
    period = np.searchsorted(edges, found["period"].to_numpy())
    codes = {column: found[column].to_numpy() for column in ("layer", "type", "quad")}
    key = pair * len(edges) + period
    for column, code in codes.items():
        key = key * len(words[column]) + code
    order = np.argsort(key)
    pair = pair[order]
    first = np.concatenate([[True], pair[1:] != pair[:-1]])[: len(pair)]
    columns = {"dyad": np.cumsum(first) - 1, "period": period[order]}
    columns |= {column: words[column].take(pa.array(code[order])) for column, code in codes.items()}
    columns |= {name: found[name].to_numpy()[order] for name in CELLS.names if name not in columns}
    dyads = tuple(Dyad(parties[one // len(parties)], parties[one % len(parties)]) for one in pair[first].tolist())
    return dyads, pa.table([pa.array(columns[field.name], field.type) for field in CELLS], schema=CELLS)


def _enumerated(connection: duckdb.DuckDBPyConnection, column: str) -> pa.Array:
    """Make a type of the words of a column, by which they are numbers from 1 in their order; 0 is none."""
    listed = connection.sql(_DISTINCT.format(words=_ENUMERATED[column])).to_arrow_table()["word"].combine_chunks()
    connection.register("listed", pa.table({"word": listed}))
    connection.execute(f"CREATE TYPE {column}_word AS ENUM (SELECT word FROM listed)")
    return pc.if_else(pc.equal(listed, ""), None, listed)


def events(
    files: Sequence[str], asked: Question, dyads: Sequence[tuple[str, str]], own: pa.Table | None = None
) -> pa.Table:
    """See `Archive.events`."""
    wanted = pa.table({"actor": [one for one, _ in dyads], "recipient": [other for _, other in dyads]})
    with _asking(files, own) as connection:
        _select(connection, asked)
        connection.register("wanted", wanted)
        found = connection.sql(
            f"SELECT {', '.join(f'chosen.{name}' for name in EVENTS.names)} FROM chosen "
            "JOIN wanted USING (actor, recipient) ORDER BY day, dataset, id"
        ).to_arrow_table()
    return found.cast(EVENTS)


class Extent(NamedTuple):
    """From which day to which day events are told of, and whether some were known only after they were over."""

    first: date
    last: date
    late: bool


def extent(files: Sequence[str], asked: Question, own: pa.Table | None = None) -> Extent:
    """See `Archive.extent`."""
    with _asking(files, own) as connection:
        _select(connection, asked)
        row = connection.execute("SELECT min(day), max(until), coalesce(bool_or(known > until), false) FROM chosen")
        first, last, late = row.fetchone() or (None, None, False)
        if first is None or last is None:
            raise InputError("events", _nothing(connection, files, own, asked))
    return Extent(first, last, late)


def unresolved(files: Sequence[str]) -> pa.Table:
    """See `Archive.unresolved`."""
    with _asking(files, None) as connection:
        return connection.sql(_UNRESOLVED).to_arrow_table()


@contextmanager
def _asking(files: Sequence[str], own: pa.Table | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees every row as `events`."""
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": gettempdir()}) as connection:
        connection.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
        parts = []
        if files:
            listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
            parts.append(f"SELECT {', '.join(EVENTS.names)} FROM read_parquet([{listed}])")
        connection.register("own", own if own is not None else EVENTS.empty_table())
        parts.append(f"SELECT {', '.join(EVENTS.names)} FROM own")
        connection.execute(f"CREATE TEMP VIEW events AS {' UNION ALL '.join(parts)}")
        yield connection


def _select(connection: duckdb.DuckDBPyConnection, asked: Question) -> None:
    """The view `chosen`: the rows asked for, with the day in their middle as `middle`."""
    middle = "day + ((until - day) // 2)::INTEGER"
    terms = [f"until - day < {LONGEST[asked.unit]}"]
    terms += [f"{middle} >= DATE '{asked.since}'"] if asked.since else []
    terms += [f"{middle} <= DATE '{asked.until}'"] if asked.until else []
    terms += [f"known <= DATE '{asked.known}'"] if asked.known else []
    connection.register("sectors", pa.table({"sector": pa.array(asked.sectors or (), pa.string())}))
    connection.register("parties", pa.table({"party": pa.array(asked.parties or (), pa.string())}))
    sectors = "TRUE" if asked.sectors is None else _BOTH
    parties = "TRUE" if asked.parties is None else _EITHER
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW chosen AS SELECT *, {middle} AS middle, ({sectors}) AND ({parties}) "
        f"AND actor IS NOT NULL AND recipient IS NOT NULL AND actor <> recipient AS counted "
        f"FROM events WHERE {' AND '.join(terms)}"
    )


_BOTH = (
    "(actor_sector IS NULL OR actor_sector IN (SELECT sector FROM sectors)) AND "
    "(recipient_sector IS NULL OR recipient_sector IN (SELECT sector FROM sectors))"
)
_EITHER = "actor IN (SELECT party FROM parties) AND recipient IN (SELECT party FROM parties)"
_TOTALS = """
SELECT date_trunc('{unit}', middle)::DATE AS period, sum("count")::DOUBLE AS recorded FROM chosen GROUP BY 1 ORDER BY 1
"""

_ENUMERATED = {
    "party": "SELECT actor AS word FROM events UNION SELECT recipient FROM events",
    "layer": "SELECT DISTINCT layer AS word FROM events",
    "type": "SELECT DISTINCT type AS word FROM events",
    "quad": "SELECT DISTINCT quad AS word FROM events",
}
"""Columns that are counted by number, and the words there are in them."""

_DISTINCT = "SELECT '' AS word UNION SELECT word::VARCHAR FROM ({words}) WHERE word IS NOT NULL ORDER BY 1"
_CELLS = """
SELECT enum_code(actor::VARCHAR::party_word)::INTEGER AS actor,
  enum_code(recipient::VARCHAR::party_word)::INTEGER AS recipient,
  date_trunc('{unit}', middle)::DATE AS period,
  coalesce(enum_code(layer::VARCHAR::layer_word), 0)::INTEGER AS layer,
  coalesce(enum_code(type::VARCHAR::type_word), 0)::INTEGER AS type,
  coalesce(enum_code(quad::VARCHAR::quad_word), 0)::INTEGER AS quad,
  sum("count" * certainty)::DOUBLE AS "count",
  sum("count" * certainty * (1 - certainty))::DOUBLE AS doubt,
  coalesce(sum("count" * certainty) FILTER ({scale} IS NOT NULL), 0)::DOUBLE AS scored,
  coalesce(sum("count" * certainty * {scale}), 0)::DOUBLE AS value,
  coalesce(sum("count" * certainty * {scale} * {scale}), 0)::DOUBLE AS square
FROM chosen WHERE counted GROUP BY ALL
"""
_UNRESOLVED = """
SELECT dataset::VARCHAR AS dataset, name::VARCHAR AS name, sum(rows)::BIGINT AS rows FROM (
  SELECT dataset, actor_name AS name, count(*) AS rows FROM events
  WHERE actor IS NULL AND actor_name IS NOT NULL GROUP BY ALL
  UNION ALL
  SELECT dataset, recipient_name AS name, count(*) AS rows FROM events
  WHERE recipient IS NULL AND recipient_name IS NOT NULL GROUP BY ALL
) GROUP BY ALL ORDER BY rows DESC, dataset, name
"""


def _edges(asked: Question, found: date, until: date) -> NDArray[np.datetime64]:
    """First days of all periods from the first asked for (or found) to the last, and the day after."""
    first = min(_start(asked.since, asked.unit), found) if asked.since else found
    last = max(_start(asked.until, asked.unit), until) if asked.until else until
    edges = [first]
    while edges[-1] <= last:
        edges.append(_next(edges[-1], asked.unit))
    return np.array(edges, dtype="datetime64[D]")


def _start(day: date, unit: Unit) -> date:
    match unit:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case "year":
            return day.replace(month=1, day=1)


def _next(start: date, unit: Unit) -> date:
    return _start(start + timedelta(days={"day": 1, "week": 7, "month": 32, "quarter": 93, "year": 370}[unit]), unit)


def _nothing(connection: duckdb.DuckDBPyConnection, files: Sequence[str], own: pa.Table | None, asked: Question) -> str:
    if not files and (own is None or own.num_rows == 0):
        return "there are none: read articles with amity read, or bring in event data with amity import"
    longest = connection.execute("SELECT min(until - day) FROM events").fetchone()
    if longest and longest[0] is not None and longest[0] >= LONGEST[asked.unit]:
        return f"what is there is not dated to the {asked.unit}; ask by a longer unit"
    return "none lies in the time asked for"
