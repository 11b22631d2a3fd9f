"""The measurement model: what was planted is recovered, and what is missing stays missing."""

from __future__ import annotations

import numpy as np
import pytest

from amity.structure.alignment.latent import MOST, Loading, fit, score, weights
from amity.structure.alignment.parts import Z90, Estimate

SLOPES = {"strong": (0.4, 0.3), "middling": (0.3, 0.3), "weak": (0.1, 0.3), "noise": (0.0, 0.3)}


def made(seed: int = 0, error: float = 0.05, missing: float = 0.3) -> tuple[np.ndarray, dict[str, Estimate]]:
    """θ of 200 states in ten years, and parts with these slopes and deviations of their noise."""
    rng = np.random.default_rng(seed)
    theta = rng.standard_normal((200, 10))
    parts = {}
    for name, (slope, noise) in SLOPES.items():
        value = slope * theta + rng.normal(0, noise, theta.shape) + rng.normal(0, error, theta.shape)
        value[rng.random(theta.shape) < missing] = np.nan
        parts[name] = Estimate(value, value - Z90 * error, value + Z90 * error, np.ones_like(value))
    return theta, parts


def test_slopes_and_noise_are_recovered() -> None:
    _, parts = made()
    found = fit(parts)
    assert found["strong"].slope == pytest.approx(0.4, rel=0.15)
    assert found["middling"].slope == pytest.approx(0.3, rel=0.15)
    assert found["middling"].noise == pytest.approx(0.09, rel=0.15)
    assert found["noise"].reliability < 0.05 < found["weak"].reliability < found["middling"].reliability
    assert found["strong"].reliability <= MOST + 1e-9


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    theta, parts = made(seed=3)
    found = score(parts, fit(parts))
    inside = np.abs(theta - found.mean) < Z90 * np.sqrt(found.variance)
    assert 0.88 < inside[np.isfinite(found.mean)].mean() < 0.97


def test_a_missing_part_neither_pulls_to_zero_nor_is_held_against_a_state() -> None:
    _, parts = made(missing=0.0)
    loadings = fit(parts)
    there = np.ones((200, 10), bool)
    there[0] = False
    holed = parts | {"strong": parts["strong"].where(there)}
    assert np.allclose(score(holed, loadings).mean[0], score(parts, loadings, ("strong",)).mean[0])
    assert score(holed, loadings).variance[0].mean() > score(parts, loadings).variance[0].mean()
    assert np.allclose(score(holed, loadings).mean[1:], score(parts, loadings).mean[1:])
    assert weights(holed, loadings)["strong"][0].max() == 0.0
    assert np.allclose(sum(weights(holed, loadings).values()), 1.0)


def test_parts_that_contradict_each_other_make_the_score_less_sure() -> None:
    def of(one: float, other: float) -> float:
        parts = {
            name: Estimate(*(np.full((1, 1), value) for value in (at, at, at, 1.0)))
            for name, at in (("one", one), ("other", other))
        }
        return float(score(parts, {name: Loading(0.3, 0.05) for name in parts}).variance[0, 0])

    assert of(0.3, 0.3) == of(0.0, 0.0) < of(0.9, -0.9)


def test_nothing_known_is_no_score() -> None:
    _, parts = made()
    for part in parts.values():
        part.value[5, 5] = np.nan
    found = score(parts, fit(parts))
    assert np.isnan(found.mean[5, 5]) and np.isnan(found.quantile(0.0)[5, 5])
    assert score(parts, fit(parts), tuple(parts)).mean.shape == (200, 10)
    assert np.isnan(score(parts, fit(parts), tuple(parts)).mean).all()
    assert fit({}) == {} and score({}, {}).mean.size == 0


def test_turning_all_parts_turns_the_score() -> None:
    _, parts = made()
    turned = {name: Estimate(-one.value, -one.high, -one.low, one.rests) for name, one in parts.items()}
    one, other = score(parts, fit(parts)), score(turned, fit(turned))
    assert np.allclose(one.quantile(0.0), -other.quantile(0.0), equal_nan=True)
    assert np.allclose(one.quantile(1.0), -other.quantile(-1.0), equal_nan=True)


def test_the_unit_of_a_part_does_not_matter() -> None:
    _, parts = made()
    larger = dict(parts)
    strong = parts["weak"]
    larger["weak"] = Estimate(strong.value * 7, strong.low * 7, strong.high * 7, strong.rests)
    assert np.allclose(score(parts, fit(parts)).mean, score(larger, fit(larger)).mean, atol=1e-3, equal_nan=True)


def test_too_few_parts_are_taken_for_half_signal() -> None:
    _, parts = made()
    two = {name: parts[name] for name in ("strong", "middling")}
    assert all(one.reliability == pytest.approx(0.5) for one in fit(two).values())
    unknown = Estimate(*(np.full((200, 10), np.nan) for _ in range(4)))
    assert fit(two | {"gone": unknown})["gone"].reliability == 0.0


def test_the_probability_of_less_follows_the_interval() -> None:
    _, parts = made()
    found = score(parts, fit(parts))
    known = np.isfinite(found.mean)
    assert np.allclose(found.below(0.0)[known] > 0.5, found.mean[known] < 0)
