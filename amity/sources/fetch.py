"""What the user typed, one raw document after the other."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from amity.errors import InputError
from amity.ingest import Limits, Raw, receive
from amity.sources.files import Skipped, read_path

__all__ = ["FetchOptions", "Skipped", "fetch_all"]

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How sources are fetched. `allow_private` lets URLs lead to private and loopback addresses."""

    allow_private: bool = False
    cache: Path | None = None
    limits: Limits = field(default_factory=Limits)


def fetch_all(specs: Iterable[str], options: FetchOptions | None = None) -> Iterator[Raw | Skipped | InputError]:
    """Every raw document behind the given names, in their order; what cannot be had is an error, and the rest goes on.

    A name is a file, a folder (read recursively, in sorted order), a glob, `-` for standard input, or an http(s) URL.
    A `Raw` must be read before the next one is asked for.
    """
    options = options or FetchOptions()
    for spec in specs:
        try:
            yield from _fetch(spec, options)
        except InputError as error:
            yield error


def _fetch(spec: str, options: FetchOptions) -> Iterator[Raw | Skipped | InputError]:
    if spec == "-":
        yield receive("standard input", sys.stdin.buffer, limits=options.limits)
    elif _URL.match(spec):
        raise InputError(spec, "URLs cannot be read yet")
    else:
        yield from read_path(spec, options.limits)
