"""Structure from Python: the verbs of the command line as methods, states by name."""

from __future__ import annotations

from pathlib import Path

import pytest

import amity
from amity.errors import InputError

TEXT = """Publisher: Lake Post
Date: 2014-03-02

Kenya accused Uganda of shelling a village. Uganda expelled Kenya's ambassador on Monday.

Israel delivered drones to Azerbaijan in 2013. Tanzania and Burundi signed an agreement.
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> amity.api.Verbs:
    folder = tmp_path_factory.mktemp("world")
    (folder / "a.txt").write_text(TEXT)
    amity.read(folder / "a.txt", ledger=folder / "l.db")
    return amity.world(folder / "l.db")


def test_relations_of_states_by_name(world: amity.api.Verbs) -> None:
    told = world.relations("Kenya", "Uganda", unit="month")
    assert {(one.actor, one.recipient) for one in told.relations} == {("KEN", "UGA"), ("UGA", "KEN")}


def test_arms_of_a_ledger_alone(world: amity.api.Verbs) -> None:
    arms = world.arms("Azerbaijan")
    assert [one.supplier for one in arms.transfers] == ["ISR"]
    assert arms.missing


def test_complexes_of_too_little_are_none(world: amity.api.Verbs) -> None:
    found = world.complexes()
    assert found.complexes == ()
    assert found.unassigned


def test_a_count_leads_back_to_its_incidents(world: amity.api.Verbs) -> None:
    rows = world.evidence([("KEN", "UGA")], unit="month").to_pylist()
    assert rows
    assert world.ledger is not None
    for row in rows:
        assert "KEN" in world.ledger.incident(row["id"]).actors


def test_an_empty_world_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="amity import"):
        amity.world(tmp_path / "none.db").relations("KEN", "UGA")
