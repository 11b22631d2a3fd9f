"""The split of the corpus, and scoring of passages of our own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.calibration import calibration
from amity.evaluation.corpus import chosen, evaluate, promised, split
from amity.evaluation.notation import Passage, parse
from amity.records import Event

PASSAGE = """\
=== {id}
published: 2014-03-05

Kenya condemned Uganda on Monday. Rain fell in both countries.
---
event ACCUSE/disapprove | condemned | by Kenya =KEN | to Uganda =UGA | date 2014-03-03 | "Kenya condemned Uganda on Monday"
"""  # noqa: E501


def of(part: str) -> str:
    """The first id of a part."""
    return next(id for id in map("passage-{}".format, range(1000)) if split(id) == part)


def test_eight_in_ten_train_and_ids_stay_where_they_are() -> None:
    parts = Counter(split(f"passage-{number}") for number in range(5000))
    assert 3800 < parts["train"] < 4200 and 400 < parts["dev"] < 600 and 400 < parts["test"] < 600
    assert [split(f"passage-{number}") for number in (8, 9, 14, 20)] == ["train", "dev", "dev", "test"]


def test_parts_are_scored_and_the_test_part_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("".join(PASSAGE.format(id=of(part)) for part in ("train", "dev", "test")))
    scores = evaluate(tmp_path, part="all", errors=True)
    assert scores["passages"] == 3 and scores["strict"]["event"]["f1"] == 1.0
    assert scores["nothing"] == {"sentences": 3, "false_events_per_100": 0.0}
    assert set(scores["errors"]) == {of("train"), of("dev")}
    assert evaluate(tmp_path)["passages"] == 1


def test_a_part_must_be_there() -> None:
    with pytest.raises(InputError, match="no passage of the part 'test'"):
        chosen([Passage(of("dev"), "", ())], "test")
    with pytest.raises(InputError, match="is no part"):
        chosen([], "half")


def test_confidence_is_kept_or_not() -> None:
    import msgspec

    (passage,) = parse(PASSAGE.format(id="one"))
    (event,) = passage.claims
    assert isinstance(event, Event)
    sure, unsure = (msgspec.structs.replace(event, confidence=value) for value in (0.9, 0.2))
    assert promised([sure, unsure, event], [unsure]) == [(0.9, True), (0.2, False)]


def test_calibration_error_is_the_mean_gap() -> None:
    scores = calibration([(0.95, True), (0.95, False), (0.15, False), (0.15, False)])
    assert scores["expected_calibration_error"] == pytest.approx(0.5 * 0.45 + 0.5 * 0.15)
    assert scores["bins"]["0.9–1.0"] == {"claims": 2, "confidence": 0.95, "right": 0.5}
    assert calibration([]) == {"claims": 0, "expected_calibration_error": None}
