"""The verb `alignment`: the world's tables and events, read as a state's stand between poles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from amity.errors import InputError
from amity.pipeline.world import World
from amity.records.alignment import Alignments
from amity.records.panel import Panel
from amity.structure.alignment import Material, align, continued, members

POLES = ("USA", "RUS", "CHN")
"""The poles when none are named: the superpowers of the cold war, the second of them since as Russia, and China."""

TABLES = ("alliances", "votes", "deliveries")


def alignment(
    world: World,
    state: str,
    poles: Sequence[str] | None = None,
    *,
    since: int | None = None,
    until: int | None = None,
    parts: Sequence[str] | None = None,
    datasets: Sequence[str] | None = None,
    seed: int = 0,
) -> Alignments:
    """Where a state stands between poles, year by year. `datasets` limits those of events.

    Raises:
        InputError: for unknown states or poles, and when nothing that it could be read from is there.
    """
    codes = continued(world.codebook.states)
    state = codes.get(state, state)
    named = [codes.get(pole, pole) for pole in poles] if poles else [pole for pole in POLES if pole != state]
    found = material(world, tuple(dict.fromkeys(named)), datasets, seed)
    if since is not None and until is not None and since > until:
        raise InputError(f"--since {since}", f"lies after {until}, the last year asked for")
    first, last = found.years[0], found.years[-1]
    for option, year in (("--since", since), ("--until", until)):
        if year is not None and (year > last if option == "--since" else year < first):
            raise InputError(f"{option} {year}", f"the data run from {first} to {last}")
    return align(found, state, since or first, min(until or last, last), parts)


def material(
    world: World, poles: tuple[str, ...], datasets: Sequence[str] | None = None, seed: int = 0, draws: int = 200
) -> Material:
    """Everything in a world that alignment is read from."""
    tables: dict[str, Any] = {name: world.table(name) for name in TABLES}
    panel = _panel(world, datasets)
    years = [year for table in tables.values() for year in _years(table)]
    if panel is not None:
        years += [int(str(edge)[:4]) for edge in (panel.edges[0], panel.edges[-2])]
    if not years:
        raise InputError(
            "alignment", "there is nothing to read it from: amity import brings ATOP, UNGA, SIPRI and event data"
        )
    span = tuple(range(min(years), max(years) + 1))
    states, there = members(world.codebook.states, span)
    return Material(
        states=states,
        years=span,
        poles=poles,
        members=there,
        panel=panel,
        codes=continued(world.codebook.states),
        seed=seed,
        draws=draws,
        **tables,
    )


def evidence(world: World, found: Alignments, datasets: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """What the figures of the years found rest on, row by row: treaties, votes, deliveries, and rows of event data."""
    years = {one.year for one in found.alignments}
    codes = continued(world.codebook.states)
    same = {one: {one, *(former for former, now in codes.items() if now == one)} for one in (found.state, *found.poles)}
    own, poles = same[found.state], {code: pole for pole in found.poles for code in same[pole]}

    def rows(table: str) -> list[dict[str, Any]]:
        held = world.table(table)
        return [row for row in held.to_pylist() if row["year"] in years] if held is not None else []

    partners: dict[tuple[str, int], set[str]] = {}
    for row in rows("alliances"):
        kinds = [name for name, value in row.items() if value is True]
        for one, other in ((row["a"], row["b"]), (row["b"], row["a"])):
            if kinds != ["nonaggression"] and (one in own or one in poles):
                partners.setdefault((codes.get(one, one), row["year"]), set()).add(codes.get(other, other))
            if one in own and other in poles:
                yield _row("alliances", row["year"], poles[other], ", ".join(kinds), "alliances")
    for (pole, year), theirs in sorted(partners.items()):
        if pole in found.poles:
            both = sorted((theirs & partners.get((found.state, year), set())) - {pole, found.state})
            told = f"tied with {len(theirs)} states; with the same as {found.state}: {', '.join(both) or 'none'}"
            yield _row("alliances", year, pole, told, "alliances")
    for row in rows("votes"):
        if row["state"] in own or row["state"] in poles:
            told = f"ideal point {row['ideal']:.2f} [{row['low']:.2f}, {row['high']:.2f}], {row['votes']} votes"
            yield _row("votes", row["year"], poles.get(row["state"], found.state), told, "votes")
    for row in rows("deliveries"):
        if row["recipient"] in own and row["tiv"]:
            supplier = poles.get(row["supplier"], row["supplier"] or row["supplier_name"])
            yield _row("arms", row["year"], supplier, f"{row['tiv']:g} million TIV delivered", "deliveries")
    yield from _events(world, own, poles, years, datasets)


def _events(
    world: World, own: set[str], poles: dict[str, str], years: set[int], datasets: Sequence[str] | None
) -> Iterator[dict[str, Any]]:
    if not years:
        return
    dyads = [pair for one in own for pole in poles for pair in ((one, pole), (pole, one))]
    asked = {"since": date(min(years), 1, 1), "until": date(max(years), 12, 31), "unit": "year"}
    if datasets:
        asked["datasets"] = tuple(datasets)
    for row in world.evidence(dyads, **asked).to_pylist():
        year = row["day"].year
        if year in years:
            what = row["type"] or row["quad"] or row["code"] or "event"
            told = f"{row['actor']} → {row['recipient']}: {row['count']} × {what}"
            pole = poles.get(row["recipient"]) or poles[row["actor"]]
            yield _row("events", year, pole, told, row["dataset"], row["id"], row["day"])


def _row(
    part: str, year: int, with_: str | None, what: str, source: str, id: str | None = None, day: date | None = None
) -> dict[str, Any]:
    told = {"year": year, "part": part, "with": with_, "what": what, "source": source}
    return told | {"id": id, "day": day.isoformat() if day else None}


def _panel(world: World, datasets: Sequence[str] | None) -> Panel | None:
    """Events by year; null when there are none, unless some were asked for."""
    if datasets:
        return world.panel(unit="year", datasets=tuple(datasets))
    try:
        return world.panel(unit="year")
    except InputError:
        return None


def _years(table: pa.Table | None) -> list[int]:
    if table is None or table.num_rows == 0:
        return []
    ends = pc.min_max(table["year"]).as_py()
    return [ends["min"], ends["max"]]
