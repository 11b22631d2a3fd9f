"""Every format there is an importer for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from amity.sources.datasets import dyadyears
from amity.sources.datasets.formats import Format

EVENTS: tuple[Format, ...] = (dyadyears.FORMAT,)
TABLES: tuple[Format, ...] = ()
FORMATS: Mapping[str, Format] = MappingProxyType({one.name: one for one in (*EVENTS, *TABLES)})


def guess(name: str) -> str | None:
    """The format that is probably meant by a word that is none's name."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower(), FORMATS, 1, 0.5)), None)
