"""The command that brings in data sets: `import`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amity.cli import options
from amity.cli.ending import FAILED, complain, output
from amity.errors import InputError

if TYPE_CHECKING:
    from amity.archive import Archive
    from amity.pipeline.watching import Brought


def import_(
    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FORMAT] [FILE…]",
            help="A format, and files, folders or globs, plain, .gz or .zip. Without a format, what each file looks "
            "like; without files, what formats there are and what is held.",
        ),
    ] = None,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Keep events under another name.")] = None,
    first: Annotated[
        str | None,
        typer.Option("--first", metavar="DATE", help="The day of time 0, for quadruples; else taken from the folder."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Import anew what is held already.")] = False,
    unresolved: Annotated[
        bool, typer.Option("--unresolved", help="List names of parties that stand for nobody we know.")
    ] = False,
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="NAME", help="Take a data set or table out of the archive.")
    ] = None,
    format: options.FormatOption = "table",
    to: options.Output = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """Bring in event data sets and tables of states, into an archive beside the ledger."""
    from amity.archive import Archive, archive_of
    from amity.cli.printing import write_rows

    archive = Archive(archive_of(ledger))
    if remove is not None:
        _remove(archive, remove, quiet)
    elif unresolved:
        _held(archive, named or [])
        with output():
            write_rows(archive.unresolved(named or None).to_pylist(), format, to, "unresolved")
    elif named:
        _bring(named, archive, name, _day(first), again, codebook, quiet)
    else:
        with output():
            _list(archive, format, to)


def _bring(
    named: list[str],
    archive: Archive,
    name: str | None,
    first: date | None,
    again: bool,
    folder: Path | None,
    quiet: bool,
) -> None:
    from amity import codebook
    from amity.cli.progress import Importing
    from amity.pipeline.importing import bring
    from amity.sources.datasets import FORMATS

    form = None if named[0] not in FORMATS and _is_path(named[0]) else named[0]
    specs = named if form is None else named[1:]
    if form is not None and not specs and (one := FORMATS.get(form)):
        raise InputError(one.name, f"needs files: amity import {one.name} FILE… ({one.provider} has them)")
    with Importing(quiet) as progress:
        book = codebook.load(folder)
        brought = bring(form, specs, archive, book, name=name, first=first, again=again, onlooker=progress)
    if not quiet:
        print(summary(brought), file=sys.stderr)
    if brought.failures:
        raise typer.Exit(FAILED)


def _is_path(word: str) -> bool:
    """Whether a word names files rather than a format."""
    return Path(word).expanduser().exists() or bool(set(word) & set("./\\*?["))


def summary(brought: Brought) -> str:
    """One line on what an import did."""
    counts = (
        (brought.rows, "row", "rows"),
        (brought.files, "file", "files"),
        (brought.known or None, "file held already", "files held already"),
        (brought.rejected or None, "row left out", "rows left out"),
        (brought.unresolved or None, "row with a name unresolved", "rows with names unresolved"),
        (brought.failures or None, "failure", "failures"),
    )
    told = ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in counts if n is not None)
    return f"{told}{' (amity import --unresolved lists them)' if brought.unresolved else ''}"


def _list(archive: Archive, format: str, to: Path | None) -> None:
    """What is held; for people also what formats there are."""
    from amity.cli.printing import write_rows
    from amity.sources.datasets import FORMATS

    held = [
        {
            "name": one.name,
            "holds": "events" if one.shelf == "events" else "table",
            "rows": one.rows,
            "since": str(one.since or ""),
            "until": str(one.until or ""),
            "left out": sum(one.rejected.values()) or None,
            "unresolved": one.unresolved or None,
            "imported": one.imported[:10],
            "from": one.source,
        }
        for one in archive.holdings()
    ]
    if format == "table" and to is None:
        for one in FORMATS.values():
            print(f"{one.name:16}{one.what}")
        print(f"\n{f'Held in {archive.folder}:' if held else f'Nothing is held in {archive.folder} yet.'}", flush=True)
    write_rows(held, format, to, "holdings")


def _remove(archive: Archive, name: str, quiet: bool) -> None:
    removed = archive.remove(name)
    if not removed:
        raise InputError(name, "nothing is held under this name; amity import lists what is")
    if not quiet:
        complain(f"{name}: {removed} {'file' if removed == 1 else 'files'} taken out of {archive.folder}")


def _held(archive: Archive, names: list[str]) -> None:
    held = {one.name for one in archive.holdings()}
    for name in names:
        if name not in held:
            raise InputError(name, "nothing is held under this name; amity import lists what is")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("--first", f"{text!r} is no date; write 2014-01-01") from None
