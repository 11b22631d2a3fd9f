"""All that is peculiar to SQLite. A second database gets a module like this one, and nothing else changes."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    create_engine,
    event,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from amity.errors import LedgerError

Mode = Literal["read", "write"]

BUSY_SECONDS = 60.0
"""How long a writer waits for another one before it gives up."""

APPLICATION_ID = 0x616D6974  # "amit": lets `file` and other tools tell a ledger from other SQLite files


def engine(where: str, mode: Mode) -> Engine:
    """An engine on the SQLite file `where` (a path, or `sqlite:///path`); opens nothing yet.

    Raises:
        LedgerError: for a database of another make, and for a file that is not there and not to be made.
    """
    path = _path(where)
    if mode == "read" and not path.exists():
        raise LedgerError(f"{where}: no ledger here; amity read SOURCE… makes one")
    if path.is_dir():
        raise LedgerError(f"{where}: is a folder, not a ledger")
    if not path.parent.is_dir():
        raise LedgerError(f"{where}: there is no folder {path.parent}")
    address = f"file:{quote(str(path.absolute()))}?{_access(path, mode)}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    made = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def _path(where: str) -> Path:
    scheme, separator, rest = where.partition("://")
    if not separator:
        return Path(where)
    if scheme != "sqlite":
        raise LedgerError(f"{where}: only SQLite ledgers (a path, or sqlite:///path) can be opened by this version")
    return Path(rest.removeprefix("/"))


def _access(path: Path, mode: Mode) -> str:
    """How to open the file. A ledger on a medium that nobody can write is read as it lies there, without its log."""
    if mode == "write":
        return "mode=rwc"
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")  # with a write-ahead log safe against kill -9, not slower
    connection.execute("PRAGMA temp_store = MEMORY")


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: one that reads first and wants to write later could only fail."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writing(engine: Engine) -> Any:
    """A transaction that writes; waits for its turn."""
    return engine.execution_options(writes=True).begin()


def initialise(engine: Engine) -> None:
    """What a new file needs before its first table: the write-ahead log, so that readers and a writer get along."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    finally:
        raw.close()


def tables(connection: Connection) -> set[str]:
    """Names of the tables that are there."""
    return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))


def reason(error: DBAPIError | sqlite3.Error) -> str:
    """Why the database refused, in words for people."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = str(cause)
    for pattern, words in _REASONS:
        if re.search(pattern, said):
            return words
    return said


_REASONS = (
    ("not a database", "is no ledger (not an SQLite file)"),
    ("malformed", "is damaged (SQLite calls it malformed); restore a copy"),
    ("readonly|read-only", "cannot be written (read-only)"),
    ("unable to open", "cannot be opened (no such folder, or no permission)"),
    ("disk is full", "the disk is full; what was finished before is kept"),
    ("disk I/O error", "the disk refused (full, or a limit on file size); what was finished before is kept"),
    ("locked|busy", f"another writer kept it locked for {BUSY_SECONDS:.0f} seconds"),
)


def inside(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    """A member of the object that a column holds as JSON; lists and objects stay JSON."""
    return func.json_extract(column, f"$.{name}")


# Full text --------------------------------------------------------------------------------------------------------


def full_text(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Statements that index `columns` of `table`; the index holds no second copy of the text."""
    names, new = ", ".join(columns), ", ".join(f"new.{column}" for column in columns)
    yield (
        f"CREATE VIRTUAL TABLE {table}_text USING fts5({names}, content='{table}', content_rowid='key', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    yield (
        f"CREATE TRIGGER {table}_text_insert AFTER INSERT ON {table} BEGIN "
        f"INSERT INTO {table}_text(rowid, {names}) VALUES (new.key, {new}); END"
    )


def matches(table: Table, words: str) -> ColumnElement[bool]:
    """Rows of `table` whose indexed text holds all the words; words between double quotes stand side by side."""
    index = f"{table.name}_text"
    found = text(f"SELECT rowid FROM {index} WHERE {index} MATCH :words").bindparams(words=query(words))
    return table.c.key.in_(found)


def query(words: str) -> str:
    """A query in FTS5's language from what people type; `word*` finds beginnings, nothing else is special."""
    printable = "".join(char if char.isprintable() else " " for char in words)
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', printable)]
    quoted = [f'"{term.rstrip("*")}"{"*" if term.endswith("*") else ""}' for term in terms if re.search(r"\w", term)]
    return " ".join(quoted) or '""'


def snippet(table: Table, words: str, column: int) -> Select[Any]:
    """Key and an excerpt with the words in [brackets], best match first."""
    index = f"{table.name}_text"
    excerpt = func.snippet(literal_column(index), column, "[", "]", "…", 24).label("excerpt")
    found = text(f"{index} MATCH :words").bindparams(words=query(words))
    return (
        select(literal_column("rowid").label("key"), excerpt)
        .select_from(text(index))
        .where(found)
        .order_by(literal_column("rank"))
    )


# Append-only ------------------------------------------------------------------------------------------------------


def append_only(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Statements that make the database itself refuse to erase or rewrite a row: only `superseded` may be filled in."""
    yield (
        f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} BEGIN "
        "SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
    fixed = ", ".join(column for column in columns if column != "superseded")
    yield (
        f"CREATE TRIGGER {table}_fix BEFORE UPDATE OF {fixed} ON {table} BEGIN "
        "SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
    yield (
        f"CREATE TRIGGER {table}_once BEFORE UPDATE OF superseded ON {table} "
        "WHEN old.superseded IS NOT NULL OR new.superseded IS NULL BEGIN "
        "SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
