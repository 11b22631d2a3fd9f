"""Synthetic worlds with known truth, as panels. All are drawn from a seed; states are called AAA, AAB …

>>> from tests.worlds import complexes
>>> world = complexes(seed=1)
>>> world.panel, world.members, world.enemies
"""

from tests.worlds.changes import constant, doubled, empty, one_event, permuted, relabelled, shifted, uncovered
from tests.worlds.making import QUADS, codes, panel_of
from tests.worlds.planted import Changed, Complexes, Influenced, changing, complexes, influenced

__all__ = [
    "QUADS",
    "Changed",
    "Complexes",
    "Influenced",
    "changing",
    "codes",
    "complexes",
    "constant",
    "doubled",
    "empty",
    "influenced",
    "one_event",
    "panel_of",
    "permuted",
    "relabelled",
    "shifted",
    "uncovered",
]
