"""Outlooks and back-tests of a world: what is counted, what was known when, and what is told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from amity import codebook
from amity.errors import InputError
from amity.outlook.forecast.counts import CONFLICT
from amity.pipeline.outlook import backtest, outlook, see, target
from amity.pipeline.world import World
from amity.records.panel import Dyad
from tests.outlook import events

PAIR = (Dyad("AZE", "ARM"), Dyad("ARM", "AZE"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(events.archive(tmp_path_factory.mktemp("archive")), None, codebook.load())


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(events.archive(tmp_path_factory.mktemp("late"), late=45), None, codebook.load())


@pytest.fixture(autouse=True)
def few_looks_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amity.pipeline.outlook.LOOKS", 4)


def test_both_directions_at_every_horizon(world: World) -> None:
    there, back = outlook(world, PAIR, 6)
    assert (there.actor, there.recipient, back.actor) == ("AZE", "ARM", "ARM")
    assert there.origin == date(2012, 7, 1) and there.horizons == (1, 3, 6)
    assert [one.horizon for one in there.expected if one.target == "conflict"] == [1, 3, 6]
    for told in (*there.expected, *there.types):
        assert told.low <= told.inner_low <= told.median <= told.inner_high <= told.high
        assert list(told.quantiles) == sorted(told.quantiles) and len(told.quantiles) == 19
        assert 0 <= told.more <= told.any <= 1 and told.threshold >= 2
    assert {one.target for one in there.types} == {"CONSULT", "ACCUSE", "ASSAULT"}
    assert all(sum(weights.values()) == pytest.approx(1, abs=0.05) for weights in there.shares.values())
    assert len(there.lines) >= 3 and "AZE towards ARM, in the next 3 months" in there.lines[1]
    assert there.basis.covered == there.basis.periods == 30 and there.events > 0


def test_layers_can_be_asked_for(world: World) -> None:
    (told,) = outlook(world, PAIR[:1], 1, [target(world, "military"), CONFLICT])
    assert [one.target for one in told.expected] == ["conflict", "cooperation", "military"]
    assault = next(one for one in told.types if one.target == "ASSAULT")
    military = told.expected[2]
    assert military.mean == pytest.approx(assault.mean, rel=0.3)


def test_a_pair_of_which_nothing_is_known_has_an_outlook(world: World) -> None:
    (told,) = outlook(world, [Dyad("ISL", "FJI")], 1)
    assert told.events == 0 and all(0 <= one.mean < 3 for one in told.expected)


def test_backtest_is_scored_against_simple_methods(world: World) -> None:
    found = backtest(world, dyads=25, horizons=(1, 3), every=4)
    assert found.origins == 5 and found.horizons == (1, 3) and found.targets == ("conflict", "cooperation")
    assert {one.method for one in found.versus} == {
        "persistence",
        "exponential smoothing",
        "dyad mean",
        "reciprocity",
        "last twelve",
    }
    assert all(np.isfinite([one.crps, one.log, one.more, one.any]).all() for one in found.scores)
    assert found.basis.dyads == 25 and not found.basis.late and len(found.lines) == 4


def test_what_was_known_late_is_not_used_early(late: World) -> None:
    seen = see(late, (CONFLICT,))
    assert seen.late
    then = seen.known(20)
    assert then.periods == 20 and then.dyads == seen.counts.dyads
    newest, before = (then.of["all events"][:, period].sum() for period in (19, 17))
    assert newest == 0 and before == seen.counts.of["all events"][:, 17].sum()
    assert not then.covered[19] and seen.known(1).periods == 1
    found = backtest(late, [CONFLICT], dyads=10, horizons=(1,), every=6)
    assert found.basis.late


def test_unfinished_periods_are_left_out(world: World) -> None:
    assert see(world, (), until=date(2012, 6, 10)).counts.periods == 29
    assert see(world, (), since=date(2010, 1, 20)).counts.periods == 29
    assert see(world, ()).counts.periods == 30


def test_targets_by_name(world: World) -> None:
    assert target(world, "ASSAULT").types == ("ASSAULT",)
    assert target(world, "military").layers == ("military",)
    assert target(world, "Conflict") == CONFLICT
    with pytest.raises(InputError, match="nothing to forecast"):
        target(world, "weather")


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"dyads": [Dyad("AZE", "AZE")]}, "named twice"),
        ({"dyads": [Dyad("AZE", "XXX")]}, "is no state"),
        ({"dyads": PAIR, "since": date(2030, 1, 1)}, "none lies in the time"),
        ({"dyads": PAIR, "until": date(2010, 4, 30)}, "fewer than 6 whole months"),
    ],
)
def test_wrong_questions_are_told(world: World, asked: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        outlook(world, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"start": date(2020, 1, 1)}, "leaves nothing to compare with"),
        ({"start": date(2009, 1, 1)}, "leaves nothing to learn from"),
        ({"horizons": (40,)}, "nothing to compare with"),
    ],
)
def test_backtests_that_cannot_be_are_told(world: World, asked: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        backtest(world, **asked)  # type: ignore[arg-type]
