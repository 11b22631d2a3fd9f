"""Being written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amity.records import Assessment

if TYPE_CHECKING:
    from amity.coding.reading import Reading


def assessments(reading: Reading) -> Iterator[Assessment]:
    yield from ()
