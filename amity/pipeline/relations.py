"""The verb `relations`: the world's events as series of directed dyads, or the partners of one state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
import numpy as np

from amity.errors import InputError
from amity.pipeline.world import World
from amity.records import LAYERS
from amity.records.panel import SCALES, Dyad, Panel, Scale, Unit
from amity.records.relations import Change, Moved, Partner, Relation, Relations, Sensitivity, Source
from amity.relations import Fitted, changes, fit, movers, partners, relation, symmetric, with_dyads
from amity.relations.sensitivity import sensitivity

EACH = "each"
"""The layer that stands for all of them, one by one."""

MOVERS = 5
"""Events that are told of a period."""


def relations(
    world: World,
    actor: str,
    recipient: str | None = None,
    *,
    layers: Sequence[str] = (),
    unit: Unit = "month",
    scale: Scale = "plover",
    since: date | None = None,
    until: date | None = None,
    datasets: Sequence[str] = (),
    known: date | None = None,
    both: bool = False,
    moved: date | None = None,
    most: int = 15,
    seed: int = 0,
) -> Relations:
    """How two deal with each other in both directions; without `recipient`, with whom `actor` deals most.

    Everything recorded is learned from; `since` and `until` limit what is told. `moved` is a day of the period whose
    events are told, by default those in which something turned. `both` adds what both directions come to together.

    Raises:
        InputError: for parties, layers or days that nothing is known of.
    """
    asked = {"unit": unit, "scale": scale, "datasets": tuple(datasets) or None, "known": known}
    panel = world.panel(**asked)
    for party in (actor, recipient):
        _checked(world, panel, party)
    if actor == recipient:
        raise InputError(actor, "has no relation to itself; name two parties")
    sources = tuple(_sources(world, panel, asked))
    if recipient is None:
        return _of_state(panel, actor, _layers(panel, layers), until, most, seed, sources)
    pair = Dyad(actor, recipient)
    ways = (pair, pair.reverse)
    panel = with_dyads(panel, ways)
    fitted = [fit(panel, layer) for layer in _layers(panel, layers)]
    rows = [panel.index[way] for way in ways]
    found = changes.scan(fitted, rows, seed)
    keys = [(one, way) for one in fitted for way in ways]
    told = [
        relation(one, way, since=since, until=until, changes=turns)
        for (one, way), turns in zip(keys, found.changes, strict=True)
    ]
    pairs = list(zip(told[::2], told[1::2], strict=True))
    other = world.panel(**asked | {"scale": next(one for one in SCALES if one != scale)})
    return Relations(
        relations=(*told, *(symmetric.both(*pair) for pair in pairs if both)),
        moved=tuple(_moved(world, asked, fitted, told, moved)),
        asymmetries=tuple(one for pair in pairs if both for one in symmetric.asymmetries(*pair)),
        sensitivities=_sensitivities(fitted, with_dyads(other, ways), told),
        sources=sources,
        scanned=found.scanned,
        false=changes.FALSE,
        notes=tuple(_notes(sources, panel, ways)),
    )


def _of_state(
    panel: Panel,
    state: str,
    layers: Sequence[str | None],
    until: date | None,
    most: int,
    seed: int,
    sources: tuple[Source, ...],
) -> Relations:
    """With whom a state deals most, on each layer."""
    panel = with_dyads(panel, partners.closed(panel.dyads, state))
    before = panel.edges[:-1] <= (panel.edges[-1] if until is None else np.datetime64(until, "D"))
    covered = np.flatnonzero(panel.covered & before)
    if not len(covered):
        raise InputError(f"--until {until}", f"lies before {panel.edges[0]}, where what is recorded begins")
    fitted = [fit(panel, layer) for layer in layers]
    told = [one for layer in fitted for one in partners.partners(layer, state, int(covered[-1]), most)]
    rows = sorted({panel.index[Dyad(*way)] for one in told for way in _ways(one)})
    found = changes.scan(fitted, rows, seed, changes.DRAWS[:2])
    keys = [(layer, panel.dyads[row]) for layer in layers for row in rows]
    turns = dict(zip(keys, found.changes, strict=True))
    return Relations(
        partners=tuple(
            msgspec.structs.replace(
                one, changes=tuple(turns[one.layer, _ways(one)[0]]), changes_back=tuple(turns[one.layer, _ways(one)[1]])
            )
            for one in told
        ),
        sources=sources,
        scanned=found.scanned,
        false=changes.FALSE,
        notes=tuple(_notes(sources, panel, ())),
    )


def _ways(partner: Partner) -> tuple[Dyad, Dyad]:
    there = Dyad(partner.state, partner.partner)
    return there, there.reverse


def _checked(world: World, panel: Panel, party: str | None) -> None:
    if party is None or party in panel.states:
        return
    if world.codebook.states.get(party) is None:
        raise InputError(party, "is no state that the codebook knows; amity codebook NAME looks names up")
    told = f"{', '.join(panel.datasets)} from {panel.edges[0]} to {panel.edges[-1] - np.timedelta64(1, 'D')}"
    raise InputError(party, f"nothing was recorded of it with another state in {told}; this says nothing of its calm")


def _layers(panel: Panel, asked: Sequence[str]) -> list[str | None]:
    """The layers asked for; null stands for all together."""
    held = sorted({one for one in panel.cells["layer"].unique().to_pylist() if one})
    if EACH in asked:
        return [None, *held]
    for layer in asked:
        if layer not in LAYERS:
            raise InputError(f"--layer {layer}", f"is no layer; there are {', '.join(LAYERS)}, {EACH}")
        if layer not in held:
            found = f"it has {', '.join(held)}" if held else "its events are not told by layer"
            raise InputError(f"--layer {layer}", f"{', '.join(panel.datasets)} has no event on it; {found}")
    return list(dict.fromkeys(asked)) or [None]


def _moved(
    world: World, asked: dict[str, Any], fitted: Sequence[Fitted], told: Sequence[Relation], day: date | None
) -> Iterator[Moved]:
    """The events of the periods in which each relation turned, or of the one that has a day."""
    for number, one in enumerate(told):
        own = fitted[number // 2]
        starts = {point.start: point.end for point in one.points}
        if day is None:
            wanted = {turn.start: 0 for turn in one.changes if turn.start in starts}
            wanted |= {turn.start: _way(turn) for turn in one.changes if turn.start in starts and _way(turn)}
        else:
            wanted = {start: 0 for start, end in starts.items() if start <= day < end}
            if not wanted:
                raise InputError(f"--moved {day}", f"lies outside of {one.points[0].start} – {one.points[-1].end}")
        for start, way in sorted(wanted.items()):
            end = starts[start]
            between = asked | {"since": start, "until": end - timedelta(days=1)}
            period = int(np.flatnonzero(own.panel.edges == np.datetime64(start, "D"))[0])
            dyad = Dyad(one.actor, one.recipient)
            events = world.evidence([dyad], **between)
            all_of = movers.movers(own, own.panel.index[dyad], period, events, way)
            yield Moved(
                actor=one.actor,
                recipient=one.recipient,
                layer=one.layer,
                start=start,
                end=end,
                of=len(all_of),
                movers=all_of[:MOVERS],
            )


def _way(turn: Change) -> int:
    """Whether valence rose (1) or fell (-1); 0 for turns of intensity."""
    return 0 if turn.aspect == "intensity" else 1 if turn.effect.value > 0 else -1


def _sensitivities(fitted: Sequence[Fitted], other: Panel, told: Sequence[Relation]) -> tuple[Sensitivity, ...]:
    """Valence by the other scale, for each relation told."""
    again = [fit(other, one.layer, pace=one.pace, temper=one.temper) for one in fitted]
    return tuple(sensitivity(fitted[number // 2], again[number // 2], one) for number, one in enumerate(told))


def _sources(world: World, panel: Panel, asked: dict[str, Any]) -> Iterator[Source]:
    for name in panel.datasets:
        extent = world.extent(**asked | {"datasets": (name,)})
        yield Source(name, extent.first, extent.last)


def _notes(sources: Sequence[Source], panel: Panel, ways: Sequence[Dyad]) -> Iterator[str]:
    """What a reader should know of the data."""
    for number, one in enumerate(sources):
        for other in sources[:number]:
            if one.since <= other.until and other.since <= one.until:
                yield (
                    f"{other.dataset} and {one.dataset} overlap in time: what both tell counts twice, which makes "
                    f"intervals too narrow; --dataset {one.dataset} asks one alone"
                )
    if len(sources) > 1:
        borders = sorted({one.since for one in sources} - {min(one.since for one in sources)})
        yield (
            "data sets differ in what they record: a turn where one begins may be theirs "
            f"({', '.join(map(str, borders))})"
        )
    recorded = {panel.dyads[row] for row in np.unique(panel.cells["dyad"].to_numpy())}
    for way in ways:
        if way not in recorded:
            yield f"{way.actor} {way.recipient}: nothing was recorded; the series is what their activity lets expect"
