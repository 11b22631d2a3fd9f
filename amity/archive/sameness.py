"""Every event of a data set once, whichever files it stands in: ids are compared by their hashes, eight bytes a row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import gettempdir
from typing import Any, TypeAlias

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from amity.archive.files import ABOUT, about, unnamed, written
from amity.records.events import EVENTS

TWICE = "id stands twice in the file"


Spans: TypeAlias = dict[Path, tuple[str, str] | None]
"""The least and the greatest id of files, as far as they have been looked at; null when a file does not tell."""


def once(path: Path, earlier: Iterable[Path], spans: Spans) -> None:
    """Leave each id of a file in it once, and take its ids out of earlier files of the data set.

    `spans` are kept from file to file, so that thousands of them need not be opened for each other.
    """
    hashes = _hashes(path)
    if hashes.size == 0:
        return
    ids, first = np.unique(hashes, return_index=True)
    if len(ids) < len(hashes):
        kept = np.zeros(len(hashes), dtype=bool)
        kept[first] = True
        _rewrite(path, kept, twice=True)
    span = spans[path] = _span(path)
    for other in earlier:
        if other not in spans:
            spans[other] = _span(other)
        if _overlap(span, spans[other]):
            theirs = _hashes(other)
            place = np.minimum(np.searchsorted(ids, theirs), len(ids) - 1)
            kept = ids[place] != theirs
            if not kept.all():
                _rewrite(other, kept, twice=False)


def _hashes(path: Path) -> NDArray[np.uint64]:
    """A hash of each row's id, in order."""
    with duckdb.connect(config={"memory_limit": "500MB", "temp_directory": gettempdir()}) as connection:
        connection.execute("SET preserve_insertion_order = true; SET enable_progress_bar = false")
        found = connection.execute("SELECT hash(id) AS id FROM read_parquet(?)", [str(path)]).fetchnumpy()
    return np.asarray(found["id"], dtype=np.uint64)


def _rewrite(path: Path, kept: NDArray[np.bool_], twice: bool) -> None:
    """The file again with some of its rows."""
    held = about(path)
    lost = int(len(kept) - kept.sum())
    if twice:
        changes: dict[str, Any] = {"rejected": {**held.rejected, TWICE: lost}}
    else:
        changes = {"superseded": held.superseded + lost}
    at = unresolved = 0
    with written(path) as unfinished, pq.ParquetWriter(unfinished, EVENTS, compression="zstd") as writer:
        for batch in pq.ParquetFile(path).iter_batches(1 << 18):
            part = batch.filter(pa.array(kept[at : at + batch.num_rows]))
            at += batch.num_rows
            table = pa.Table.from_batches([part]).cast(EVENTS)
            unresolved += unnamed(table)
            writer.write_table(table)
        changes |= {"rows": held.rows - lost, "unresolved": unresolved}
        writer.add_key_value_metadata({ABOUT: msgspec.json.encode(msgspec.structs.replace(held, **changes))})


def _span(path: Path) -> tuple[str, str] | None:
    """The least and the greatest id of a file."""
    file = pq.read_metadata(path)
    column = EVENTS.get_field_index("id")
    parts = [file.row_group(group).column(column).statistics for group in range(file.num_row_groups)]
    if not parts or any(part is None or not part.has_min_max for part in parts):
        return None
    return min(part.min for part in parts), max(part.max for part in parts)


def _overlap(one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])
