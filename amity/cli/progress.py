"""Progress on standard error: a bar with rates and the time that remains."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self

from amity.cli.ending import complain
from amity.errors import InputError
from amity.pipeline import Tally, Watcher
from amity.pipeline.watching import Brought, Onlooker

REFRESH_SECONDS = 0.1


class _Watching(Watcher):
    """Silent when `quiet`, and without a bar where standard error is no terminal."""

    doing = ""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Any = None
        self._task: Any = None
        self._shown = 0.0

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task(self.doing, total=None, detail="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def failed(self, error: InputError) -> None:
        complain(str(error))

    def noted(self, message: str) -> None:
        if not self._quiet:
            complain(message)

    def _due(self) -> bool:
        """Whether the bar is to be drawn anew."""
        now = time.monotonic()
        if self._bar is None or now - self._shown < REFRESH_SECONDS:
            return False
        self._shown = now
        return True


class Progress(_Watching):
    """Watches a run of `read` or `code`."""

    doing = "reading"

    def advanced(self, tally: Tally) -> None:
        if not self._due():
            return
        elapsed = self._bar.tasks[0].elapsed or 0.0
        rate = f", {tally.words / elapsed:,.0f} words/s" if elapsed > 1 and tally.words else ""
        detail = f"{tally.articles:,} articles, {tally.claims:,} claims{rate}"
        self._bar.update(self._task, completed=tally.done, total=tally.size, detail=detail)


class Importing(_Watching, Onlooker):
    """Watches an import."""

    doing = "importing"

    def brought(self, so_far: Brought) -> None:
        if self._due():
            detail = f"{so_far.rows:,} rows"
            self._bar.update(self._task, completed=min(so_far.done, so_far.size), total=so_far.size, detail=detail)


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[detail]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
