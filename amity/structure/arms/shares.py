"""Amounts by partner and year, shares of them with intervals, diversification, and who arms whom.

Let x_p be what a state had from partner p in the years of a window, s_p = x_p / Σ x. Diversification is the
Gini-Simpson index 1 - Σ s_p² (Herfindahl's turned round): 0 with one partner, towards 1 with many equal ones;
1 / Σ s_p² is the number of equal partners that would give the same.

Arms come in lumps, so the years of the window, not single weapons, are drawn anew with replacement for the 90 %
intervals, and percentiles are taken further out the fewer years there are: those of Φ(-t √(n / (n - 1))), t the
quantile of Student's distribution with n - 1 degrees of freedom and n the years with deliveries (Hesterberg 2015, "What
teachers should know about the bootstrap", The American Statistician 69). With fewer than `FEWEST` such years there is
none. Few deliveries look like few suppliers: the index is too low on average, and falls again by about as much when
years are drawn from the years, so its interval is moved back up by that much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, t

from amity.records.arms import ArmsFlow, ArmsShare, ArmsTransfer, ArmsYear, Order, Spread

DRAWS = 2000
SEED = 20260731
FEWEST = 4
TAIL = 0.05


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
        low, high = _bounds(drawn[:, at], table) if drawn is not None else (None, None)
        made.append(
            ArmsShare(
                partner=names[at],
                amount=float(amounts[at]),
                share=float(amounts[at] / total),
                low=low,
                high=high,
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
    low = high = None
    if drawn is not None:
        again = 1.0 - (drawn**2).sum(axis=1)
        low, high = _bounds(again + (1.0 - together - again.mean()), table)
    return Spread(value=1.0 - together, low=low, high=high, effective=1.0 / together)


def rolling(years: Sequence[ArmsYear], length: int = 5) -> list[ArmsYear]:
    """The years with the diversification of the `length` years that end with each, where all of them are covered."""
    known = {one.year: one for one in years}
    made = []
    for one in years:
        window = [known[year] for year in range(one.year - length + 1, one.year + 1) if year in known]
        spread = diversification(window) if len(window) == length else None
        made.append(msgspec.structs.replace(one, spread=spread))
    return made


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


def _bounds(values: NDArray[np.float64], table: NDArray[np.float64]) -> tuple[float, float]:
    """The interval of shares or indices that years drawn anew gave."""
    n = int((table.sum(axis=1) > 0).sum())
    tail = float(norm.cdf(t.ppf(TAIL, n - 1) * (n / (n - 1)) ** 0.5))
    low, high = np.clip(np.quantile(values, (tail, 1.0 - tail)), 0.0, 1.0)
    return float(low), float(high)
