"""Relations: how much and how well directed dyads deal with each other, layer by layer, over time.

>>> from amity.relations import fit, relation
>>> fitted = fit(panel, layer="military")
>>> fitted.intensity, fitted.valence, fitted.intensity_interval()      # arrays (dyads, periods)
>>> relation(fitted, ("AZE", "ISR"))                                   # the series of one dyad, a record
"""

from amity.relations.fitted import Fitted, fit, with_dyads
from amity.relations.series import relation

__all__ = ["Fitted", "fit", "relation", "with_dyads"]
