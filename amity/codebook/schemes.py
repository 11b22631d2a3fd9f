"""How other data sets call what we know: names of CAMEO codes, sectors, groups, events of ACLED."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import cast

import msgspec

from amity.codebook.files import table
from amity.codebook.plover import Crosswalk
from amity.records import PLOVER_TYPES, PloverType


def plain(name: str) -> str:
    """A name without what writers vary: case, blanks, punctuation."""
    return "".join(sign for sign in name.lower() if sign.isalnum())


class Schemes(msgspec.Struct, frozen=True, kw_only=True):
    """Words of other schemes.

    `cameo` are CAMEO codes by name, `groups` organisations (our names) by CAMEO's code, `acled` what events and
    sub-events (or events alone, with an empty sub-event) are in PLOVER. `names` are names of parties by which the
    codebook knows those that a scheme calls otherwise. `sectors` are PLOVER sectors by scheme and name, each with its
    rank: of several words the one of the lowest rank tells.
    """

    cameo: Mapping[str, str]
    groups: Mapping[str, str]
    acled: Mapping[tuple[str, str], Crosswalk]
    names: Mapping[tuple[str, str], str]
    sectors: Mapping[tuple[str, str], tuple[int, str]]

    def known(self, scheme: str, name: str) -> str:
        """The name by which the codebook knows who a scheme calls so; the name itself where it is no other."""
        return self.names.get((scheme, plain(name)), name)

    def code(self, name: str) -> str | None:
        """The CAMEO code of a name, whatever its punctuation."""
        return self.cameo.get(plain(name))

    def sector(self, scheme: str, words: Iterable[str]) -> str | None:
        """The sector that words of a scheme (`icews`, `agent`, `cameo`, `acled`) tell, the most telling one's."""
        found = [rank for word in words if (rank := self.sectors.get((scheme, plain(word))))]
        return min(found)[1] if found else None

    def event(self, event: str, sub_event: str = "") -> Crosswalk | None:
        """What an event of ACLED is in PLOVER; null for what PLOVER leaves out."""
        event, sub_event = plain(event), plain(sub_event)
        return self.acled.get((event, sub_event)) or self.acled.get((event, ""))


def load_schemes(extra: Path | None = None) -> Schemes:
    """Read `cameo_names.csv`, `cameo_groups.csv`, `scheme_names.csv`, `sectors.csv` and `acled.csv`."""
    return Schemes(
        cameo=MappingProxyType(
            {plain(row.text("name")): row.text("cameo") for row in table("cameo_names.csv", ("cameo", "name"), extra)}
        ),
        groups=MappingProxyType(
            {row.text("cameo"): row.text("organisation") for row in table("cameo_groups.csv", ("cameo",), extra)}
        ),
        acled=MappingProxyType(
            {
                (plain(row.text("event")), plain(row.optional("sub_event") or "")): Crosswalk(
                    cast(PloverType, row.one_of("type", PLOVER_TYPES)),
                    row.optional("mode"),
                    row.several("contexts", " "),
                    None,
                )
                for row in table("acled.csv", ("event", "sub_event"), extra)
            }
        ),
        names=MappingProxyType(
            {
                (row.text("scheme"), plain(row.text("name"))): row.text("known_as")
                for row in table("scheme_names.csv", ("scheme", "name"), extra)
            }
        ),
        sectors=MappingProxyType(
            {
                (row.text("scheme"), plain(row.text("name"))): (rank, row.text("sector"))
                for rank, row in enumerate(table("sectors.csv", ("scheme", "name"), extra))
            }
        ),
    )
