"""The reference part of docs/ledger.md, written from the schema: `python -m amity.ledger.manual docs/ledger.md`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Table

from amity.ledger.schema import metadata

MARK = "<!-- From here on written by `python -m amity.ledger.manual docs/ledger.md`. -->"
ORDER = ("articles", "claims", "parties", "attributions", "incidents")


def reference() -> str:
    """Every table and view with its columns, in Markdown."""
    first = [metadata.tables[name] for name in ORDER]
    others = [table for table in metadata.sorted_tables if table not in first]
    lines = [line for table in (*first, *others) for line in _table(table)]
    return "\n".join([*lines, *_views()]).rstrip() + "\n"


def written(document: str) -> str:
    """The document with its reference part written anew."""
    head, mark, _ = document.partition(MARK)
    return f"{head}{mark}\n\n{reference()}"


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name}"
    yield ""
    yield f"{(table.comment or '')[:1].upper()}{(table.comment or '')[1:]}."
    yield ""
    yield "| column | type | |"
    yield "|---|---|---|"
    for column in table.columns:
        refers = "".join(f"refers to `{key.target_fullname}`" for key in column.foreign_keys)
        words = "; ".join(part for part in (column.comment, refers) if part)
        yield f"| `{column.name}` | {str(column.type).lower()}{'' if column.nullable else ', always'} | {words} |"
    yield ""


def _views() -> Iterator[str]:
    """The views, as a new ledger has them."""
    from amity.ledger import Ledger

    yield "### Views"
    yield ""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(str(Path(folder, "new.db")), "write") as ledger:
        for name, columns in ledger.views().items():
            yield f"- `{name}`: {', '.join(f'`{column}`' for column in columns)}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
