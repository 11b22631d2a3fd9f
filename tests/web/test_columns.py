"""The index in columns says what the index says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import amity
from amity.web.app import create

CODED = ("kind", "type", "title", "status", "date", "layer", "quad")
PLAIN = ("id", "first", "last", "reported", "score", "contested")


@pytest.fixture
def page(served_ledger: Path) -> Any:
    with amity.open(served_ledger) as ledger, TestClient(create(ledger), base_url="http://127.0.0.1") as client:
        yield client


def rows(sent: dict[str, Any]) -> list[dict[str, Any]]:
    """What `interface/src/columns.ts` does."""
    words, of, ids = [*sent["words"], None], sent["incidents"], sent["articles"]["id"]
    lists = [[words[one] for one in group] for group in sent["lists"]]
    groups = [[ids[one] for one in group] for group in sent["groups"]]
    return [
        {name: words[of[name][at]] for name in CODED}
        | {name: of[name][at] for name in PLAIN}
        | {name: lists[of[name][at]] for name in ("actors", "recipients", "sources")}
        | {"articles": groups[of["articles"][at]], "mutual": bool(of["mutual"][at])}
        for at in range(len(of["id"]))
    ]


def test_columns_hold_the_rows_of_the_index(page: TestClient) -> None:
    index, sent = page.get("/api/index").json(), page.get("/api/columns").json()
    assert (sent["about"], sent["names"]) == (index["about"], index["names"])
    assert rows(sent) == [{name: one for name, one in row.items() if name != "claims"} for row in index["incidents"]]
    articles = [
        dict(zip(sent["articles"], cells, strict=True)) for cells in zip(*sent["articles"].values(), strict=True)
    ]
    assert articles == index["articles"]


def test_they_are_made_once_and_sent_once(page: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = page.get("/api/columns", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    monkeypatch.setattr("amity.ledger.Ledger.outline", None)
    plain = page.get("/api/columns", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == first.json()
    again = page.get("/api/columns", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_empty_ledger_has_empty_columns(tmp_path: Path) -> None:
    with amity.open(tmp_path / "empty.db", "write") as ledger:
        sent = TestClient(create(ledger), base_url="http://127.0.0.1").get("/api/columns").json()
    assert rows(sent) == []
    assert sent["articles"]["id"] == []


def test_what_was_there_goes_out_while_a_changed_ledger_is_packed(tmp_path: Path) -> None:
    from amity import codebook
    from amity.web.shelf import Shelf

    (tmp_path / "a.txt").write_text("Kenya and Uganda signed an agreement in Nairobi on Monday.\n")
    (tmp_path / "b.txt").write_text("Tanzania accused Burundi of shelling a village.\n")
    amity.read(tmp_path / "a.txt", ledger=tmp_path / "l.db")
    with amity.open(tmp_path / "l.db") as ledger:
        shelf = Shelf(ledger, codebook.load())
        first = shelf.columns()
        assert shelf.columns() is first
        amity.read(tmp_path / "b.txt", ledger=tmp_path / "l.db")
        assert shelf.columns() is first
        assert shelf.columns(wait=True).tag != first.tag
        assert shelf.columns() is not first
