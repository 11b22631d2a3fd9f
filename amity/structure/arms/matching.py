"""Reports beside lines of a register: which are the same transfer, why, and where the two disagree.

A report and a line are of the same supplier and recipient (or their predecessors), and then the same
1. by designation: both name one system of the codebook, or the line's comment names the report's system;
2. by kind: the report names only a kind of arms, and the register has one line of it then.
Years may differ by `TOLERANCE`, for a designation by `LOOSE` (which is then told as a difference).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from amity.codebook.words import key
from amity.records.arms import ArmsTransfer, Aspect, Difference, Order, Outcome, Report
from amity.structure.arms.designations import Designations, akin

TOLERANCE = 2
"""Years that a dated report may lie outside a line's years from order to last delivery."""

LOOSE = 6
"""The same where both name the same system: they are of one deal then, and disagree on its date."""

MEMORY = 10
"""Years before its publication in which a report without a date, and without a designation, can be meant."""

ROUNDING = 0.1
"""Share by which numbers may differ and still be the same."""

GENERAL = frozenset({None, "equipment", "services"})
"""Categories of reports that name no kind of arms."""

AHEAD = frozenset({"future", "hypothetical"})
"""Statuses of what is still to come."""

UNCOVERED = frozenset({"small arms", "ammunition", "electronic warfare", "nuclear", "services", "equipment"})
"""Categories that registers of major arms leave out, wholly or for the most part."""

Lineage = Callable[[str], Collection[str]]
"""A state's code and those of the states whose place it took."""


class Match(NamedTuple):
    """What a report came to: the line that it tells of, or what else."""

    report: Report
    outcome: Outcome
    order: Order | None = None
    why: str | None = None
    lines: tuple[str, ...] = ()
    alike: tuple[Order, ...] = ()
    """Lines of the same system between the two."""


def transfers(
    orders: Sequence[Order],
    reports: Iterable[Report],
    designations: Designations,
    lineage: Lineage = lambda state: {state},
    known: tuple[int, int] | None = None,
    uses: Mapping[tuple[str, str], Sequence[str]] | None = None,
) -> list[ArmsTransfer]:
    """Lines of a register with the reports of them, then what only the text tells.

    `known` are the first and last year that the register covers. `uses` are claims of use by state and system.
    """
    uses = uses or {}
    matches = [_match(report, orders, designations, lineage, known) for report in reports]
    mine: dict[str, list[Match]] = {}
    for match in matches:
        if match.order is not None:
            mine.setdefault(match.order.id, []).append(match)
    made = [_line(order, mine.get(order.id, []), designations, uses, known) for order in orders]
    alone: dict[tuple[str | None, str | None, str | None, str | None, Outcome], list[Match]] = {}
    for match in matches:
        if match.order is None:
            report = match.report
            alone.setdefault(
                (report.supplier, report.recipient, report.system, report.category, match.outcome), []
            ).append(match)
    return made + [_told(group, designations, uses) for group in alone.values()]


def _line(
    order: Order,
    found: Sequence[Match],
    designations: Designations,
    uses: Mapping[tuple[str, str], Sequence[str]],
    known: tuple[int, int] | None,
) -> ArmsTransfer:
    later = {id(match) for match in found if _later(match.report, known)}
    whys = [f"{match.why}{', told of after the register ends' if id(match) in later else ''}" for match in found]
    differing = [(one, id(match) in later) for match in found for one in differences(match.report, order, match.alike)]
    system = designations.system(order.designation, order.category)
    return ArmsTransfer(
        supplier=order.supplier,
        recipient=order.recipient,
        system=system or order.designation,
        category=order.category,
        outcome="both" if found else "register",
        order=order,
        reports=tuple(match.report for match in found),
        why="; ".join(dict.fromkeys(whys)) or None,
        differences=tuple(one for one, since in differing if not (since and one.aspect in ("status", "year"))),
        uses=tuple(uses.get((order.recipient, system or ""), ())),
    )


def _later(report: Report, known: tuple[int, int] | None) -> bool:
    """Whether it happened, or was told, after the register ends: then it is news, and no disagreement on when."""
    day = report.since or report.told
    return known is not None and day is not None and day.year > known[1]


def _told(
    group: Sequence[Match], designations: Designations, uses: Mapping[tuple[str, str], Sequence[str]]
) -> ArmsTransfer:
    report = group[0].report
    return ArmsTransfer(
        supplier=report.supplier,
        recipient=report.recipient,
        system=report.system,
        category=report.category,
        outcome=group[0].outcome,
        reports=tuple(match.report for match in group),
        why="; ".join(dict.fromkeys(match.why for match in group if match.why)) or None,
        lines=tuple(dict.fromkeys(line for match in group for line in match.lines)),
        uses=tuple(uses.get((report.recipient or "", report.system or ""), ())),
    )


# Matching -------------------------------------------------------------------------------------------------------------


def _match(
    report: Report,
    orders: Sequence[Order],
    designations: Designations,
    lineage: Lineage,
    known: tuple[int, int] | None,
) -> Match:
    report = msgspec.structs.replace(report, category=designations.kind(report.system, report.category))
    between = [order for order in orders if _same_parties(report, order, lineage)]
    named = [(order, why) for order in between if (why := _same_system(report, order, designations))]
    if near := [(order, why) for order, why in named if _apart(report, order) <= LOOSE]:
        return _by_system(report, near)
    if designations.category(report.system) is None:
        if report.category in GENERAL:
            return Match(report, "general", why="names no kind of arms")
        if kind := [one for one in between if one.category == report.category and _kind_in_time(report, one)]:
            return _by_kind(report, kind, between)
    if report.status == "denied":
        return Match(report, "denied", why="denied, and not in the register")
    if others := _from_others(report, orders, between, designations):
        why = f"the register has it from {', '.join(dict.fromkeys(order.supplier for order in others))}"
        return Match(report, "adds", why=why, lines=tuple(order.id for order in others))
    return Match(report, "adds", why=_absence(report, between, named, known))


def _by_system(report: Report, near: Sequence[tuple[Order, str]]) -> Match:
    """The line of the system that fits best."""
    alike = tuple(order for order, _ in near)
    order, why = min(near, key=lambda one: _misfit(report, one[0], alike))
    return Match(report, "both", order, f"{why}{_parties_differ(report, order)}", alike=alike)


def _by_kind(report: Report, kind: Sequence[Order], between: Sequence[Order]) -> Match:
    """The only line of the kind, where both sides are known to both; else all lines of it."""
    unknown = [order for order in kind if _open(order.supplier)]
    if len(kind) == 1 and report.supplier and report.recipient and not unknown:
        order, why = kind[0], f"the only line of that kind: {report.category}"
        alike = tuple(one for one in between if one.category == order.category and one.supplier == order.supplier)
        return Match(report, "both", order, f"{why}{_parties_differ(report, order)}", alike=alike)
    why = f"{len(kind)} line{'s' if len(kind) > 1 else ''} of that kind"
    why += ", of an unknown supplier" if len(unknown) == len(kind) else ""
    why += f", together {sum(one.number or 0 for one in kind):,} ordered" if report.value is not None else ""
    return Match(report, "kind", why=why, lines=tuple(order.id for order in kind))


def _from_others(
    report: Report, orders: Sequence[Order], between: Sequence[Order], designations: Designations
) -> list[Order]:
    """Lines of the same system for the same recipient from somebody else, of about the same time."""
    return [
        order
        for order in orders
        if order not in between
        and order.recipient == report.recipient
        and _same_system(report, order, designations)
        and _apart(report, order) <= LOOSE
    ]


def _same_parties(report: Report, order: Order, lineage: Lineage) -> bool:
    """Whoever the report names is the line's, or its predecessor; one side each of the two may leave open."""
    sides = ((report.supplier, order.supplier), (report.recipient, order.recipient))
    told = [(one, other) for one, other in sides if one is not None and not _open(other)]
    return bool(told) and all(one == other or other in lineage(one) for one, other in told)


def _open(party: str) -> bool:
    """Whether the register does not know a party: it writes "unknown supplier(s)"."""
    return party.startswith("unknown ")


def _parties_differ(report: Report, order: Order) -> str:
    """What has to be known of the parties when a report and a line are taken for the same."""
    if report.supplier is None or report.recipient is None:
        return ", the text does not name the " + ("supplier" if report.supplier is None else "recipient")
    for side, party in (("supplier", order.supplier), ("recipient", order.recipient)):
        if _open(party):
            return f", the register does not know the {side}"
    others = [b for a, b in ((report.supplier, order.supplier), (report.recipient, order.recipient)) if a != b]
    return f", in the register {' and '.join(others)}" if others else ""


def _same_system(report: Report, order: Order, designations: Designations) -> str | None:
    """Why both are of one system, null when they are not known to be."""
    if report.system is None or not akin(report.category, order.category):
        return None
    name = key(report.system)
    if designations.category(report.system) is None:  # no system of ours: words for a kind, or another's designation
        named = any(sign.isupper() or sign.isdigit() for sign in report.system) and len("".join(name)) > 3
        return f"same name: {report.system}" if named and _holds(key(order.designation), name) else None
    if designations.system(order.designation, order.category) == report.system:
        return f"same designation: {report.system}"
    if order.comment and len("".join(name)) > 2 and _holds(key(order.comment), name):
        return f"the register's comment names {report.system}"
    return None


def _holds(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(words[start : start + len(name)] == name for start in range(len(words)))


def _span(report: Report) -> tuple[int, int] | None:
    """Years that a report dates a transfer to, null when it gives no date."""
    return (report.since.year, report.until.year) if report.since and report.until else None


def _apart(report: Report, order: Order) -> float:
    """Years between a report's date and a line's years. What is still to come is dated to when it was told; what
    happened at an unknown time may be as old as it likes, but was not told before it was ordered."""
    first, last = order.first, order.last
    if first is None:
        return 0.0
    end = math.inf if last is None else last
    if (span := _span(report)) is not None:
        return max(0.0, first - span[1], span[0] - end)
    if report.told is None:
        return 0.0
    ahead = report.status in AHEAD
    return max(0.0, first - report.told.year, report.told.year - end if ahead else 0.0)


def _misfit(report: Report, order: Order, alike: Sequence[Order]) -> tuple[float, bool, bool, float, float]:
    """How badly a line fits: by years beyond `TOLERANCE`, by number, by licence, by years, by when it was told."""
    apart, told = _apart(report, order), report.told.year if report.told else 0
    return (
        max(0.0, apart - TOLERANCE),
        not _fits(report, order, alike),
        (report.mode == "licensed production") != bool(order.licence),
        apart,
        abs((order.first or told) - told),
    )


def _kind_in_time(report: Report, order: Order) -> bool:
    if _apart(report, order) > TOLERANCE:
        return False
    dated = _span(report) is not None or report.told is None
    return dated or order.last is None or order.last >= report.told.year - MEMORY  # type: ignore[union-attr]


def _absence(
    report: Report, between: Sequence[Order], named: Sequence[tuple[Order, str]], known: tuple[int, int] | None
) -> str:
    """Why the register may not have it."""
    if known is None:
        return "there is no register"
    year = (_span(report) or (report.told.year if report.told else None,))[0]
    if report.category in UNCOVERED:
        return f"registers of major arms leave out {report.category}"
    if named:
        return f"the register has it in other years only: {_years(order for order, _ in named)}"
    if year is not None and year > known[1]:
        return f"after the register ends ({known[1]})"
    if report.supplier is None or report.recipient is None:
        return f"the text does not name the {'supplier' if report.supplier is None else 'recipient'}"
    others = [order for order in between if not _open(order.supplier) and not _open(order.recipient)]
    if not others:
        return "the register has nothing between the two"
    return f"the register has {len(others)} other line{'s' if len(others) > 1 else ''} between the two"


def _years(orders: Iterable[Order]) -> str:
    years = [year for order in orders for year in (order.first, *order.delivery_years) if year]
    return f"{min(years)}-{max(years)}" if years else "undated"


# Differences ----------------------------------------------------------------------------------------------------------


def differences(report: Report, order: Order, alike: Sequence[Order] = ()) -> list[Difference]:
    """Where a report and a line disagree: on the number, the year, whether it happened, whether under licence.

    `alike` are lines of the same system: a text may give the number of several that were ordered in one year.
    """
    found: list[tuple[Aspect, str, str] | None] = [
        _number(report, order, alike),
        _year(report, order),
        _status(report, order),
        _licence(report, order),
    ]
    return [Difference(aspect=one[0], text=one[1], register=one[2], claims=report.claims) for one in found if one]


def _fits(report: Report, order: Order, alike: Sequence[Order] = ()) -> bool:
    """Whether the numbers are the same, within rounding. What was delivered may be a part of what was ordered, and a
    text may mean all lines of one year, or, when it gives no date, all up to then."""
    if (many := report.many) is None:
        return True
    same_year = sum(one.number or 0 for one in alike if one.ordered == order.ordered)
    so_far = sum(one.number or 0 for one in alike if report.told and (one.first or 0) <= report.told.year)
    sums = (order.number, order.delivered, same_year, so_far if _span(report) is None else None)
    known = [float(one) for one in sums if one]
    low, high = many[0] * (1 - ROUNDING), many[1] * (1 + ROUNDING)
    return not known or any(low <= one <= high for one in known) or (report.delivery and high < max(known))


def _number(report: Report, order: Order, alike: Sequence[Order]) -> tuple[Aspect, str, str] | None:
    if _fits(report, order, alike) or (many := report.many) is None:
        return None
    low, high = many
    return "number", f"{low:g}" if low == high else f"{low:g} to {high:g}", _numbers(order)


def _numbers(order: Order) -> str:
    parts = [
        f"{one}{'?' if estimated else ''} {word}"
        for one, estimated, word in (
            (order.number, order.number_estimated, "ordered"),
            (order.delivered, order.delivered_estimated, "delivered"),
        )
        if one is not None
    ]
    return ", ".join(parts) or "no number"


def _year(report: Report, order: Order) -> tuple[Aspect, str, str] | None:
    """Dates a year apart are taken for the same: contracts are signed, announced and entered into force."""
    span = _span(report)
    if span is None or report.status not in ("occurred", "ongoing") or _apart(report, order) <= 1:
        return None
    return "year", str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}", _dates(order)


def _dates(order: Order) -> str:
    ordered = (
        f"ordered {order.ordered}{'?' if order.ordered_estimated else ''}" if order.ordered else "no year of order"
    )
    years = order.delivery_years
    delivered = f"delivered {years[0]}{f'-{years[-1]}' if len(years) > 1 else ''}" if years else "not delivered"
    return f"{ordered}, {delivered}"


def _status(report: Report, order: Order) -> tuple[Aspect, str, str] | None:
    done, last = order.delivered or 0, order.last
    if report.status == "denied" and done:
        return "status", "denied", _dates(order)
    if report.delivery and report.status in ("occurred", "ongoing") and order.delivered == 0:
        return "status", "delivered", _dates(order)
    late = report.told is not None and last is not None and report.told.year > last + 1
    if report.status in AHEAD and done and late:
        return "status", f"{report.status} in {report.told:%Y}", _dates(order)
    return None


def _licence(report: Report, order: Order) -> tuple[Aspect, str, str] | None:
    if report.mode != "licensed production" or order.licence is not False:
        return None
    return "licence", "built under licence", order.comment or "says nothing of a licence"
