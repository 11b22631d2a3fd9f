"""docs/cli.md and docs/ledger.md say what there is: no command, option, table or column is missing or made up."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from typer.main import get_command

from amity.cli import ending, manual
from amity.cli.main import app
from amity.ledger import Ledger
from amity.ledger import manual as ledger_manual
from tests.cli.conftest import Amity

DOCS = Path(__file__).parents[2] / "docs"


def test_the_command_line_reference_is_up_to_date() -> None:
    document = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert document == manual.written(document), "run `python -m amity.cli.manual docs/cli.md`"


def test_the_ledger_reference_is_up_to_date() -> None:
    document = (DOCS / "ledger.md").read_text(encoding="utf-8")
    assert document == ledger_manual.written(document), "run `python -m amity.ledger.manual docs/ledger.md`"


def test_every_option_that_help_shows_is_described(amity: Amity, monkeypatch: object) -> None:
    document = (DOCS / "cli.md").read_text(encoding="utf-8")
    shared = "".join(part for part in document.split("\n## ") if part.startswith(manual.SHARED))
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        section = document.split(f"\n## amity {name}\n")[1].split("\n## ")[0]
        shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", amity(name, "--help").out)) - {"--help"}
        described = set(re.findall(r"--[a-z][a-z-]+", section + shared))
        assert shown <= described, name


def test_help_lists_every_command(amity: Amity) -> None:
    shown = amity("--help").out
    assert all(re.search(rf"\b{name}\b", shown) for name in get_command(app).commands)  # type: ignore[attr-defined]


def test_exit_statuses_are_documented() -> None:
    document = (DOCS / "cli.md").read_text(encoding="utf-8")
    documented = {int(status) for status in re.findall(r"^\| (\d+) \|", document, re.MULTILINE)}
    known = {value for name, value in vars(ending).items() if name.isupper() and isinstance(value, int)}
    assert documented == known | {130}


def test_the_ledger_reference_is_true(tmp_path: Path) -> None:
    """Against the file itself: tables, views and columns as SQLite reports them."""
    path = tmp_path / "new.db"
    Ledger.open(str(path), "write").close()
    document = (DOCS / "ledger.md").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as database:
        names = [
            (name, kind)
            for name, kind in database.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')")
            if not re.match(r"\w+_text|alembic_version|sqlite_", name)
        ]
        assert len(names) > 12
        for name, kind in names:
            columns = {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
            pattern = rf"### {name}\n(.*?)(?=\n###|\Z)" if kind == "table" else rf"^- `{name}`: (.*)$"
            found = re.search(pattern, document, re.DOTALL if kind == "table" else re.MULTILINE)
            assert found, name
            cells = re.findall(r"^\| `(\w+)` \|" if kind == "table" else r"`(\w+)`", found[1], re.MULTILINE)
            assert set(cells) == columns, name


def test_queries_in_the_documentation_run(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    Ledger.open(str(path), "write").close()
    document = (DOCS / "ledger.md").read_text(encoding="utf-8")
    statements = [one for block in re.findall(r"```sql\n(.*?)```", document, re.DOTALL) for one in block.split(";")]
    statements += re.findall(r"`(SELECT [^`]+)`", document)
    assert len(statements) >= 4
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement).fetchall()
