"""Data sets of others into the archive, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from amity.archive import Archive
from amity.codebook import Codebook
from amity.errors import InputError
from amity.pipeline.watching import Brought, Onlooker
from amity.sources.datasets import FORMATS, Desk, Format, NotThis, Source, guess, named, recognised


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
        InputError: for a format that there is none of.
        LedgerError: when the archive cannot be written.
    """
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
    if form is not None and form not in FORMATS:
        near = guess(form)
        raise InputError(form, f"is no format; {f'did you mean {near}? ' if near else ''}amity import lists them")
    if form is not None:
        pairs: Iterable[Source | InputError] = named(specs, FORMATS[form].takes == "folders")
    else:
        pairs = _anything(specs)
    for source in pairs:
        try:
            if isinstance(source, InputError):
                raise source
            one = FORMATS[form] if form is not None else recognised(source)
            if one is None:
                raise InputError(source.name, "looks like no format there is; amity import lists them")
        except InputError as error:
            _fail(error, brought, onlooker)
        else:
            yield source, one


def _anything(specs: Sequence[str]) -> Iterator[Source | InputError]:
    """Folders that are one source where a format takes them so, else their files."""
    for spec in specs:
        whole = [one for one in named([spec], folders=True) if isinstance(one, Source)]
        folders = [one for one in whole if one.path.is_dir() and recognised(one)]
        yield from folders or named([spec], folders=False)


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
