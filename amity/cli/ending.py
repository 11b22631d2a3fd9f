"""How commands end: exit statuses and one-line errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from amity.errors import AmityError, CodebookError, InputError, LedgerError, ModelError

DONE, FAILED, USAGE, LEDGER, MODEL = 0, 1, 2, 3, 4
INTERRUPTED = 130
CLOSED = 141
"""The reader of a pipe went away: what a shell reports for SIGPIPE."""


def said(error: AmityError) -> int:
    """Print an error as one line and give its exit status."""
    complain(str(error))
    match error:
        case LedgerError():
            return LEDGER
        case ModelError() | CodebookError():
            return MODEL
        case InputError():
            return USAGE
        case _:
            return FAILED


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"amity: {' '.join(message.split())}", file=sys.stderr, flush=True)


@contextmanager
def output() -> Iterator[None]:
    """Around everything that prints results: a reader who closes the pipe ends the command without noise."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED) from None
