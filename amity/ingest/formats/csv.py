"""CSV and TSV with a header line."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from amity.errors import InputError
from amity.ingest.draft import Draft
from amity.ingest.formats import records
from amity.ingest.raw import Limits, Raw

_DELIMITERS = ",;\t|"


def read(document: Raw, limits: Limits) -> Iterator[Draft | InputError]:
    """One draft a row, under the documented column names in any order and case."""
    csv.field_size_limit(limits.document)
    source = _Lines(document, limits)
    header = next(source, "")
    if not header:
        raise InputError(document.name, "is empty")
    delimiter = max(_DELIMITERS, key=header.count)
    columns = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter))]
    if "text" not in columns:
        raise InputError(document.name, f"has no column `text`; found: {', '.join(columns[:20])}")
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            place = f"{document.name}:{source.number}"
            if "field limit" in str(error):
                raise InputError(place, "a quotation mark is never closed; the rest is not read") from error
            yield InputError(place, f"is a broken row: {error}")
            continue
        yield from source.errors()
        if row:
            yield _draft(columns, row, document.name, f"{document.name}:{source.number}")
    yield from source.errors()


def _draft(columns: list[str], row: list[str], source: str, place: str) -> Draft | InputError:
    if len(row) > len(columns):
        return InputError(place, f"has {len(row)} fields where the header has {len(columns)}")
    return records.draft(dict(zip(columns, row, strict=False)), source, place)


class _Lines:
    """Lines for the CSV reader; those that cannot be used are kept apart as errors."""

    def __init__(self, document: Raw, limits: Limits) -> None:
        self.lines = records.lines(document, limits)
        self.number = 0
        self.broken: list[InputError] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for number, line in self.lines:
            self.number = number
            if not isinstance(line, InputError):
                return line
            self.broken.append(line)
        raise StopIteration

    def errors(self) -> Iterator[InputError]:
        while self.broken:
            yield self.broken.pop(0)
