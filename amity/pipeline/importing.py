"""Data sets of others into the archive, file by file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from amity.archive import Archive
from amity.codebook import Codebook
from amity.errors import InputError
from amity.pipeline.watching import Brought, Onlooker
from amity.sources.datasets import FORMATS, Desk, Format, NotThis, Source, guess, named, recognised

NAME = re.compile(r"\w[\w.-]{0,99}")
SHOWN = 5
"""Files that are named where many are passed over."""


def bring(
    form: str | None,
    specs: Sequence[str],
    archive: Archive,
    book: Codebook,
    *,
    name: str | None = None,
    first: date | None = None,
    again: bool = False,
    onlooker: Onlooker | None = None,
) -> Brought:
    """Import files, folders, globs of a format (null: whatever each file looks like) into the archive.

    A file that is held already is left alone unless `again`. `name` is that of the data set, `first` the day that a
    format's first time stands for. What fails is told to the onlooker, and the rest goes on.

    Raises:
        InputError: for a format that there is none of, or a name that no folder could have.
        LedgerError: when the archive cannot be written.
    """
    if name is not None and not NAME.fullmatch(name):
        raise InputError(name, "is no name for a data set; letters, digits, dots, dashes and underscores are")
    onlooker, brought = onlooker or Onlooker(), Brought()
    found = list(_found(form, specs, brought, onlooker))
    brought.size = sum(source.size for source, _ in found)
    importing = _Importing(archive, book, name, first, again, brought, onlooker)
    for source, one in found:
        importing.end = brought.done + source.size
        try:
            importing.take(source, one)
        except InputError as error:
            _fail(error, brought, onlooker)
        brought.done = importing.end
        onlooker.brought(brought)
    return brought


def _found(
    form: str | None, specs: Sequence[str], brought: Brought, onlooker: Onlooker
) -> Iterator[tuple[Source, Format]]:
    """The sources named, each with its format."""
    if form is None:
        yield from _recognised(specs, brought, onlooker)
        return
    if form not in FORMATS:
        near = guess(form)
        raise InputError(form, f"is no format; {f'did you mean {near}? ' if near else ''}amity import lists them")
    for source in named(specs, FORMATS[form].takes == "folders"):
        if isinstance(source, InputError):
            _fail(source, brought, onlooker)
        else:
            yield source, FORMATS[form]


def _recognised(specs: Sequence[str], brought: Brought, onlooker: Onlooker) -> Iterator[tuple[Source, Format]]:
    """Sources with the formats that they look like; files of a folder that look like none are passed over."""
    for spec in specs:
        folder = Path(spec).expanduser().is_dir()
        passed = []
        for source in _anything(spec):
            try:
                if isinstance(source, InputError):
                    raise source
                if one := recognised(source):
                    yield source, one
                elif folder:
                    passed.append(source.path.name)
                else:
                    raise InputError(source.name, "looks like no format there is; amity import lists them")
            except InputError as error:
                _fail(error, brought, onlooker)
        if passed:
            shown = ", ".join(passed[:SHOWN] + ["…"] * (len(passed) > SHOWN))
            onlooker.noted(f"{spec}: passed over what looks like no format there is ({len(passed):,}): {shown}")


def _anything(spec: str) -> Iterator[Source | InputError]:
    """A folder that is one source, or belongs to a file that was named; else files, in folders at any depth."""
    whole = [one for one in named([spec], folders=True) if isinstance(one, Source)]
    if any(_together(one.path) for one in whole):
        yield from whole
        return
    inside = [*_inside(Path(spec).expanduser())]
    yield from inside or named([spec], folders=False)


def _inside(folder: Path) -> Iterator[Source | InputError]:
    """What a folder holds: files of data sets, and folders that are one source."""
    if not _is_folder(folder) or folder.is_symlink():
        return
    try:
        found = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    except OSError as error:
        yield InputError(Source(folder).name, error.strerror or str(error))
        return
    yield from map(Source, Source(folder).files)
    for inner in found:
        if _is_folder(inner) and _together(inner):
            yield Source(inner)
        else:
            yield from _inside(inner)


def _is_folder(path: Path) -> bool:
    """Whether a path leads to a folder, as far as we may look."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _together(folder: Path) -> bool:
    return any(one.takes == "folders" and one.fits(Source(folder)) for one in FORMATS.values())


@dataclass(slots=True)
class _Importing:
    """One run over sources."""

    archive: Archive
    book: Codebook
    name: str | None
    first: date | None
    again: bool
    brought: Brought
    onlooker: Onlooker
    end: int = 0
    memory: dict[str, Any] = field(default_factory=dict)

    def take(self, source: Source, form: Format) -> None:
        desk = Desk(book=self.book, first=self.first, name=self.name, advance=self._advance, memory=self.memory)
        digest = source.digest()
        delivery = form.read(source, desk)
        if not self.again and (held := self.archive.holds(delivery.shelf, delivery.name, digest)):
            self.brought.known += 1
            self.onlooker.noted(f"{source.name}: held already as {held.name}; --again imports it anew")
            return
        try:
            with self.archive.adding(delivery.shelf, delivery.name, source.name, digest) as intake:
                for rows in delivery.rows:
                    intake.write(rows)
                    self.brought.rows += rows.num_rows
                    self.onlooker.brought(self.brought)
                intake.rejected.update(desk.rejects.told())
                if not intake.rows:
                    raise InputError(source.name, _nothing(desk))
        except NotThis as error:
            other = recognised(source)
            hint = f"; it looks like {other.name}: {other.what}" if other and other is not form else ""
            raise InputError(error.source, f"is no {form.name} file: {error.reason}{hint}") from None
        self.brought.files += 1
        self.brought.unresolved += intake.unresolved
        self.brought.rejected += sum(intake.rejected.values())
        for reason, count in intake.rejected.items():
            self.onlooker.noted(f"{source.name}: {count:,} {'row' if count == 1 else 'rows'} left out: {reason}")

    def _advance(self, size: int) -> None:
        self.brought.done = min(self.brought.done + size, self.end)  # some importers read a file more than once
        self.onlooker.brought(self.brought)


def _nothing(desk: Desk) -> str:
    told = "; ".join(f"{count:,} {reason}" for reason, count in desk.rejects.told().items())
    return f"holds no row that can be used{f': {told}' if told else ''}"


def _fail(error: InputError, brought: Brought, onlooker: Onlooker) -> None:
    brought.failures += 1
    onlooker.failed(error)
