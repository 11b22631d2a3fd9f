"""Distributions of counts, and their scores against sums made the long way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from amity.outlook.forecast.distributions import Binomials, Pool, Samples, quantile, ranked

means = st.floats(0.01, 60.0)
sizes = st.floats(0.1, 200.0)


def binomials(*pairs: tuple[float, float]) -> Binomials:
    return Binomials(*(np.array(one, float) for one in zip(*pairs, strict=True)))


def pool(weight: float, one: Binomials, other: Binomials) -> Pool:
    return Pool([one, other], np.column_stack([np.full(len(one.mean), weight), np.full(len(one.mean), 1 - weight)]))


def brute(chance: np.ndarray, came: int) -> float:
    """Σ_k (F(k) - 1[k ≥ y])² over every count."""
    upto = np.cumsum(chance)
    return float(((upto - (np.arange(len(chance)) >= came)) ** 2).sum())


@settings(max_examples=25, deadline=None)
@given(means, sizes)
def test_probabilities_sum_to_one(mean: float, size: float) -> None:
    one = binomials((mean, size))
    counts = np.arange(50_000.0)[:, None]
    chances = np.exp(Binomials(np.full(len(counts), mean), np.full(len(counts), size)).log(counts[:, 0]))
    assert chances.sum() == pytest.approx(1.0, abs=1e-6)
    assert one.cdf(np.array([1e7]))[0] == pytest.approx(1.0, abs=1e-9)


@settings(deadline=None)
@given(means, sizes, st.integers(0, 80))
def test_lattice_and_distribution_function_agree(mean: float, size: float, count: int) -> None:
    one = binomials((mean, size))
    assert one.lattice(90)[0, count] == pytest.approx(one.cdf(np.array([float(count)]))[0], abs=1e-9)
    assert one.cdf(np.array([float(count)]))[0] == pytest.approx(
        nbinom.cdf(count, size, size / (size + mean)), abs=1e-9
    )
    assert one.log(np.array([float(count)]))[0] == pytest.approx(
        nbinom.logpmf(count, size, size / (size + mean)), abs=1e-6
    )


@settings(max_examples=30, deadline=None)
@given(means, sizes, means, sizes, st.floats(0.0, 1.0), st.integers(0, 150))
def test_crps_of_a_pool_is_the_sum_over_all_counts(
    mean: float, size: float, other: float, wide: float, weight: float, came: int
) -> None:
    one, two = binomials((mean, size)), binomials((other, wide))
    found = ranked([one, two], np.array([[weight, 1 - weight]]), np.array([float(came)]))[:, 0]
    counts = np.arange(20_000)
    first = nbinom.pmf(counts, size, size / (size + mean))
    second = nbinom.pmf(counts, wide, wide / (wide + other))
    for value, chance in zip(found, (weight * first + (1 - weight) * second, first, second), strict=True):
        assert value == pytest.approx(brute(chance, came), rel=0.02, abs=1e-3)


def test_crps_of_narrow_distributions_is_exact() -> None:
    one = binomials((0.4, 0.7), (2.0, 3.0), (0.1, 100.0))
    came = np.array([0.0, 4.0, 1.0])
    found = ranked([one], np.ones((3, 1)), came)[1]
    for row, (mean, size) in enumerate(zip(one.mean, one.size, strict=True)):
        chance = nbinom.pmf(np.arange(5000), size, size / (size + mean))
        assert found[row] == pytest.approx(brute(chance, int(came[row])), rel=1e-6)


def test_crps_of_large_counts_is_near() -> None:
    one = binomials((45_000.0, 3.0), (9_000.0, 500.0))
    came = np.array([20_000.0, 9_100.0])
    found = ranked([one], np.ones((2, 1)), came)[1]
    for row, (mean, size) in enumerate(zip(one.mean, one.size, strict=True)):
        chance = nbinom.pmf(np.arange(800_000), size, size / (size + mean))
        assert found[row] == pytest.approx(brute(chance, int(came[row])), rel=0.02)


def test_crps_of_samples() -> None:
    values = np.array([[0.0, 1.0, 1.0, 5.0]])
    found = ranked([Samples(values)], np.ones((1, 1)), np.array([3.0]))[1, 0]
    apart = np.abs(values - 3).mean() - 0.5 * np.abs(values[0][:, None] - values[0]).mean()
    assert found == pytest.approx(apart)


def test_samples_leave_nothing_impossible() -> None:
    chances = np.exp([Samples(np.array([[0.0, 0.0, 2.0]])).log(np.array([float(count)]))[0] for count in range(400)])
    assert chances.min() > 0 and chances.sum() == pytest.approx(1.0)


@settings(deadline=None)
@given(st.lists(st.tuples(means, sizes), min_size=1, max_size=5), st.floats(0.02, 0.98))
def test_quantiles_are_the_least_counts_that_suffice(pairs: list[tuple[float, float]], level: float) -> None:
    one = binomials(*pairs)
    found = quantile(one, np.full(len(pairs), level))
    assert (one.cdf(found) >= level).all() and (one.cdf(found - 1) < level).all()


def test_a_pool_lies_between_its_members() -> None:
    one, two = binomials((1.0, 1.0)), binomials((10.0, 5.0))
    joined = pool(0.3, one, two)
    assert joined.mean[0] == pytest.approx(0.3 * 1 + 0.7 * 10)
    counts = np.arange(400.0)
    chances = [np.exp(joined.log(np.array([count])))[0] for count in counts]
    mean = float(np.dot(chances, counts))
    assert joined.deviation[0] ** 2 == pytest.approx(float(np.dot(chances, (counts - mean) ** 2)), rel=1e-3)
