"""Every format there is an importer for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from amity.sources.datasets import (
    acled,
    alliances,
    capabilities,
    capitals,
    contiguity,
    dyadyears,
    gdelt,
    icews,
    leaders,
    polecat,
    quadruples,
    register,
    ucdp,
    values,
    votes,
)
from amity.sources.datasets.formats import Format
from amity.sources.datasets.opening import Source

EVENTS: tuple[Format, ...] = (
    *(icews.FORMAT, polecat.FORMAT, *gdelt.FORMATS, acled.FORMAT, ucdp.FORMAT),
    *(quadruples.FORMAT, dyadyears.FORMAT),
)
TABLES: tuple[Format, ...] = (
    *(register.FORMAT, values.FORMAT, alliances.FORMAT, capabilities.FORMAT, contiguity.FORMAT, capitals.FORMAT),
    *(votes.FORMAT, *leaders.FORMATS),
)
FORMATS: Mapping[str, Format] = MappingProxyType({one.name: one for one in (*EVENTS, *TABLES)})


def guess(name: str) -> str | None:
    """The format that is probably meant by a word that is none's name."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower(), FORMATS, 1, 0.5)), None)


def recognised(source: Source) -> Format | None:
    """The format that a source looks like: of several the one that asks for most.

    Raises:
        InputError: when it cannot be read at all.
    """
    fitting = [one for one in FORMATS.values() if one.fits(source)]
    return max(fitting, key=lambda one: max((len(layout.columns) for layout in one.layouts), default=0), default=None)
