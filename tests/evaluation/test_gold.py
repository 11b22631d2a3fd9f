"""Scoring of annotated passages, parts and agreement, on passages of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation import agreement
from amity.evaluation.gold import evaluate

PASSAGE = """\
=== {id}
published: 2014-03-05
part: {part}

Russia sold India five radars in 2012. Turkey and Greece are rivals, and {extra}.
---
transfer sale | sold | from Russia =RUS | to India =IND | what radars | date 2012 | "Russia sold India … radars"
relation enmity | rivals | a Turkey =TUR | b Greece =GRC | "Turkey and Greece are rivals"
event ASSAULT | quarrelled | by Turkey =TUR | to Greece =GRC | "Turkey and … {extra}"
"""


@pytest.fixture
def passages(tmp_path: Path) -> Path:
    path = tmp_path / "passages.txt"
    path.write_text(
        PASSAGE.format(id="one", part="dev", extra="quarrelled softly")
        + PASSAGE.format(id="two", part="scored", extra="quarrelled loudly")
    )
    return path


def test_claims_are_scored_by_kind(passages: Path) -> None:
    scores = evaluate(passages, part="dev")
    assert scores["passages"] == 1
    assert scores["strict"]["relation"]["recall"] == 1.0
    assert scores["strict"]["event"]["recall"] == 0.0
    assert scores["matched"]["transfer"]["date"] == 1.0


def test_nothing_of_the_scored_part_is_shown(passages: Path) -> None:
    errors = evaluate(passages, part="all", errors=True)["errors"]
    assert list(errors) == ["one"]
    assert any("quarrelled softly" in line for line in errors["one"]["missed"])
    assert evaluate(passages, part="scored", errors=True)["errors"] == {}


def test_a_part_without_passages_is_an_error(passages: Path, tmp_path: Path) -> None:
    single = tmp_path / "single.txt"
    single.write_text(PASSAGE.format(id="one", part="dev", extra="quarrelled softly"))
    with pytest.raises(InputError, match="no passage of the part 'scored'"):
        evaluate(single, part="scored")


def test_annotators_agree_on_what_both_wrote(
    passages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    lines = PASSAGE.format(id="one", part="dev", extra="quarrelled softly").replace("ASSAULT", "ACCUSE")
    other.write_text(lines.replace("enmity", "mixed"))
    assert agreement.main([str(passages), str(other)]) == 0
    printed = capsys.readouterr().out
    assert "annotated once: 1" in printed
    scores = agreement.compare(*(list(agreement.read(path)) for path in (passages, other)))
    assert scores["strict"]["transfer"]["f1"] == 1.0
    assert scores["strict"]["event"]["f1"] == scores["strict"]["relation"]["f1"] == 0.0
    assert scores["kappa"]["type"] == {"claims": 1, "kappa": 0.0, "agreed": 0.0}


def test_different_texts_cannot_be_compared(passages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text(PASSAGE.format(id="one", part="dev", extra="quarrelled again"))
    assert agreement.main([str(passages), str(other)]) == 2
    assert "different texts" in capsys.readouterr().err


def test_what_lies_in_two_folders_is_compared(tmp_path: Path) -> None:
    for folder in ("passages", "second"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.txt").write_text(PASSAGE.format(id="one", part="dev", extra="quarrelled softly"))
    assert agreement.evaluate(tmp_path)[tmp_path.name]["strict"]["event"]["f1"] == 1.0
    with pytest.raises(InputError, match="a first and a second"):
        agreement.evaluate(tmp_path / "passages")
