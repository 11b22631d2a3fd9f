"""What codes of events say: CAMEO's and PLOVER's types, quadrants, layers and scores as columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from amity.codebook import Codebook
from amity.codebook.plover import Crosswalk
from amity.records import Layer, PloverType
from amity.sources.datasets.columns import spread

ROOTS = 20
"""Roots of CAMEO: 01 to 20."""


class Codes:
    """Columns of `EVENTS` that follow from what happened."""

    def __init__(self, book: Codebook) -> None:
        self._book = book

    def cameo(self, codes: pa.Array) -> dict[str, pa.Array]:
        """`type`, `mode`, `quad`, `layer`, `plover` and `goldstein` of CAMEO codes; `code` is the code in full."""
        plain = spread(codes, cameo, pa.string())
        return {"code": plain, **self.crossed(plain, self._book.plover.from_cameo)}

    def crossed(self, keys: pa.Array, cross: Callable[[str], Crosswalk | None]) -> dict[str, pa.Array]:
        """The same columns for keys that `cross` takes to PLOVER; null where it takes them nowhere."""

        def column(of: Callable[[Crosswalk], Any], kind: pa.DataType) -> pa.Array:
            def value(key: str) -> Any:
                found = cross(key)
                return None if found is None else of(found)

            return spread(keys, value, kind)

        plover = self._book.plover
        return {
            "type": column(lambda one: one.type, pa.string()),
            "mode": column(lambda one: one.mode, pa.string()),
            "quad": column(lambda one: plover.types[one.type].quad, pa.string()),
            "layer": column(lambda one: self.layer(one.type, one.contexts), pa.string()),
            "plover": column(lambda one: plover.intensity(one.type, one.mode), pa.float32()),
            "goldstein": column(self._goldstein, pa.float32()),
        }

    def _goldstein(self, found: Crosswalk) -> float | None:
        return self._book.plover.goldstein(found.type) if found.goldstein is None else found.goldstein

    def layer(self, kind: PloverType, contexts: tuple[str, ...]) -> Layer:
        """The layer of what an event is about, else the one that events of its type mostly belong to."""
        return self._book.plover.layer(contexts) or self._book.frames.of_type(kind, "verbs").layer


def cameo(code: str) -> str | None:
    """A CAMEO code with the nought that spreadsheets take from it; null for what is none.

    Data sets write three or four digits: 42 is 042, and 211, of a root 21 that there is not, is 0211.
    """
    digits = code.strip()
    if not digits.isascii() or not digits.isdigit() or not 1 <= len(digits) <= 4:
        return None
    if (len(digits) < 3 and digits[0] != "0") or (len(digits) == 3 and int(digits[:2]) > ROOTS):
        digits = f"0{digits}"
    return digits if 1 <= int(digits[:2]) <= ROOTS else None
