"""The synthetic worlds are what they say."""

from __future__ import annotations

import numpy as np
import pytest

from tests import worlds


def test_complexes_hold_their_enemies() -> None:
    world = worlds.complexes(seed=2)
    member = dict(zip(world.states, world.members, strict=True))
    totals = world.panel.dense().sum(axis=1)
    inside = np.array([member[one] == member[two] for one, two in world.panel.dyads])
    assert totals[inside].mean() > 10 * totals[~inside].mean()
    valence = dict(zip(world.panel.dyads, world.panel.dense("value").sum(axis=1), strict=True))
    assert world.enemies and all(member[one] == member[two] for one, two in world.enemies)
    assert all(valence[one, two] < 0 for one, two in world.enemies)  # type: ignore[index]


def test_influence_is_seen_a_step_later() -> None:
    world = worlds.influenced(seed=1, n=8, strength=0.4, persistence=0.2)
    scores = world.scores
    heard = np.einsum("ik,kjt->ijt", world.senders, scores)[..., :-1]
    apart = ~np.eye(8, dtype=bool)
    assert np.corrcoef(heard[apart].ravel(), scores[..., 1:][apart].ravel())[0, 1] > 0.3
    silent = worlds.influenced(seed=1, n=8, strength=0.0)
    assert not silent.senders.any() and not silent.receivers.any()


def test_what_changes_changes_when_it_is_told() -> None:
    world = worlds.changing(seed=3)
    hostile = world.panel.dense(quads=("material conflict", "verbal conflict"))
    for dyad in world.dyads:
        series = hostile[world.panel.index[dyad]]
        assert series[world.at :].mean() > 2 * series[: world.at].mean() + 1


def test_plain_worlds() -> None:
    assert worlds.empty().dyads == () and worlds.empty().dense().shape == (0, 12)
    assert worlds.one_event().dense().sum() == 1
    assert (worlds.constant(count=3).dense() == 3).all()


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_worlds_made_of_others(unit: str) -> None:
    panel = worlds.constant(unit=unit)  # type: ignore[arg-type]
    assert len(panel.edges) == panel.periods + 1 and (np.diff(panel.edges) > np.timedelta64(0, "D")).all()
    assert (worlds.shifted(worlds.shifted(panel, 7), -7).edges == panel.edges).all()
    assert (worlds.doubled(panel).dense() == 2 * panel.dense()).all()
    gap = worlds.uncovered(panel, [3, 4])
    assert not gap.covered[3] and gap.dense()[:, [3, 4]].sum() == 0 and gap.covered.sum() == panel.periods - 2


def test_permutation_keeps_the_world() -> None:
    panel = worlds.complexes(seed=4).panel
    moved, names = worlds.permuted(panel, seed=5)
    for (one, two), series in zip(panel.dyads, panel.dense("value"), strict=True):
        assert (moved.dense("value")[moved.index[names[one], names[two]]] == series).all()  # type: ignore[index]
