"""How commands end: exit statuses and one-line errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


def write_text(text: str, to: Path | None) -> None:
    """Text to a file as it is, or to standard output with an end to its last line.

    Raises:
        InputError: when the file cannot be written.
    """
    if to is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(str(to), error.strerror or str(error)) from error


def write_whole(found: Any, to: Path | None) -> None:
    """Everything that was found, as one JSON record."""
    from amity.records import to_json

    write_text(to_json(found).decode() + "\n", to)


@contextmanager
def output() -> Iterator[None]:
    """Around everything that prints results: a reader who closes the pipe ends the command without noise."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED) from None
