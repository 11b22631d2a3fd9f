"""What an importer is: a format of files, and what it makes of one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, cast

import pyarrow as pa

from amity.codebook import Codebook
from amity.sources.datasets.delimited import Layout, fits
from amity.sources.datasets.opening import Advance, Source
from amity.sources.datasets.rejects import Rejects

T = TypeVar("T")
Shelf: TypeAlias = Literal["events", "tables"]


@dataclass(kw_only=True)
class Desk:
    """What an importer works with: the codebook, where rejected rows are counted, and what the user asked for.

    `first` is the day that the first time stands for, where a format counts from one; `name` is that of the data set.
    `memory` is what importers found out once for all the files of a run.
    """

    book: Codebook
    rejects: Rejects = field(default_factory=Rejects)
    first: date | None = None
    name: str | None = None
    advance: Advance = lambda size: None
    memory: dict[str, Any] = field(default_factory=dict)

    def once(self, what: str, make: Callable[[], T]) -> T:
        """What `make` gives, made for the first file of a run and kept for the others."""
        if what not in self.memory:
            self.memory[what] = make()
        return cast(T, self.memory[what])


class Delivery(NamedTuple):
    """What a source gives: rows of `EVENTS`, or of one of `TABLES`, in batches. `name` is the data set's or table's."""

    shelf: Shelf
    name: str
    rows: Iterator[pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of files. `read` raises `InputError` (`NotThis` for files of another format), at once or on the way.

    `what` says in one line what is in it, `provider` who gives it out, `takes` whether folders are one source each.
    `layouts` tell files of this format from others; `holds` is what a folder must have in it.
    """

    name: str
    what: str
    provider: str
    shelf: Shelf = "events"
    takes: Literal["files", "folders"] = "files"
    read: Callable[[Source, Desk], Delivery]
    layouts: tuple[Layout, ...] = ()
    holds: tuple[str, ...] = ()

    def fits(self, source: Source) -> bool:
        """Whether a source looks like this format."""
        if self.takes == "folders":
            return source.path.is_dir() and all(any(source.path.glob(pattern)) for pattern in self.holds)
        return (
            source.path.is_file()
            and bool(self.layouts)
            and any(fits(name, stream, self.layouts) for name, stream in source.first())
        )
