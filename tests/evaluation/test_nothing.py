"""Over-coding on sentences without political interaction."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.nothing import SENTENCES, evaluate, load


def test_sentences_are_many_and_of_many_groups() -> None:
    groups = Counter(group for group, _ in load(SENTENCES))
    assert groups.total() >= 520 and len(groups) >= 8 and min(groups.values()) >= 10
    assert len({sentence for _, sentence in load(SENTENCES)}) == groups.total()


def test_hardly_anything_is_seen_where_there_is_nothing() -> None:
    result = evaluate()
    assert result["false_events_per_100"] <= 2, result["false_events"]


def test_events_are_counted_and_shown(tmp_path: Path) -> None:
    path = tmp_path / "sentences.txt"
    path.write_text("# wrong\nIsrael attacked Iran.\nIran is large.\n")
    result = evaluate(path)
    assert result["false_events_per_100"] == 50.0 and result["groups"]["wrong"] == {
        "sentences": 2,
        "false_per_100": 50.0,
    }
    assert "attacked" in result["false_events"][0]


def test_empty_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("# only a comment\n")
    with pytest.raises(InputError, match="no sentences"):
        list(load(path))
