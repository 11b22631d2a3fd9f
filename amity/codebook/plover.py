"""PLOVER's scale: how cooperative (10) or conflictual (-10) a type and mode of event is (manual 0.8, 2021)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from amity.codebook.files import table
from amity.errors import CodebookError
from amity.records import PLOVER_TYPES, PloverType


@dataclass(frozen=True, slots=True)
class Plover:
    """`scores` by type and mode; the empty mode stands for the type as a whole."""

    scores: Mapping[tuple[str, str], float]

    def intensity(self, kind: PloverType, mode: str | None = None) -> float | None:
        """The score of a type in a mode, of the type where that mode has none of its own."""
        return self.scores.get((kind, mode or ""), self.scores.get((kind, "")))


def load_plover(extra: Path | None = None) -> Plover:
    """Read `plover.csv`; raises `CodebookError` when a type has no score."""
    scores: dict[tuple[str, str], float] = {}
    for row in table("plover.csv", ("type", "mode"), extra):
        score = row.decimal("score")
        if score is None:
            raise row.error("'score' is empty")
        scores[row.one_of("type", PLOVER_TYPES), row.optional("mode") or ""] = score
    missing = [kind for kind in PLOVER_TYPES if (kind, "") not in scores]
    if missing:
        raise CodebookError(f"plover.csv: no score for {', '.join(missing)}")
    return Plover(MappingProxyType(scores))
