"""Files of the archive, `events/NAME/DIGEST.parquet` and `tables/NAME/DIGEST.parquet`, each written whole or not."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from amity.archive import questions
from amity.archive.questions import Question
from amity.errors import LedgerError
from amity.records.events import EVENTS, TABLES
from amity.records.panel import Panel

SUFFIX = ".archive"
VARIABLE = "AMITY_ARCHIVE"
Shelf: TypeAlias = Literal["events", "tables"]
_ABOUT = b"amity"


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """One imported file: where it came from, how many rows it gave, how many it could not give and why."""

    shelf: Shelf
    name: str
    source: str
    digest: str
    rows: int
    imported: str
    rejected: dict[str, int] = {}


class Intake:
    """A file being written to the archive; what cannot be used is counted in `rejected` by reason."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._writer = writer
        self._schema = schema
        self.rows = 0
        self.rejected: Counter[str] = Counter()

    def write(self, rows: pa.RecordBatch | pa.Table) -> None:
        """Rows of the shelf's schema; columns may come in any order and as plain strings."""
        table = pa.Table.from_batches([rows]) if isinstance(rows, pa.RecordBatch) else rows
        self._writer.write_table(table.select(self._schema.names).cast(self._schema))
        self.rows += table.num_rows


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

    # Writing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def adding(self, shelf: Shelf, name: str, source: str, digest: str) -> Iterator[Intake]:
        """Keep rows of `EVENTS`, or of one of `TABLES` (`name` says which), from a source with that digest.

        The file appears when everything is written, in place of an earlier one of the same digest; a table takes the
        place of all earlier ones of its name, events add up.

        Raises:
            LedgerError: when the folder cannot be written.
        """
        schema = EVENTS if shelf == "events" else TABLES[name]
        path = self.folder / shelf / name / f"{digest}.parquet"
        with _written(path) as unfinished:
            writer = pq.ParquetWriter(unfinished, schema, compression="zstd")
            try:
                intake = Intake(writer, schema)
                yield intake
                about = Holding(
                    shelf=shelf,
                    name=name,
                    source=source,
                    digest=digest,
                    rows=intake.rows,
                    imported=datetime.now(UTC).isoformat(timespec="seconds"),
                    rejected=dict(intake.rejected),
                )
                writer.add_key_value_metadata({_ABOUT: msgspec.json.encode(about)})
            finally:
                writer.close()
        if shelf == "tables":
            for earlier in set(path.parent.glob("*.parquet")) - {path}:
                earlier.unlink()

    # Asking -------------------------------------------------------------------------------------------------------

    def holdings(self) -> list[Holding]:
        """Every imported file, by shelf, name and time of import."""
        held = [_about(path) for path in self.folder.glob("*/*/*.parquet")]
        return sorted(held, key=lambda one: (one.shelf, one.name, one.imported))

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

    def events(self, asked: Question, dyads: Sequence[tuple[str, str]], own: pa.Table | None = None) -> pa.Table:
        """The rows of `EVENTS` under a panel's cells of some directed dyads, by day: the evidence of a figure."""
        return questions.events(self._files(asked.datasets), asked, dyads, own)

    def _files(self, datasets: Sequence[str] | None) -> list[str]:
        names = self.datasets() if datasets is None else datasets
        return [str(path) for name in names for path in sorted(self.folder.glob(f"events/{name}/*.parquet"))]


def _about(path: Path) -> Holding:
    try:
        held = cast(dict[bytes, bytes], pq.read_metadata(path).metadata or {})
        return msgspec.json.decode(held[_ABOUT], type=Holding)
    except (OSError, pa.ArrowInvalid, KeyError, msgspec.DecodeError) as error:
        raise LedgerError(f"{path}: is no file of an archive ({error})") from None


@contextmanager
def _written(path: Path) -> Iterator[Any]:
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
