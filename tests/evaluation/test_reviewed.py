"""Reviewed articles as files to train on and to measure against."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import amity
from amity.cli.main import run
from amity.errors import InputError
from amity.evaluation import gold
from amity.evaluation.notation import read
from amity.evaluation.reviewed import line, reviewed, write
from amity.evaluation.writing import plain
from amity.ledger import Ledger

TEXTS = {
    "a": "Publisher: Lake Post\nDate: 2014-03-02\n\nTanzania accused Burundi of shelling a village. "
    "Rwanda expelled the ambassador of Burundi.\n",
    "b": "Publisher: Hill Post\nDate: 2015-03-02\n\nKenya and Uganda signed an agreement on fishing. "
    "Iran threatened Iraq with war.\n",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
    amity.read(*(tmp_path / f"{name}.txt" for name in TEXTS), ledger=tmp_path / "l.db")
    return amity.open(tmp_path / "l.db", "write")


@pytest.fixture
def judged(ledger: Ledger) -> Ledger:
    """One article reviewed throughout (accepted, edited, rejected), one claim of the other."""
    first, second = ledger.articles()
    one, other, *rest = ledger.claims(article=first.id)
    ledger.review(one.id, "accept", "Ada")
    ledger.review(other.id, "edit", "Ben", edited=msgspec.structs.replace(other, status="denied"))
    for claim in rest:
        ledger.review(claim.id, "reject", "Ada", "not said")
    ledger.review(next(iter(ledger.claims(article=second.id))).id, "accept", "Ada")
    return ledger


def test_only_articles_reviewed_throughout_are_gold(judged: Ledger) -> None:
    (whole,) = reviewed(judged)
    assert whole.whole
    assert whole.reviewers == ("Ada", "Ben")
    assert whole.claims == tuple(judged.claims(article=whole.article.id))
    assert "denied" in {claim.status for claim in whole.claims}
    partial = [one for one in reviewed(judged, whole=False) if not one.whole]
    assert [len(one.claims) for one in partial] == [1]


def test_ignoring_settles_nothing(ledger: Ledger) -> None:
    for claim in ledger.claims():
        ledger.review(claim.id, "ignore", "Ada")
    assert reviewed(ledger, whole=False) == []


def test_what_was_rejected_is_kept_apart(ledger: Ledger) -> None:
    first = next(iter(ledger.articles()))
    gone = list(ledger.claims(article=first.id))
    for claim in gone:
        ledger.review(claim.id, "reject", "Ada")
    (one,) = reviewed(ledger)
    assert one.claims == ()
    assert {claim.id for claim in one.rejected} == {claim.id for claim in gone}


def test_json_lines_have_the_form_of_the_corpus(judged: Ledger, tmp_path: Path) -> None:
    (one,) = reviewed(judged)
    assert write([one], tmp_path / "r.jsonl") == []
    (row,) = map(json.loads, (tmp_path / "r.jsonl").read_text().splitlines())
    assert {"id", "part", "text", "claims", "published"} <= row.keys()
    assert row["claims"] == json.loads(msgspec.json.encode(line(one)["claims"]))
    for claim in row["claims"]:
        assert row["text"][claim["start"] : claim["end"]] == claim["quote"]


def test_the_notation_is_read_back_and_can_be_measured_against(judged: Ledger, tmp_path: Path) -> None:
    (one,) = reviewed(judged)
    assert write([one], tmp_path / "r.txt") == []
    (passage,) = read(tmp_path / "r.txt")
    assert passage.text == one.article.text.rstrip()
    assert passage.published == "2014-03-02"
    assert passage.claims == tuple(map(plain, one.claims))
    scores = gold.evaluate(tmp_path / "r.txt", "all")
    assert scores["passages"] == 1


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither"):
        write([], tmp_path / "r.csv")


def test_the_command_lists_and_exports(judged: Ledger, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told = ["reviews", "--ledger", judged.where]
    assert run([*told, "--format", "jsonl"]) == 0
    rows = [json.loads(row) for row in capfd.readouterr().out.splitlines()]
    assert {row["decision"] for row in rows} >= {"accept", "edit"}
    assert run([*told, "--reviewer", "ben", "--format", "jsonl"]) == 0
    (only,) = map(json.loads, capfd.readouterr().out.splitlines())
    assert only["reviewer"] == "Ben"
    assert run([*told, "--claim", only["after"][:10], "--format", "jsonl"]) == 0
    assert json.loads(capfd.readouterr().out) == only
    assert run([*told, "--agreement"]) == 0
    assert "no two reviewers" in capfd.readouterr().err
    assert run([*told, "--export", str(tmp_path / "all.txt"), "--partial"]) == 0
    assert "2 articles (1 of them reviewed in part)" in capfd.readouterr().err
    assert [passage.about["whole"] for passage in read(tmp_path / "all.txt")].count("no") == 1
