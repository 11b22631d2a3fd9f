"""Event data made up by a seeded generator, in the form of GDELT 2.0: states that differ in activity, days of years."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

BATCH = 250_000
YEARS = 25
ROLES = ("GOV", "MIL", "COP", "CVL", "REB", "BUS", "")


def write(path: Path, count: int) -> int:
    """So many events as a file; returns its bytes."""
    from amity import codebook
    from amity.sources.datasets.gdelt import SECOND

    book = codebook.load()
    states = pa.array([state.id for state in book.states if state.kind == "state" and state.term.end is None])
    codes = pa.array([*book.plover.cameo, "010", "020", "012", "013"])
    columns = [str(column) for column in SECOND[0].columns]
    random = np.random.default_rng(20)
    options = csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")
    schema = pa.schema([(column, pa.string()) for column in columns])
    with csv.CSVWriter(str(path), schema, write_options=options) as writer:
        for part in _parts(count, states, codes, random):
            length = len(part["GLOBALEVENTID"])
            rows = [part.get(column, pa.repeat(pa.scalar(""), length)) for column in columns]
            writer.write_batch(pa.record_batch(rows, schema=schema))
    return path.stat().st_size


def _parts(count: int, states: pa.Array, codes: pa.Array, random: np.random.Generator) -> Iterator[dict[str, pa.Array]]:
    weight = 1.0 / np.arange(1, len(states) + 1)
    weight /= weight.sum()
    days = pa.array(np.datetime64("2000-01-01") + np.arange(YEARS * 365))
    written = pc.strftime(days.cast(pa.timestamp("s")), "%Y%m%d")
    roles = pa.array(ROLES)
    for begun in range(0, count, BATCH):
        size = min(BATCH, count - begun)
        day = written.take(pa.array(np.sort(random.integers(begun * len(days) // count, len(days), size))))
        one, other = (states.take(pa.array(random.choice(len(states), size, p=weight))) for _ in range(2))
        role = roles.take(pa.array(random.integers(0, len(roles), size)))
        yield {
            "GLOBALEVENTID": pa.array(np.arange(begun, begun + size) + 400_000_000).cast(pa.string()),
            "SQLDATE": day,
            "Actor1Code": pc.binary_join_element_wise(one, role, ""),
            "Actor1Name": one,
            "Actor1CountryCode": one,
            "Actor1Type1Code": role,
            "Actor2Code": other,
            "Actor2Name": other,
            "Actor2CountryCode": other,
            "EventCode": codes.take(pa.array(random.integers(0, len(codes), size))),
            "GoldsteinScale": pa.array(random.integers(-10, 11, size)).cast(pa.string()),
            "NumSources": pa.array(random.integers(1, 9, size)).cast(pa.string()),
            "ActionGeo_CountryCode": pa.repeat(pa.scalar("AJ"), size),
            "ActionGeo_FullName": pa.repeat(pa.scalar("Baku, Baki, Azerbaijan"), size),
            "DATEADDED": pc.binary_join_element_wise(day, "120000", ""),
            "SOURCEURL": pa.repeat(pa.scalar("https://example.org/politics/a-story-with-a-long-name"), size),
        }
