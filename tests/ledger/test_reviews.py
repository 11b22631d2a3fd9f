"""Reviews in the ledger: they win, they survive coding anew, nothing is erased."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import amity
from amity.errors import InputError
from amity.ledger import Ledger

TEXT = """Publisher: Lake Post
Date: 2014-03-02

Kenya and Uganda signed an agreement on fishing in Nairobi on Monday.

Tanzania accused Burundi of shelling a village. Rwanda expelled the ambassador of Burundi.
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    (tmp_path / "a.txt").write_text(TEXT)
    amity.read(tmp_path / "a.txt", ledger=tmp_path / "l.db")
    return amity.open(tmp_path / "l.db", "write")


def again(ledger: Ledger) -> None:
    amity.read(Path(ledger.where).with_name("a.txt"), ledger=ledger.where, recode=True)


def ids(ledger: Ledger) -> list[str]:
    return [claim.id for claim in ledger.claims()]


def test_a_rejected_claim_is_gone_survives_recoding_and_comes_back(ledger: Ledger) -> None:
    before = ids(ledger)
    one = before[0]
    ledger.review(one, "reject", "Ada", "not an event")
    assert one not in ids(ledger)
    again(ledger)
    assert one not in ids(ledger)
    assert ledger.undo(one, "Ada").decision == "reject"
    assert sorted(ids(ledger)) == sorted(before)
    assert list(ledger.claims()) == sorted(ledger.claims(), key=lambda claim: claim.trigger_start)


def test_an_edited_claim_survives_recoding(ledger: Ledger) -> None:
    (one,) = ledger.claims(type="ACCUSE")
    ledger.review(one.id, "edit", "Ada", edited=msgspec.structs.replace(one, status="denied"))
    again(ledger)
    (edited,) = ledger.claims(type="ACCUSE")
    assert (edited.status, edited.coder.name, edited.confidence) == ("denied", "Ada", 1.0)
    ledger.undo(one.id, "Ada")
    assert list(ledger.claims(type="ACCUSE")) == [one]
    assert list(ledger.claims(status="denied")) == []


def test_an_accepted_claim_is_sure(ledger: Ledger) -> None:
    (one,) = ledger.claims(type="ACCUSE")
    ledger.review(one.id, "accept", "Ada")
    assert ledger.claim(one.id).confidence == 1.0
    again(ledger)
    assert ledger.claim(one.id).confidence == 1.0
    ledger.undo(one.id, "Ada")
    assert ledger.claim(one.id).confidence == one.confidence


def test_history_is_kept(ledger: Ledger) -> None:
    one = ids(ledger)[0]
    ledger.review(one, "accept", "Ada")
    ledger.review(one, "reject", "Ada", "on second thoughts")
    history = ledger.reviews(one)
    assert [review.decision for review in history] == ["accept", "reject"]
    assert history[0].superseded
    assert history[1].superseded is None
    assert [review.decision for review in ledger.reviews(standing_only=True)] == ["reject"]


def test_the_database_refuses_to_erase_a_review(ledger: Ledger) -> None:
    ledger.review(ids(ledger)[0], "accept", "Ada")
    for statement in ("DELETE FROM reviews", "UPDATE reviews SET reviewer = 'Eve'"):
        with pytest.raises(DBAPIError, match="append-only"), ledger._engine.begin() as connection:
            connection.execute(text(statement))


def test_the_queue_holds_what_a_reviewer_has_not_decided(ledger: Ledger) -> None:
    queue = ledger.queue("Ada", 100)
    assert {claim.id for claim in queue} == set(ids(ledger))
    doubts = [abs((0.5 if claim.confidence is None else claim.confidence) - 0.5) for claim in queue]
    assert doubts == sorted(doubts)
    ledger.review(queue[0].id, "ignore", "Ada")
    ledger.review(queue[1].id, "accept", "Ada")
    assert {claim.id for claim in ledger.queue("Ada", 100)} == {claim.id for claim in queue[2:]}
    assert len(ledger.queue("Ben", 1)) == 1
    assert all(claim.kind == "event" for claim in ledger.queue("Ben", 100, kind="event"))


def test_merging_knows_that_claims_have_changed(ledger: Ledger) -> None:
    assert ledger.merged()
    ledger.review(ids(ledger)[0], "reject", "Ada")
    assert not ledger.merged()


def test_what_cannot_be_reviewed_is_said(ledger: Ledger) -> None:
    one = ids(ledger)[0]
    with pytest.raises(InputError, match="needs a name"):
        ledger.review(one, "accept", "  ")
    with pytest.raises(InputError, match="no claim"):
        ledger.review("ffffffff", "accept", "Ada")
    ledger.review(one, "reject", "Ada")
    with pytest.raises(InputError, match="stands no more"):
        ledger.review(one, "accept", "Ben")
    with pytest.raises(InputError, match="decided nothing"):
        ledger.undo(one, "Ben")
