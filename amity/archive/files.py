"""Files of an archive: what each says of itself, and how one is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Literal, TypeAlias, cast

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from amity.errors import LedgerError

Shelf: TypeAlias = Literal["events", "tables"]
ABOUT = b"amity"
"""The key under which a file says what it is."""


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """One imported file: where it came from, how many rows it gave, how many it could not give and why.

    `unresolved` are rows with a party whose name stands for nobody we know, `superseded` those that gave way to rows of
    the same id in a file imported later. `since` and `until` are the first and the last day of its events.
    """

    shelf: Shelf
    name: str
    source: str
    digest: str
    rows: int
    imported: str
    rejected: dict[str, int] = {}
    unresolved: int = 0
    superseded: int = 0
    since: date | None = None
    until: date | None = None


def about(path: Path) -> Holding:
    """What a file of the archive says of itself.

    Raises:
        LedgerError: when it is none.
    """
    try:
        held = cast(dict[bytes, bytes], pq.read_metadata(path).metadata or {})
        return msgspec.json.decode(held[ABOUT], type=Holding)
    except (OSError, pa.ArrowInvalid, KeyError, msgspec.DecodeError) as error:
        raise LedgerError(f"{path}: is no file of an archive ({error})") from None


def unnamed(rows: pa.Table) -> int:
    """How many rows of `EVENTS` have a party whose name stands for nobody we know."""
    sides = [pc.and_(pc.is_null(rows[side]), pc.is_valid(rows[f"{side}_name"])) for side in ("actor", "recipient")]
    return int(pc.sum(pc.or_(*sides)).as_py() or 0)


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its place at the end, or leaves no trace."""
    unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise LedgerError(f"{path.parent}: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
