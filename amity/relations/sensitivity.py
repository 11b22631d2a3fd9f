"""How far valence hangs on the scale of scores."""

from __future__ import annotations

import numpy as np

from amity.records.relations import Relation, Sensitivity
from amity.relations.fitted import Fitted
from amity.relations.memory import Array
from amity.relations.series import broken, feelings


def sensitivity(fitted: Fitted, other: Fitted, told: Relation) -> Sensitivity:
    """The valences of `told` (of `fitted`) by the scale of `other`, the same events fitted with the same settings."""
    row, again = (one.panel.index[told.actor, told.recipient] for one in (fitted, other))  # type: ignore[index]
    shown = [int(np.flatnonzero(fitted.panel.edges == np.datetime64(point.start, "D"))[0]) for point in told.points]
    moods = feelings(broken(other.of(np.array([again])), told.changes).mood)
    both = {dyad: place for place, dyad in enumerate(other.dyads)}
    shared = [(place, both[dyad]) for place, dyad in enumerate(fitted.dyads) if dyad in both]
    mine, theirs = np.array(shared).T
    return Sensitivity(
        actor=told.actor,
        recipient=told.recipient,
        layer=told.layer,
        scale=other.panel.scale,
        points=tuple(moods[now] for now in shown),
        correlation=_pearson(fitted.means.mean[0, shown, row], other.means.mean[0, shown, again]),
        everywhere=_pearson(fitted.means.mean[0].mean(0)[mine], other.means.mean[0].mean(0)[theirs]),
    )


def _pearson(one: Array, other: Array) -> float | None:
    if len(one) < 3 or np.ptp(one) < _STILL or np.ptp(other) < _STILL:
        return None
    return float(np.corrcoef(one, other)[0, 1])


_STILL = 1e-9
