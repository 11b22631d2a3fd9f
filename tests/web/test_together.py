"""The server answers and keeps reviews while another process reads into the same ledger."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from fastapi.testclient import TestClient

import amity
from amity import demo
from amity.web.access import HEADER
from amity.web.app import create

READ = "import sys, amity; amity.read(sys.argv[1], ledger=sys.argv[2])"


def test_reading_and_reviewing_go_on_together(served_ledger: Path, tmp_path: Path) -> None:
    ledger = shutil.copy(served_ledger, tmp_path / "together.db")
    others = tmp_path / "others"
    others.mkdir()
    for path in [one for one in sorted(demo.folder().iterdir()) if "south" not in one.name][:4]:
        shutil.copy(path, others)
    with amity.open(ledger) as opened:
        page = TestClient(create(opened), base_url="http://127.0.0.1")
        before = page.get("/api/columns").json()["articles"]["id"]
        reader = subprocess.Popen([sys.executable, "-c", READ, str(others), str(ledger)])
        accepted = set()
        while reader.poll() is None:
            (first,) = page.get("/api/reviews/queue", params={"reviewer": "Ada", "limit": 1}).json()
            sent = {"claim": first["id"], "decision": "accept", "reviewer": "Ada"}
            assert page.post("/api/reviews", json=sent, headers={HEADER: "1"}).status_code == 200
            assert page.get("/api/claims", params={"text": "said"}).status_code == 200
            assert page.get("/api/columns").status_code == 200
            accepted.add(first["id"])
        assert reader.returncode == 0
        assert accepted
        assert len(page.get("/api/columns").json()["articles"]["id"]) == len(before) + 4
        assert {review["claim"] for review in page.get("/api/reviews").json()} == accepted
        assert accepted <= {claim.id for claim in opened.claims() if claim.confidence == 1.0}
