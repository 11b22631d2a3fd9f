"""From the world to arms: reads claims, register and values, hands them to the stage, gives the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from amity.errors import InputError
from amity.pipeline.world import World
from amity.records import Event, Transfer
from amity.records.arms import Arms, ArmsFlow, ArmsTransfer, ArmsYear, Basis, Order, Report, Side
from amity.structure import arms as stage

NO_REGISTER = "no arms register: amity import sipri-register FILE brings it"
NO_VALUES = "no values of deliveries by year: amity import sipri-tiv FILE brings them"
NO_TEXT = "no claims of transfers: amity read FILE… brings them"
SPREAD = "values of {years} are the register's, spread evenly over the years of delivery of each line"
LACKING = "values lack {partner} in {count} years of {years}, where the register has {amount:,.0f} million in all"
MARKED = 0.05
"""Share of all amounts from which on it is told that values lack what the register has."""

COUNTED = "shares are of reported transfers, not of values"
OTHER: dict[Side, Side] = {"recipient": "supplier", "supplier": "recipient"}
FIRST, LAST = 1800, 2200


def arms(
    world: World,
    state: str,
    side: Side = "recipient",
    *,
    since: int | None = None,
    until: int | None = None,
    partner: str | None = None,
) -> Arms:
    """What a state got (or, as `supplier`, gave) in a window of years, by the text and by the register.

    Raises:
        InputError: for a state that there is not, or years that make no sense.
    """
    check(world, state, since, until)
    table = world.table("orders")
    orders = list(lines(table, side, state))
    claims = [claim for claim in world.transfers() if isinstance(claim, Transfer)]
    told = stage.concerning(_reports(world, claims), state, side)
    register = _extent(table)
    found = stage.transfers(
        orders, told, stage.Designations(world.codebook.arms), _lineage(world), register, _uses(world, claims)
    )
    chosen = [one for one in found if _within(one, since, until) and partner in (None, getattr(one, OTHER[side]))]
    values = world.table("deliveries")
    years, covered = _years(world, state, side, values, register, orders, told, since, until)
    return Arms(
        state=state,
        side=side,
        since=since,
        until=until,
        transfers=tuple(sorted(chosen, key=_order)),
        shares=stage.shares(years, chosen, OTHER[side]),
        years=tuple(stage.rolling(years)),
        spread=stage.diversification(years),
        covered=len(covered),
        of=(until or max(covered, default=0)) - (since or min(covered, default=1)) + 1,
        register=register,
        values=_extent(values),
        missing=tuple(
            line
            for line, lacking in ((NO_REGISTER, table is None), (NO_VALUES, values is None), (NO_TEXT, not claims))
            if lacking
        ),
        notes=(
            *_alone(found, chosen, partner),
            *_notes(world, state, years),
            *_lacking(world, years, stage.spread_over_years(orders, OTHER[side])),
        ),
    )


def network(world: World, *, since: int | None = None, until: int | None = None) -> tuple[list[ArmsFlow], str | None]:
    """Who armed whom in a window of years, between all states, by values where there are some, else by the register;
    with a note when years are the register's.

    Raises:
        InputError: when there are neither, or years that make no sense.
    """
    check(world, None, since, until)
    amounts: dict[tuple[str, str], dict[int, float]] = {}
    values, table = world.table("deliveries"), world.table("orders")
    if values is None and table is None:
        raise InputError("arms", f"{NO_REGISTER}; {NO_VALUES}")
    known = _extent(values)
    beyond = [one for one in _spread(table) if known is None or not known[0] <= one[2] <= known[1]]
    spread: set[int] = set()
    for source in (valued(values) if values is not None else (), beyond):
        for supplier, recipient, year, amount in source:
            if amount and (since is None or year >= since) and (until is None or year <= until):
                by_year = amounts.setdefault((supplier, recipient), {})
                by_year[year] = by_year.get(year, 0.0) + amount
                spread.update({year} if source is beyond else ())
    return stage.flows(amounts), _from_register(spread)


def check(world: World, state: str | None, since: int | None, until: int | None) -> None:
    """Raise `InputError` for a state that there is not, or years that make no sense."""
    if state is not None and state not in world.codebook.states:
        raise InputError(state, "is no state; name it by its code or one of its names, such as AZE or Azerbaijan")
    for name, year in (("--since", since), ("--until", until)):
        if year is not None and not FIRST <= year <= LAST:
            raise InputError(f"{name} {year}", "is no year; write four digits, such as 2014")
    if since is not None and until is not None and since > until:
        raise InputError(f"--since {since}", f"lies after --until {until}")


# Material -------------------------------------------------------------------------------------------------------------


def lines(table: pa.Table | None, side: Side | None = None, state: str | None = None) -> Iterator[Order]:
    """Lines of the register that have the state on that side; who has no code goes by name."""
    if table is None:
        return
    wanted = table if side is None else table.filter(pc.equal(table[side], state))
    for row in wanted.to_pylist():
        yield Order(
            id=row["id"],
            supplier=_party(row["supplier"], row["supplier_name"]),
            recipient=_party(row["recipient"], row["recipient_name"]),
            designation=row["designation"],
            description=row["description"],
            category=row["category"],
            ordered=row["ordered"],
            ordered_estimated=bool(row["ordered_estimated"]),
            number=row["number"],
            number_estimated=bool(row["number_estimated"]),
            delivered=row["delivered"],
            delivered_estimated=bool(row["delivered_estimated"]),
            delivery_years=tuple(row["delivery_years"] or ()),
            condition=row["condition"],
            licence=row["licence"],
            comment=row["comment"],
            tiv=row["tiv_delivered"],
        )


def _reports(world: World, claims: Sequence[Transfer]) -> list[Report]:
    if world.ledger is None or not claims:
        return []
    return stage.reports(claims, world.ledger.incidents(kind="transfer"), world.ledger.published())


def _uses(world: World, claims: Iterable[Transfer]) -> dict[tuple[str, str], list[str]]:
    if world.ledger is None:
        return {}
    attacks = world.ledger.claims(kind="event", type="ASSAULT")
    return stage.uses((one for one in attacks if isinstance(one, Event)), claims, world.codebook)


def _lineage(world: World) -> Any:
    """A state's code and those of the states that held its number in the Correlates of War."""
    states = world.codebook.states

    def lineage(code: str) -> frozenset[str]:
        state = states.get(code)
        numbers = set(state.cow) if state else set()
        return frozenset({code, *(other.id for other in states if numbers & set(other.cow))})

    return lineage


def _extent(table: pa.Table | None) -> tuple[int, int] | None:
    """First and last year of deliveries that a table tells of."""
    if table is None or not table.num_rows:
        return None
    years = table["year"] if "year" in table.column_names else pc.list_flatten(table["delivery_years"])
    first, last = pc.min(years).as_py(), pc.max(years).as_py()
    return (first, last) if first is not None else None


def valued(table: pa.Table) -> Iterator[tuple[str, str, int, float]]:
    """Supplier, recipient, year and value of every row; who has no code goes by name."""
    columns = ("supplier", "supplier_name", "recipient", "recipient_name", "year", "tiv")
    for supplier, named, recipient, called, year, tiv in zip(*(table[one].to_pylist() for one in columns), strict=True):
        yield _party(supplier, named), _party(recipient, called), year, tiv


def _party(code: str | None, name: str) -> str:
    """Who has no code goes by name, in one spelling ("Unknown supplier(s)" in one table, "unknown …" in another)."""
    return code or (f"{name[0].lower()}{name[1:]}" if name.startswith("Unknown") else name)


def _spread(table: pa.Table | None) -> Iterator[tuple[str, str, int, float]]:
    for order in lines(table):
        for year in order.delivery_years:
            yield order.supplier, order.recipient, year, (order.tiv or 0.0) / len(order.delivery_years)


# By year --------------------------------------------------------------------------------------------------------------


def _years(
    world: World,
    state: str,
    side: Side,
    values: pa.Table | None,
    register: tuple[int, int] | None,
    orders: Sequence[Order],
    told: Sequence[Report],
    since: int | None,
    until: int | None,
) -> tuple[list[ArmsYear], list[int]]:
    """Amounts by year in the window, and the years that are covered. What no source covers is left out, not zero."""
    by_value: dict[int, dict[str, float]] = {}
    if values is not None:
        for supplier, recipient, year, tiv in valued(values.filter(pc.equal(values[side], state))):
            amounts = by_value.setdefault(year, {})
            other = recipient if side == "supplier" else supplier
            amounts[other] = amounts.get(other, 0.0) + (tiv or 0.0)
    by_order = stage.spread_over_years(orders, OTHER[side])
    by_report = _counted(told, OTHER[side]) if values is None and register is None else {}
    term = world.codebook.states[state].term
    extent = _extent(values)
    made = []
    for year in range(since or _least(extent, register, by_report), (until or _most(extent, register, by_report)) + 1):
        if (term.start and year < term.start.year) or (term.end and year > term.end.year):
            continue
        sources: tuple[tuple[Basis, bool, dict[int, dict[str, float]]], ...] = (
            ("values", extent is not None and extent[0] <= year <= extent[1], by_value),
            ("register", register is not None and register[0] <= year <= register[1], by_order),
            ("reports", year in by_report, by_report),
        )
        basis = next(((name, amounts) for name, covers, amounts in sources if covers), None)
        if basis is not None:
            made.append(ArmsYear(year=year, basis=basis[0], amounts=basis[1].get(year, {})))
    return made, [one.year for one in made]


def _least(*extents: Any) -> int:
    return min((min(one) for one in extents if one), default=1)


def _most(*extents: Any) -> int:
    return max((max(one) for one in extents if one), default=0)


def _counted(told: Iterable[Report], partner: Side) -> dict[int, dict[str, float]]:
    """Reports of what happened, counted by year and partner."""
    found: dict[int, dict[str, float]] = {}
    for report in told:
        day: date | None = report.since or report.told
        other = report.supplier if partner == "supplier" else report.recipient
        if day is not None and other is not None and report.status in ("occurred", "ongoing"):
            amounts = found.setdefault(day.year, {})
            amounts[other] = amounts.get(other, 0.0) + 1.0
    return found


# Choosing and telling -------------------------------------------------------------------------------------------------


def _within(one: ArmsTransfer, since: int | None, until: int | None) -> bool:
    """Whether something of it, or of its being told, lies in the window."""
    if since is None and until is None:
        return True
    years = one.years
    return years is not None and (since is None or years[1] >= since) and (until is None or years[0] <= until)


def _order(one: ArmsTransfer) -> tuple[Any, ...]:
    years = one.years or (LAST, LAST)
    return years[0], years[1], one.supplier or "", one.recipient or "", one.system or ""


def _alone(found: Sequence[ArmsTransfer], chosen: Sequence[ArmsTransfer], partner: str | None) -> Iterator[str]:
    if partner is not None and found and not chosen:
        yield f"no transfers with {partner} in these years; shares are of all partners"


def _notes(world: World, state: str, years: Sequence[ArmsYear]) -> Iterator[str]:
    spread = _from_register(one.year for one in years if one.basis == "register")
    if spread:
        yield spread
    if years and years[0].basis == "reports":
        yield COUNTED
    earlier = sorted(_lineage(world)(state) - {state})
    if earlier:
        yield f"lines of {', '.join(f'{world.codebook.states[code].name} ({code})' for code in earlier)} stand apart"


def _lacking(world: World, years: Sequence[ArmsYear], register: dict[int, dict[str, float]]) -> Iterator[str]:
    """Partners of which the register has deliveries in years in which the table of values has none."""
    total = sum(one.total for one in years)
    found: dict[str, dict[int, float]] = {}
    for one in years:
        for partner, amount in register.get(one.year, {}).items():
            if one.basis == "values" and amount and not one.amounts.get(partner):
                found.setdefault(partner, {})[one.year] = amount
    for partner, by_year in found.items():
        if (amount := sum(by_year.values())) > MARKED * total:
            state = world.codebook.states.get(partner)
            name = state.name if state else partner
            yield LACKING.format(partner=name, count=len(by_year), years=_window(by_year), amount=amount)


def _window(years: Iterable[int]) -> str:
    known = sorted(years)
    return f"{known[0]}-{known[-1]}" if known[0] != known[-1] else str(known[0])


def _from_register(years: Iterable[int]) -> str | None:
    known = list(years)
    return SPREAD.format(years=_window(known)) if known else None
