"""Ways to forecast: two models and the simple methods that they have to beat.

Each gives the expected total of the horizon from every period on, as it would have been told then; how far outcomes
stray from that is learned from the same past: a negative binomial whose size is a power of its mean, γ0 + γ1 log μ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from amity.outlook.forecast.counts import Array
from amity.outlook.forecast.distributions import LEAST, MOST, Binomials, Distribution, Samples, log_binomial
from amity.outlook.forecast.features import LONG, Design

WINDOW = 12
"""Periods of "the last year", for months; of as many periods for other units."""
HALFLIVES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, LONG)
SHAPES = (0.2, 0.5, 1.0, 2.0)
RIDGE = 80.0
SPANS = 4
"""How many times the longest horizon that a regression learns from fits into what is known."""
MOST_ROWS = 20_000
SOME_ROWS = 5_000


@dataclass(frozen=True)
class Past:
    """The pairs (dyad, period) whose horizon is over: what models learn from.

    `where` is (m, periods + 1): a sample of at most so many pairs, spread evenly. `outcome` (m, periods + 1) is the
    total that came. `offset` (periods + 1) is the exposure expected of the horizon.
    """

    design: Design
    horizon: int
    outcome: Array
    offset: Array
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, design: Design, horizon: int) -> Past:
        """All that is over, but for the first periods, when nothing was known yet."""
        nothing = np.full((len(design.dyads), 1), np.nan)
        outcome = np.concatenate([design.outcomes(horizon), nothing], axis=1)
        known = np.isfinite(outcome) & design.at_risk
        known[:, : min(3, max(1, design.periods // 4))] = False
        return cls(design, horizon, outcome, horizon * design.expected, known)

    def shortened(self, most: int) -> Past:
        """The same past for a horizon of at most so many periods."""
        return self if self.horizon <= most else Past.of(self.design, most)

    def over(self) -> Past:
        """This, or where nothing that long is over (data with gaps), the longest half of it, quarter … that is."""
        return self if self.horizon == 1 or self.known.any() else self.shortened(self.horizon // 2).over()

    def told_of(self, expected: Array, most: int) -> tuple[Array, Array]:
        """What was expected, and what came, of at most so many pairs whose horizon is over."""
        over = self.over()
        rows, periods = over.sample(most)
        return expected[rows, periods] * (over.horizon / self.horizon), over.outcome[rows, periods]

    def sample(self, most: int) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
        """Rows and periods of known pairs, thinned evenly to at most so many."""
        rows, periods = np.nonzero(self.known)
        step = max(1, -(-len(rows) // most))
        if step > 1 and len(self.design.dyads) % step == 0:
            step += 1
        return rows[::step], periods[::step]


@dataclass(frozen=True)
class Told:
    """What a method expects, (m, periods + 1), its dispersion (γ0, γ1), and what it learned, in words and numbers.

    `parts` of a regression's log mean by group of features, (m, periods + 1).
    """

    mean: Array
    dispersion: tuple[float, float]
    learned: Mapping[str, float]
    parts: Mapping[str, Array] = field(default_factory=dict)

    def at(self, period: int) -> Binomials:
        """The forecast from a period on."""
        mean = self.mean[:, period]
        return Binomials(mean, sizes(mean, self.dispersion))


Method: TypeAlias = Callable[[Past], Told]


# Means ------------------------------------------------------------------------------------------------------------


def persistence(past: Past) -> Told:
    """As much as in the last `horizon` periods."""
    length = past.horizon
    counted, exposed = (_last(values, length) for values in (past.design.own, past.design.exposure))
    return _told(past, _floored(past, counted / np.maximum(exposed, LEAST) * past.offset))


def mean(past: Past) -> Told:
    """As much as ever, in proportion: the dyad's mean."""
    counted, exposed = past.design.memory(LONG)
    return _told(past, _floored(past, counted / np.maximum(exposed, LEAST) * past.offset))


def smoothing(past: Past) -> Told:
    """Exponential smoothing: past periods count less and less; the half-life is that of the best log score so far."""
    best: tuple[float, float, Array] | None = None
    for halflife in HALFLIVES:
        counted, exposed = past.design.memory(halflife)
        expected = _floored(past, counted / np.maximum(exposed, LEAST) * past.offset)
        score = _quick(past, expected)
        if best is None or score > best[0]:
            best = score, halflife, expected
    assert best is not None
    return _told(past, best[2], {"half-life": best[1]})


def recurrence(past: Past) -> Told:
    """Gamma-Poisson with discounting: what came of late recurs, shrunk towards what the two states do elsewhere.

    λ_s ~ Gamma(α + Σ δ^{s-1-u} y_u, α/m_s + Σ δ^{s-1-u} e_u) with m_s the rate of the actor times that of the recipient
    over that of the world. Half-life and α are those of the best log score so far (after Harvey and Fernandes 1989).
    """
    usual = _gravity(past.design)
    best: tuple[float, float, float, Array] | None = None
    for halflife in HALFLIVES:
        counted, exposed = past.design.memory(halflife)
        for shape in SHAPES:
            expected = (shape + counted) / (shape / usual + exposed) * past.offset
            score = _quick(past, expected)
            if best is None or score > best[0]:
                best = score, halflife, shape, expected
    assert best is not None
    return _told(past, best[3], {"half-life": best[1], "prior events": best[2]})


def reciprocity(past: Past) -> Told:
    """As the other direction did, of late and in the long run, and nothing else."""
    chosen = [k for k, name in enumerate(past.design.names) if name.startswith("the other direction")]
    return _regressed(past, past.design.x[:, :, chosen], tuple(past.design.names[k] for k in chosen))


def regression(past: Past) -> Told:
    """Negative binomial regression on all features and on what recurrence expects, pooled over dyads, with a ridge."""
    recurs = np.log(recurrence(past).mean / past.offset)
    x = np.concatenate([past.design.x, recurs[:, :, None]], axis=-1)
    return _regressed(past, x, (*past.design.names, "own record, what recurs"))


def last_window(past: Past) -> Samples:
    """The last twelve totals of as many periods as the horizon has (fewer where less is known)."""
    outcome = past.outcome[:, : past.design.periods]
    whole = np.flatnonzero(np.isfinite(outcome).all(axis=0))[-WINDOW:]
    if not len(whole):
        return Samples(np.rint(persistence(past).mean[:, -1:]))
    return Samples(outcome[:, whole])


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "recurrence": recurrence,
        "regression": regression,
        "persistence": persistence,
        "exponential smoothing": smoothing,
        "dyad mean": mean,
        "reciprocity": reciprocity,
    }
)
EMPIRICAL = "last twelve"


def forecasts(past: Past) -> tuple[dict[str, Distribution], dict[str, Told]]:
    """Every method's forecast from the next period on, and what it learned."""
    told = {name: method(past) for name, method in METHODS.items()}
    found: dict[str, Distribution] = {name: one.at(past.design.periods) for name, one in told.items()}
    found[EMPIRICAL] = last_window(past)
    return found, told


def _last(values: Array, length: int) -> Array:
    """Sums of the last `length` values before each place, (…, periods + 1); of fewer at the beginning."""
    total = np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)], axis=-1)
    before = np.zeros_like(total)
    before[..., length:] = total[..., : max(0, total.shape[-1] - length)]
    sums: Array = total - before
    return sums


def _floored(past: Past, expected: Array) -> Array:
    """Where a method would expect nothing at all: the mean of what came after such nothing."""
    rows, periods = past.sample(MOST_ROWS)
    nothing = expected[rows, periods] < LEAST
    came = past.outcome[rows, periods][nothing].sum() + 0.01
    floored: Array = np.maximum(expected, came / (nothing.sum() + 1))
    return floored


def _gravity(design: Design) -> Array:
    """Rate to expect of a dyad from its two states alone, (m, periods + 1): both shrunk to the average dyad."""
    x = {name: design.x[:, :, k] for k, name in enumerate(design.names)}
    done = np.exp(x["what the actor does to others, in the long run"])
    met = np.exp(x["what the recipient meets from others, in the long run"])
    product = np.sqrt(done * met)
    scale = design.average / np.maximum(product.mean(axis=0), LEAST)
    usual: Array = np.maximum(product * scale, LEAST)
    return usual


# Dispersion -------------------------------------------------------------------------------------------------------


def sizes(expected: Array, dispersion: tuple[float, float]) -> Array:
    """Sizes r = exp(γ0 + γ1 log μ): γ1 = 0 gives variance μ + μ²/r, γ1 = 1 a variance in proportion to the mean."""
    log = dispersion[0] + dispersion[1] * np.log(np.maximum(expected, LEAST))
    return np.clip(np.exp(np.clip(log, -12.0, 12.0)), LEAST, MOST)


def _told(
    past: Past, expected: Array, learned: Mapping[str, float] | None = None, parts: Mapping[str, Array] | None = None
) -> Told:
    expected = np.clip(expected, LEAST, None)
    return Told(expected, dispersed(*past.told_of(expected, SOME_ROWS)), learned or {}, parts or {})


def dispersed(expected: Array, came: Array) -> tuple[float, float]:
    """(γ0, γ1) of greatest likelihood, with a weak pull to (0, 0), by Newton's method with damping."""
    log = np.log(np.maximum(expected, LEAST))
    gamma, damping = np.zeros(2), 1.0
    value, slope, bend = _likelihood(gamma, log, expected, came)
    for _ in range(30):
        gradient = np.array([slope.sum(), (slope * log).sum()]) - gamma
        inner = np.array([[bend.sum(), (bend * log).sum()], [(bend * log).sum(), (bend * log**2).sum()]])
        step = _solved(np.eye(2) * (1 + damping) - inner, gradient)
        tried = np.clip(gamma + step, (-8.0, -1.0), (8.0, 2.0))
        reached = _likelihood(tried, log, expected, came)
        if reached[0] < value - 1e-9:
            damping = 10 * damping + 1
            continue
        gained, moved = reached[0] - value, np.abs(tried - gamma).max()
        gamma, damping, (value, slope, bend) = tried, damping / 10, reached
        if gained < 1e-4 or moved < 1e-3:
            break
    return float(gamma[0]), float(gamma[1])


def _likelihood(gamma: Array, log: Array, expected: Array, came: Array) -> tuple[float, Array, Array]:
    """Penalised log likelihood of dispersions, and its first and second derivatives by log r."""
    size = np.exp(np.clip(gamma[0] + gamma[1] * log, -12.0, 12.0))
    total = size + expected
    part = np.log(size / total)
    value, slope = size * part, part + (expected - came) / total
    bend = 1 / size - 1 / total - (expected - came) / total**2
    some = np.flatnonzero(came > 0)
    k, r = came[some], size[some]
    value[some] += gammaln(k + r) - gammaln(r) + k * np.log(expected[some] / total[some])
    slope[some] += digamma(k + r) - digamma(r)
    bend[some] += _trigamma(k + r) - _trigamma(r)
    return float(value.sum() - 0.5 * (gamma**2).sum()), size * slope, size * slope + size**2 * bend


def _trigamma(x: Array) -> Array:
    """ψ'(x) by recurrence and its asymptotic series, many times faster than as a zeta function."""
    y = x + 6.0
    series: Array = 1 / y + 1 / (2 * y**2) + 1 / (6 * y**3) - 1 / (30 * y**5) + 1 / (42 * y**7)
    for step in range(6):
        series = series + 1 / (x + step) ** 2
    return series


def _solved(matrix: Array, right: Array) -> Array:
    """The solution of two equations, or a step along the gradient where they do not describe a summit."""
    (a, b), (_, d) = matrix
    if a <= 0 or d <= 0 or a * d - b * b <= 0:
        return right / max(float(np.abs(right).max()), 1.0)
    step = np.array([d * right[0] - b * right[1], a * right[1] - b * right[0]]) / (a * d - b * b)
    short: Array = step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-9))
    return short


def _quick(past: Past, expected: Array) -> float:
    """Log score with the dispersion of the method of moments: enough to choose between settings."""
    mu, came = past.told_of(expected, SOME_ROWS)
    if not len(mu):
        return 0.0
    mu = np.maximum(mu, LEAST)
    excess = max(float((((came - mu) ** 2 - mu) / (mu + 0.1)).mean() / (mu**2 / (mu + 0.1)).mean()), 1e-3)
    return float(log_binomial(came, mu, np.full(len(mu), 1 / excess)).mean())


# Regression -------------------------------------------------------------------------------------------------------


def _regressed(past: Past, x: Array, names: tuple[str, ...]) -> Told:
    """Negative binomial with log link: log μ = log exposure + β0 + Σ β_k x_k, by Newton's method on sampled pairs.

    Long horizons of which few are over yet borrow β from shorter ones: what recurs in a month does so in a year.
    """
    known = int((past.design.exposure > 0).sum())
    learned_from = past.shortened(max(1, known // SPANS)).over()
    rows, periods = learned_from.sample(MOST_ROWS)
    seen, came = x[rows, periods], learned_from.outcome[rows, periods]
    if not len(rows):
        usual = np.broadcast_to(past.design.average * past.offset, past.outcome.shape)
        return _told(past, usual)
    centre, scale = seen.mean(axis=0), seen.std(axis=0)
    kept = scale > 1e-9
    scale = np.where(kept, scale, 1.0)
    offset = learned_from.offset[periods]
    level = float(np.log((came.sum() + 0.5) / (offset.sum() + 0.5 / max(past.design.average[-1], LEAST))))
    matrix = np.column_stack([np.ones(len(rows)), (seen - centre) / scale * kept])
    beta = _newton(matrix, came, np.log(offset), level, RIDGE * learned_from.horizon)
    low, high = seen.min(axis=0), seen.max(axis=0)
    parts = (np.clip(x, low, high) - centre) / scale * kept * beta[1:]
    expected = np.exp(np.clip(np.log(past.offset) + beta[0] + parts.sum(axis=-1), -14.0, 18.0))
    learned = dict(zip(names, (beta[1:] / scale * kept).tolist(), strict=True))
    return _told(past, expected, learned, _grouped(names, parts))


def _grouped(names: tuple[str, ...], parts: Array) -> dict[str, Array]:
    """Sums over the features of each group: what single ones add means little where they go together."""
    groups: dict[str, Array] = {}
    for k, name in enumerate(names):
        group = name.partition(",")[0]
        groups[group] = groups.get(group, 0.0) + parts[:, :, k]
    return groups


def _newton(matrix: Array, came: Array, offset: Array, level: float, ridge: float) -> Array:
    """β of greatest penalised likelihood; size and β are found in turn."""
    penalty = np.full(matrix.shape[1], ridge)
    penalty[0] = 0.25
    centre = np.zeros(matrix.shape[1])
    centre[0] = level
    beta, size = centre.copy(), np.ones(len(came))
    for turn in range(3):
        for _ in range(12):
            expected = np.exp(np.clip(offset + matrix @ beta, -14.0, 18.0))
            weight = expected / (1 + expected / size)
            gradient = matrix.T @ ((came - expected) / (1 + expected / size)) - penalty * (beta - centre)
            curvature = (matrix * weight[:, None]).T @ matrix + np.diag(penalty)
            step = np.linalg.solve(curvature, gradient)
            beta = beta + step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-9))
            if np.abs(step).max() < 1e-3:
                break
        if turn < 2:
            some = slice(None, None, max(1, len(came) // SOME_ROWS))
            size = sizes(expected, dispersed(expected[some], came[some]))
    return beta
