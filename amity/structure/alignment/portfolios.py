"""How alike two states' alliances are: Signorino and Ritter's S, and κ and π, which allow for chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]

COMMITMENT: Mapping[str, float] = MappingProxyType(
    {"defense": 3.0, "offense": 3.0, "neutrality": 2.0, "consultation": 1.0, "nonaggression": 0.0}
)
"""What a commitment weighs; of several between two states the strongest counts.

To fight beside one another, to stay out of the other's wars, to talk. A promise not to attack is none to help, and ATOP
has it between all members of the OSCE, so that with any weight it ties old enemies together: here it weighs nothing,
unlike in the order of COW's alliances."""

HIGHEST = 3.0
"""The strongest tie; every state has it with itself."""


def commitments(
    alliances: pa.Table, states: Sequence[str], year: int, weights: Mapping[str, float] = COMMITMENT
) -> Floats:
    """The strongest commitment between all pairs of states in a year: symmetric (states, states), `HIGHEST` on the
    diagonal. Rows of pairs that are told several times are joined; states that are not asked for are left out."""
    rows = alliances.filter(pc.equal(alliances["year"], year))
    index = {state: number for number, state in enumerate(states)}
    ties = np.zeros((len(states), len(states)))
    weight = np.zeros(rows.num_rows)
    for kind, value in weights.items():
        weight = np.maximum(weight, value * rows[kind].fill_null(False).to_numpy().astype(float))
    for a, b, value in zip(rows["a"].to_pylist(), rows["b"].to_pylist(), weight, strict=True):
        if a in index and b in index:
            one, other = index[a], index[b]
            ties[one, other] = ties[other, one] = max(ties[one, other], value)
    np.fill_diagonal(ties, HIGHEST)
    return ties


def s_score(x: Floats, y: Floats, highest: float = HIGHEST) -> float:
    """S = 1 - 2 Σ|x - y| / (n·highest) of two portfolios (n third parties), between -1 and 1.

    Signorino and Ritter (1999), Tau-b or Not Tau-b, International Studies Quarterly 43: 115-144."""
    return float(1.0 - 2.0 * np.abs(x - y).sum() / (len(x) * highest))


def kappa(x: Floats, y: Floats) -> float:
    """κ = 1 - Σ(x - y)² / Σ[(x - x̄)² + (y - ȳ)² + (x̄ - ȳ)²]: agreement beyond what two states with so many ties
    have by chance. 1 for the same portfolio, 0 for chance; undefined (NaN) where both are constant and the same.

    Häge (2011), Choice or Circumstance?, Political Analysis 19: 287-305."""
    return float(_agreement(x[None], y[None], np.ones((1, len(x))))[0][0, 0, 0])


def pi(x: Floats, y: Floats) -> float:
    """π = 1 - Σ(x - y)² / Σ[(x - m)² + (y - m)²], m = (x̄ + ȳ)/2: as κ, but chance takes both for states with alike
    numbers of ties; never above κ. Häge (2011)."""
    return float(_agreement(x[None], y[None], np.ones((1, len(x))))[1][0, 0, 0])


def agreement(ties: Floats, poles: Sequence[int], draws: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """κ and π of every state's portfolio with each pole's: two arrays (1 + draws, states, poles).

    The first layer is on all third parties; the others are bootstraps, in which third parties are drawn with
    repetition (the portfolio is taken for a sample of those with whom states might have tied themselves)."""
    count = len(ties)
    weights = np.vstack([np.ones(count), rng.multinomial(count, np.full(count, 1.0 / count), size=draws)])
    return _agreement(ties, ties[list(poles)], weights)


def _agreement(x: Floats, y: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """κ and π, (draws, rows of x, rows of y), with `weights` (draws, columns) on the columns."""
    total = weights.sum(axis=1)[:, None]
    mean_x, mean_y = weights @ x.T / total, weights @ y.T / total
    square_x, square_y = weights @ (x**2).T / total, weights @ (y**2).T / total
    product = np.einsum("dk,ik,pk->dip", weights, x, y, optimize=True) / total[:, :, None]
    apart = square_x[:, :, None] + square_y[:, None, :] - 2.0 * product
    spread = (square_x - mean_x**2)[:, :, None] + (square_y - mean_y**2)[:, None, :]
    gap = (mean_x[:, :, None] - mean_y[:, None, :]) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return tuple(  # type: ignore[return-value]
            np.where(chance > 1e-12, 1.0 - apart / chance, np.nan) for chance in (spread + gap, spread + gap / 2.0)
        )


def renamed(table: pa.Table, columns: Sequence[str], codes: Mapping[str, str]) -> pa.Table:
    """A table with other codes in some columns."""
    for column in columns:
        names = [codes.get(one, one) for one in table[column].to_pylist()]
        table = table.set_column(table.column_names.index(column), column, pa.array(names, pa.string()))
    return table
