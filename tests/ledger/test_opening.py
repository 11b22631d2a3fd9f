"""A ledger opens quickly, or says in one line why it does not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, event

from amity.errors import LedgerError
from amity.ledger import Ledger, dialect, migrate
from amity.ledger.schema import metadata
from tests.ledger.samples import ARTICLE, CLAIMS

ROOT = Path(__file__).parents[2]


def test_migrations_make_the_schema_that_the_code_knows(empty: Ledger) -> None:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _to: object) -> bool:
        return kind != "table" or "_text" not in str(name)  # full-text tables belong to the dialect

    with create_engine(f"sqlite:///{empty.where}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_known() -> None:
    names = sorted(path.name for path in (migrate.FOLDER / "versions").glob("[0-9]*.py"))
    assert names[-1].startswith(f"{migrate.HEAD}_")


def test_a_ledger_that_is_up_to_date_opens_without_alembic(empty: Ledger) -> None:
    code = (
        "import sys; from amity.ledger import Ledger\n"
        f"Ledger.open({empty.where!r}); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_readers_need_a_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"none\.db: no ledger here; amity read"):
        Ledger.open(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


def test_what_is_no_ledger(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("This is a letter, not a ledger. " * 100)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE cooking (recipe)")
    void = tmp_path / "void.db"
    void.touch()
    for path, mode, said in (
        (text, "write", r"text\.db: is no ledger \(not an SQLite file\)"),
        (text, "read", "is no ledger"),
        (other, "write", r"other\.db: is a database, but no ledger"),
        (void, "read", "is empty, no ledger yet"),
        (tmp_path, "write", "is a folder"),
        (tmp_path / "absent" / "x.db", "write", "there is no folder"),
        ("postgresql://host/amity", "write", "only SQLite"),
    ):
        with pytest.raises(LedgerError, match=said):
            Ledger.open(str(path), mode)  # type: ignore[arg-type]
    assert text.read_text().startswith("This is a letter")


def test_a_ledger_from_a_newer_version(ledger: Ledger) -> None:
    ledger.close()
    with closing(sqlite3.connect(ledger.where)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    for mode in ("read", "write"):
        with pytest.raises(LedgerError, match=r"newer version of amity \(schema 9999\); upgrade amity"):
            Ledger.open(ledger.where, mode)  # type: ignore[arg-type]


def test_a_damaged_ledger(ledger: Ledger) -> None:
    ledger.close()
    data = bytearray(Path(ledger.where).read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    Path(ledger.where).write_bytes(data)
    with pytest.raises(LedgerError, match=r"damaged|no ledger"):
        list(Ledger.open(ledger.where).claims())


def test_addresses_and_odd_names(tmp_path: Path) -> None:
    for name in ("a b?c#d%20.db", "ö.db"):
        Ledger.open(str(tmp_path / name), "write").close()
        assert (tmp_path / name).exists()
    assert Ledger.open(f"sqlite:///{tmp_path}/ö.db").counts()["articles"] == 0


def test_file_tells_what_it_is(empty: Ledger) -> None:
    with closing(sqlite3.connect(empty.where)) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (dialect.APPLICATION_ID,)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_reader_cannot_write_where_it_must_not(ledger: Ledger) -> None:
    """As on a read-only medium, which root can write to all the same: the file is opened for reading only."""
    ledger.close()
    reader = Ledger(dialect.create_engine(f"sqlite:///file:{ledger.where}?mode=ro&uri=true"), ledger.where)
    with pytest.raises(LedgerError, match=r"cannot be written \(read-only\)"), reader.writing("test"):
        pass


@pytest.mark.skipif(
    os.geteuid() == 0 and not shutil.which("setpriv"),
    reason="root cannot give up its rights here",
)
def test_read_only_files_and_folders(ledger: Ledger, tmp_path: Path) -> None:
    """A ledger in a folder that one may not write is still read, and refuses to be written in one line."""
    ledger.close()
    Path(ledger.where).chmod(0o444)
    tmp_path.chmod(0o555)
    ask = f"from amity.ledger import Ledger\nprint(len(Ledger.open({ledger.where!r}).claims()))"
    write = f"from amity.ledger import Ledger\nwith Ledger.open({ledger.where!r}, 'write').writing('x'): pass"
    if _unprivileged("import amity", tmp_path).returncode:
        pytest.skip("somebody without special rights cannot reach this checkout")
    assert _unprivileged(ask, tmp_path).stdout.strip() == "6"
    refused = _unprivileged(write, tmp_path)
    assert "LedgerError" in refused.stderr
    assert "cannot be written (read-only)" in refused.stderr.splitlines()[-1]


def _unprivileged(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run as somebody without special rights; pytest's folders are private, so their parents are opened first."""
    command = [sys.executable, "-c", code]
    if os.geteuid() == 0:
        for parent in folder.parents:
            if parent.stat().st_uid == 0 and "pytest" in str(parent):
                parent.chmod(0o755)
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_a_full_disk_loses_nothing_that_was_finished(path: str) -> None:
    """A limit on file size stands for the disk; what was committed before it filled up is there afterwards."""
    code = (
        "import resource, msgspec\n"
        "from amity.ledger import Ledger\n"
        "from tests.ledger.samples import ARTICLE, CLAIMS\n"
        f"ledger = Ledger.open({path!r}, 'write')\n"
        "with ledger.writing('first', 'coder') as writer: writer.add(ARTICLE, CLAIMS)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        "with ledger.writing('second', 'coder') as writer:\n"
        "    for number in range(2000):\n"
        "        writer.add(msgspec.structs.replace(ARTICLE, id=str(number)), ())\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert "LedgerError" in ended.stderr.splitlines()[-1]
    assert "what was finished before is kept" in ended.stderr.splitlines()[-1]
    ledger = Ledger.open(path)
    assert len(ledger.claims()) == len(CLAIMS)
    assert ledger.article(ARTICLE.id) == ARTICLE


def test_a_database_that_may_not_grow(empty: Ledger) -> None:
    event.listen(empty._engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 60"))
    empty._engine.dispose()
    with pytest.raises(LedgerError, match="the disk is full"), empty.writing("test", "coder") as writer:
        for number in range(500):
            writer.add(msgspec.structs.replace(ARTICLE, id=str(number)), ())
