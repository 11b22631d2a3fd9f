"""What figures are measured in, and what they count."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from amity.codebook.files import paths, read_yaml
from amity.codebook.reference import Words
from amity.errors import CodebookError


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`units.yaml`; the file says what each list is for. `measures` and `money` map words to units."""

    units: Mapping[str, tuple[str, ...]]
    square: Mapping[str, str]
    cubic: Mapping[str, str]
    currencies: Mapping[str, tuple[str, ...]]
    signs: Words
    times: Words
    referring: Words
    idle: Words
    affected: Words
    losses: Words
    weapons: Words
    fates: Mapping[str, str]
    done: Mapping[str, str]

    def of(self, word: str) -> str | None:
        """The unit or currency that a lower-case word stands for."""
        if word in self.times:
            return f"{word}s"
        for table in (self.units, self.currencies):
            for unit, words in table.items():
                if word in words:
                    return unit
        return None


def load_units(extra: Path | None = None) -> Units:
    """Read `units.yaml`, ours and then the user's, whose lists take the place of ours."""
    content: dict[str, object] = {}
    for path in paths("units.yaml", extra):
        content |= read_yaml(path)
    try:
        return msgspec.convert(content, Units)
    except msgspec.ValidationError as error:
        raise CodebookError(f"units.yaml: {error}") from None
