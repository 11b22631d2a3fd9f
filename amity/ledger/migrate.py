"""Bring a ledger to the schema of this version. Looking is cheap; Alembic is loaded only when there is work."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from amity.errors import LedgerError
from amity.ledger import dialect

HEAD = "0003"
"""The newest migration; a test compares it with the folder."""

FOLDER = Path(__file__).with_name("migrations")


def prepare(engine: Engine, where: str, mode: dialect.Mode) -> None:
    """Check that this is a ledger, and make or upgrade it where needed.

    Raises:
        LedgerError: for a file that holds something else, or a ledger that a newer version wrote.
    """
    with engine.connect() as connection:
        version = _version(connection, where)
    if version == HEAD:
        return
    if version is None:
        if mode == "read":
            raise LedgerError(f"{where}: is empty, no ledger yet; amity read SOURCE… makes one")
        dialect.initialise(engine)
    elif not _known(version):
        raise LedgerError(f"{where}: was written by a newer version of amity (schema {version}); upgrade amity")
    with dialect.writing(engine) as connection:
        if _version(connection, where) != HEAD:  # another process may have been quicker
            _upgrade(connection)


def _version(connection: Connection, where: str) -> str | None:
    """The schema's version, null for an empty database."""
    there = dialect.tables(connection)
    if "alembic_version" in there and "runs" in there:
        version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return version
    if there:
        raise LedgerError(f"{where}: is a database, but no ledger")
    return None


def _known(version: str) -> bool:
    return any(path.name.startswith(f"{version}_") for path in (FOLDER / "versions").glob("*.py"))


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
