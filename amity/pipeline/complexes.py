"""From the world to its complexes: reads events and tables, hands them to the stage, gives the result."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amity.codebook.regions import powers
from amity.errors import InputError
from amity.pipeline.world import World
from amity.records.complexes import Complexes, Histories, Settings
from amity.records.panel import Panel, Unit
from amity.structure.complexes import Background, course, find, standing
from amity.structure.complexes.histories import cuts, follow
from amity.structure.complexes.interaction import bearing

PER_YEAR = {"day": 365.25, "week": 52.18, "month": 12.0, "quarter": 4.0, "year": 1.0}
MEMORY = 5.0
"""Half-lives before the date from which events are read."""

ARMS_YEARS = 5


def complexes(
    world: World,
    *,
    at: date | None = None,
    unit: Unit = "year",
    layers: Collection[str] | None = None,
    settings: Settings | None = None,
    **asked: Any,
) -> Complexes:
    """The complexes of a day (by default the last that the data cover). `asked` are fields of `Question`.

    Raises:
        InputError: when there are no events, or settings make no sense.
    """
    chosen = check(world, settings or Settings())
    panel = _panel(world, unit, at, chosen.halflife, asked)
    flow = course(panel, layers)
    last = int(np.flatnonzero(panel.covered)[-1]) if at is None else panel.periods - 1
    day = _ends(panel)[last] if at is None else at
    now = standing(flow, last, chosen.halflife * PER_YEAR[unit])
    around, notes = background(world, flow.states, day)
    found = find(now, around, chosen)
    return Complexes(
        at=day.isoformat(),
        since=str(panel.edges[0]),
        unit=unit,
        datasets=panel.datasets,
        covered=int(panel.covered[: last + 1].sum()),
        periods=last + 1,
        states=len(flow.states),
        events=float(now.events.sum() / 2),
        settings=chosen,
        complexes=found.complexes,
        insulators=found.insulators,
        unassigned=found.unassigned,
        powers=found.powers,
        distance=found.distance,
        notes=(*_added(panel), *notes),
    )


def histories(
    world: World,
    *,
    unit: Unit = "year",
    since: date | None = None,
    until: date | None = None,
    layers: Collection[str] | None = None,
    settings: Settings | None = None,
    told: Callable[[int, int], None] = lambda done, all: None,
    **asked: Any,
) -> Histories:
    """Complexes period by period from `since` to `until`, matched into histories. `told` hears how far it is.

    Raises:
        InputError: as in `complexes`.
    """
    chosen = check(world, settings or Settings())
    earlier = since - timedelta(days=int(MEMORY * chosen.halflife * 365.25)) if since else None
    panel = world.panel(unit=unit, since=earlier, until=until, **asked)
    ends = _ends(panel)
    wanted = [p for p in range(panel.periods) if since is None or ends[p] >= since]
    covered = [p for p in wanted if panel.covered[p]]
    flow = course(panel, layers)
    grounds = {period: background(world, flow.states, ends[period])[0] for period in _yearly(covered, ends)}
    around = {period: grounds[_of_year(period, grounds, ends)] for period in covered}
    found = []
    halflife = chosen.halflife * PER_YEAR[unit]
    for cut in cuts(flow, [end.isoformat() for end in ends], covered, halflife, around, chosen):
        found.append(cut)
        told(len(found), len(covered))
    strands, turns = follow(found)
    return Histories(
        since=str(panel.edges[wanted[0]]) if wanted else str(panel.edges[0]),
        until=ends[-1].isoformat(),
        unit=unit,
        datasets=panel.datasets,
        periods=tuple(ends[p].isoformat() for p in wanted),
        silent=tuple(ends[p].isoformat() for p in wanted if not panel.covered[p]),
        settings=chosen,
        histories=strands,
        turns=turns,
        notes=(*_added(panel), *background(world, flow.states, ends[-1])[1]),
    )


def evidence(
    world: World, found: Complexes, pairs: Sequence[tuple[str, str]], most: int, **asked: Any
) -> dict[tuple[str, str], list[str]]:
    """Ids of the latest events of each pair, in both directions, that bear on security; at most `most` of each."""
    both = [pair for a, b in pairs for pair in ((a, b), (b, a))]
    since, until = date.fromisoformat(found.since), date.fromisoformat(found.at)
    rows = world.evidence(both, **(asked | {"unit": found.unit, "since": since, "until": until}))
    told: dict[tuple[str, str], list[str]] = {pair: [] for pair in pairs}
    columns = ("actor", "recipient", "dataset", "id", "layer", "type", "quad")
    for actor, recipient, dataset, id, *kind in reversed(list(_tuples(rows, columns))):
        pair = (actor, recipient) if (actor, recipient) in told else (recipient, actor)
        if len(told[pair]) < most and bearing(*kind):
            told[pair].append(f"{dataset}:{id}")
    return told


def check(world: World, settings: Settings) -> Settings:
    """The settings, when they can be meant.

    Raises:
        InputError: for a state that there is not, or a number out of range.
    """
    for state in settings.held or ():
        if state not in world.codebook.states:
            raise InputError(state, "is no state's code; hold out states by alpha-3 code, such as USA")
    for field, least in (("halflife", 0.01), ("draws", 1), ("smallest", 2), ("least", 0.0)):
        if getattr(settings, field) < least:
            raise InputError(field, f"is {getattr(settings, field)}, and must be at least {least:g}")
    return settings


def _panel(world: World, unit: Unit, at: date | None, halflife: float, asked: dict[str, Any]) -> Panel:
    reach = timedelta(days=int(MEMORY * halflife * 365.25))
    bounds: dict[str, Any] = {}
    if at is not None:
        bounds = {"until": at, "since": asked.pop("since", None) or at - reach}
    return world.panel(unit=unit, **(bounds | asked))


def _added(panel: Panel) -> tuple[str, ...]:
    """A note that one happening may stand in several data sets."""
    if len(panel.datasets) < 2:
        return ()
    return (f"events of {', '.join(panel.datasets)} are added up; --dataset takes one",)


def _ends(panel: Panel) -> list[date]:
    return [(edge - np.timedelta64(1, "D")).astype(object) for edge in panel.edges[1:]]


def _yearly(periods: Sequence[int], ends: Sequence[date]) -> list[int]:
    """The first of the periods in each year: what is known of states changes by year."""
    years: dict[int, int] = {}
    for period in periods:
        years.setdefault(ends[period].year, period)
    return list(years.values())


def _of_year(period: int, known: Collection[int], ends: Sequence[date]) -> int:
    return next(one for one in known if ends[one].year == ends[period].year)


# What is known beside events --------------------------------------------------------------------------------------


def background(world: World, states: Sequence[str], on: date) -> tuple[Background, tuple[str, ...]]:
    """Places, capabilities, alliances, arms and powers of a day, and notes on what was not there."""
    rows = {state: row for row, state in enumerate(states)}
    notes: list[str] = []
    places = np.full((2, len(states)), np.nan)
    for state, row in rows.items():
        known = world.codebook.states.get(state)
        seat = (known.capital(on) or known.capital()) if known else None
        if seat is not None and seat.latitude is not None and seat.longitude is not None:
            places[:, row] = seat.latitude, seat.longitude
    size, basis = _capabilities(world.table("capabilities"), rows, on, notes)
    return Background(
        latitude=places[0],
        longitude=places[1],
        size=size,
        basis=basis,
        neighbours=_neighbours(world.table("contiguity"), rows, on, notes),
        allied=_allied(world.table("alliances"), rows, on, notes),
        arms=_arms(world.table("deliveries"), rows, on, notes),
        powers=powers(world.codebook.powers, on),
        regions=world.codebook.regions,
    ), tuple(notes)


Rows = dict[str, int]


def _capabilities(
    table: pa.Table | None, rows: Rows, on: date, notes: list[str]
) -> tuple[NDArray[np.float64] | None, str]:
    """The latest index of capabilities up to the year, at most ten years old."""
    size = np.full(len(rows), np.nan)
    latest: dict[str, int] = {}
    columns = ("state", "year", "cinc")
    for state, year, cinc in _tuples(table, columns):
        if state in rows and cinc is not None and on.year - 10 <= year <= on.year and year > latest.get(state, 0):
            latest[state] = year
            size[rows[state]] = cinc
    if not latest:
        notes.append(
            "no capabilities for that time (amity import nmc FILE): shares of power are of own security interaction"
        )
        return None, "own security interaction"
    return size, f"COW capabilities (CINC) of {max(latest.values())}"


def _neighbours(table: pa.Table | None, rows: Rows, on: date, notes: list[str]) -> NDArray[np.float64] | None:
    """Contiguity by land or up to 150 miles of water; the last year of the table stands for all later ones."""
    found = np.zeros((len(rows), len(rows)))
    spans = list(_tuples(table, ("a", "b", "kind", "start", "end")))
    if not spans:
        notes.append("no contiguity (amity import contiguity FILE): distance alone is used")
        return None
    last = max(end for *_, end in spans if end is not None)
    day = min(on, last)
    for a, b, kind, start, end in spans:
        if a in rows and b in rows and kind <= 4 and (start is None or start <= day) and (end is None or day <= end):
            found[rows[a], rows[b]] = found[rows[b], rows[a]] = 1.0
    return found


def _allied(table: pa.Table | None, rows: Rows, on: date, notes: list[str]) -> NDArray[np.bool_] | None:
    """Defence pacts of the latest year up to that of `on`."""
    spans = [row for row in _tuples(table, ("a", "b", "year", "defense")) if row[2] <= on.year]
    if not spans:
        notes.append("no alliances (amity import atop FILE): overlay is judged without them")
        return None
    year = max(row[2] for row in spans)
    found = np.zeros((len(rows), len(rows)), dtype=bool)
    for a, b, when, defense in spans:
        if when == year and defense and a in rows and b in rows:
            found[rows[a], rows[b]] = found[rows[b], rows[a]] = True
    return found


def _arms(table: pa.Table | None, rows: Rows, on: date, notes: list[str]) -> NDArray[np.float64] | None:
    """Trend indicator values delivered in the last years; rows supply columns."""
    found = np.zeros((len(rows), len(rows)))
    known = False
    for supplier, recipient, year, tiv in _tuples(table, ("supplier", "recipient", "year", "tiv")):
        if tiv and on.year - ARMS_YEARS < year <= on.year and supplier in rows and recipient in rows:
            found[rows[supplier], rows[recipient]] += tiv
            known = True
    if not known:
        notes.append("no arms deliveries (amity import sipri-tiv FILE): reach is told without them")
    return found if known else None


def _tuples(table: pa.Table | None, columns: Sequence[str]) -> Any:
    return zip(*(table[name].to_pylist() for name in columns), strict=True) if table is not None else ()
