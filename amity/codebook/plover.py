"""PLOVER, the event ontology (manual 0.8, 2021): types, modes, scores, contexts, sectors, and the way from CAMEO."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast

import msgspec

from amity.codebook.files import paths, read_yaml, table
from amity.errors import CodebookError
from amity.records import PLOVER_TYPES, Layer, PloverType

Quad: TypeAlias = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of event: what it means, words or deeds, and its modes with their meanings."""

    quad: Quad
    means: str
    modes: dict[str, str] = {}


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an event is about, and the layer of relations that this belongs to."""

    layer: Layer
    means: str


class Crosswalk(msgspec.Struct, frozen=True):
    """What a CAMEO code is in PLOVER, with its score on Goldstein's scale (-10 to 10, null where it has none)."""

    type: PloverType
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float | None


class Plover(msgspec.Struct, frozen=True, kw_only=True):
    """The ontology. `scores` go by type and mode; the empty mode stands for the type as a whole."""

    types: Mapping[str, EventType]
    contexts: Mapping[str, Context]
    sectors: Mapping[str, str]
    scores: Mapping[tuple[str, str], float]
    cameo: Mapping[str, Crosswalk]

    def intensity(self, kind: PloverType, mode: str | None = None) -> float | None:
        """How cooperative (10) or conflictual (-10): the score of a type in a mode, else that of the type."""
        return self.scores.get((kind, mode or ""), self.scores.get((kind, "")))

    def goldstein(self, kind: PloverType) -> float | None:
        """A type's score on Goldstein's scale: the mean over the CAMEO codes that are of this type."""
        scores = [code.goldstein for code in self.cameo.values() if code.type == kind and code.goldstein is not None]
        return sum(scores) / len(scores) if scores else None

    def layer(self, contexts: Iterable[str]) -> Layer | None:
        """The layer of the first context that has one."""
        return next((self.contexts[name].layer for name in contexts if name in self.contexts), None)

    def from_cameo(self, code: str) -> Crosswalk | None:
        """What a CAMEO code is in PLOVER; null for public statements and appeals, which PLOVER leaves out."""
        return self.cameo.get(code) or self.cameo.get(f"{code}0")


class _Page(msgspec.Struct, forbid_unknown_fields=True):
    types: dict[str, EventType] = {}
    contexts: dict[str, Context] = {}
    sectors: dict[str, str] = {}


def load_plover(extra: Path | None = None) -> Plover:
    """Read `plover.yaml`, `plover.csv` and `cameo.csv`; raises `CodebookError` when a type lacks a score."""
    page = _page(extra)
    unknown = [kind for kind in page.types if kind not in PLOVER_TYPES]
    if unknown:
        raise CodebookError(f"plover.yaml: no such type: {', '.join(unknown)}")
    scores: dict[tuple[str, str], float] = {}
    for row in table("plover.csv", ("type", "mode"), extra):
        score = row.decimal("score")
        if score is None:
            raise row.error("'score' is empty")
        scores[row.one_of("type", PLOVER_TYPES), row.optional("mode") or ""] = score
    missing = [kind for kind in PLOVER_TYPES if (kind, "") not in scores]
    if missing:
        raise CodebookError(f"plover.csv: no score for {', '.join(missing)}")
    cameo = {
        row.text("cameo"): Crosswalk(
            cast(PloverType, row.one_of("type", PLOVER_TYPES)),
            row.optional("mode"),
            row.several("contexts", " "),
            row.decimal("goldstein"),
        )
        for row in table("cameo.csv", ("cameo",), extra)
    }
    return Plover(
        types=MappingProxyType(page.types),
        contexts=MappingProxyType(page.contexts),
        sectors=MappingProxyType(page.sectors),
        scores=MappingProxyType(scores),
        cameo=MappingProxyType(cameo),
    )


def _page(extra: Path | None) -> _Page:
    whole: dict[str, dict[str, Any]] = {}
    for path in paths("plover.yaml", extra):
        for part, entries in read_yaml(path).items():
            if not isinstance(entries, dict):
                raise CodebookError(f"{path.name}, '{part}': not a mapping (in {path.parent})")
            whole.setdefault(str(part), {}).update(entries)
    try:
        return msgspec.convert(whole, _Page, strict=False)
    except msgspec.ValidationError as error:
        raise CodebookError(f"plover.yaml: {error}") from None
