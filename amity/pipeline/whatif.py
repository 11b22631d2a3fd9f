"""From the world to what would follow a shock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from amity.codebook import Codebook
from amity.errors import InputError
from amity.incidents.rows import DATASET
from amity.outlook import influence
from amity.outlook.influence import Kind, Measure, Model, Series
from amity.outlook.influence.ties import NEEDS
from amity.pipeline.world import World
from amity.records import LAYERS
from amity.records.panel import Scale, Unit
from amity.records.whatif import WhatIf

HORIZON, STATES = 6, 80


def whatif(
    world: World,
    shocks: Sequence[str],
    *,
    measure: Measure = "conflict",
    horizon: int = HORIZON,
    states: int = STATES,
    most: int = 20,
    free: bool = False,
    anyway: bool = False,
    unit: Unit = "month",
    scale: Scale = "plover",
    layers: Sequence[str] = (),
    datasets: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    known: date | None = None,
    seed: int = 0,
) -> WhatIf:
    """What other dyads would be expected to do after shocks such as `IRN:USA:+2`; see `amity.outlook.influence.model`.

    The model is learned from what the world holds, among the `states` most active states and those of the shocks, and
    nothing of it is kept.

    Raises:
        InputError: for what cannot be read or is not there, with what to do about it.
    """
    kinds = _kinds(world.codebook, scale)
    read = [influence.asked(one, measure, kinds, _resolver(world.codebook)) for one in shocks]
    if not read:
        raise InputError("--shock", "name at least one shock, such as IRN:USA:+2")
    named = {state for one in read for state in (one.actor, one.recipient)}
    asked: dict[str, Any] = {"unit": unit, "scale": scale, "datasets": tuple(datasets) or None}
    asked |= {"since": since, "until": until, "known": known}
    series = _series(world, measure, states, named, layers, asked)
    return influence.whatif(
        model(world, series, free=free, seed=seed), read, horizon, anyway=anyway, most=most, layers=tuple(layers)
    )


def model(world: World, series: Series, *, free: bool = False, seed: int = 0) -> Model:
    """The model of a series, with the ties that the world's tables tell."""
    return influence.learn(series, {table: world.table(table) for table in NEEDS.values()}, free=free, seed=seed)


def _series(
    world: World, measure: Measure, states: int, named: set[str], layers: Sequence[str], asked: dict[str, Any]
) -> Series:
    if unknown := [layer for layer in layers if layer not in LAYERS]:
        raise InputError(unknown[0], f"is no layer; there are {', '.join(LAYERS)}")
    held = (*world.archive.datasets(), *([DATASET] if world.ledger else []))
    if unheld := [name for name in asked["datasets"] or () if name not in held]:
        raise InputError(unheld[0], f"is not held; there are {', '.join(held) or 'no data sets'}")
    if states < 2:
        raise InputError(str(states), "states are too few; a relation needs two")
    return influence.series(world.panel(**asked), measure, layers=layers or None, most=states, named=named)


def _kinds(book: Codebook, scale: Scale) -> Mapping[str, Kind]:
    """What an event of each type counts as; types have scores on PLOVER's scale only."""
    plover = book.plover
    scores = {name: plover.scores.get((name, "")) if scale == "plover" else None for name in plover.types}
    return {name: Kind(kind.quad, scores[name]) for name, kind in plover.types.items()}


def _resolver(book: Codebook) -> Callable[[str], str]:
    """From names of states to their codes."""

    def resolve(name: str) -> str:
        state = book.states.get(name.upper()) or book.states.resolve(name)
        if state is None:
            raise InputError(name, "is no state we know; write its name or its code of three letters")
        return state.id

    return resolve
