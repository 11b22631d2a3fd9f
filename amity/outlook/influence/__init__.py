"""What a shock on one dyad goes along with on others: a social-influence autoregression. See docs/whatif.md."""

from amity.outlook.influence.model import Model, learn, whatif
from amity.outlook.influence.series import MEASURES, Measure, Series, series
from amity.outlook.influence.shocks import Asked, Kind, asked

__all__ = ["MEASURES", "Asked", "Kind", "Measure", "Model", "Series", "asked", "learn", "series", "whatif"]
