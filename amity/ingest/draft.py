"""What a format reader gives: an article before its gaps are filled."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from amity.errors import InputError
from amity.ingest.metadata import EMPTY, Metadata
from amity.ingest.raw import Limits, Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text with what its format says about it; `id` is the one that the input gives, if any."""

    source: str
    text: str
    found: Metadata = EMPTY
    id: str | None = None


# What parsers raise, beside their own errors, where damage in a file leads them astray.
LED_ASTRAY: tuple[type[Exception], ...] = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RuntimeError, EOFError,
    OSError, struct.error, zlib.error,
)  # fmt: skip

Reader = Callable[[Raw, Limits], Iterator[Draft | InputError]]
