"""Where the research data lies, and its actor lists and state lists as plain rows."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


def data() -> Path | None:
    """The folder with the research data: `AMITY_DATA`, else `../shared/data`; null where there is none."""
    folder = Path(os.environ.get("AMITY_DATA", ROOT.parent / "shared" / "data"))
    return folder if (folder / "states" / "cow_states.csv").is_file() else None


class Tenure(NamedTuple):
    """Somebody in office for a state as one family of sources has it; months where days are not given."""

    family: str
    country: str
    name: str
    start: str
    end: str


def rows(path: Path) -> Iterator[dict[str, str]]:
    """A CSV file, packed or not, as dictionaries."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(raw.decode("utf-8", "replace")))


def day(text: str | None) -> date | None:
    """The first day of an ISO date, month, year, or of eight digits; null for anything else."""
    match = re.fullmatch(r"(\d{4})-?(\d\d)?-?(\d\d)?", text or "")
    if not match:
        return None
    year, month, number = (int(part or 1) for part in match.groups())
    return date(year, min(max(month, 1), 12), min(max(number, 1), 28))
