"""A small archive of made events between six states, month by month."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from amity.archive import Archive
from amity.records.events import EVENTS

STATES = ("ARM", "AZE", "GEO", "IRN", "RUS", "TUR")
KINDS = (("CONSULT", "verbal cooperation"), ("ACCUSE", "verbal conflict"), ("ASSAULT", "material conflict"))


def archive(folder: Path, months: int = 30, late: int = 0, seed: int = 1) -> Archive:
    """Poisson counts a month of each kind, of dyads that differ and change; events are known `late` days after."""
    rng = np.random.default_rng(seed)
    made = []
    levels = np.exp(rng.normal(0.0, 0.8, (len(STATES), len(STATES), len(KINDS))))
    for month in range(months):
        day = date(2010 + month // 12, month % 12 + 1, 1)
        levels *= np.exp(rng.normal(0.0, 0.2, levels.shape))
        for (one, two, kind), count in np.ndenumerate(rng.poisson(np.minimum(levels, 8.0))):
            if one != two and count:
                when = day + timedelta(int(rng.integers(0, 28)))
                made.append(row(len(made), when, late, STATES[one], STATES[two], *KINDS[kind], int(count)))
        made.append(row(len(made), day, late, "USA", "CHN", *KINDS[0], 5))
        made.append(row(len(made), day + timedelta(27), late, "USA", "CHN", *KINDS[0], 5))
    stored = Archive(folder)
    with stored.adding("events", "made", "made.csv", "0" * 16) as intake:
        intake.write(pa.Table.from_pylist(made).cast(EVENTS))
    return stored


def row(number: int, day: date, late: int, one: str, two: str, kind: str, quad: str, count: int) -> dict[str, object]:
    """One row of `EVENTS`."""
    told = {
        "dataset": "made",
        "id": str(number),
        "day": day,
        "until": day,
        "known": day + timedelta(late),
        "actor": one,
        "recipient": two,
        "type": kind,
        "quad": quad,
        "layer": "military" if kind == "ASSAULT" else "political",
        "count": count,
        "certainty": 1.0,
    }
    return {name: told.get(name) for name in EVENTS.names}
