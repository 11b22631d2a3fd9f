from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.speed import evaluate


def test_words_are_counted_against_the_clock(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Kenya condemned Uganda on Monday. Uganda rejected the protest.\n" * 20)
    scores = evaluate(tmp_path)
    assert scores["articles"] == 1 and scores["words"] == 180
    assert scores["words_per_second"] > 100 and scores["words_per_second_by_the_clock"] > 50


def test_nothing_cannot_be_timed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no articles"):
        evaluate(tmp_path)
