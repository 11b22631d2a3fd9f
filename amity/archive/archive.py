"""The archive as a folder: `events/NAME/DIGEST.parquet` and `tables/NAME/DIGEST.parquet`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from amity.archive import parties, questions, sameness
from amity.archive.files import ABOUT, Holding, Shelf, about, unnamed, written
from amity.archive.questions import Extent, Question
from amity.errors import LedgerError
from amity.records.events import EVENTS, TABLES
from amity.records.panel import Panel

GROUP = 1 << 18
"""Rows that are written together."""

SUFFIX = ".archive"
VARIABLE = "AMITY_ARCHIVE"


class Intake:
    """A file being written to the archive; what cannot be used is counted in `rejected` by reason."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._writer = writer
        self._schema = schema
        self._waiting: list[pa.Table] = []
        self.rows = 0
        self.rejected: Counter[str] = Counter()
        self.unresolved = 0
        self.since: date | None = None
        self.until: date | None = None

    def write(self, rows: pa.RecordBatch | pa.Table) -> None:
        """Rows of the shelf's schema; columns may come in any order and as plain strings."""
        table = pa.Table.from_batches([rows]) if isinstance(rows, pa.RecordBatch) else rows
        if not table.num_rows:
            return
        table = table.select(self._schema.names).cast(self._schema)
        self._note(table)
        self._waiting.append(table)
        self.rows += table.num_rows
        if sum(one.num_rows for one in self._waiting) >= GROUP:
            self.flush()

    def flush(self) -> None:
        """Write what waits as one row group."""
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting).unify_dictionaries(), row_group_size=GROUP)
            self._waiting = []

    def _note(self, rows: pa.Table) -> None:
        if self._schema is not EVENTS:
            self.unresolved += parties.unnamed(rows) if "supplier" in self._schema.names else 0
            return
        self.unresolved += unnamed(rows)
        first, last = pc.min(rows["day"]).as_py(), pc.max(rows["until"]).as_py()
        self.since = min(self.since or first, first)
        self.until = max(self.until or last, last)


def archive_of(ledger: str) -> Path:
    """The folder of the archive that belongs to a ledger: `amity.archive` beside `amity.db`; `AMITY_ARCHIVE` overrules.

    Raises:
        LedgerError: for a ledger on a server when no folder is named.
    """
    if named := os.environ.get(VARIABLE):
        return Path(named)
    if "://" in ledger and not ledger.startswith("sqlite"):
        raise LedgerError(f"{ledger.partition('://')[0]} ledger: the archive needs a folder of its own, set {VARIABLE}")
    return Path(ledger.rpartition("///")[2]).with_suffix(SUFFIX)


class Archive:
    """Event data and tables of states. Reading one that is not there finds nothing; writing makes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._spans: sameness.Spans = {}

    # Writing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def adding(self, shelf: Shelf, name: str, source: str, digest: str) -> Iterator[Intake]:
        """Keep rows of `EVENTS`, or of one of `TABLES` (`name` says which), from a source with that digest.

        The file appears when everything is written, in place of an earlier one of the same digest. A table takes the
        place of all earlier ones of its name. Events add up, each id of a data set once: of two rows in this file the
        first stays, and rows of earlier files give way to it.

        Raises:
            LedgerError: when the folder cannot be written.
        """
        schema = EVENTS if shelf == "events" else TABLES[name]
        path = self.folder / shelf / name / f"{digest}.parquet"
        with written(path) as unfinished, pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            intake = Intake(writer, schema)
            yield intake
            intake.flush()
            held = Holding(
                shelf=shelf,
                name=name,
                source=source,
                digest=digest,
                rows=intake.rows,
                imported=datetime.now(UTC).isoformat(timespec="seconds"),
                rejected=dict(intake.rejected),
                unresolved=intake.unresolved,
                since=intake.since,
                until=intake.until,
            )
            writer.add_key_value_metadata({ABOUT: msgspec.json.encode(held)})
        others = sorted(set(path.parent.glob("*.parquet")) - {path})
        if shelf == "events":
            sameness.once(path, others, self._spans)
        else:
            for earlier in others:
                earlier.unlink()

    def holds(self, shelf: Shelf, name: str, digest: str) -> Holding | None:
        """What was imported under a digest, if it was."""
        path = self.folder / shelf / name / f"{digest}.parquet"
        return about(path) if path.exists() else None

    def remove(self, name: str) -> int:
        """Take out everything that is held under a name; returns how many files that was."""
        paths = [path for path in self.folder.glob("*/*/*.parquet") if path.parent.name == name]
        for path in paths:
            path.unlink()
        return len(paths)

    # Asking -------------------------------------------------------------------------------------------------------

    def unresolved(self, names: Sequence[str] | None = None) -> pa.Table:
        """Names of parties that stand for nobody we know: data set, name, rows, the commonest first."""
        held = [name for name in parties.TABLES if names is None or name in names]
        events = None if names is None else [name for name in names if name not in held]
        tables = [parties.nobody(name, table) for name in held if (table := self.table(name)) is not None]
        tables.insert(0, questions.unresolved(self._files(events)))
        return pa.concat_tables(tables)

    def holdings(self) -> list[Holding]:
        """Every imported file, by shelf, name and time of import."""
        held = [about(path) for path in self.folder.glob("*/*/*.parquet")]
        return sorted(held, key=lambda one: (one.shelf, one.name, one.imported, one.source))

    def version(self) -> str:
        """Changes whenever a file comes, goes or is written anew."""
        held = sorted((path.name, path.stat().st_mtime_ns) for path in self.folder.glob("*/*/*.parquet"))
        return "-".join(f"{name}@{written}" for name, written in held)

    def datasets(self) -> tuple[str, ...]:
        """Names of the data sets of events that are there."""
        return tuple(sorted({path.parent.name for path in self.folder.glob("events/*/*.parquet")}))

    def table(self, name: str) -> pa.Table | None:
        """One of `TABLES`; null when it was not imported."""
        paths = sorted(self.folder.glob(f"tables/{name}/*.parquet"))
        return pa.concat_tables(pq.read_table(path) for path in paths) if paths else None

    def panel(self, asked: Question, own: pa.Table | None = None) -> Panel:
        """Events counted by dyad, layer, type and period. `own` are further rows of `EVENTS`, those of the ledger.

        Raises:
            InputError: when nothing fits.
        """
        return questions.panel(self._files(asked.datasets), asked, own)

    def extent(self, asked: Question, own: pa.Table | None = None) -> Extent:
        """From when to when there are events that fit.

        Raises:
            InputError: when nothing fits.
        """
        return questions.extent(self._files(asked.datasets), asked, own)

    def events(self, asked: Question, dyads: Sequence[tuple[str, str]], own: pa.Table | None = None) -> pa.Table:
        """The rows of `EVENTS` under a panel's cells of some directed dyads, by day: the evidence of a figure."""
        return questions.events(self._files(asked.datasets), asked, dyads, own)

    def _files(self, datasets: Sequence[str] | None) -> list[str]:
        names = self.datasets() if datasets is None else datasets
        return [str(path) for name in names for path in sorted(self.folder.glob(f"events/{name}/*.parquet"))]
