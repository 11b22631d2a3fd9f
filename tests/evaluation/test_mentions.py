"""What is asked of mentions, and what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.corpus import split
from amity.evaluation.mentions import codes, evaluate, marked
from amity.evaluation.notation import parse
from amity.records import Actor

PASSAGE = """\
=== {id}
published: 2014-03-05

Kenya condemned Uganda on Monday. Its minister warned both sides. A Western diplomat laughed at the Ugandans.
---
event ACCUSE | condemned | by Kenya =KEN | to Uganda =UGA | "Kenya condemned Uganda on Monday"
event ACCUSE | warned | by minister =TZA.GOV | to both sides =KEN + both sides =UGA | "Its minister warned both sides"
event REJECT | laughed | by diplomat =? | to the Ugandans =UGA | "A Western diplomat laughed at the Ugandans"
says | warned | by Its minister =TZA.GOV | "both sides"
"""


def of(part: str) -> str:
    """The first id of a part."""
    return next(id for id in map("passage-{}".format, range(1000)) if split(id) == part)


def test_words_that_mean_two_are_one_mention() -> None:
    (passage,) = parse(PASSAGE.format(id="one"))
    found = [(passage.text[mark.start : mark.end], codes(mark.actors)) for mark in marked(passage)]
    assert found == [
        ("Kenya", {"ken"}),
        ("Uganda", {"uga"}),
        ("Its minister", {"tza"}),
        ("minister", {"tza"}),
        ("both sides", {"ken", "uga"}),
        ("diplomat", set()),
        ("the Ugandans", {"uga"}),
    ]


def test_who_fights_a_state_goes_by_the_name() -> None:
    rebels = Actor(text="rebels", start=0, end=6, country="COD", sector="REB", name="M23")
    assert codes([rebels]) == {"m23"}


def test_shares_by_kind_and_errors_of_what_may_be_shown(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("".join(PASSAGE.format(id=of(part)) for part in ("train", "test")))
    scores = evaluate(tmp_path, part="all", errors=True)
    assert scores["name"] == {"mentions": 4, "right": 1.0, "none": 0.0, "another": 0.0}
    assert scores["nationality"]["right"] == 1.0 and scores["nobody"] == {"mentions": 2, "told": 0.0}
    assert scores["role with owner"]["another"] == 1.0  # "Its minister" is marked wrongly on purpose
    assert list(scores["errors"]) == [of("train")]
    assert any(line.startswith("Its minister: TZA, not KEN") for line in scores["errors"][of("train")])


def test_a_part_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no part"):
        evaluate(part="half")
