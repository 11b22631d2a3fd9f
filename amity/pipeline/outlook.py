"""From a world to outlooks and back-tests: what is counted, as it was known at each origin, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from amity.errors import InputError
from amity.outlook.backtest import brier, judged, lines, record, scores, versus
from amity.outlook.forecast.counts import CONFLICT, COOPERATION, EVERYTHING, Counts, Target
from amity.outlook.forecast.telling import Learned, tell
from amity.outlook.forecast.walking import Known, Scores, walk, weigh
from amity.pipeline.world import World
from amity.records.outlook import Backtest, Basis, Outlook
from amity.records.panel import Dyad, Panel, Unit

HORIZONS = (1, 3, 6, 12)
DYADS = 500
POOL = 300
"""How many of the most active dyads an outlook learns from."""
LOOKS = 16
"""Past origins that an outlook is held against before it is told."""
FEWEST = 6
"""Periods without which nothing can be learned."""
BORDERING = 2
"""Kinds of contiguity that make neighbours: by land, and across up to twelve miles of water."""
SLACK = {"day": 0, "week": 1, "month": 4, "quarter": 14, "year": 45}
"""Days without an event at either end of the data for which a period still counts as whole."""


@dataclass(frozen=True)
class Seen:
    """What is known now, and what was known before any period."""

    counts: Counts
    known: Known
    datasets: tuple[str, ...]
    late: bool

    def basis(self, dyads: int) -> Basis:
        """What all of it rests on."""
        edges = self.counts.edges
        return Basis(
            datasets=self.datasets,
            unit=self.counts.unit,
            since=edges[0].item(),
            until=(edges[-1] - 1).item(),
            covered=int(self.counts.covered.sum()),
            periods=self.counts.periods,
            dyads=dyads,
            late=self.late,
        )


def see(world: World, targets: Iterable[Target], unit: Unit = "month", **asked: Any) -> Seen:
    """Count a world's events in whole periods.

    Raises:
        InputError: when nothing fits, or there are too few whole periods.
    """
    extent = world.extent(unit=unit, **asked)
    whole = _whole(world.panel(unit=unit, **asked), extent.first, extent.last)
    if whole is None:
        raise InputError(
            "events", f"there are fewer than {FEWEST} whole {unit}s; ask by a shorter unit, or import more"
        )
    since, until = whole
    asked = asked | {"since": since, "until": until - timedelta(1)}
    panel = world.panel(unit=unit, **asked)
    targets, neighbours = tuple(targets), _neighbours(world, since, until)
    counts = Counts.made(panel, targets, neighbours=neighbours)

    def then(origin: int) -> Counts:
        day = counts.edges[origin].item() - timedelta(1)
        try:
            vintage = world.panel(unit=unit, **asked | {"until": day, "known": day})
        except InputError:  # nothing was known then
            return counts.before(origin).emptied()
        return Counts.made(vintage, targets, counts.dyads, neighbours)

    return Seen(counts, then if extent.late else counts.before, panel.datasets, extent.late)


def outlook(
    world: World,
    dyads: Sequence[Dyad],
    horizon: int = 12,
    more: Sequence[Target] = (),
    heard: Callable[[int, int], None] = lambda done, of: None,
    **asked: Any,
) -> list[Outlook]:
    """Outlooks for some dyads, with how such outlooks did at past origins.

    Of conflict and cooperation at every horizon, and of `more` targets; of types of events at the longest.
    `asked` are fields of `Question`. `heard` is told how many origins are done, of how many.

    Raises:
        InputError: for what is no state, and when nothing fits or there are too few periods.
    """
    states = {state.id for state in world.codebook.states}
    for actor, recipient in dyads:
        if actor == recipient:
            raise InputError(actor, "is named twice; an outlook is on what one state does to another")
        for one in (actor, recipient):
            if one not in states:
                raise InputError(one, "is no state; name one by its alpha-3 code or its name")
    types = _types(world)
    targets = tuple(dict.fromkeys((CONFLICT, COOPERATION, *more)))
    seen = see(world, (*types, *targets), **asked)
    counts = seen.counts
    there = [one for one in types if counts.of[one.name].any()]
    horizons = tuple(sorted({one for one in HORIZONS if one <= horizon} | {horizon}))
    pool = list(dict.fromkeys((*dyads, *counts.most_active(POOL))))
    origins = _looks(counts.periods, horizons)
    walks = _walks(targets, pool, origins, horizons, seen, POOL, heard)
    for by in walks.values():
        weigh(by, counts.periods)
    found = judged(walks)
    learned = Learned(
        {(name, h): one.weights for name, walk in walks.items() for h, one in walk.items()},
        [score for one in found for score in scores(one)],
        [told for one in found for told in record(one, 200)],
    )
    return tell(counts, dyads, POOL, targets, horizons, there, learned, seen.basis(len(pool)))


def backtest(
    world: World,
    targets: Sequence[Target] = (CONFLICT, COOPERATION),
    dyads: int | None = DYADS,
    horizons: Sequence[int] = HORIZONS,
    start: date | None = None,
    every: int = 1,
    heard: Callable[[int, int], None] = lambda done, of: None,
    **asked: Any,
) -> Backtest:
    """How outlooks of the past did: every `every` periods from `start` on (by default after a third of them).

    `dyads` are the most active before the first origin, null stands for all that had anything by then.

    Raises:
        InputError: when there is nothing to learn from, or nothing left to compare with.
    """
    seen = see(world, targets, **asked)
    counts = seen.counts
    first = _first(counts, start)
    origins = range(first, counts.periods - min(horizons) + 1, every)
    if not origins:
        raise InputError(
            "the back-test", f"has nothing to compare with {min(horizons)} {counts.unit}s ahead; start earlier"
        )
    chosen = seen.known(first).most_active(dyads)
    if not chosen:
        raise InputError("events", f"there are none before {counts.edges[first]}; start later")
    walks = _walks(targets, chosen, origins, horizons, seen, dyads, heard)
    found = judged(walks)
    if not found:
        raise InputError("the back-test", "has nothing to compare with: no period after its origins is covered")
    told = [score for one in found for score in scores(one)]
    against = [gap for one in found for gap in versus(one)]
    parts = [part for one in found for part in brier(one)]
    return Backtest(
        basis=seen.basis(len(chosen)),
        first=counts.edges[origins[0]].item(),
        last=counts.edges[origins[-1]].item(),
        origins=len(origins),
        horizons=tuple(sorted({one.horizon for one in found})),
        targets=tuple(target.name for target in targets),
        scores=tuple(told),
        versus=tuple(against),
        brier=tuple(parts),
        record=tuple(one for each in found for one in record(each)),
        lines=tuple(lines(told, against, parts, counts.unit)),
    )


def target(world: World, name: str) -> Target:
    """What is meant by conflict, cooperation, all, a layer (military …) or a type of PLOVER (ASSAULT …).

    Raises:
        InputError: for another name.
    """
    from amity.records.claim import LAYERS

    plain = {"conflict": CONFLICT, "cooperation": COOPERATION, "all": EVERYTHING}
    if name.lower() in plain:
        return plain[name.lower()]
    if name.upper() in (kinds := world.codebook.plover.types):
        return Target(name.upper(), quads=(kinds[name.upper()].quad,), types=(name.upper(),))
    if name.lower() in LAYERS:
        return Target(name.lower(), layers=(name.lower(),))
    raise InputError(name, f"is nothing to forecast; there are {', '.join((*plain, *LAYERS, *kinds))}")


def _walks(
    targets: Sequence[Target],
    dyads: Sequence[Dyad],
    origins: Sequence[int],
    horizons: Sequence[int],
    seen: Seen,
    most: int | None,
    heard: Callable[[int, int], None],
) -> dict[str, dict[int, Scores]]:
    done = 0

    def one() -> None:
        nonlocal done
        done += 1
        heard(done, len(origins) * len(targets))

    kept: dict[int, Counts] = {}

    def known(origin: int) -> Counts:  # every target asks anew
        if origin not in kept:
            kept[origin] = seen.known(origin)
        return kept[origin]

    return {target.name: walk(target, dyads, origins, horizons, known, seen.counts, most, one) for target in targets}


def _whole(panel: Panel, first: date, last: date) -> tuple[date, date] | None:
    """The first day of the first whole period and the day after the last, null where there are too few."""
    slack = np.timedelta64(SLACK[panel.unit], "D")
    begun = np.flatnonzero(panel.edges[:-1] + slack >= np.datetime64(first))
    ended = np.flatnonzero(panel.edges[1:] - 1 - slack <= np.datetime64(last))
    if not len(begun) or not len(ended) or ended[-1] - begun[0] + 1 < FEWEST:
        return None
    return panel.edges[begun[0]].item(), panel.edges[ended[-1] + 1].item()


def _first(counts: Counts, start: date | None) -> int:
    if start is None:
        return max(FEWEST - 2, counts.periods // 3)
    place = int(np.searchsorted(counts.edges, np.datetime64(start)))
    if place < 2:
        raise InputError(str(start), f"leaves nothing to learn from; the data begin on {counts.edges[0]}")
    if place >= counts.periods:
        raise InputError(str(start), f"leaves nothing to compare with; the data end on {counts.edges[-1] - 1}")
    return place


def _looks(periods: int, horizons: Sequence[int]) -> list[int]:
    """Past origins, spread evenly over the last ones from which every horizon, or at least the shortest, is over."""
    first = max(FEWEST - 2, periods // 3, periods - max(horizons) - 24)
    last = periods - min(horizons)
    return sorted({round(one) for one in np.linspace(first, last, LOOKS)}) if first <= last else []


def _types(world: World) -> tuple[Target, ...]:
    return tuple(Target(name, quads=(kind.quad,), types=(name,)) for name, kind in world.codebook.plover.types.items())


def _neighbours(world: World, since: date, until: date) -> frozenset[tuple[str, str]]:
    """States that border each other in that time; who did at the end of the table still does."""
    table = world.table("contiguity")
    if table is None:
        return frozenset()
    rows = table.to_pylist()
    end = max((row["end"] for row in rows), default=until)
    near = {
        (row["a"], row["b"])
        for row in rows
        if row["kind"] <= BORDERING and row["start"] <= until and (row["end"] >= since or row["end"] == end)
    }
    return frozenset(near | {(b, a) for a, b in near})
