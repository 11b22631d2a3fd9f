"""Amounts by partner and year, shares of them with intervals, diversification, and who arms whom.

Let x_p be what a state had from partner p in the years of a window, s_p = x_p / Σ x. Diversification is the
Gini-Simpson index 1 - Σ s_p² (Herfindahl's turned round): 0 with one partner, towards 1 with many equal ones;
1 / Σ s_p² is the number of equal partners that would give the same. Arms come in lumps, so the years of the window, not
single weapons, are drawn anew (with replacement) for the 90 % intervals. With fewer than `FEWEST` years of deliveries
there is none. The index of n independent deliveries is too low by a factor of 1 - 1 / n on average: few deliveries look
like few suppliers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from amity.records.arms import ArmsFlow, ArmsShare, ArmsTransfer, ArmsYear, Order, Spread

DRAWS = 2000
SEED = 20260731
FEWEST = 4
INTERVAL = (5, 95)


def spread_over_years(orders: Iterable[Order], partner: str) -> dict[int, dict[str, float]]:
    """Values of the register by year and partner (`supplier` or `recipient`), those of a line spread evenly over the
    years in which it was delivered.
    """
    found: dict[int, dict[str, float]] = {}
    for order in orders:
        for year in order.delivery_years:
            amounts = found.setdefault(year, {})
            who = getattr(order, partner)
            amounts[who] = amounts.get(who, 0.0) + (order.tiv or 0.0) / len(order.delivery_years)
    return found


def shares(years: Sequence[ArmsYear], transfers: Iterable[ArmsTransfer], partner: str) -> tuple[ArmsShare, ...]:
    """Partners by share, the largest first."""
    names, table = _table(years)
    total = table.sum()
    if not total:
        return ()
    amounts = table.sum(axis=0)
    drawn = _drawn(table)
    lines: dict[str, int] = {}
    for one in transfers:
        if one.order is not None:
            lines[getattr(one, partner)] = lines.get(getattr(one, partner), 0) + 1
    made = []
    for at in np.argsort(-amounts, kind="stable"):
        active = [year.year for year in years if year.amounts.get(names[at])]
        low, high = np.percentile(drawn[:, at], INTERVAL) if drawn is not None else (None, None)
        made.append(
            ArmsShare(
                partner=names[at],
                amount=float(amounts[at]),
                share=float(amounts[at] / total),
                low=None if low is None else float(low),
                high=None if high is None else float(high),
                years=len(active),
                first=min(active, default=None),
                last=max(active, default=None),
                lines=lines.get(names[at], 0),
            )
        )
    return tuple(one for one in made if one.amount > 0)


def diversification(years: Sequence[ArmsYear]) -> Spread | None:
    """1 - Σs² over the partners of a window; null when nothing was delivered."""
    _, table = _table(years)
    if not table.sum():
        return None
    together = float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    drawn = _drawn(table)
    low, high = np.percentile(1.0 - (drawn**2).sum(axis=1), INTERVAL) if drawn is not None else (None, None)
    return Spread(
        value=1.0 - together,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        effective=1.0 / together,
    )


def flows(amounts: Mapping[tuple[str, str], Mapping[int, float]]) -> list[ArmsFlow]:
    """Who arms whom, the largest first; `amounts` by supplier and recipient, then by year."""
    sums = {pair: sum(by_year.values()) for pair, by_year in amounts.items()}
    given: dict[str, float] = {}
    got: dict[str, float] = {}
    for (supplier, recipient), amount in sums.items():
        given[supplier] = given.get(supplier, 0.0) + amount
        got[recipient] = got.get(recipient, 0.0) + amount
    made = [
        ArmsFlow(
            supplier=supplier,
            recipient=recipient,
            amount=amount,
            of_recipient=amount / got[recipient],
            of_supplier=amount / given[supplier],
            first=min(amounts[supplier, recipient]),
            last=max(amounts[supplier, recipient]),
        )
        for (supplier, recipient), amount in sums.items()
        if amount > 0
    ]
    return sorted(made, key=lambda one: (-one.amount, one.supplier, one.recipient))


def _table(years: Sequence[ArmsYear]) -> tuple[list[str], NDArray[np.float64]]:
    """Amounts as (years, partners)."""
    names = sorted({name for year in years for name in year.amounts})
    rows = [[year.amounts.get(name, 0.0) for name in names] for year in years]
    return names, np.array(rows, dtype=np.float64).reshape(len(years), len(names))


def _drawn(table: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Shares (draws, partners) of years drawn anew; null when too few years have deliveries."""
    if int((table.sum(axis=1) > 0).sum()) < FEWEST:
        return None
    picked = np.random.default_rng(SEED).integers(0, len(table), (DRAWS, len(table)))
    sums = table[picked].sum(axis=1)
    totals = sums.sum(axis=1, keepdims=True)
    some = totals[:, 0] > 0
    found: NDArray[np.float64] = sums[some] / totals[some]
    return found
