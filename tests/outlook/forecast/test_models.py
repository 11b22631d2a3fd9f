"""What methods learn from worlds whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from amity.outlook.forecast.counts import CONFLICT, EVERYTHING, Counts, foreseen
from amity.outlook.forecast.distributions import log_binomial
from amity.outlook.forecast.features import design, discounted
from amity.outlook.forecast.models import METHODS, Past, dispersed, forecasts, sizes
from tests import worlds


def past(counts: np.ndarray, horizon: int = 1, **more: object) -> Past:
    """A past of conflict alone: `counts` (states, states, periods)."""
    four = np.zeros((*counts.shape, 4))
    four[..., 3] = counts
    known = Counts.made(worlds.panel_of(four, **more), ())  # type: ignore[arg-type]
    return Past.of(design(known, CONFLICT, known.dyads), horizon)


def drawn(rng: np.random.Generator, rates: np.ndarray, size: float = np.inf) -> np.ndarray:
    """Counts (n, n, periods) of mean `rates`, overdispersed when `size` is finite; nobody acts on itself."""
    mixed = rates if np.isinf(size) else rng.gamma(size, rates / size)
    counts = rng.poisson(mixed)
    counts[np.arange(len(counts)), np.arange(len(counts))] = 0
    return counts


@pytest.mark.parametrize("gamma", [(0.0, 0.0), (-1.0, 0.3), (1.5, -0.3), (3.0, 0.8)])
def test_dispersion_is_recovered(gamma: tuple[float, float]) -> None:
    rng = np.random.default_rng(1)
    mean = np.exp(rng.normal(0.5, 1.5, 6000))
    size = sizes(mean, gamma)
    came = rng.poisson(rng.gamma(size, mean / size)).astype(float)
    found = dispersed(mean, came)
    truth, reached = (float(log_binomial(came, mean, sizes(mean, one)).mean()) for one in (gamma, found))
    assert reached >= truth - 1e-3
    assert found == pytest.approx(gamma, abs=0.4 if gamma[0] < 2 else 1.0)  # hardly more than Poisson is hard to tell


def test_dispersion_of_nothing_and_of_certainty() -> None:
    assert dispersed(np.zeros(0), np.zeros(0)) == (0.0, 0.0)
    steady = dispersed(np.full(500, 3.0), np.full(500, 3.0))
    assert sizes(np.array([3.0]), steady)[0] > 20


def test_every_method_finds_a_constant_rate() -> None:
    rng = np.random.default_rng(2)
    known = past(drawn(rng, np.full((8, 8, 60), 4.0)), horizon=3)
    found, _ = forecasts(known)
    for name, one in found.items():
        assert float(one.mean.mean()) == pytest.approx(12.0, rel=0.12), name


def test_recurrence_forgets_as_fast_as_the_world_does() -> None:
    rng = np.random.default_rng(3)
    steady = np.repeat(np.exp(rng.normal(0, 1, (9, 9, 1))), 80, axis=2)
    jumps = np.exp(np.repeat(rng.normal(0, 1.3, (9, 9, 20)), 4, axis=2))
    lasting, fleeting = (METHODS["recurrence"](past(drawn(rng, one))).learned["half-life"] for one in (steady, jumps))
    assert fleeting <= 4 < 16 <= lasting


def test_regression_finds_what_answers() -> None:
    """Where each period answers the other direction's last one, regression sees it and dyad means do not."""
    rng = np.random.default_rng(4)
    counts = np.zeros((8, 8, 120))
    for period in range(1, 120):
        counts[:, :, period] = drawn(rng, 0.3 + 0.8 * np.minimum(counts[:, :, period - 1].T, 8))
    known = past(counts[:, :, :-1])
    came = np.array([counts[:, :, -1][np.nonzero(~np.eye(8, dtype=bool))]])
    assert came.size == 56
    fits = {}
    for name in ("regression", "dyad mean"):
        told = METHODS[name](known)
        rows, periods = np.nonzero(known.known)
        mean = told.mean[rows, periods]
        fits[name] = float(log_binomial(known.outcome[rows, periods], mean, sizes(mean, told.dispersion)).mean())
    assert fits["regression"] > fits["dyad mean"] + 0.05


def test_the_season_is_seen_where_years_are_known() -> None:
    rng = np.random.default_rng(5)
    phase = 2 * np.pi * np.arange(96) / 12
    rates = 3 * np.exp(0.9 * np.sin(phase)) * np.ones((7, 7, 1))
    known = past(drawn(rng, rates))
    assert any(name.startswith("the season") for name in known.design.names)
    told = METHODS["regression"](known).mean[:, 48:96].mean(axis=0)
    assert np.corrcoef(np.log(told), 0.9 * np.sin(phase[48:96]))[0, 1] > 0.9
    assert not any(name.startswith("the season") for name in past(drawn(rng, rates[:, :, :20])).design.names)


def test_discounting() -> None:
    values = np.array([1.0, 0.0, 2.0])
    assert discounted(values, 1.0) == pytest.approx([0.0, 1.0, 0.5, 2.25])
    assert discounted(values, float("inf")) == pytest.approx([0.0, 1.0, 1.0, 3.0])
    assert discounted(values, 0.0) == pytest.approx([0.0, 1.0, 0.0, 2.0])


def test_expected_exposure_takes_no_notice_of_gaps() -> None:
    assert foreseen(np.array([10.0, 0.0, 0.0, 12.0])) == pytest.approx([1.0, 10.0, 10.0, 10.0, 11.0])


def test_who_is_learned_from_is_chosen_before_the_outcome() -> None:
    """Changing what comes changes nothing of who was at risk."""
    panel = worlds.complexes(seed=3, periods=12).panel
    counts = Counts.made(panel, ())
    early = counts.before(6).at_risk(20)
    assert (early == counts.at_risk(20)[:, :7]).all()
    assert not early[:, 0].any() and early[:, 6].sum() >= 20
    assert (
        counts.at_risk(None) == (np.cumsum(np.c_[np.zeros(len(panel.dyads)), counts.of[EVERYTHING.name]], 1) > 0)
    ).all()
