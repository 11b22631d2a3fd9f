"""All dyads of a panel fitted at once on one layer: who deals how much and how well with whom, in every period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from amity.records.panel import Dyad, Panel
from amity.records.relations import LEVEL, Pace, Temper
from amity.relations import intensity, learning, valence
from amity.relations.intensity import UNIT, Counts, Gamma
from amity.relations.memory import Array
from amity.relations.valence import Means, Mood, Scores

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")

ANY = 5.0
"""The usual size of a score where nothing is known of a layer."""


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Intensity and valence of every dyad of `panel` on `layer` (null: on all), as arrays (dyads, periods).

    `pace` and `temper` are the learned settings. Distributions have the axes (periods, dyads): `rate` and `means`
    as known in the end, `rate_ahead` and `means_ahead` as expected one step ahead, from what came before each period.
    `usual` are the layer's sums of scores, of their squares, and of weights.
    """

    panel: Panel
    layer: str | None
    pace: Pace
    temper: Temper
    counts: Counts
    scores: Scores
    rate: Gamma
    rate_ahead: Gamma
    weight: Array
    means: Means
    means_ahead: Means
    usual: Array

    @property
    def dyads(self) -> tuple[Dyad, ...]:
        """Who acts on whom, in the order of the arrays."""
        return self.panel.dyads

    @property
    def mood(self) -> Mood:
        """Valences as known in the end."""
        return Mood.of(self.means.mean, self.means.events)

    @property
    def mood_ahead(self) -> Mood:
        """Valences as expected one step ahead."""
        return Mood.of(self.means_ahead.mean, self.means_ahead.events)

    @property
    def intensity(self) -> Array:
        """Expected events per thousand recorded (dyads, periods); predictions where a period is not covered."""
        return self.rate.mean.T

    @property
    def valence(self) -> Array:
        """Expected score of an event, -10 to 10 (dyads, periods)."""
        return self.mood.mean.T

    def intensity_interval(self, level: float = LEVEL) -> tuple[Array, Array]:
        """Bounds of intensity that hold it with probability `level`, each (dyads, periods)."""
        return self.rate.quantile((1 - level) / 2).T, self.rate.quantile((1 + level) / 2).T

    def valence_interval(self, level: float = LEVEL) -> tuple[Array, Array]:
        """Bounds of valence that hold it with probability `level`, each (dyads, periods)."""
        return self.mood.quantile((1 - level) / 2).T, self.mood.quantile((1 + level) / 2).T

    def of(self, dyads: NDArray[np.int64]) -> Fitted:
        """The same of some rows only."""
        return replace(
            self,
            panel=replace(self.panel, dyads=tuple(self.dyads[row] for row in dyads)),
            counts=self.counts.of(dyads),
            scores=self.scores.of(dyads),
            rate=Gamma(*(part[:, dyads] for part in self.rate)),
            rate_ahead=Gamma(*(part[:, dyads] for part in self.rate_ahead)),
            weight=self.weight[:, dyads],
            means=Means(*(part[..., dyads] for part in self.means)),
            means_ahead=Means(*(part[..., dyads] for part in self.means_ahead)),
        )


def fit(panel: Panel, layer: str | None = None, *, pace: Pace | None = None, temper: Temper | None = None) -> Fitted:
    """Fit every dyad of a panel on one layer, or on all together.

    Settings are learned from the panel unless they are given. Nothing is known of a dyad that the panel does not have;
    add it with `with_dyads` to have it told that nothing was recorded.
    """
    layers = None if layer is None else (layer,)
    counts, scores = counted(panel, layers), scored(panel, layers)
    pace = pace or learning.pace(counts)
    temper = temper or learning.temper(by_quad(panel, layers))
    filtered = intensity.filtered(counts, pace)
    return Fitted(
        panel=panel,
        layer=layer,
        pace=pace,
        temper=temper,
        counts=counts,
        scores=scores,
        rate=intensity.smoothed(counts, pace, filtered.weight),
        rate_ahead=filtered.ahead,
        weight=filtered.weight,
        means=valence.smoothed(scores, temper),
        means_ahead=valence.filtered(scores, temper),
        usual=valence.told(scores, temper).sum((1, 2)),
    )


def counted(panel: Panel, layers: Collection[str] | None = None) -> Counts:
    """Counts of a panel as the filter of intensity takes them."""
    number = {state: row for row, state in enumerate(panel.states)}
    events = np.ascontiguousarray(panel.dense("count", layers=layers).T)
    actor, recipient = (np.array([number[dyad[end]] for dyad in panel.dyads], np.int64) for end in (0, 1))
    return Counts(
        events=events,
        doubt=np.ascontiguousarray(panel.dense("doubt", layers=layers).T),
        exposure=panel.exposure / UNIT,
        actor=actor,
        recipient=recipient,
        sent=intensity.activity(events, actor, len(number)),
        received=intensity.activity(events, recipient, len(number)),
    )


def scored(panel: Panel, layers: Collection[str] | None = None) -> Scores:
    """Scores and squared scores of a panel as the filter of valence takes them."""
    number, value, square, count, doubt = (
        np.ascontiguousarray(panel.dense(measure, layers=layers).T)
        for measure in ("scored", "value", "square", "count", "doubt")
    )
    share = np.divide(number, count, out=np.zeros_like(count), where=count > 0)
    return Scores(number, np.stack([value, square]), doubt * share, np.array([0.0, ANY**2]))


def by_quad(panel: Panel, layers: Collection[str] | None = None) -> Scores:
    """Events of a panel by quad."""
    counts = np.stack([panel.dense("count", layers=layers, quads=(quad,)).T for quad in QUADS])
    doubt = panel.dense("doubt", layers=layers, quads=QUADS).T
    return Scores(counts.sum(0), counts, doubt, np.full(len(QUADS), 1 / len(QUADS)))


def with_dyads(panel: Panel, dyads: Collection[Dyad]) -> Panel:
    """The panel with further dyads of which nothing was recorded."""
    more = sorted(set(dyads) - set(panel.dyads))
    return replace(panel, dyads=(*panel.dyads, *more)) if more else panel
