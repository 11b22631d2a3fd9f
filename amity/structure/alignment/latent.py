"""One score from several parts: a measurement model that weighs each by how reliable it turns out to be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from amity.structure.alignment.parts import Estimate

Floats = NDArray[np.float64]

MOST = 0.7
"""The most that a part is believed to be signal; without a bound one part takes the score's place (Heywood's case)."""

UNTOLD = 0.5
"""How much a part is taken to be signal where there are too few to tell."""

ROUNDS = 200


@dataclass(frozen=True)
class Loading:
    """How a part depends on the score: y = `slope`·θ + e, e ~ N(0, `noise` + squared error of the part)."""

    slope: float
    noise: float

    @property
    def reliability(self) -> float:
        """The share of a part's variance that is signal, its own error apart."""
        signal = self.slope**2
        return signal / (signal + self.noise) if signal > 0 else 0.0


@dataclass(frozen=True)
class Scores:
    """θ of every state and year: mean and variance of the normal posterior (prior: standard normal)."""

    mean: Floats
    variance: Floats

    def quantile(self, deviations: float) -> Floats:
        """The score in [-1, 1], so many standard deviations beside the middle: 2Φ(θ) - 1."""
        return np.asarray(2.0 * ndtr(self.mean + deviations * np.sqrt(self.variance)) - 1.0)

    def below(self, score: float) -> Floats:
        """The probability that the score in [-1, 1] is less."""
        from scipy.special import ndtri

        return np.asarray(ndtr((ndtri((1.0 + score) / 2.0) - self.mean) / np.sqrt(self.variance)))


def fit(parts: Mapping[str, Estimate]) -> dict[str, Loading]:
    """Loadings of one factor on all states and years, by expectation and maximisation; missing parts are left out.

    The model has no intercepts: every part knows its own zero. Slopes are not negative, since every part is turned
    towards the same pole. With fewer than three parts that are known together the reliability cannot be told from the
    data, and each part is taken to be half signal.
    """
    names = [name for name, part in parts.items() if np.isfinite(part.value).any()]
    unknown = {name: Loading(0.0, 1.0) for name in parts if name not in names}
    together = sum((np.isfinite(parts[name].value).astype(int) for name in names), np.zeros((), int))
    if len(names) < 3 or int(np.sum(together >= 3)) < 30:
        return unknown | {name: _half(parts[name]) for name in names}
    values = np.stack([parts[name].value.ravel() for name in names])
    errors = np.stack([parts[name].error.ravel() ** 2 for name in names])
    some = np.isfinite(values).any(axis=0)
    values, errors = values[:, some], errors[:, some]
    there = np.isfinite(values) & np.isfinite(errors)
    values, errors = np.where(there, values, 0.0), np.where(there, errors, 1.0)
    start = [_half(parts[name]) for name in names]
    slope, noise = np.array([one.slope for one in start]), np.array([one.noise for one in start])
    for _ in range(ROUNDS):
        weight = there / (noise[:, None] + errors)
        variance = 1.0 / (1.0 + (weight * slope[:, None] ** 2).sum(axis=0))
        mean = variance * (weight * slope[:, None] * values).sum(axis=0)
        before = slope, noise
        slope = np.maximum((weight * values * mean).sum(axis=1) / (weight * (mean**2 + variance)).sum(axis=1), 0.0)
        residual = (values - slope[:, None] * mean) ** 2 + slope[:, None] ** 2 * variance
        share = noise[:, None] / (noise[:, None] + errors)
        noise = (there * (share**2 * residual + share * errors)).sum(axis=1) / there.sum(axis=1)
        noise = np.maximum(noise, slope**2 * (1.0 / MOST - 1.0) + 1e-9)
        if np.allclose(np.concatenate(before), np.concatenate([slope, noise]), atol=1e-7):
            break
    return unknown | {name: Loading(float(slope[at]), float(noise[at])) for at, name in enumerate(names)}


def _half(part: Estimate) -> Loading:
    """A part that is half signal, its own errors taken off its variance."""
    known = np.isfinite(part.value)
    second = float(np.mean(part.value[known] ** 2))
    signal = max(second - float(np.mean(part.error[known] ** 2)), 0.1 * second, 1e-9)
    return Loading(float(np.sqrt(signal * UNTOLD)), signal * (1.0 - UNTOLD))


def score(parts: Mapping[str, Estimate], loadings: Mapping[str, Loading], without: Collection[str] = ()) -> Scores:
    """θ of every state and year from the parts known there, but for some; NaN where none is known.

    Where parts contradict each other more than they usually do, the variance is stretched by Birge's ratio: χ² of the
    parts (and the prior) about θ over the number of parts, where that is more than 1 (Birge 1932, Physical Review 40:
    207-227)."""
    used = {name: part for name, part in parts.items() if name not in without}
    shape = next(iter(parts.values())).value.shape if parts else (0, 0)
    known = np.zeros(shape, int)
    precision, pull, square = np.ones(shape), np.zeros(shape), np.zeros(shape)
    for name, part in used.items():
        there, slope = np.isfinite(part.value), loadings[name].slope
        weight = np.where(there, 1.0 / (loadings[name].noise + np.nan_to_num(part.error) ** 2), 0.0)
        value = np.nan_to_num(part.value)
        precision += weight * slope**2
        pull += weight * slope * value
        square += weight * value**2
        known += there
    mean = pull / precision
    stretch = np.maximum((square - mean * pull) / np.maximum(known, 1), 1.0)
    return Scores(np.where(known > 0, mean, np.nan), np.where(known > 0, stretch / precision, np.nan))


def weights(parts: Mapping[str, Estimate], loadings: Mapping[str, Loading]) -> dict[str, Floats]:
    """The share of each part in what moves the score, by state and year: its precision, squared slope over noise."""
    pulls = {}
    for name, part in parts.items():
        there = np.isfinite(part.value)
        pulls[name] = np.where(
            there, loadings[name].slope ** 2 / (loadings[name].noise + np.nan_to_num(part.error) ** 2), 0.0
        )
    total = sum(pulls.values(), np.zeros(()))
    with np.errstate(invalid="ignore", divide="ignore"):
        return {name: np.where(total > 0, pull / total, 0.0) for name, pull in pulls.items()}
