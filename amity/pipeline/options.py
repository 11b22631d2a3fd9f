"""How a run is to be made."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from pathlib import Path

from amity.ingest import Limits, Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of `read` and `code`.

    `model` is a folder or name of a language pipeline, `codebook` a folder that adds to the bundled one. `jobs` null
    means: as many processes as there are cores, once there is enough to do. `strict` stops at the first failure,
    `recode` codes again what the same coder has coded, `merge` derives incidents at the end. `given` is metadata that
    replaces what is found, `cache` the folder for fetched pages (by default one of the user's).
    """

    model: str | None = None
    codebook: Path | None = None
    jobs: int | None = None
    given: Metadata = field(default_factory=Metadata)
    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    cache: Path | None = None
    strict: bool = False
    recode: bool = False
    merge: bool = True

    @property
    def corrections(self) -> frozenset[str]:
        """Metadata that the user states: it replaces what the ledger knows."""
        return frozenset(one.name for one in fields(self.given) if getattr(self.given, one.name) is not None)


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
