"""Ties between states: from tables by date, and from what happened before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from amity.outlook.influence.series import Series, series
from amity.outlook.influence.ties import NEEDS, known, normalised, past
from amity.records.events import TABLES
from tests import worlds


@pytest.fixture
def asked() -> Series:
    return series(worlds.constant(n=4, periods=4, unit="year"), "cooperation")  # AAA to AAD, 2000 to 2003


def table(name: str, *rows: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist([dict.fromkeys(TABLES[name].names) | row for row in rows], TABLES[name])


@given(arrays(float, (5, 5), elements=st.floats(0, 10)))
@settings(max_examples=30, deadline=None)
def test_rows_are_means_of_others(weights: np.ndarray) -> None:
    rows = normalised(weights)
    assert not np.diagonal(rows).any()
    assert all(total == pytest.approx(1.0) or total == 0.0 for total in rows.sum(axis=1))


def test_without_tables_no_ties_are_known(asked: Series) -> None:
    assert known(asked, {}) == known(asked, dict.fromkeys(NEEDS.values())) == {}


def test_neighbours_are_those_when_the_period_began(asked: Series) -> None:
    lasting = {"a": "AAA", "b": "AAB", "kind": 1, "start": date(1990, 1, 1), "end": date(2002, 6, 30)}
    ended = {"a": "AAA", "b": "AAC", "kind": 1, "start": date(1990, 1, 1), "end": date(2000, 6, 30)}
    ties = known(asked, {"contiguity": table("contiguity", lasting, ended)})["neighbours"]
    assert ties[0, 0].tolist() == [0, 0.5, 0.5, 0] and ties[1, 0].tolist() == [0, 1, 0, 0]
    assert ties[3, 0].tolist() == [0, 1, 0, 0]  # the table ends in 2002: what is last known stays
    assert not ties[0, 3].any()


def test_allies_are_sworn_to_defend_and_known_the_year_before(asked: Series) -> None:
    rows = [
        {"a": "AAA", "b": "AAB", "year": 2000, "defense": True},
        {"a": "AAA", "b": "AAC", "year": 2000, "defense": False, "consultation": True},
        {"a": "AAA", "b": "AAD", "year": 2001, "defense": True},
    ]
    ties = known(asked, {"alliances": table("alliances", *rows)})["allies"]
    assert not ties[0].any() and ties[1, 0].tolist() == [0, 1, 0, 0]
    assert ties[2, 0].tolist() == ties[3, 0].tolist() == [0, 0, 0, 1]


def test_nearness_falls_with_distance(asked: Series) -> None:
    def capital(state: str, east: float) -> dict[str, object]:
        where = {"city": state, "latitude": 0.0, "longitude": east}
        return {"state": state, "start": date(1900, 1, 1), "end": date(2020, 1, 1)} | where

    rows = [capital("AAA", 0), capital("AAB", 5), capital("AAC", 20)]
    ties = known(asked, {"capitals": table("capitals", *rows)})["nearness"][0]
    assert ties[0, 1] > 0.8 and 0 < ties[0, 2] < 0.2
    assert not ties[3].any() and not ties[:, 3].any()  # nobody knows where AAD lies


def test_votes_are_those_of_the_session_before(asked: Series) -> None:
    def vote(state: str, year: int, ideal: float) -> dict[str, object]:
        return {"state": state, "year": year, "ideal": ideal}

    early = [vote("AAA", 2000, 1.0), vote("AAB", 2000, 1.0), vote("AAC", 2000, -1.0)]
    late = [vote("AAA", 2001, 1.0), vote("AAB", 2001, -1.0), vote("AAC", 2001, 1.0)]
    ties = known(asked, {"votes": table("votes", *early, *late)})["votes"]
    assert ties[1, 0, 1] > 0.9 > 0.1 > ties[1, 0, 2] and ties[2, 0, 2] > 0.9 and not ties[1, 3].any()


def test_the_past_tells_opponents_partners_and_the_alike() -> None:
    world = worlds.complexes(seed=1)
    asked = series(world.panel)
    ties = past(asked, 24)
    assert not ties["opponents"][0].any() and not ties["alike"][0].any()  # nothing was known before the first period
    same = np.array(world.members)[:, None] == np.array(world.members)
    assert ties["partners"][-1][same].mean() > 5 * ties["partners"][-1][~same].mean()
    place = {state: number for number, state in enumerate(asked.states)}
    foes = [(place[one], place[two]) for one, two in world.enemies]
    assert all(ties["opponents"][-1][one, two] > ties["partners"][-1][one, two] for one, two in foes)


def test_the_past_does_not_know_the_future() -> None:
    asked = series(worlds.complexes(seed=1).panel)
    changed = asked.conflict.copy()
    changed[..., 12:] *= 7
    one, two = past(asked, 24), past(replace(asked, conflict=changed), 24)
    assert all(np.allclose(one[name][:13], two[name][:13]) for name in one)
