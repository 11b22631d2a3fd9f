"""Positions between poles: what they follow, and what must not change them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.structure.alignment import PARTS, SECURITY, Material, holdings, positions
from amity.structure.alignment.parts import Estimate, carried, dispersion
from tests.structure.alignment.planted import STATES, YEARS, planted, truth

EVERY = tuple(dict.fromkeys((*PARTS, *SECURITY)))


def found(material: Material, toward: int = 0, against: int = 1) -> dict[str, Estimate]:
    return positions(material, holdings(material), toward, against)


@pytest.fixture(scope="module")
def usual() -> dict[str, Estimate]:
    return found(planted())


@pytest.mark.parametrize("part", EVERY)
def test_every_part_follows_what_was_planted(usual: dict[str, Estimate], part: str) -> None:
    means = usual[part].value[2:].mean(axis=1)
    assert np.corrcoef(means, truth()[2:])[0, 1] > 0.6


@pytest.mark.parametrize("part", EVERY)
def test_positions_lie_between_the_poles_inside_their_interval(usual: dict[str, Estimate], part: str) -> None:
    one = usual[part]
    assert np.isnan(one.value[:2]).all()
    known = np.isfinite(one.value)
    assert (np.abs(one.value[known]) <= 1).all()
    assert (one.low[known] <= one.value[known]).all() and (one.value[known] <= one.high[known]).all()
    assert (one.rests[known] > 0).all()


@pytest.mark.parametrize("part", EVERY)
def test_the_other_pole_first_turns_the_sign(usual: dict[str, Estimate], part: str) -> None:
    turned = found(planted(), 1, 0)[part]
    assert np.allclose(turned.value, -usual[part].value, equal_nan=True)
    assert np.allclose(turned.low, -usual[part].high, equal_nan=True, atol=1e-6)


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(STATES)))
def test_the_order_of_states_does_not_matter(order: list[int]) -> None:
    material = planted()
    usual = found(material)
    moved = found(replace(material, states=tuple(material.states[one] for one in order)))
    for part in EVERY:
        assert np.allclose(moved[part].value, usual[part].value[order], equal_nan=True), part


def test_later_is_the_same() -> None:
    """All tables and events seven years on: the same positions."""
    material = planted()
    tables = {
        name: table.set_column(
            table.column_names.index("year"), "year", pc.add(table["year"], pa.scalar(7, pa.int32()))
        )
        for name in ("alliances", "votes", "deliveries")
        if (table := getattr(material, name)) is not None
    }
    assert material.panel is not None
    edges = (material.panel.edges.astype("datetime64[Y]") + 7).astype("datetime64[D]")
    later = replace(
        material, **tables, years=tuple(year + 7 for year in YEARS), panel=replace(material.panel, edges=edges)
    )
    usual, moved = found(material), found(later)
    for part in EVERY:
        assert np.allclose(moved[part].value, usual[part].value, equal_nan=True), part
        assert np.allclose(moved[part].low, usual[part].low, equal_nan=True), part


def test_more_of_everything_is_the_same_position() -> None:
    one, many = found(planted()), found(planted(times=1000.0))
    assert np.allclose(one["arms"].value, many["arms"].value, equal_nan=True)
    for part in ("cooperation", "support", "valence"):
        known = np.isfinite(one[part].value)
        assert np.abs(one[part].value[known] - many[part].value[known]).max() < 0.1, part


def test_years_that_a_table_does_not_cover_are_unknown_not_zero() -> None:
    material = planted()
    early = {
        name: getattr(material, name).filter(pc.less(getattr(material, name)["year"], 2005))
        for name in ("alliances", "votes", "deliveries")
    }
    cut = found(planted(**early, panel=material.panel and material.panel.before(5)))
    whole = found(material)
    for part in EVERY:
        assert np.isnan(cut[part].value[:, 5:]).all(), part
        assert np.isfinite(cut[part].value[2:, :5]).mean() > 0.9, part
    assert np.allclose(cut["arms"].value[:, :5], whole["arms"].value[:, :5], equal_nan=True)


def test_who_buys_nothing_has_no_position_by_arms() -> None:
    material = planted()
    quiet = material.states[5]
    fewer = material.deliveries.filter(pc.not_equal(material.deliveries["recipient"], quiet))  # type: ignore[union-attr]
    arms = found(planted(deliveries=fewer))["arms"]
    assert np.isnan(arms.value[5]).all() and np.isfinite(arms.value[6]).all()


def test_who_buys_elsewhere_is_between_the_poles() -> None:
    material = planted()
    rows = [
        row | {"supplier": "ZZZ"} if row["recipient"] == material.states[5] else row
        for row in material.deliveries.to_pylist()  # type: ignore[union-attr]
    ]
    table = type(material.deliveries).from_pylist(rows, schema=material.deliveries.schema)  # type: ignore[union-attr]
    assert np.allclose(found(planted(deliveries=table))["arms"].value[5], 0.0)


def test_a_state_that_a_data_set_does_not_know_has_no_zeros_in_it() -> None:
    material = planted()
    assert material.panel is not None
    dyads = [number for number, dyad in enumerate(material.panel.dyads) if material.states[7] not in dyad]
    cells = material.panel.cells.filter(pc.is_in(material.panel.cells["dyad"], pa.array(dyads, pa.int32())))
    cut = found(planted(panel=replace(material.panel, cells=cells)))
    for part in ("cooperation", "valence", "support"):
        assert np.isnan(cut[part].value[7]).all() and np.isfinite(cut[part].value[8]).all()


def test_without_anything_there_is_nothing() -> None:
    assert found(planted(alliances=None, votes=None, deliveries=None, panel=None)) == {}


def test_the_former_code_of_a_pole_is_the_pole() -> None:
    material = planted()
    pole = material.states[0]
    rows = [row | {"supplier": "OLD"} if row["supplier"] == pole else row for row in material.deliveries.to_pylist()]  # type: ignore[union-attr]
    table = type(material.deliveries).from_pylist(rows, schema=material.deliveries.schema)  # type: ignore[union-attr]
    renamed = found(planted(deliveries=table, codes={"OLD": pole}))["arms"]
    assert np.allclose(renamed.value, found(material)["arms"].value, equal_nan=True)


def test_events_that_come_in_bursts_count_for_less() -> None:
    rng = np.random.default_rng(0)
    alone = rng.poisson(50, (2, 60, 10)).astype(float)
    assert dispersion(*alone) < 1.5
    assert dispersion(*(alone * rng.choice([0.2, 1.8], alone.shape))) > 5.0


def test_what_ends_is_carried_on_ever_less_surely() -> None:
    value = np.cumsum(np.random.default_rng(0).normal(0, 0.1, (40, 10)), axis=1)
    value[:, 7:] = np.nan
    part = Estimate(value, value - 0.05, value + 0.05, np.ones_like(value))
    on, end = carried(part, 2)
    assert end == 6
    assert np.allclose(on.value[:, 7], value[:, 6]) and np.isnan(on.value[:, 9]).all()
    widths = (on.high - on.low)[:, 6:9].mean(axis=0)
    assert widths[0] < widths[1] < widths[2]
    assert np.allclose(carried(part, 0)[0].value, value, equal_nan=True)


def test_the_years_are_those_of_the_material(usual: dict[str, Estimate]) -> None:
    assert all(one.value.shape == (STATES, len(YEARS)) for one in usual.values())
