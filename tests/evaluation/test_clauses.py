"""Status, certainty and date of annotated words, on passages of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.clauses import evaluate, part_of, scored, years
from amity.evaluation.corpus import split
from amity.evaluation.notation import parse

PASSAGE = """\
=== {id}
published: 2014-03-05
{head}
Kenya condemned Uganda on Monday. Uganda did not attack Kenya. Uganda sold 40 tanks to Sudan in 2013.
---
event ACCUSE | condemned | by Kenya =KEN | to Uganda =UGA | date 2014-03-03 | "Kenya … on Monday"
event ASSAULT | did not attack | by Uganda =UGA | to Kenya =KEN | status future | "Uganda did not attack Kenya"
transfer sale | sold | from Uganda =UGA | to Sudan =SDN | what tanks | cert possible | "Uganda sold … in 2013"
relation enmity | attack | a Uganda =UGA | b Kenya =KEN | "Uganda did not attack Kenya"
"""


def of(part: str) -> str:
    """The first id of a part."""
    return next(id for id in map("passage-{}".format, range(1000)) if split(id) == part)


def test_words_of_events_and_transfers_are_asked(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(PASSAGE.format(id=of("train"), head=""))
    scores = evaluate(tmp_path, part="train", errors=True)
    assert scores["right"]["event"] == {"claims": 2, "status": 0.5, "certainty": 1.0, "date": 1.0}
    assert scores["right"]["transfer"] == {"claims": 1, "status": 1.0, "certainty": 0.0, "date": 0.0}
    assert scores["dates"]["told"] == 1 and scores["dates"]["exact"] == 1.0
    assert scores["dates"]["not told"] == 2 and scores["dates"]["one found"] == 0.5
    # "did not" belongs to the trigger and so to its meaning; "future" is marked wrongly on purpose
    assert scores["status"]["future"] == dict.fromkeys(scores["status"]["future"], 0) | {"occurred": 1}
    assert scores["errors"]["status"][0].startswith("future is not occurred: event ASSAULT UGA → KEN [did not attack]")


def test_what_is_only_scored_is_not_shown(tmp_path: Path) -> None:
    passages = (PASSAGE.format(id=id, head=head) for id, head in ((of("test"), ""), ("gold", "part: scored\n")))
    (tmp_path / "one.txt").write_text("\n".join(passages))
    assert [part_of(passage) for passage in parse((tmp_path / "one.txt").read_text())] == ["test", "scored"]
    scores = evaluate(tmp_path, part="all", errors=True)
    assert scores["passages"] == 2 and scores["errors"] == {}
    assert evaluate(tmp_path, part="scored")["passages"] == 1


def test_a_part_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(PASSAGE.format(id=of("dev"), head=""))
    with pytest.raises(InputError, match="no passage of the part 'train'"):
        evaluate(tmp_path, part="train")
    with pytest.raises(InputError, match="is no part"):
        evaluate(tmp_path, part="half")


def test_years_and_empty_scores() -> None:
    assert years("2013-12/2014-01-05") == (2013, 2014) and years(None) is None
    assert scored([])["dates"]["told"] == 0
