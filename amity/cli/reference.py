"""Commands beside the ledger: `codebook`, `version`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from amity.cli import options
from amity.cli.ending import FAILED, complain, output


def codebook(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A name, code, title or designation to look up.")
    ] = None,
    codebook: options.Codebook = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="What it stands for on that day.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = 20,
    format: options.FormatOption = "table",
    to: options.Output = None,
) -> None:
    """Look a name up in the codebook, or say what the codebook holds."""
    from amity import codebook as codebooks
    from amity.cli.printing import write_rows

    book = codebooks.load(codebook)
    with output():
        if name is None:
            write_rows(_contents(book), format, to, "codebook")
            return
        day = _day(on)
        entries = [entry for entry in book.search(name) if day is None or entry.term.covers(day)]
        if not entries:
            complain(f"{name}: nothing in the codebook is called so")
            raise typer.Exit(FAILED)
        write_rows([_row(entry) for entry in entries[:limit]], format, to, "codebook")


def version() -> None:
    """Print the versions of amity, its language model, and Python."""
    import platform

    from amity.annotate import model_name
    from amity.version import __version__

    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(f"amity {__version__}, language model {model_name()}, {system}")


def _contents(book: Any) -> list[dict[str, Any]]:
    """How many entries of each kind, under how many phrases."""
    ids: dict[str, set[str]] = {}
    phrases: dict[str, int] = {}
    for entries in book.phrases().values():
        for entry in entries:
            ids.setdefault(entry.kind, set()).add(entry.id)
            phrases[entry.kind] = phrases.get(entry.kind, 0) + 1
    return [{"kind": kind, "entries": len(ids[kind]), "phrases": phrases[kind]} for kind in sorted(ids)]


def _row(entry: Any) -> dict[str, Any]:
    start, end = entry.term.start, entry.term.end
    return {
        "phrase": entry.phrase,
        "kind": entry.kind,
        "stands for": entry.name,
        "id": entry.id,
        "as": entry.role,
        "country": entry.country,
        "sector": entry.sector,
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
    }


def _day(on: str | None) -> Any:
    from amity.errors import InputError
    from amity.records.days import days

    bounds = days(on)
    if on and bounds is None:
        raise InputError("--on", f"{on!r} is no date; write 2020-11-10")
    return bounds[0] if bounds else None
