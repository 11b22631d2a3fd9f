"""Nouns for persons and bodies, and the PLOVER sector they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from amity.codebook.files import paths, read_yaml
from amity.errors import CodebookError

LONGEST = 4  # words


class Role(msgspec.Struct, frozen=True):
    """What a noun for a person or body says: its sector (null where a modifier decides), whether it is a person."""

    sector: str | None
    person: bool
    open: bool = False


class Roles(dict[str, Role]):
    """Roles by lower-case phrase; `heads` are the words that such a phrase can have for its head."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        super().__init__(roles)
        self.heads = frozenset(
            word for phrase in roles for word in (phrase.split()[-1], phrase.partition(" of ")[0].split()[-1])
        )


def load_roles(extra: Path | None = None) -> Roles:
    """Read `roles.yaml`: lower-case lemmas of up to `LONGEST` words; the first sector that lists a noun has it."""
    roles: dict[str, Role] = {}
    for path in paths("roles.yaml", extra):
        content = read_yaml(path)
        try:
            opened = {noun: kind == "persons" for kind, nouns in content.pop("open", {}).items() for noun in nouns}
            for sector, kinds in content.items():
                for kind, nouns in kinds.items():
                    for noun in nouns:
                        roles.setdefault(str(noun), Role(sector, kind == "persons", str(noun) in opened))
            for noun, person in opened.items():
                roles.setdefault(noun, Role(None, person, True))
        except (AttributeError, TypeError) as error:
            raise CodebookError(
                f"{path.name}: not sectors with persons and bodies: {error} (in {path.parent})"
            ) from None
    return Roles(roles)
