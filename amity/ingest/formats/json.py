"""JSON: one article, or a list of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from amity.errors import InputError
from amity.ingest.decode import decode
from amity.ingest.draft import Draft
from amity.ingest.formats import records
from amity.ingest.raw import Limits, Raw


def read(document: Raw, limits: Limits) -> Iterator[Draft | InputError]:
    """One draft for an object, several for an array of objects."""
    data = decode(document.read(limits), document.charset, document.name)
    try:
        value: Any = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise InputError(document.name, f"is no JSON: {error}") from error
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, start=1):
        place = f"{document.name}:{number}" if isinstance(value, list) else document.name
        yield (
            records.draft(row, document.name, place)
            if isinstance(row, dict)
            else InputError(place, "is no JSON object")
        )
