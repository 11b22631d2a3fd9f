"""The verbs on structure over the web: relations, complexes, alignment, arms, outlook, each as its record."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request, Response

from amity.errors import InputError
from amity.pipeline.world import World
from amity.records.panel import Dyad
from amity.web import answers
from amity.web.shelf import Shelf

KEPT = 64
"""Answers that are kept until the ledger or its archive changes."""

Asked = Mapping[str, str]
Verb = Callable[[World, Asked], Any]


def router(shelf: Shelf) -> APIRouter:
    """The routes under `/api/structure`."""
    routes = APIRouter(prefix="/api/structure")
    desk = _Desk(shelf)

    def route(verb: str, function: Verb, told: str) -> None:
        @routes.get(f"/{verb}", name=verb, description=told)
        def answer(request: Request) -> Response:
            return answers.json(request, desk.answer(verb, function, dict(request.query_params)))

    for verb, (function, told) in VERBS.items():
        route(verb, function, told)
    return routes


class _Desk:
    """Answers one question at a time, since each may take all of a processor, and remembers what it answered."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = Lock()

    def answer(self, verb: str, function: Verb, asked: dict[str, str]) -> Any:
        with self._lock:
            world = self._shelf.world()
            versions = (self._shelf.ledger.version(), world.archive.version())
            key = (verb, versions, tuple(sorted(asked.items())))
            if key not in self._kept:
                self._kept[key] = function(world, asked)
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]


def _relations(world: World, asked: Asked) -> Any:
    from amity.pipeline.relations import relations

    layers = tuple(part for part in asked.get("layer", "").split(",") if part)
    return relations(
        world,
        _need(asked, "actor"),
        asked.get("recipient") or None,
        layers=layers,
        unit=asked.get("unit") or "month",  # type: ignore[arg-type]
        scale=asked.get("scale") or "plover",  # type: ignore[arg-type]
    )


def _complexes(world: World, asked: Asked) -> Any:
    from amity.pipeline.complexes import complexes

    return complexes(world, at=_day(asked, "at"))


def _alignment(world: World, asked: Asked) -> Any:
    from amity.pipeline.alignment import alignment

    poles = [part for part in asked.get("poles", "").split(",") if part]
    return alignment(world, _need(asked, "state"), poles or None)


def _arms(world: World, asked: Asked) -> Any:
    from amity.pipeline.arms import arms

    side: Any = asked.get("side") or "recipient"
    if side not in ("recipient", "supplier"):
        raise InputError("side", "is recipient or supplier")
    return arms(world, _need(asked, "state"), side)


def _outlook(world: World, asked: Asked) -> Any:
    from amity.pipeline.outlook import outlook

    pair = Dyad(_need(asked, "actor"), _need(asked, "recipient"))
    return outlook(world, [pair, pair.reverse], unit=asked.get("unit") or "month")


VERBS: Mapping[str, tuple[Verb, str]] = {
    "relations": (
        _relations,
        "How two states deal with each other: `actor`, `recipient`, `unit`, `layer`, `scale`; without `recipient` "
        "with whom one deals most.",
    ),
    "complexes": (_complexes, "Regional security complexes as of the day `at`, by default the last."),
    "alignment": (_alignment, "Where a `state` stands between `poles`, year by year."),
    "arms": (_arms, "The arms that a `state` got or, as `side=supplier`, gave."),
    "outlook": (_outlook, "What to expect of two states: `actor`, `recipient`, `unit`."),
}


def _need(asked: Asked, name: str) -> str:
    if not asked.get(name):
        raise InputError(name, "has to be named")
    return asked[name]


def _day(asked: Asked, name: str) -> date | None:
    try:
        return date.fromisoformat(asked[name]) if asked.get(name) else None
    except ValueError:
        raise InputError(name, f"{asked[name]!r} is no day; write 2014-12-31") from None
