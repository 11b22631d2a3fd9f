"""Expectations: what pairs would have anyway."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.structure.complexes.expectation import attention, kilometres, poisson, ties
from amity.structure.complexes.interaction import Standing, bearing, clumping


def standing(events: np.ndarray) -> Standing:
    zero = np.zeros_like(events)
    return Standing(tuple(f"A{n:02}" for n in range(len(events))), events, events, zero, zero, zero)


@given(st.integers(0, 1000), st.integers(4, 12))
@settings(max_examples=20, deadline=None)
def test_attention_keeps_how_active_everybody_is(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    events = np.triu(rng.poisson(5.0, (n, n)), 1).astype(float) + 1
    np.fill_diagonal(events, 0)
    events = np.triu(events, 1) + np.triu(events, 1).T
    assert attention(events).sum(axis=1) == pytest.approx(events.sum(axis=1), rel=1e-4)


def test_attention_of_nothing_is_nothing() -> None:
    assert not attention(np.zeros((4, 4))).any()


def test_poisson_recovers_elasticities_and_scales() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4000, 2))
    design = np.column_stack([np.ones(4000), x])
    counts = rng.poisson(np.exp(0.5 + x @ [0.8, -1.1])).astype(float)
    fit = poisson(counts, design)
    assert fit.coefficients == pytest.approx([0.5, 0.8, -1.1], abs=0.06)
    assert np.all(np.abs(fit.coefficients - [0.5, 0.8, -1.1]) < 4 * fit.errors)
    assert poisson(counts * 10, design).coefficients[1:] == pytest.approx(fit.coefficients[1:], abs=1e-5)
    assert fit.mean.sum() == pytest.approx(counts.sum(), rel=1e-6)


def test_poisson_takes_what_was_never_seen() -> None:
    fit = poisson(np.zeros(10), np.column_stack([np.ones(10), np.arange(10.0)]))
    assert fit.mean.max() < 1e-3


def test_distances_of_capitals() -> None:
    paris_berlin = kilometres(np.array([48.86, 52.52, np.nan]), np.array([2.35, 13.40, 0.0]))
    assert paris_berlin[0, 1] == pytest.approx(878, abs=5)
    assert paris_berlin[0, 0] == 0 and np.isnan(paris_berlin[0, 2])


def world(n: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """Interaction that falls with distance along a line, and nothing else."""
    rng = np.random.default_rng(4)
    far = np.abs(np.subtract.outer(np.arange(n), np.arange(n))) * 500.0
    rate = np.where(far > 0, 2e4 / np.maximum(far, 1.0), 0.0)
    events = np.triu(rng.poisson(rate), 1).astype(float)
    return events + events.T, far


def test_distance_stays_in_what_is_regional_and_leaves_what_is_net_of_geography() -> None:
    events, far = world()
    upper = np.triu_indices(len(events), 1)

    def slope(by: str) -> float:
        tie = ties(standing(events), by, None, far, np.zeros_like(far)).mean[upper]  # type: ignore[arg-type]
        return float(np.corrcoef(np.log(far[upper]), tie)[0, 1])

    assert slope("regional") < -0.5 and slope("attention") < -0.5
    assert abs(slope("gravity")) < 0.2


def test_where_little_is_seen_distance_decides_and_where_much_is_seen_events_do() -> None:
    events, far = world()
    events[0, 19] = events[19, 0] = 400.0
    quiet = ties(standing(events), "regional", None, far, np.zeros_like(far))
    assert quiet.distance is not None and quiet.distance < -0.3
    assert quiet.mean[0, 19] > 3.0
    few = np.where(events > 0, 0.0, 0.0)
    few[0, 10] = few[10, 0] = few[3, 4] = few[4, 3] = 1.0
    assert ties(standing(few), "regional", None, far, np.zeros_like(far)).mean.max() < 10


def test_draws_scatter_around_the_mean_as_the_shape_says() -> None:
    events, far = world()
    bonds = ties(standing(events), "regional", None, far, np.zeros_like(far))
    rng = np.random.default_rng(0)
    drawn = np.array([bonds.draw(rng)[0, 1] for _ in range(3000)])
    assert drawn.mean() == pytest.approx(bonds.mean[0, 1], rel=0.05)
    assert drawn.std() == pytest.approx(bonds.mean[0, 1] / np.sqrt(bonds.shape[0, 1]), rel=0.1)


def test_what_bears_on_security() -> None:
    assert bearing(None, None, "material conflict") == bearing("political", "ASSAULT", "material conflict") == 1.0
    assert bearing("military", "COOPERATE", "material cooperation") == 1.0
    assert bearing("economic", "COOPERATE", "material cooperation") == 0.0
    assert bearing("political", "THREATEN", "verbal conflict") == 1.0
    assert bearing("political", "REQUEST", "verbal conflict") == 0.0
    assert bearing(None, None, None) == 0.0


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.5])
def test_clumping_is_estimated(alpha: float) -> None:
    rng = np.random.default_rng(1)
    mean = rng.gamma(2.0, 5.0, (400, 1)) * np.ones((400, 24))
    counts = rng.poisson(mean * (rng.gamma(1 / alpha, alpha, mean.shape) if alpha else 1.0)).astype(float)
    assert clumping(counts) == pytest.approx(alpha, abs=0.12)
