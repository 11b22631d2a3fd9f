"""Divisions: as good as Leiden's, and the one on which many agree."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from amity.structure.complexes.partition import company, divide, median, modularity, together


def blocks(seed: int, sizes: tuple[int, ...] = (8, 8, 8), inside: float = 1.0, outside: float = 0.3) -> np.ndarray:
    rng = np.random.default_rng(seed)
    label = np.repeat(np.arange(len(sizes)), sizes)
    ties = rng.gamma(2.0, 0.5, (len(label), len(label))) * np.where(label[:, None] == label, inside, outside)
    ties = np.triu(ties, 1)
    return np.asarray(ties + ties.T)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("resolution", [1.0, 1.5])
def test_modularity_is_at_least_that_of_leiden(seed: int, resolution: float) -> None:
    from sknetwork.clustering import Leiden

    ties = blocks(seed, outside=0.6)
    gain = modularity(ties, resolution)

    def quality(labels: np.ndarray) -> float:
        return float(gain[labels[:, None] == labels].sum() / ties.sum())

    theirs = Leiden(resolution=resolution, modularity="newman", random_state=seed).fit_predict(csr_matrix(ties))
    ours = max(quality(divide(gain, np.random.default_rng(run))) for run in range(3))
    assert ours >= quality(theirs) - 2e-3


def test_blocks_are_divided_and_strangers_stay_alone() -> None:
    ties = np.zeros((26, 26))
    ties[:24, :24] = blocks(0)
    labels = divide(modularity(ties, 1.0), np.random.default_rng(0))
    assert len({*labels[:8]}) == len({*labels[8:16]}) == len({*labels[16:24]}) == 1
    assert len({labels[0], labels[8], labels[16], labels[24], labels[25]}) == 5


def test_nothing_to_divide() -> None:
    assert divide(np.zeros((0, 0)), np.random.default_rng(0)).tolist() == []
    assert divide(modularity(np.zeros((3, 3)), 1.0), np.random.default_rng(0)).tolist() == [0, 1, 2]


def test_the_median_puts_together_what_is_mostly_together() -> None:
    runs = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0, 1]])
    share = together(runs)
    assert share[0, 1] == 1.0 and share[0, 2] == pytest.approx(1 / 3)
    labels = median(share, np.random.default_rng(0))
    assert labels[0] == labels[1] != labels[2] == labels[3]


def test_company_sums_to_one_splits_cost_nothing_and_unions_share() -> None:
    member = np.array([[1, 0]] * 4 + [[0, 1]] * 4, dtype=float)
    split = np.array([[0, 0, 1, 1, 2, 2, 2, 2]])
    assert company(split, member).tolist() == [[1, 0]] * 4 + [[0, 1]] * 4
    union = company(np.zeros((1, 8), dtype=int), member)
    assert union[0] == pytest.approx([0.5, 0.5])
    alone = company(np.array([[0, 1, 1, 1, 2, 2, 2, 2]]), member)
    assert alone[0].tolist() == [0, 0]
