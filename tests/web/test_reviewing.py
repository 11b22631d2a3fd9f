"""Review over the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import amity
from amity.web.access import HEADER
from amity.web.app import create

TEXT = "Kenya and Uganda signed an agreement in Nairobi on Monday.\n\nTanzania accused Burundi of shelling a village.\n"


@pytest.fixture
def page(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "a.txt").write_text(TEXT)
    amity.read(tmp_path / "a.txt", ledger=tmp_path / "l.db")
    with amity.open(tmp_path / "l.db") as opened:
        yield TestClient(create(opened), base_url="http://localhost", headers={HEADER: "1"})


def queue(page: TestClient, reviewer: str = "Ada") -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.get("/api/reviews/queue", params={"reviewer": reviewer}).json()
    return found


def test_a_decision_leaves_the_queue_and_comes_back(page: TestClient) -> None:
    before = queue(page)
    sent = {"claim": before[0]["id"], "decision": "reject", "reviewer": "Ada", "reason": "no"}
    assert page.post("/api/reviews", json=sent).json() == {"after": None}
    assert page.get("/api/claims").json()["total"] == len(before) - 1
    (told,) = page.get("/api/reviews").json()
    assert (told["decision"], told["reviewer"], told["reason"]) == ("reject", "Ada", "no")
    assert page.delete(f"/api/reviews/{before[0]['id']}", params={"reviewer": "Ada"}).status_code == 200
    assert {claim["id"] for claim in queue(page)} == {claim["id"] for claim in before}


def test_an_edited_claim_is_sent_back_whole(page: TestClient) -> None:
    id = page.get("/api/claims", params={"type": "ACCUSE"}).json()["rows"][0]["id"]
    record = page.get(f"/api/reviews/records/{id}").json()
    sent = {"claim": id, "decision": "edit", "reviewer": "Ada", "edited": record | {"status": "denied"}}
    assert page.post("/api/reviews", json=sent).json()["after"]["status"] == "denied"
    assert page.get("/api/claims", params={"type": "ACCUSE"}).json()["rows"][0]["status"] == "denied"


def test_incidents_follow_when_they_are_merged(page: TestClient) -> None:
    id = page.get("/api/claims", params={"type": "ACCUSE"}).json()["rows"][0]["id"]
    page.post("/api/reviews", json={"claim": id, "decision": "reject", "reviewer": "Ada"})
    page.post("/api/reviews/merge")
    assert not [one for one in page.get("/api/index").json()["incidents"] if one["type"] == "ACCUSE"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"claim": "x", "decision": "accept"}, 422),
        ({"claim": "x", "decision": "bless", "reviewer": "Ada"}, 422),
        ({"claim": "ffffffff", "decision": "accept", "reviewer": "Ada"}, 404),
        ({"claim": "x", "decision": "edit", "reviewer": "Ada", "edited": {"kind": "event"}}, 422),
    ],
)
def test_what_cannot_be_decided_is_refused(page: TestClient, sent: dict[str, object], status: int) -> None:
    answer = page.post("/api/reviews", json=sent)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_reviews_need_our_own_page(page: TestClient) -> None:
    id = queue(page)[0]["id"]
    sent = {"claim": id, "decision": "reject", "reviewer": "Eve"}
    assert page.post("/api/reviews", json=sent, headers={"Origin": "http://evil.example"}).status_code == 403
    assert page.get("/api/reviews").json() == []
