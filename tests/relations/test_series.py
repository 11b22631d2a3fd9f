"""One relation cut out of what was fitted, both directions together, and what moved it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from amity.errors import InputError
from amity.records.panel import Dyad
from amity.records.relations import Estimate, Pace, Temper
from amity.relations import Fitted, changes, fit, movers, relation, symmetric, valence
from tests import worlds
from tests.archive.rows import events

ONE = ("AAA", "AAB")


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    panel = worlds.uncovered(worlds.complexes(seed=5, size=3).panel, [3, 4, 9])
    return fit(panel, pace=Pace(), temper=Temper())


def test_a_relation_has_a_point_for_every_period(fitted: Fitted) -> None:
    told = relation(fitted, ONE)
    row = fitted.panel.index[Dyad(*ONE)]
    assert [point.intensity.value for point in told.points] == pytest.approx(fitted.intensity[row])
    assert [point.valence.value for point in told.points] == pytest.approx(fitted.valence[row])
    assert [point.covered for point in told.points].count(False) == 3
    for point in told.points:
        assert point.intensity.low < point.intensity.value < point.intensity.high
        assert point.valence.low < point.valence.value < point.valence.high
        assert (point.count is None) == (point.expected is None) == (not point.covered)
    assert told.coverage.covered == 21 and [gap.since.month for gap in told.coverage.gaps] == [4, 10]
    assert told.coverage.events == fitted.panel.dense()[row].sum()
    assert sum(share.value for share in told.shares.values()) == pytest.approx(1.0)
    assert all(share.low <= share.value <= share.high for share in told.shares.values())


def test_a_part_of_it_is_learned_from_all(fitted: Fitted) -> None:
    part = relation(fitted, ONE, since=date(2000, 6, 15), until=date(2000, 8, 1))
    assert [point.start for point in part.points] == [date(2000, 6, 1), date(2000, 7, 1), date(2000, 8, 1)]
    assert part.points[0] == relation(fitted, ONE).points[5]


@pytest.mark.parametrize(
    ("dyad", "message"), [(("AAA", "AAA"), "no relation to itself"), (("AAA", "ZZZ"), "nothing was recorded")]
)
def test_relations_that_are_not_there(fitted: Fitted, dyad: tuple[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        relation(fitted, dyad)


def test_memory_ends_where_a_relation_turned() -> None:
    world = worlds.changing(seed=2, n=4, changed=1)
    found, dyad = fit(world.panel), min(world.dyads)
    row = world.panel.index[dyad]
    turns = changes.scan([found], [row], draws=changes.DRAWS[:2]).changes[0]
    plain, broken = relation(found, dyad), relation(found, dyad, changes=turns)
    assert {turn.aspect for turn in broken.changes} == {"intensity", "valence"} and not plain.changes
    for aspect in ("intensity", "valence"):
        points = [(one.points[world.at - 1], one.points[world.at]) for one in (plain, broken)]
        leaps = [abs(getattr(after, aspect).value - getattr(before, aspect).value) for before, after in points]
        assert leaps[1] > 1.5 * leaps[0]
    assert relation(found, dyad, changes=turns, until=date(2001, 1, 1)).changes == ()


def test_both_directions_are_told_to_be_derived(fitted: Fitted) -> None:
    there, back = relation(fitted, ONE), relation(fitted, ONE[::-1])  # type: ignore[arg-type]
    both = symmetric.both(there, back)
    assert both.derived and not there.derived
    for together, one, other in zip(both.points, there.points, back.points, strict=True):
        assert together.intensity.value == pytest.approx(one.intensity.value + other.intensity.value)
        low, high = sorted((one.valence.value, other.valence.value))
        assert low - 1e-9 <= together.valence.value <= high + 1e-9
    for mine, theirs in zip(symmetric.asymmetries(there, back), symmetric.asymmetries(back, there), strict=True):
        assert mine.ratio.value == pytest.approx(1 / theirs.ratio.value)
        assert mine.difference.value == pytest.approx(-theirs.difference.value)


def test_intervals_of_sums_are_those_of_normal_errors() -> None:
    parts = [Estimate(1.0, 0.0, 2.0), Estimate(3.0, 1.0, 5.0)]
    assert symmetric.added(parts, [1.0, 1.0]) == Estimate(4.0, 4 - 5**0.5, 4 + 5**0.5)
    assert symmetric.added(parts, [1.0, -1.0]) == Estimate(-2.0, -2 - 5**0.5, -2 + 5**0.5)


def test_influence_is_what_a_period_lacks_without_the_event() -> None:
    counts = np.zeros((2, 2, 6, 4))
    counts[0, 1, :, 0] = 3
    counts[0, 1, 4, 3] = 1
    panel = worlds.panel_of(counts)
    whole = fit(panel, pace=Pace(calm=1e9), temper=Temper(calm=1e9))
    counts[0, 1, 4, 3] = 0
    without = fit(worlds.panel_of(counts), pace=Pace(calm=1e9), temper=Temper(calm=1e9))
    happened = events(
        {"actor": "AAA", "recipient": "AAB", "type": "ASSAULT", "quad": "material conflict", "plover": -9.0},
        *({"actor": "AAA", "recipient": "AAB", "plover": 2.5} for _ in range(3)),
    )
    moved = movers.movers(whole, 0, 4, happened)
    assert [mover.type for mover in moved] == ["ASSAULT", "CONSULT", "CONSULT", "CONSULT"]
    shape = whole.rate.shape[4, 0] - without.rate.shape[4, 0]
    assert moved[0].intensity == pytest.approx(shape / whole.rate.rate[4, 0], rel=1e-3)
    kept = valence.smoothed(whole.scores, whole.temper)
    share, centre, known = 1.0, kept.mean[0, 4, 0], kept.events[4, 0]
    assert moved[0].valence == pytest.approx(centre - (centre * known + 9.0 * share) / (known - share))
    assert moved[0].valence < 0 < moved[1].valence
    assert [mover.type for mover in movers.movers(whole, 0, 4, happened, 1)][-1] == "ASSAULT"
