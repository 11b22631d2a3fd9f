"""Planted complexes are found, enemies inside included, and odd worlds do no harm."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.codebook.regions import Region
from amity.errors import InputError
from amity.records.complexes import EXPECTED, Settings
from amity.records.panel import Dyad, Panel
from amity.structure.complexes import Background, Found, course, find, standing
from tests import worlds

FAR = 24.0


def background(panel: Panel, **known: object) -> Background:
    n = len(panel.states)
    return Background(latitude=np.full(n, np.nan), longitude=np.full(n, np.nan), **known)  # type: ignore[arg-type]


def found(panel: Panel, around: Background | None = None, **chosen: object) -> Found:
    flow = course(panel)
    now = standing(flow, flow.periods - 1, FAR)
    return find(now, around or background(panel), Settings(**({"draws": 6} | chosen)))  # type: ignore[arg-type]


def groups(answer: Found) -> set[frozenset[str]]:
    return {frozenset(one.states) for one in answer.complexes}


def planted(world: worlds.Complexes) -> set[frozenset[str]]:
    return {
        frozenset(state for state, own in zip(world.states, world.members, strict=True) if own == number)
        for number in set(world.members)
    }


@pytest.mark.parametrize("expected", EXPECTED)
@pytest.mark.parametrize("hostile", [0.0, 0.4, 1.0])
def test_planted_complexes_are_recovered_whatever_the_signs(expected: str, hostile: float) -> None:
    world = worlds.complexes(seed=3, groups=4, hostile=hostile, inside=8.0)
    assert groups(found(world.panel, expected=expected)) == planted(world)


def test_enemies_are_members_of_one_complex_and_told_as_enemies() -> None:
    world = worlds.complexes(seed=1, groups=3, size=5, inside=8.0)
    answer = found(world.panel)
    moods = {frozenset((tie.a, tie.b)): tie.mood for one in answer.complexes for tie in one.ties}
    enemies = {frozenset(pair) for pair in world.enemies}
    assert enemies and all(moods.get(pair, "enmity") == "enmity" for pair in enemies)
    assert all(mood == "amity" for pair, mood in moods.items() if pair not in enemies)
    assert sum(one.pattern.enmity for one in answer.complexes) == len(enemies)


def test_members_are_surer_in_a_clear_world_than_in_a_blurred_one() -> None:
    clear, blurred = (
        found(worlds.complexes(seed=2, hostile=1.0, inside=inside, outside=0.4, periods=8).panel, draws=20)
        for inside in (8.0, 0.3)
    )

    def sure(answer: Found) -> float:
        return sum(member.probability for one in answer.complexes for member in one.members) / 15

    assert sure(clear) > 0.98 and sure(blurred) < 0.9


def test_who_is_mostly_together_belongs_together() -> None:
    right = []
    for seed in range(4):
        world = worlds.complexes(seed=seed, groups=4, size=6, hostile=1.0, inside=0.3, outside=0.2, periods=10)
        number = dict(zip(world.states, world.members, strict=True))
        for one in found(world.panel, draws=12).complexes:
            sure = [member.state for member in one.members if member.probability >= 0.5]
            right += [number[a] == number[b] for a, b in combinations(sure, 2)]
    assert len(right) > 50 and np.mean(right) > 0.9


@pytest.mark.parametrize("rate", [0.05, 0.5, 4.0])
def test_noise_has_no_complexes(rate: float) -> None:
    for seed in range(2):
        counts = np.zeros((25, 25, 24, 4))
        counts[..., 3] = np.random.default_rng(seed).poisson(rate, (25, 25, 24))
        counts[np.arange(25), np.arange(25)] = 0
        answer = found(worlds.panel_of(counts), draws=24)
        assert not answer.complexes and len(answer.unassigned) == 25


@given(seed=st.integers(0, 20))
@settings(max_examples=5, deadline=None)
def test_names_of_states_do_not_matter(seed: int) -> None:
    world = worlds.complexes(seed=seed, inside=8.0, periods=12)
    panel, names = worlds.permuted(world.panel, seed)
    assert groups(found(panel)) == {frozenset(names[state] for state in group) for group in groups(found(world.panel))}


@given(seed=st.integers(0, 20))
@settings(max_examples=5, deadline=None)
def test_doubling_all_counts_changes_no_complex(seed: int) -> None:
    world = worlds.complexes(seed=seed, inside=8.0, periods=12)
    assert groups(found(worlds.doubled(world.panel))) == groups(found(world.panel)) == planted(world)


def test_a_world_shifted_in_time_is_the_same() -> None:
    world = worlds.complexes(seed=5)
    assert found(worlds.shifted(world.panel, 7)) == found(world.panel)


def test_the_seed_decides_and_nothing_else() -> None:
    world = worlds.complexes(seed=5, outside=2.0)
    assert found(world.panel, seed=1) == found(world.panel, seed=1)


def test_periods_that_are_not_covered_are_not_calm() -> None:
    world = worlds.complexes(seed=4, periods=12)
    flow = course(world.panel)
    gap = course(replace(world.panel, exposure=np.where(np.arange(12) == 11, 0.0, world.panel.exposure)))
    assert standing(gap, 10, FAR).events == pytest.approx(standing(flow, 10, FAR).events)
    fading = standing(gap, 11, FAR).events / np.maximum(standing(gap, 10, FAR).events, 1e-9)
    assert np.allclose(fading[standing(gap, 10, FAR).events > 0], 0.5 ** (1 / FAR))


def test_bad_counts_are_told_and_what_a_state_does_to_itself_is_left_out() -> None:
    world = worlds.complexes(seed=1, groups=2, size=4)
    column = world.panel.cells.schema.get_field_index("count")
    below = world.panel.cells.set_column(column, "count", pc.negate(world.panel.cells["count"]))
    with pytest.raises(InputError, match="below zero"):
        course(replace(world.panel, cells=below))
    alone = replace(world.panel, dyads=tuple(Dyad(a, a if a == "AAA" else b) for a, b in world.panel.dyads))
    now = standing(course(alone), 23, FAR)
    assert not np.diag(now.events).any() and not np.diag(now.scored).any() and now.events.any()


def test_nothing_and_almost_nothing() -> None:
    one = found(worlds.one_event())
    assert not one.complexes
    assert [alone.reason.startswith("too little evidence") for alone in one.unassigned] == [True, True]
    nobody = found(worlds.empty())
    assert nobody.complexes == nobody.unassigned == ()


def test_too_little_evidence_is_no_reason_to_force_a_state_into_a_complex() -> None:
    world = worlds.complexes(seed=6, inside=8.0)
    counts = np.zeros((16, 16, 24, 4))
    rows = {dyad: row for row, dyad in enumerate(world.panel.dyads)}
    dense = {quad: world.panel.dense(quads=[quad]) for quad in worlds.QUADS}
    for number, quad in enumerate(worlds.QUADS):
        for dyad, row in rows.items():
            ends = [world.states.index(state) for state in dyad]
            counts[ends[0], ends[1], :, number] = dense[quad][row]
    counts[15, 0, 3, 3] = 1
    answer = found(worlds.panel_of(counts))
    assert planted(world) == groups(answer)
    assert [(alone.state, alone.events > 0) for alone in answer.unassigned] == [("AAP", True)]


def test_a_global_power_is_held_out_and_comes_home_where_its_ties_are_strongest() -> None:
    world = worlds.complexes(seed=7, groups=3, size=5, inside=6.0)
    counts = np.zeros((16, 16, 24, 4))
    for number, quad in enumerate(worlds.QUADS):
        for dyad, series in zip(world.panel.dyads, world.panel.dense(quads=[quad]), strict=True):
            counts[world.states.index(dyad.actor), world.states.index(dyad.recipient), :, number] = series
    counts[15, :15, :, 3] = 15
    counts[15, 5:10, :, 3] = 90
    panel = worlds.panel_of(counts)
    answer = found(panel, background(panel, powers={"AAP": "superpower"}))
    (power,) = answer.powers
    home = next(one for one in answer.complexes if one.id == power.home)
    assert {"AAF", "AAJ", "AAP"} <= set(home.states) and power.probability > 0.9
    assert {group - {"AAP"} for group in groups(answer)} == planted(world)
    outer = next(one for one in answer.complexes if "AAA" in one.states)
    assert outer.reach[0].state == "AAP" and outer.reach[0].low <= outer.reach[0].share <= outer.reach[0].high
    assert outer.overlay.probability > 0.5
    local = next(member for member in home.members if member.state == "AAP")
    assert local.power == "superpower"


def test_subcomplexes_are_found_inside() -> None:
    rng = np.random.default_rng(0)
    half = np.repeat([0, 1, 2, 3], 4)
    rate = np.where(half[:, None] == half, 6.0, np.where(half[:, None] // 2 == half // 2, 1.2, 0.02))
    np.fill_diagonal(rate, 0.0)
    counts = np.zeros((16, 16, 24, 4))
    counts[..., 3] = rng.poisson(rate[..., None], (16, 16, 24))
    answer = found(worlds.panel_of(counts), breadth="coarse")
    assert sorted(len(one.states) for one in answer.complexes) == [8, 8]
    assert all(sorted(len(part.members) for part in one.subcomplexes) == [4, 4] for one in answer.complexes)


def test_a_state_between_two_complexes_is_told_as_insulator() -> None:
    rng = np.random.default_rng(1)
    rate = np.kron(np.eye(2), np.full((5, 5), 8.0)) + 0.02
    counts = np.zeros((11, 11, 24, 4))
    counts[:10, :10, :, 3] = rng.poisson(np.repeat((rate - np.diag(np.diag(rate)))[..., None], 24, axis=2))
    counts[10, :10, ::3, 3] = counts[:10, 10, ::3, 3] = 1
    answer = found(worlds.panel_of(counts), draws=20)
    assert [one.state for one in answer.insulators] == ["AAK"]
    assert set(answer.insulators[0].between) == {one.id for one in answer.complexes}


def test_names_say_where_complexes_lie() -> None:
    world = worlds.complexes(seed=3, groups=2, inside=8.0)
    regions = {state: Region("Southern Asia" if state < "AAF" else "Western Asia", "Asia") for state in world.states}
    answer = found(world.panel, background(world.panel, regions=regions))
    assert {one.name.partition(" (")[0] for one in answer.complexes} == {"Southern Asia", "Western Asia"}
