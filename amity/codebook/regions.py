"""Where states lie in the United Nations' division of the world (M49), and which of them are powers of the globe."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias, cast, get_args

import msgspec

from amity.codebook.files import Term, table

PowerLevel: TypeAlias = Literal["superpower", "great power"]


class Region(msgspec.Struct, frozen=True, gc=False):
    """A subregion and the region that it is part of, by their English names: Western Asia, Asia."""

    subregion: str
    region: str


class Power(msgspec.Struct, frozen=True, gc=False):
    """A state whose interests reach beyond its own region, and when (Buzan and Wæver 2003, chapter 2).

    A superpower takes part in the security of all regions, a great power in that of several. The dates of great powers
    are those of the Correlates of War list of major powers.
    """

    state: str
    level: PowerLevel
    term: Term


def load_regions(extra: Path | None = None) -> Mapping[str, Region]:
    """Read `regions.csv`: states' codes and where they lie."""
    return MappingProxyType(
        {
            row.text("state"): Region(row.text("subregion"), row.text("region"))
            for row in table("regions.csv", ["state"], extra)
        }
    )


def load_powers(extra: Path | None = None) -> tuple[Power, ...]:
    """Read `powers.csv`."""
    return tuple(
        Power(row.text("state"), cast(PowerLevel, row.one_of("level", get_args(PowerLevel))), row.term())
        for row in table("powers.csv", ["state", "level", "start"], extra)
    )


def powers(known: tuple[Power, ...], on: date) -> dict[str, PowerLevel]:
    """The powers of a day and their level."""
    return {power.state: power.level for power in known if power.term.covers(on)}
