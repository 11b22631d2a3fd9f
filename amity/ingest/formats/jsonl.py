"""JSON Lines: one article a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from amity.errors import InputError
from amity.ingest.draft import Draft
from amity.ingest.formats import records
from amity.ingest.raw import Limits, Raw


def read(document: Raw, limits: Limits) -> Iterator[Draft | InputError]:
    """One draft a line; a broken line is an error with its number, and the next one is read."""
    empty = True
    for number, line in records.lines(document, limits):
        if isinstance(line, InputError):
            yield line
        elif line.strip():
            yield _draft(line, document.name, f"{document.name}:{number}")
        else:
            continue
        empty = False
    if empty:
        raise InputError(document.name, "is empty")


def _draft(line: str, source: str, place: str) -> Draft | InputError:
    try:
        row: Any = msgspec.json.decode(line)
    except msgspec.DecodeError as error:
        return InputError(place, f"is no JSON: {error}")
    except RecursionError:
        return InputError(place, "is nested too deeply")
    return records.draft(row, source, place)
