"""The application over a small ledger."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

import amity
from amity.web.access import HEADER, Access, hashed
from amity.web.app import create

HERE = "http://127.0.0.1:8470"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    (folder / "a.txt").write_text(
        "Publisher: Lake Post\nDate: 2014-03-02\n\nKenya and Uganda signed an agreement on fishing in Nairobi.\n\n"
        'Tanzania\'s foreign minister accused Burundi of shelling a village. "=1 <script>alert(1)</script>", he said.\n'
    )
    amity.read(folder / "a.txt", ledger=folder / "small.db")
    return folder / "small.db"


@pytest.fixture(scope="module")
def page(ledger: Path) -> Iterator[TestClient]:
    with amity.open(ledger) as opened:
        yield TestClient(create(opened), base_url=HERE)


@pytest.fixture
def guarded(ledger: Path) -> Iterator[TestClient]:
    with amity.open(ledger) as opened:
        access = Access(password=hashed("a long password"), token="a long token")
        yield TestClient(create(opened, access=access), base_url=HERE, follow_redirects=False)


def test_the_index_holds_what_the_ledger_does(page: TestClient) -> None:
    index = page.get("/api/index").json()
    assert index["about"]["title"] == "small"
    assert index["incidents"]
    assert index["articles"][0]["words"] > 10
    assert index["names"]["KEN"]["alpha2"] == "KE"


def test_what_is_known_already_is_not_sent_again(page: TestClient) -> None:
    first = page.get("/api/index")
    again = page.get("/api/index", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_claims_come_in_pages(page: TestClient) -> None:
    whole = page.get("/api/claims").json()
    part = page.get("/api/claims", params={"offset": 1, "limit": 1}).json()
    assert part["total"] == whole["total"] == len(whole["rows"])
    assert part["rows"] == whole["rows"][1:2]
    one = page.get(f"/api/claims/{whole['rows'][0]['id']}").json()
    assert one == whole["rows"][0]


def test_claims_are_filtered(page: TestClient) -> None:
    found = page.get("/api/claims", params={"actor": "BDI"}).json()["rows"]
    assert found
    assert all("BDI" in (*claim["who"], *claim["whom"]) for claim in found)


def test_an_article_comes_with_its_text_and_claims(page: TestClient) -> None:
    id = page.get("/api/index").json()["articles"][0]["id"]
    article = page.get(f"/api/articles/{id}").json()
    assert "<script>" in article["text"]
    for claim in article["told"]:
        assert article["text"][claim["start"] : claim["end"]] == claim["quote"]


def test_an_incident_comes_with_its_claims(page: TestClient) -> None:
    id = page.get("/api/index").json()["incidents"][0]["id"]
    incident = page.get(f"/api/incidents/{id}").json()
    assert [claim["id"] for claim in incident["told"]] == incident["claims"]


def test_rows_as_csv_and_arrow(page: TestClient) -> None:
    total = page.get("/api/claims").json()["total"]
    lines = page.get("/api/claims.csv").text.splitlines()
    assert lines[0].startswith("id,kind,type,")
    assert len(lines) >= total + 1
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))
    with pa.ipc.open_stream(io.BytesIO(page.get("/api/claims.arrows").content)) as stream:
        assert stream.read_all().num_rows == total


def test_what_is_not_there_is_said(page: TestClient) -> None:
    missing = page.get("/api/claims/ffff")
    assert missing.status_code == 404
    assert "ffff" in missing.json()["detail"]
    assert page.get("/api/claims", params={"since": "x"}).status_code == 404
    assert page.get("/../../etc/passwd").status_code == 404
    assert page.get("/app.py").status_code == 404


def test_every_answer_forbids_what_pages_do_not_need(page: TestClient) -> None:
    for path in ("/", "/app.js", "/api/index", "/nowhere"):
        headers = page.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_foreign_name_is_refused(page: TestClient) -> None:
    assert page.get("/api/index", headers={"Host": "evil.example"}).status_code == 421


def test_changes_from_elsewhere_are_refused(page: TestClient) -> None:
    assert page.post("/logout").status_code == 403
    assert page.post("/logout", headers={HEADER: "1", "Origin": "http://evil.example"}).status_code == 403
    assert page.post("/logout", headers={HEADER: "1", "Origin": HERE}).status_code == 204


def test_large_requests_are_refused(page: TestClient) -> None:
    sent = page.post("/logout", headers={HEADER: "1"}, content=b"x" * 1_000_001)
    assert sent.status_code == 413


def test_behind_a_password_nothing_is_told(guarded: TestClient) -> None:
    assert guarded.get("/api/index").status_code == 401
    there = guarded.get("/", headers={"Accept": "text/html"})
    assert (there.status_code, there.headers["location"]) == (303, "/login")
    assert guarded.get("/api/openapi.json").status_code == 401


def test_the_password_opens(guarded: TestClient) -> None:
    assert guarded.post("/login", data={"password": "wrong password"}).status_code == 403
    opened = guarded.post("/login", data={"password": "a long password"})
    assert opened.status_code == 303
    assert {"httponly", "samesite=strict"} <= {part.strip().lower() for part in opened.headers["set-cookie"].split(";")}
    assert guarded.get("/api/index").status_code == 200
    assert guarded.post("/logout", headers={HEADER: "1"}).status_code == 204
    assert guarded.get("/api/index").status_code == 401


def test_the_token_opens(guarded: TestClient) -> None:
    assert guarded.get("/api/index", headers={"Authorization": "Bearer a long token"}).status_code == 200


def test_guessing_is_slowed_down(guarded: TestClient) -> None:
    answers = [guarded.post("/login", data={"password": f"guess {number}"}).status_code for number in range(8)]
    assert 429 in answers
    assert answers.count(403) <= 6


def test_a_login_from_another_site_is_refused(guarded: TestClient) -> None:
    sent = guarded.post("/login", data={"password": "a long password"}, headers={"Origin": "http://evil.example"})
    assert sent.status_code == 403
    assert "set-cookie" not in sent.headers


def test_the_newest_incidents_as_a_feed(page: TestClient) -> None:
    feed = feedparser.parse(page.get("/feed.atom").content)
    assert not feed.bozo
    assert feed.entries
    assert feed.entries[0].link.startswith(f"{HERE}/#/incidents/")
    none = feedparser.parse(page.get("/feed.atom", params={"actor": "FRA"}).content)
    assert not none.bozo
    assert none.entries == []


def test_what_can_be_asked_is_told(page: TestClient) -> None:
    told = page.get("/docs").text
    for path in page.get("/api/openapi.json").json()["paths"]:
        assert path in told
    assert "<script" not in told


def test_structure_as_its_records(page: TestClient) -> None:
    told = page.get("/api/structure/relations", params={"actor": "TZA", "recipient": "BDI", "unit": "year"})
    assert told.status_code == 200, told.text
    (there, back) = told.json()["relations"]
    assert (there["actor"], back["actor"]) == ("TZA", "BDI")
    assert there["points"][-1]["intensity"]["low"] <= there["points"][-1]["intensity"]["high"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("relations", "actor"),
        ("relations?actor=QQQ", "QQQ"),
        ("relations?actor=TZA&recipient=BDI&unit=fortnight", "fortnight"),
        ("complexes?at=soon", "soon"),
        ("arms?state=KEN&side=left", "side"),
        ("nothing", ""),
    ],
)
def test_structure_that_cannot_be_told_says_why(page: TestClient, path: str, words: str) -> None:
    told = page.get(f"/api/structure/{path}")
    assert told.status_code == 404
    assert words in told.json()["detail"]


def test_structure_is_told_anew_when_data_are_imported(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    own.write_bytes(ledger.read_bytes())
    (tmp_path / "tiv.csv").write_text("supplier,recipient,year,value\nFrance,Kenya,2012,7\n")
    with amity.open(own) as opened:
        page = TestClient(create(opened), base_url=HERE)
        before = page.get("/api/structure/arms", params={"state": "KEN"}).json()
        amity.world(own).bring("sipri-tiv", tmp_path / "tiv.csv")
        after = page.get("/api/structure/arms", params={"state": "KEN"}).json()
    assert before["shares"] == []
    assert [share["partner"] for share in after["shares"]] == ["FRA"]
