"""Alignment: where states stand between poles, how much they deal with them, and how they answer hostility.

>>> from amity.structure.alignment import Material, align
>>> found = align(Material(states=…, years=…, poles=("USA", "RUS"), members=…, votes=table), "AZE", 1992, 2018)
>>> [(one.year, one.alignment, one.verdict) for one in found.alignments]
"""

from amity.records.alignment import PARTS, SECURITY
from amity.structure.alignment.parts import Material, holdings, positions
from amity.structure.alignment.reading import align
from amity.structure.alignment.system import continued, members

__all__ = ["PARTS", "SECURITY", "Material", "align", "continued", "holdings", "members", "positions"]
