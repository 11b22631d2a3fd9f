"""Dividing a small dense graph into communities, at one resolution, and the division on which many agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amity.structure.complexes.interaction import Floats

Labels = NDArray[np.intp]


def modularity(ties: Floats, resolution: float) -> Floats:
    """Newman's modularity matrix: A_ij - γ k_i k_j / Σk, of a symmetric A ≥ 0. (n, n)"""
    degree = ties.sum(axis=1)
    total = float(degree.sum())
    return ties - resolution * np.outer(degree, degree) / total if total else np.zeros_like(ties)


def divide(gain: Floats, rng: np.random.Generator) -> Labels:
    """Communities that make Σ gain_ij over pairs of one community as large as this search finds. (n,)

    Local moving and aggregation, repeated until nothing improves (Blondel et al. 2008), then a last round of single
    moves. `gain` is any symmetric matrix, so that any null model goes in; states without a partner stay alone. On the
    graphs here, dense and of a few hundred nodes, it finds what Leiden (Traag et al. 2019) finds, and sooner.
    """
    labels = np.arange(len(gain))
    folded = gain
    while True:
        moved = _moved(folded, np.arange(len(folded)), rng)
        kept, moved = np.unique(moved, return_inverse=True)
        if len(kept) == len(folded):
            break
        labels = moved[labels]
        inside = np.zeros((len(folded), len(kept)))
        inside[np.arange(len(folded)), moved] = 1.0
        folded = inside.T @ folded @ inside
    return np.unique(_moved(gain, labels, rng), return_inverse=True)[1]


def _moved(gain: Floats, start: Labels, rng: np.random.Generator) -> Labels:
    """Move single nodes to the community where they gain most, in random order, until none wants to."""
    labels = start.copy()
    n = len(gain)
    between = gain.copy()
    np.fill_diagonal(between, 0.0)
    member = np.zeros((n, n))
    member[np.arange(n), labels] = 1.0
    pull = between @ member
    least = 1e-9 * max(float(np.abs(gain).max(initial=0.0)), 1e-12)
    while True:
        eager = np.flatnonzero(pull.max(axis=1, initial=-np.inf) > pull[np.arange(n), labels] + least)
        if not len(eager):
            return labels
        for node in rng.permutation(eager):
            row, old = pull[node], labels[node]
            new = int(row.argmax())
            if row[new] > row[old] + least:
                pull[:, old] -= between[node]
                pull[:, new] += between[node]
                labels[node] = new


def together(runs: NDArray[np.intp]) -> Floats:
    """In what share of divisions (r, n) two states are in one community. (n, n), ones on the diagonal."""
    same = np.zeros((runs.shape[1], runs.shape[1]))
    for labels in runs:
        same += labels[:, None] == labels
    return same / max(len(runs), 1)


def median(share: Floats, rng: np.random.Generator, threshold: float = 0.5, starts: int = 4) -> Labels:
    """The division nearest to all that `share` sums up: the one that maximises Σ (share_ij - threshold) within.

    At a threshold of ½ this minimises Binder's loss, which counts pairs wrongly together and pairs wrongly apart alike
    (Binder 1978; Lau and Green 2007). How many communities there are follows from it. (n,)
    """
    gain = share - threshold
    np.fill_diagonal(gain, 0.0)
    found = [divide(gain, rng) for _ in range(starts)]
    return max(found, key=lambda labels: float(gain[labels[:, None] == labels].sum()))


def company(runs: NDArray[np.intp], member: Floats) -> Floats:
    """To which complexes the company belongs that each state keeps, averaged over divisions. (n, k)

    In a division, let s_ik be the share of complex k's members (without i) in the community of i; i counts for k as
    s_ik / Σ_k s_ik. Rows sum to at most one: what is missing, i spent alone or among the unassigned. A complex that a
    fine division splits loses nothing by it; two that a coarse one unites share their states.
    `runs` (r, n), `member` (n, k) of 0 and 1.
    """
    n, k = member.shape
    summed = np.zeros((n, k))
    others = np.maximum(member.sum(axis=0) - member, 1e-9)
    for labels in runs:
        inside = np.zeros((labels.max(initial=0) + 1, k))
        np.add.at(inside, labels, member)
        share = (inside[labels] - member) / others
        total = share.sum(axis=1, keepdims=True)
        summed += np.divide(share, total, out=np.zeros_like(share), where=total > 1e-9)
    return summed / max(len(runs), 1)
