"""The world of the research data, imported as anybody would: what evaluations of structure and outlook ask."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from amity.archive import Archive
from amity.errors import InputError
from amity.pipeline.importing import bring
from amity.pipeline.world import World

PARTS = (
    "events/icews14",
    "events/icews18",
    "events/icews_dyad_year*",
    "states/atop_alliance*",
    "states/cow_nmc*",
    "states/cow_contdir*",
    "states/cow_capitals*",
    "states/unga_idealpoints*",
    "states/archigos*",
    "states/sipri_trade_register*",
    "states/sipri_tiv*",
)
"""Files and folders of the research data that have an importer."""


def open(folder: Path) -> World:
    """A world of what `folder` has of `PARTS`, and no ledger; what is missing or unreadable is simply not in it.

    The archive is made once a process, in a temporary folder that goes when the process ends.

    Raises:
        InputError: where there is no folder, or none of the parts is there.
    """
    return _opened(folder.resolve())


@cache
def _opened(folder: Path) -> World:
    from amity import codebook

    if not folder.is_dir():
        raise InputError(str(folder), "is no folder; name the one with the evaluation data")
    found = [str(path) for part in PARTS for path in sorted(folder.glob(part))]
    if not found:
        raise InputError(str(folder), "has none of the data sets that make a world (events/…, states/…)")
    kept = TemporaryDirectory(prefix="amity-world-")
    atexit.register(kept.cleanup)
    book = codebook.load()
    archive = Archive(Path(kept.name))
    bring(None, found, archive, book)
    return World(archive, None, book)
