"""Peers on the same sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.evaluation import corpus, gold, nothing, peers

PASSAGE = """\
=== one
part: scored

Kenya attacked Uganda.
---
event ASSAULT | attacked | by Kenya =KEN | to Uganda =UGA | "Kenya attacked Uganda"
"""


def test_peers_read_what_amity_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table, empty, passages = (tmp_path / name for name in ("pairs.tsv", "nothing.txt", "passages.txt"))
    table.write_text(
        "sentence\tsource\ttarget\tgold_root\n"
        "Kenya attacked Uganda.\tKenya\tUganda\tASSAULT\n"
        "The shelling of Uganda by Kenya stopped.\tKenya\tUganda\tASSAULT\n"
    )
    empty.write_text("Kenya beat Uganda by two goals to one.\n")
    passages.write_text(PASSAGE)
    monkeypatch.setattr(nothing, "SENTENCES", empty)
    monkeypatch.setattr(gold, "ARTICLES", passages)
    monkeypatch.setattr(corpus, "PASSAGES", tmp_path / "absent")
    scores = peers.evaluate(table)
    assert {"amity", "naive, on amity's parse"} <= scores["pairs"].keys()
    assert scores["pairs"]["naive, on amity's parse"]["recall"] == 0.5
    assert scores["nothing"]["naive, on amity's parse"]["false_events_per_100"] == 100.0
    assert scores["events, gold, scored"]["naive, on amity's parse"]["f1"] == 1.0
    assert "events, corpus, test" not in scores
