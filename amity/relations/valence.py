"""Valence: how friendly or hostile what a dyad does is, kept apart from how much it does; a mean that forgets.

What kinds of events a dyad has next is Dirichlet distributed, with concentrations that are past events by their age;
the valence θ is the mean score of what is to come. For that the first two moments do: of a period with n scored events
of mean score x and mean square q,

    θ = (k₀ M + k ℓ + Σ w x δ^age) / K,   K = k₀ + k + Σ w δ^age,   w = n / (1 + n^(1-g)/κ + doubt/n)
    variance of θ = (s - θ²) / (K + 1),   s likewise, of q

Events of one period resemble each other, hence κ and g: the more there are, the less each tells. θ is drawn to the mean
of the layer M, which is worth k₀ events, and to the dyad's own mean over all time ℓ, worth k = c₀ S / (c₀ + S) events,
at most c₀ of the S = Σ w there are. This is discounting of a Dirichlet (West and Harrison 1997, ch. 14; Smith 1979,
JRSS B 41) with shrinkage. Settings are learned from how well the quads of events are predicted one step ahead
(Dirichlet-multinomial: Mosimann 1962, Biometrika 49), hence alike for every scale of scores. Intervals are those of a
beta distribution from -10 to 10 with the same moments.
The filter sees the past alone, the smoother both sides; doubtful rows (`doubt`) count less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from amity.records.relations import Temper
from amity.relations.memory import Array, around, decay, rising

BOUND = 10.0
"""Scores lie between minus this and this."""


VAGUE = 4.0
"""Events that a layer of which nothing is known is worth: of all scores, on average of none."""


class Scores(NamedTuple):
    """Number of scored events, sums of what is averaged over them, variance from doubtful rows.

    `sums` are (things, periods, dyads): scores and their squares, or the events of each quad. `number` and `doubt` are
    (periods, dyads). `vague` are the means (things) of a layer of which nothing is known.
    """

    number: Array
    sums: Array
    doubt: Array
    vague: Array

    def of(self, dyads: NDArray[np.int64]) -> Scores:
        """Of some dyads only."""
        return Scores(self.number[:, dyads], self.sums[..., dyads], self.doubt[:, dyads], self.vague)

    @property
    def mean(self) -> Array:
        """Means of each period; 0 where there is nothing."""
        return np.divide(self.sums, self.number, out=np.zeros_like(self.sums), where=self.number > 0)


class Means(NamedTuple):
    """Means as they stand (things, periods, dyads), and how many events each rests on (periods, dyads)."""

    mean: Array
    events: Array


class Mood(NamedTuple):
    """Distributions of mean scores: their means and variances."""

    mean: Array
    variance: Array

    @classmethod
    def of(cls, mean: Array, events: Array) -> Mood:
        """From means of scores and of squared scores, `mean` (2, …), that rest on so many events."""
        return cls(mean[0], np.maximum(mean[1] - mean[0] ** 2, _LEAST) / (events + 1.0))

    def quantile(self, probability: float) -> Array:
        """The mean score that is not exceeded with a probability."""
        share, events = _beta(self.mean, self.variance)
        beta = special.betaincinv(share * events, (1 - share) * events, probability)
        return np.asarray(2 * BOUND * beta - BOUND)


def filtered(scores: Scores, temper: Temper) -> Means:
    """Every period's means as known before it."""
    kept, news = decay(temper.half_life), told(scores, temper)
    sums = np.empty(news.shape)
    recent, past = np.zeros((2, *news[:, 0].shape))
    for now in range(news.shape[1]):
        sums[:, now] = recent + prior(past, past.sum(1), scores.vague, temper)
        recent, past = kept * (recent + news[:, now]), past + news[:, now]
    return Means(sums[:-1] / sums[-1], sums[-1])


def smoothed(scores: Scores, temper: Temper, layer: Array | None = None, breaks: Sequence[int] = ()) -> Means:
    """Every period's means as known in the end. `layer` are the layer's sums, if these dyads are not all of it; memory
    ends at `breaks`."""
    kept, news = decay(temper.half_life), told(scores, temper)
    past = news.sum(1)
    usual = prior(past, past.sum(1) if layer is None else layer, scores.vague, temper)
    sums = np.stack([around(one, kept, breaks) for one in news]) + usual[:, None]
    return Means(sums[:-1] / sums[-1], sums[-1])


def long_run(scores: Scores, temper: Temper, layer: Array) -> Means:
    """The means over all time, drawn to those of the layer: one period long."""
    sums = (told(scores, temper).sum(1) + temper.weight * _usual(layer, scores.vague)[:, None])[:, None]
    return Means(sums[:-1] / sums[-1], sums[-1])


def told(scores: Scores, temper: Temper) -> Array:
    """What every period tells: weighted sums of what is averaged, and last the weights (things + 1, periods, dyads)."""
    weights = weight(scores, temper)
    return np.concatenate([weights * scores.mean, weights[None]])


def prior(past: Array, layer: Array, vague: Array, temper: Temper) -> Array:
    """Sums that the layer's mean and a dyad's own past stand for."""
    own = temper.anchor * past / (temper.anchor + past[-1])
    return np.asarray(temper.weight * _usual(layer, vague)[:, None] + own)


def _usual(layer: Array, vague: Array) -> Array:
    """What an event of the layer is worth on average, from its sums and a little of what is so anywhere."""
    sums = layer + VAGUE * np.append(vague, 1.0)
    return np.asarray(sums / sums[-1])


def weight(scores: Scores, temper: Temper) -> Array:
    """How many events' worth a period tells: its number, less for likeness and for doubtful rows."""
    number = scores.number
    doubtful = np.divide(scores.doubt, number, out=np.zeros_like(number), where=number > 0)
    return np.asarray(number / (1.0 + number ** (1.0 - temper.spread) / temper.calm + doubtful))


def log_score(quads: Scores, ahead: Means, temper: Temper) -> Array:
    """Log probability of each period's events by quad, given their number, as predicted from what came before."""
    some = quads.number > 0
    number, known = quads.number[some], ahead.events[some]
    calm = temper.calm * number**temper.spread
    total = known * calm / (known + calm + 1.0)
    score = np.zeros(quads.number.shape)
    score[some] = -rising(number, total)
    for counts, shares in zip(quads.sums, ahead.mean, strict=True):
        there = counts > 0
        n, m = counts[there], np.maximum(total[there[some]] * shares[there], _EDGE)
        score[there] += rising(n, m)
    return score


def rank(scores: Scores, ahead: Means, temper: Temper) -> Array:
    """The probability of a mean score no greater than a period's, as predicted from what came before; 0.5 where there
    is none. The spread of the period's own events is added to that of θ."""
    weights = weight(scores, temper)
    mood = Mood.of(ahead.mean, ahead.events)
    own = np.divide(mood.variance * (ahead.events + 1.0), weights, out=np.zeros_like(weights), where=weights > 0)
    share, events = _beta(mood.mean, mood.variance + own)
    place = np.clip((scores.mean[0] + BOUND) / (2 * BOUND), 0.0, 1.0)
    return np.where(weights > 0, special.betainc(share * events, (1 - share) * events, place), 0.5)


def _beta(mean: Array, variance: Array) -> tuple[Array, Array]:
    """Mean and concentration of the beta distribution from -10 to 10 with these moments."""
    share = np.clip((mean + BOUND) / (2 * BOUND), _EDGE, 1 - _EDGE)
    return share, np.maximum(4 * BOUND**2 * share * (1 - share) / variance - 1.0, _EDGE)


_EDGE = 1e-9
_LEAST = 0.25
"""The least variance that scores have: they come in steps of half a point or more."""
