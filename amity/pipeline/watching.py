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
