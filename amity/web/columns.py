"""The index in columns: small, and quick to make and to read where a ledger holds a hundred thousand incidents.

Words that repeat are sent once. A cell is the number of its word in `words`, of its list of words in `lists`, or of its
list of articles in `groups`; -1 stands for null. `interface/src/columns.ts` puts the rows together again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from amity.codebook import Codebook
from amity.ledger.outline import Outline
from amity.records.days import days
from amity.report.pages import EPOCH, About, Named

WORDS = ("kind", "type", "title", "status", "date", "layer")


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What `amity.report.pages.Index` holds, but for the ids of claims."""

    about: About
    names: Mapping[str, Named]
    words: Sequence[str]
    lists: Sequence[Sequence[int]]
    groups: Sequence[Sequence[int]]
    incidents: Mapping[str, Sequence[Any]]
    articles: Mapping[str, Sequence[Any]]


class _Numbers:
    """Numbers what is hashable in the order in which it comes."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {None: -1}

    def of(self, values: Iterable[Any]) -> list[int]:
        known = self._known
        return [known.setdefault(value, len(known) - 1) for value in values]

    @property
    def values(self) -> list[Any]:
        return [value for value in self._known if value is not None]


def columns(about: About, names: Mapping[str, Named], outline: Outline, codebook: Codebook) -> Columns:
    """The index of a ledger from its outline."""
    told = outline.incidents
    words, lists, groups = _Numbers(), _Numbers(), _Numbers()
    place = {id: number for number, id in enumerate(outline.articles["id"])}
    published = [_day((day or "")[:10]) for day in outline.articles["published"]]
    coded: dict[str, Sequence[Any]] = {name: words.of(told[name]) for name in WORDS}
    for name in ("actors", "recipients"):
        coded[name] = lists.of(_each(told[name], lambda codes: tuple(words.of(codes.split("; ") if codes else ()))))
    coded["sources"] = lists.of(_each(told["sources"], lambda held: tuple(words.of(msgspec.json.decode(held)))))
    rest = _each(told["articles"], lambda held: tuple(place[id] for id in msgspec.json.decode(held) if id in place))
    coded["articles"] = groups.of(rest)
    coded["reported"] = _each(
        rest, lambda group: min((published[one] for one in group if published[one] is not None), default=None)
    )
    plover = codebook.plover
    events = [type_ if kind == "event" else None for kind, type_ in zip(told["kind"], told["type"], strict=True)]
    return Columns(
        about=about,
        names=names,
        incidents=coded
        | {
            "id": told["id"],
            "mutual": [int(mutual) for mutual in told["mutual"]],
            "first": _each(told["first_day"], _day),
            "last": _each(told["last_day"], _day),
            "score": _each(events, lambda type_: plover.intensity(type_) if type_ else None),
            "quad": words.of(_each(events, lambda type_: plover.types[type_].quad if type_ else None)),
            "contested": told["contradictions"],
        },
        articles=outline.articles,
        words=words.values,
        lists=lists.values,
        groups=groups.values,
    )


def _each(values: Iterable[Any], of: Callable[[Any], Any]) -> list[Any]:
    """What `of` makes of each value, made once for equal ones."""
    made: dict[Any, Any] = {}
    return [made[value] if value in made else made.setdefault(value, of(value)) for value in values]


def _day(day: str | None) -> int | None:
    """Days since 1970-01-01 of the first day that a date covers."""
    when = days(day) if day else None
    return when[0].toordinal() - EPOCH if when else None
