"""What the sources of one incident disagree on: figures, status, actors, dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from amity.incidents.happening import days
from amity.incidents.words import stems
from amity.records import Contradiction, Event, Interval, Quantity, Side, Transfer, Value

ASSERTED = frozenset({"occurred", "ongoing"})

Reports = Mapping[str, str]
"""Claim id to the name of the independent source it rests on."""


def contradictions(
    claims: Sequence[Event | Transfer], figures: Sequence[Quantity], origins: Reports
) -> tuple[Contradiction, ...]:
    """All contradictions between independent sources within one incident, in a fixed order of aspects."""
    found = [*_status(claims, origins), *_figures(figures, claims, origins), *_dates(claims, origins)]
    return tuple(found)


def _status(claims: Sequence[Event | Transfer], origins: Reports) -> Iterable[Contradiction]:
    asserted = [claim.id for claim in claims if claim.status in ASSERTED | {"alleged"}]
    denied = [claim.id for claim in claims if claim.status == "denied"]
    doubted = [claim.id for claim in claims if claim.status == "unconfirmed"]
    sides = [
        _side(value, ids, origins)
        for value, ids in (("asserted", asserted), ("denied", denied), ("unconfirmed", doubted))
        if ids
    ]
    if len(sides) > 1 and (denied or doubted) and _independent(sides):
        yield Contradiction(aspect="status", about="whether it happened", sides=tuple(sides))


def _dates(claims: Sequence[Event | Transfer], origins: Reports) -> Iterable[Contradiction]:
    exact: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        bounds = days(claim.date)
        if claim.date and bounds and bounds[0] == bounds[1]:
            exact[claim.date].append(claim.id)
    sides = [_side(value, ids, origins) for value, ids in sorted(exact.items())]
    if len(sides) > 1 and _independent(sides):
        yield Contradiction(aspect="date", about="when it happened", sides=tuple(sides))


def _figures(
    figures: Sequence[Quantity], claims: Sequence[Event | Transfer], origins: Reports
) -> Iterable[Contradiction]:
    for unit, group in _comparable(figures):
        yield from contradicted(unit, [(figure.id, figure.value) for figure in group], origins)
    ordered = [(claim.id, claim.quantity) for claim in claims if isinstance(claim, Transfer) and claim.quantity]
    yield from contradicted("ordered or delivered", ordered, origins)


def _comparable(figures: Sequence[Quantity]) -> Iterable[tuple[str, list[Quantity]]]:
    """Figures grouped by what they count: the same unit and words in common in their subject."""
    groups: list[tuple[str | None, frozenset[str], list[Quantity]]] = []
    for figure in figures:
        subject = stems(figure.subject)
        for unit, words, group in groups:
            if unit == figure.unit and (words & subject or words == subject):
                group.append(figure)
                break
        else:
            groups.append((figure.unit, subject, [figure]))
    for _, _, group in groups:
        yield group[0].subject, group


def contradicted(about: str, values: Sequence[tuple[str, Value]], origins: Reports) -> Iterable[Contradiction]:
    """The contradiction between figures for one thing, by claim id, where independent sources give other ones."""
    sides: list[tuple[Value, list[str]]] = []
    for claim, value in values:
        for known, ids in sides:
            if agree(known, value):
                ids.append(claim)
                break
        else:
            sides.append((value, [claim]))
    named = [_side(written(value), ids, origins) for value, ids in sides]
    if len(named) > 1 and _independent(named):
        yield Contradiction(aspect="figure", about=about, sides=tuple(named))


def agree(a: Value, b: Value) -> bool:
    """Whether two figures can both be right: their ranges touch."""
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    return low_a <= high_b and low_b <= high_a


def bounds(value: Value) -> tuple[float, float]:
    """Lowest and highest reading of a figure."""
    return (value.low, value.high) if isinstance(value, Interval) else (float(value), float(value))


def written(value: Value) -> str:
    """A figure as people write it: `20`, `4000-5000`."""
    if isinstance(value, Interval):
        return f"{value.low:g}-{value.high:g}" if abs(value.high) < 1e6 else f"{value.low:.0f}-{value.high:.0f}"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:g}"


def _side(value: str, claims: Sequence[str], origins: Reports) -> Side:
    sources = tuple(dict.fromkeys(origins[claim] for claim in claims))
    return Side(value=value, sources=sources, claims=tuple(claims))


def _independent(sides: Sequence[Side]) -> bool:
    """Whether at least two sides rest on different sources: nobody is made to contradict themselves."""
    return len({source for side in sides for source in side.sources}) > 1
