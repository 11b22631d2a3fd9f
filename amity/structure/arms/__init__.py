"""Arms: who supplies whom with what, by the text and by a register; shares of suppliers. See docs/arms.md."""

from amity.structure.arms.designations import Designations
from amity.structure.arms.matching import differences, transfers
from amity.structure.arms.reports import concerning, reports
from amity.structure.arms.shares import diversification, flows, rolling, shares, spread_over_years
from amity.structure.arms.uses import uses

__all__ = [
    "Designations",
    "concerning",
    "differences",
    "diversification",
    "flows",
    "reports",
    "rolling",
    "shares",
    "spread_over_years",
    "transfers",
    "uses",
]
