"""What a run tells while it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from amity.errors import InputError


@dataclass(slots=True)
class Tally:
    """What a run has done so far. `size` and `done` are bytes of files: all that were named, and those taken in."""

    size: int | None = None
    done: int = 0
    articles: int = 0
    known: int = 0
    unread: int = 0
    copies: int = 0
    failures: int = 0
    claims: int = 0
    words: int = 0
    incidents: int | None = None


class Watcher:
    """Whoever wants to know how a run goes overrides what interests them."""

    def failed(self, error: InputError) -> None:
        """Something could not be read or coded; the run goes on."""

    def noted(self, message: str) -> None:
        """Something worth knowing that is no failure."""

    def advanced(self, tally: Tally) -> None:
        """The run took a step."""


@dataclass(slots=True)
class Brought:
    """What an import has done so far. `size` and `done` are bytes of files: all that were named, and those gone by."""

    size: int = 0
    done: int = 0
    files: int = 0
    rows: int = 0
    rejected: int = 0
    unresolved: int = 0
    known: int = 0
    failures: int = 0


class Onlooker(Watcher):
    """Whoever wants to know how an import goes overrides what interests them."""

    def brought(self, so_far: Brought) -> None:
        """The import took a step."""
