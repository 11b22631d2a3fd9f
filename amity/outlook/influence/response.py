"""What follows a shock: impulse responses, and the way they take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias

import numpy as np

from amity.outlook.influence.design import OWN, RECENT, RECENTLY, RECIPROCAL
from amity.outlook.influence.fitting import Fit, passed_on
from amity.outlook.influence.series import Array

Pair: TypeAlias = tuple[int, int]
ITSELF = "of itself"
"""What influence of one pair is called that no tie carries."""

SAID = 2
"""Ties that are named for a step, those that carry most."""


def respond(fit: Fit, ties: Array, shock: Array, horizon: int) -> Array:
    """Departures that a shock brings, beside what would come without it: (horizon + 1, n, n), the shock at 0.

    R_h = own R_h-1 + recent (R_h-2 + R_h-3 + R_h-4)/3 + reciprocal R_h-1ᵀ + ÃR_h-1 + R_h-1B̃ᵀ + ÃR_h-1B̃ᵀ, linear in the
    shock. A fit without coefficients of influence gives the dyad's own and its reciprocal response alone. What is
    usual (level and spread of each dyad) and what states do to everybody are taken as given.
    `shock` is (n, n) in deviations, `ties` (K, n, n).
    """
    n = len(shock)
    path = np.zeros((horizon + 1, n, n))
    path[0] = shock
    for ahead in range(1, horizon + 1):
        last = path[ahead - 1]
        recent = path[max(0, ahead - RECENT) : ahead - 1].sum(axis=0) / (RECENT - 1)
        now = fit.linear[OWN] * last + fit.linear[RECENTLY] * recent + fit.linear[RECIPROCAL] * last.T
        if fit.spreads:
            now = now + passed_on(fit, ties, last)
        np.fill_diagonal(now, 0.0)
        path[ahead] = now
    return path


def way(fit: Fit, ties: Array, responses: Array, target: Pair, ahead: int) -> list[Pair]:
    """The dyads through which most of a response comes, from the shock to the target; none where nothing comes."""
    if not responses[ahead][target]:
        return []
    steps = [target]
    for before in range(ahead - 1, -1, -1):
        shares = _shares(fit, ties, responses[before], steps[-1])
        towards = shares * (np.sign(shares.sum()) or 1.0)
        best = np.unravel_index(int(np.argmax(towards)), shares.shape)
        steps.append((int(best[0]), int(best[1])) if towards.max() > 0 else steps[-1])
    return [step for step, _ in groupby(reversed(steps))]


def _shares(fit: Fit, ties: Array, last: Array, target: Pair) -> Array:
    """What every dyad's departure contributes to the target's next: (n, n)."""
    actor, recipient = target
    shares = np.zeros_like(last)
    shares[target] += fit.linear[OWN] * last[target]
    shares[recipient, actor] += fit.linear[RECIPROCAL] * last[recipient, actor]
    if fit.spreads:
        sent, received = (np.tensordot(one, ties, 1) for one in (fit.sender, fit.receiver))
        senders, receivers = fit.pairs(len(last))
        shares[:, recipient] += (sent + senders)[actor] * last[:, recipient]
        shares[actor, :] += last[actor, :] * (received + receivers)[recipient]
        shares += np.outer(sent[actor], received[recipient]) * last
    return shares


def told(fit: Fit, ties: Array, names: Sequence[str], states: Sequence[str], steps: Sequence[Pair]) -> str:
    """The way in words: who heeds whom, by which ties."""
    words = [_step(fit, ties, names, states, one, two) for one, two in pairwise(steps)]
    return "; ".join(words)


def _step(fit: Fit, ties: Array, names: Sequence[str], states: Sequence[str], source: Pair, target: Pair) -> str:
    if source == target[::-1]:
        return f"{states[target[0]]} answers"
    parts = []
    free = fit.pairs(len(states))
    for side, coefficients, verb in ((0, fit.sender, "acts"), (1, fit.receiver, "is treated")):
        if source[side] != target[side]:
            pair = target[side], source[side]
            carried = dict(zip(names, coefficients * ties[:, *pair], strict=True)) | {ITSELF: free[side][pair]}
            how = "like" if sum(carried.values()) >= 0 else "unlike"
            parts.append(f"{states[target[side]]} {verb} {how} {states[source[side]]} ({_most(carried)})")
    return " and ".join(parts)


def _most(carried: Mapping[str, float]) -> str:
    """The ties that carry most of an influence, in its direction."""
    towards = 1.0 if sum(carried.values()) >= 0 else -1.0
    ordered = sorted(carried, key=lambda name: (-towards * carried[name], name))
    return ", ".join(name for name in ordered[:SAID] if towards * carried[name] > 0)
