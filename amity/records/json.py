"""Records to JSON and back. Input is hostile until it has passed through here."""

from typing import Any, TypeVar

import msgspec

from amity.errors import InputError

_T = TypeVar("_T")


def to_json(record: object) -> bytes:
    """One record as one line of JSON (UTF-8, without the newline)."""
    return msgspec.json.encode(record)


def from_json(line: bytes | str, kind: type[_T] | Any, source: str = "JSON") -> _T:
    """Parse and check one record; raises `InputError` that says which field is wrong."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(source, str(error)) from error
