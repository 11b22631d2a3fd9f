"""How far the arms register is resolved, agrees with values by year, takes back its own lines; what intervals hold.

`register`: lines, and the shares of them with both states, a category, a system of the codebook.
`values`: the register's values, spread evenly over the years of delivery, beside the table of values, by recipient and
year, and by supplier, recipient and year, before and since 1992: correlation, and the ratio of the sums.
`matching`: reports made of lines drawn from the register (`DRAWN`), as a text would give them: by designation or only
by kind, with or without a date, dates a year off, numbers rounded to tens; how many come back to their line, to another
line of the same system, to lines of the kind, or are taken for additions. `strangers` are the same reports under a
supplier that never supplied that recipient: whatever matches is wrong. The texts are our own making, so this says how
the rules keep lines apart, not how well texts are read.
`intervals`: synthetic worlds of years with lumpy deliveries, by number of years: how often the 90 % interval holds the
true share of the largest supplier and the true diversification. `next`: how often, for real recipients, the interval of
five years holds the share of the next five: intervals say how sure a window's share is, not what will be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from amity.errors import InputError
from amity.evaluation import world as worlds
from amity.pipeline.arms import lines, valued
from amity.pipeline.world import World
from amity.records.arms import ArmsYear, Order, Report
from amity.structure.arms import Designations, diversification, shares, transfers

DRAWN = 1500
SEED = 8
TURN = 1992
WINDOW = 5
WORLDS = 300
YEARS = (5, 10, 20, 40)
SUPPLIERS = {"spread": np.array([0.5, 0.25, 0.15, 0.1]), "concentrated": np.array([0.8, 0.15, 0.05])}
"""Expected shares in synthetic worlds, and in how many years of all they deliver."""

OFTEN = {"spread": 0.4, "concentrated": 0.6}


def evaluate(data: Path) -> dict[str, Any]:
    """Figures of all five parts.

    Raises:
        InputError: where `data` has no register or no values.
    """
    world = worlds.open(data)
    orders, values = world.table("orders"), world.table("deliveries")
    if orders is None or values is None:
        raise InputError(str(data), "has no SIPRI register and values (states/sipri_…)")
    found = list(lines(orders))
    designations = Designations(world.codebook.arms)
    return {
        "register": _register(orders, found, designations),
        "values": _values(found, values),
        "matching": _matching(world, found, designations),
        "intervals": _intervals(),
        "next": _next(values),
    }


def _register(table: pa.Table, found: Sequence[Order], designations: Designations) -> dict[str, Any]:
    both = [one for one in table.select(["supplier", "recipient"]).to_pylist() if one["supplier"] and one["recipient"]]
    return {
        "lines": len(found),
        "both states known": len(both) / len(found),
        "category known": _share(one.category is not None for one in found),
        "system of the codebook": _share(designations.system(one.designation, one.category) for one in found),
        "number estimated": _share(one.number_estimated for one in found),
        "licensed production": _share(bool(one.licence) for one in found),
    }


def _share(those: Iterable[Any]) -> float:
    told = [bool(one) for one in those]
    return sum(told) / len(told) if told else float("nan")


# Values ---------------------------------------------------------------------------------------------------------------


def _values(found: Sequence[Order], values: pa.Table) -> dict[str, dict[str, Any]]:
    table: dict[tuple[str, str, int], float] = {}
    for supplier, recipient, year, tiv in valued(values):
        table[supplier, recipient, year] = table.get((supplier, recipient, year), 0.0) + (tiv or 0.0)
    register: dict[tuple[str, str, int], float] = {}
    for one in found:
        for year in one.delivery_years:
            key = (one.supplier, one.recipient, year)
            register[key] = register.get(key, 0.0) + (one.tiv or 0.0) / len(one.delivery_years)
    last = max(year for *_, year in table)
    made = {}
    for name, first, until in ((f"before {TURN}", 0, TURN - 1), (f"{TURN} to {last}", TURN, last)):
        kept = [{key: amount for key, amount in one.items() if first <= key[2] <= until} for one in (register, table)]
        made[f"dyads, {name}"] = _agreement(*kept)
        made[f"recipients, {name}"] = _agreement(*(_summed(one) for one in kept))
    return made


def _summed(amounts: Mapping[tuple[str, str, int], float]) -> dict[tuple[str, int], float]:
    found: dict[tuple[str, int], float] = {}
    for (_, recipient, year), amount in amounts.items():
        found[recipient, year] = found.get((recipient, year), 0.0) + amount
    return found


def _agreement(one: Mapping[Any, float], other: Mapping[Any, float]) -> dict[str, Any]:
    keys = sorted({*one, *other}, key=str)
    a, b = (np.array([amounts.get(key, 0.0) for key in keys]) for amounts in (one, other))
    return {
        "n": len(keys),
        "correlation": float(np.corrcoef(a, b)[0, 1]) if len(keys) > 2 else None,
        "register / values": float(a.sum() / b.sum()) if b.sum() else None,
    }


# Matching -------------------------------------------------------------------------------------------------------------


def _matching(world: World, found: Sequence[Order], designations: Designations) -> dict[str, dict[str, Any]]:
    """Reports of drawn lines against all lines of the same recipient."""
    rng = np.random.default_rng(SEED)
    fit = [one for one in found if designations.system(one.designation, one.category) and one.delivery_years]
    drawn = [fit[at] for at in sorted(rng.choice(len(fit), min(DRAWN, len(fit)), replace=False))]
    by_recipient: dict[str, list[Order]] = {}
    for one in found:
        by_recipient.setdefault(one.recipient, []).append(one)
    suppliers = sorted(state.id for state in world.codebook.states)
    made: dict[str, dict[str, Any]] = {}
    for name, named, dated in (
        ("by designation, dated", True, True),
        ("by designation, undated", True, False),
        ("by kind, dated", False, True),
        ("by kind, undated", False, False),
    ):
        reports = [_report(one, designations, named, dated, rng) for one in drawn]
        pairs = zip(drawn, reports, strict=True)
        outcomes = [_outcome(one, report, by_recipient[one.recipient], designations) for one, report in pairs]
        made[name] = {kind: _share(one == kind for one in outcomes) for kind in KINDS}
        if named:
            foreign = [_stranger(one, by_recipient[one.recipient], suppliers, rng) for one in drawn]
            moved = [_renamed(report, supplier) for report, supplier in zip(reports, foreign, strict=True)]
            pairs = zip(drawn, moved, strict=True)
            outcomes = [_outcome(one, report, by_recipient[one.recipient], designations) for one, report in pairs]
            made[f"strangers, {name}"] = {kind: _share(one == kind for one in outcomes) for kind in KINDS}
    return made


KINDS = ("its line", "another line of the system", "another line", "lines of the kind", "an addition")


def _report(one: Order, designations: Designations, named: bool, dated: bool, rng: np.random.Generator) -> Report:
    """As a text would tell of a line a year after its first delivery, or two."""
    first = one.delivery_years[0]
    year = int(rng.integers(one.first or first, first + 1)) + int(rng.integers(-1, 2))
    number = one.number if one.number is None or rng.random() < 0.5 else max(1, round(one.number, -1))
    return Report(
        supplier=one.supplier,
        recipient=one.recipient,
        system=designations.system(one.designation, one.category) if named else one.category,
        category=one.category,
        value=number if rng.random() < 0.5 else None,
        since=date(year, 1, 1) if dated else None,
        until=date(year, 12, 31) if dated else None,
        told=date(first + int(rng.integers(1, 3)), 7, 1),
        claims=("made",),
    )


def _stranger(one: Order, others: Sequence[Order], suppliers: Sequence[str], rng: np.random.Generator) -> str:
    known = {other.supplier for other in others} | {one.recipient}
    strangers = [supplier for supplier in suppliers if supplier not in known]
    return strangers[int(rng.integers(len(strangers)))]


def _renamed(report: Report, supplier: str) -> Report:
    import msgspec

    return msgspec.structs.replace(report, supplier=supplier)


def _outcome(one: Order, report: Report, others: Sequence[Order], designations: Designations) -> str:
    (found,) = [each for each in transfers(others, [report], designations, known=(1950, 2100)) if each.reports]
    if found.outcome == "kind":
        return "lines of the kind"
    if found.order is None:
        return "an addition"
    if found.order.id == one.id:
        return "its line"
    same = designations.system(found.order.designation, found.order.category) == report.system
    return "another line of the system" if same else "another line"


# Intervals ------------------------------------------------------------------------------------------------------------


def _intervals() -> dict[str, dict[str, Any]]:
    """Years drawn alike: in each, every supplier delivers or not, in lumps of lognormal size."""
    rng = np.random.default_rng(SEED)
    made: dict[str, dict[str, Any]] = {}
    for name, truth in SUPPLIERS.items():
        for count in YEARS:
            sizes = (WORLDS, count, len(truth))
            lumps = (rng.random(sizes) < OFTEN[name]) * rng.lognormal(0.0, 1.0, sizes) * truth
            made[f"{name}, {count} years"] = _held([_as_years(one) for one in lumps], truth)
    return made


def _held(worlds: Iterable[Sequence[ArmsYear]], truth: np.ndarray[Any, Any]) -> dict[str, Any]:
    index = 1.0 - float((truth**2).sum())
    share, spread, off = [], [], []
    for years in worlds:
        first = next((one for one in shares(years, [], "supplier") if one.partner == "0"), None)
        whole = diversification(years)
        if first is None or first.low is None or first.high is None or not whole or whole.low is None:
            continue
        share.append(first.low <= truth[0] <= first.high)
        spread.append(whole.low <= index <= (whole.high or 1.0))
        off.append(whole.value - index)
    return {
        "share held": _share(share),
        "diversification held": _share(spread),
        "diversification off by": float(np.mean(off)),
    }


def _as_years(table: np.ndarray[Any, Any]) -> list[ArmsYear]:
    return [
        ArmsYear(year=year, basis="values", amounts={str(at): float(one) for at, one in enumerate(row) if one})
        for year, row in enumerate(table)
    ]


def _next(values: pa.Table) -> dict[str, Any]:
    """Windows of five years, each beside the next."""
    by_recipient: dict[str, dict[int, dict[str, float]]] = {}
    for supplier, recipient, year, tiv in valued(values):
        amounts = by_recipient.setdefault(recipient, {}).setdefault(year, {})
        amounts[supplier] = amounts.get(supplier, 0.0) + (tiv or 0.0)
    held, changes, spreads = [], [], []
    for known in by_recipient.values():
        for first in range(1992, 2012, WINDOW):
            now, then = (
                [ArmsYear(year=year, basis="values", amounts=known.get(year, {})) for year in range(at, at + WINDOW)]
                for at in (first, first + WINDOW)
            )
            largest = next(iter(shares(now, [], "supplier")), None)
            later = {one.partner: one.share for one in shares(then, [], "supplier")}
            before, after = diversification(now), diversification(then)
            if largest is None or largest.low is None or largest.high is None or not later or not before or not after:
                continue
            share = later.get(largest.partner, 0.0)
            held.append(largest.low <= share <= largest.high)
            changes.append(abs(share - largest.share))
            spreads.append(abs(after.value - before.value))
    return {
        "windows": len(held),
        "share held": _share(held),
        "mean change of the largest share": float(np.mean(changes)) if changes else None,
        "mean change of diversification": float(np.mean(spreads)) if spreads else None,
    }
