"""A made-up world of dyads that calm down and flare up, and its back-test."""

from __future__ import annotations

from datetime import date
from itertools import islice, permutations
from pathlib import Path

import numpy as np
import pyarrow as pa

from amity import codebook
from amity.archive import Archive
from amity.pipeline.outlook import backtest
from amity.pipeline.world import World
from amity.records.events import EVENTS

KINDS = (("CONSULT", "verbal cooperation", 2.0), ("ACCUSE", "verbal conflict", 1.0))


def world(folder: Path, dyads: int, months: int, seed: int = 1) -> World:
    """Overdispersed monthly counts of `dyads` directed dyads, whose rates drift, in an archive."""
    rng = np.random.default_rng(seed)
    book = codebook.load()
    states = [state.id for state in book.states][:120]
    pairs = list(islice(permutations(states, 2), dyads))
    level = np.exp(rng.normal(-0.5, 1.3, (dyads, 1)) + np.cumsum(rng.normal(0, 0.15, (dyads, months)), axis=1))
    stored = Archive(folder)
    with stored.adding("events", "made", "made", "0" * 16) as intake:
        for kind, quad, scale in KINDS:
            rates = np.minimum(scale * level, 60.0)
            counts = rng.poisson(rng.gamma(1.5, rates / 1.5))
            rows, periods = np.nonzero(counts)
            days = [
                date(2005 + month // 12, month % 12 + 1, 1 + row % 28) for row, month in zip(rows, periods, strict=True)
            ]
            columns = {
                "dataset": ["made"] * len(rows),
                "id": [f"{kind}{number}" for number in range(len(rows))],
                "actor": [pairs[row][0] for row in rows],
                "recipient": [pairs[row][1] for row in rows],
                "type": [kind] * len(rows),
                "quad": [quad] * len(rows),
                "count": pa.array(counts[rows, periods], pa.int32()),
                "certainty": pa.array(np.ones(len(rows)), pa.float32()),
                **dict.fromkeys(("day", "until", "known"), days),
            }
            blank = {name: pa.nulls(len(rows)) for name in EVENTS.names if name not in columns}
            intake.write(pa.table(columns | blank))
    return World(stored, None, book)


def backtested(folder: Path, dyads: int, months: int) -> int:
    """Back-test it as `amity backtest` does; gives the number of forecasts scored."""
    found = backtest(world(folder, dyads, months), dyads=dyads)
    return sum(one.number for one in found.scores if one.method == "outlook")
