"""Intensity: how many events a dyad has, given how many were recorded at all; a filter of counts that forgets.

Of a directed dyad and period, y events were counted with exposure e (thousands of events recorded in the world). Then
y ~ negative binomial with mean λe and variance μ + μ^(2-g)/κ at μ = λe (NB-P: Greene 2008, Economics Letters 99), and
the rate λ is gamma distributed with shape a and rate b:

    a = a₀ + Σ w y δ^age,   b = a₀/ℓ + Σ w e δ^age,   w = 1 / (1 + μ^(1-g)/κ + doubt/y)

So a period's events count by their age (δ = 2^(-1/half-life)), less where counts are bursty or rows doubtful (`doubt`
is the variance from mistaken rows), and the rate falls back to the dyad's long-run level ℓ, which is worth a₀ events:

    ℓ = (c₀ + Σ w y) / (c₀/m + Σ w e),   m ∝ (events sent by the actor)^β (events received by the recipient)^β

As ℓ rests on no more than c₀ + Σ w y events itself, the relative variance of λ is 1/a + (a₀/(ℓ b))² / (c₀ + Σ w y), and
a and b are those of a gamma distribution that has it.

This is discounting (West and Harrison 1997, ch. 10; Harvey and Fernandes 1989, JBES 7) with the lost information
replaced by a prior: stabilised forgetting (Kulhavý and Zarrop 1993, IJC 58). The filter looks at the past alone and is
scored one step ahead; the smoother sums ages on both sides, as the two-filter formula has it. A period without exposure
adds nothing: the rate drifts to its long-run level and its interval widens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from amity.records.relations import Pace
from amity.relations.memory import Array, around, decay, rising

UNIT = 1000.0
"""Intensity is told for so many recorded events."""

_SEED = 0.5
"""Events that every party is credited with before its first."""


class Counts(NamedTuple):
    """What is filtered: counts and doubts (periods, dyads), exposure in thousands (periods), who acts on whom, and how
    many events every party sent and received, of these dyads and all others (periods, parties)."""

    events: Array
    doubt: Array
    exposure: Array
    actor: NDArray[np.int64]
    recipient: NDArray[np.int64]
    sent: Array
    received: Array

    @property
    def start(self) -> int:
        """The first period covered."""
        return int(np.argmax(self.exposure > 0))

    def of(self, dyads: NDArray[np.int64]) -> Counts:
        """Of some dyads only."""
        return self._replace(
            events=self.events[:, dyads],
            doubt=self.doubt[:, dyads],
            actor=self.actor[dyads],
            recipient=self.recipient[dyads],
        )


def activity(events: Array, party: NDArray[np.int64], parties: int) -> Array:
    """Events of every party (periods, parties)."""
    return np.array([np.bincount(party, row, parties) for row in events]).reshape(len(events), parties)


class Gamma(NamedTuple):
    """Gamma distributions of rates, shape and rate, and the long-run level that each leans on (periods, dyads)."""

    shape: Array
    rate: Array
    level: Array

    @property
    def mean(self) -> Array:
        """Expected rate, events per thousand recorded."""
        return self.shape / self.rate

    def quantile(self, probability: float) -> Array:
        """The rate that is not exceeded with a probability."""
        return np.asarray(special.gammaincinv(self.shape, probability) / self.rate)


class Filtered(NamedTuple):
    """Rates as they were expected one step ahead, and the weight that each period then got (periods, dyads)."""

    ahead: Gamma
    weight: Array


def filtered(counts: Counts, pace: Pace) -> Filtered:
    """Every period's rate as known before it."""
    kept, (periods, dyads) = decay(pace.half_life), counts.events.shape
    shape, rate, level, weights = (np.empty((periods, dyads)) for _ in range(4))
    recent, seen = np.zeros((2, dyads)), np.zeros((2, dyads))  # sums of w y and w e: fading, and over all time
    sent, received = _until(counts.sent), _until(counts.received)
    totals, exposed = sent.sum(1), _until(counts.exposure)
    start = counts.start  # before anything is known, the layer's total stands for itself
    totals[: start + 1], exposed[: start + 1] = counts.sent[start].sum(), counts.exposure[start]
    for now in range(periods):
        usual = expected(sent[now], received[now], totals[now] / exposed[now], counts, pace)
        level[now] = (pace.anchor + seen[0]) / (pace.anchor / usual + seen[1])
        known = pace.anchor + seen[0]
        shape[now], rate[now] = _gamma(recent[0], recent[1], level[now], known, pace)
        count, exposure = counts.events[now], counts.exposure[now]
        weights[now] = weight(count, counts.doubt[now], shape[now] / rate[now] * exposure, pace)
        news = np.stack([weights[now] * count, weights[now] * exposure])
        recent, seen = kept * (recent + news), seen + news
    return Filtered(Gamma(shape, rate, level), weights)


def smoothed(counts: Counts, pace: Pace, weights: Array, breaks: Sequence[int] = ()) -> Gamma:
    """Every period's rate as known in the end. `weights` are those of the filter; memory ends at `breaks`."""
    kept = decay(pace.half_life)
    events, exposure = weights * counts.events, weights * counts.exposure[:, None]
    sent, received = counts.sent.sum(0), counts.received.sum(0)
    total = counts.sent.sum() / counts.exposure.sum()
    usual = expected(sent, received, total, counts, pace)
    known = pace.anchor + events.sum(0)
    level = known / (pace.anchor / usual + exposure.sum(0))
    shape, rate = _gamma(around(events, kept, breaks), around(exposure, kept, breaks), level, known, pace)
    return Gamma(shape, rate, np.broadcast_to(level, shape.shape))


def _gamma(events: Array, exposure: Array, level: Array, known: Array, pace: Pace) -> tuple[Array, Array]:
    """Shape and rate from fading sums of w y and w e, and a long-run level that rests on `known` events."""
    rate = pace.weight / level + exposure
    mean = (pace.weight + events) / rate
    leaning = pace.weight / level / rate
    shape = 1.0 / (1.0 / (pace.weight + events) + leaning**2 / known)
    return shape, shape / mean


def expected(sent: Array, received: Array, total: float, counts: Counts, pace: Pace) -> Array:
    """What the activity of its parties lets expect of each dyad: rates that sum to the total rate of the layer over all
    pairs of parties, those without an event among them."""
    giving, getting = (sent + _SEED) ** pace.pull, (received + _SEED) ** pace.pull
    mass = giving.sum() * getting.sum() - (giving * getting).sum()
    return np.asarray(max(total, _TINY) * giving[counts.actor] * getting[counts.recipient] / max(mass, _TINY))


def weight(count: Array, doubt: Array, mean: Array, pace: Pace) -> Array:
    """How much an event of a period counts: the Poisson variance as a share of all variance there is."""
    doubtful = np.divide(doubt, count, out=np.zeros_like(count), where=count > 0)
    return np.asarray(1.0 / (1.0 + np.maximum(mean, _TINY) ** (1.0 - pace.spread) / pace.calm + doubtful))


def dispersion(ahead: Gamma, exposure: Array, pace: Pace) -> tuple[Array, Array]:
    """Mean and shape r of the negative binomial predicted for each count (variance: mean + mean²/r).

    Two gamma factors of mean one multiply, that of the unknown rate and that of bursts: 1/r = 1/a + 1/k + 1/(a k) with
    k = κ μ^g.
    """
    mean = ahead.mean * exposure[:, None]
    calm = pace.calm * np.maximum(mean, _TINY) ** pace.spread
    return mean, ahead.shape * calm / (ahead.shape + calm + 1.0)


def log_score(count: Array, mean: Array, shape: Array) -> Array:
    """Log probability of counts under negative binomials; of a fraction the expected one (`rising`)."""
    score = np.asarray(-shape * np.log1p(mean / shape))
    some = count > 0
    y, m, r = count[some], mean[some], shape[some]
    score[some] += rising(y, r) + y * np.log(m / (r + m))
    return score


def rank(count: Array, mean: Array, shape: Array) -> tuple[Array, Array]:
    """The probability of fewer, and of no more, events than there were, under negative binomials."""
    chance = shape / (shape + mean)
    fewer = np.where(count > 0, special.betainc(shape, np.maximum(count, _TINY), chance), 0.0)
    return fewer, np.asarray(special.betainc(shape, count + 1.0, chance))


_TINY = 1e-9


def _until(values: Array) -> Array:
    """Sums over what lies before each period."""
    sums = np.zeros_like(values)
    np.cumsum(values[:-1], axis=0, out=sums[1:])
    return sums
