"""Comparing attributions with annotated ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.evaluation import corpus
from amity.evaluation.attribution import Attribution, Tally, chains, characters, flat, parse
from amity.evaluation.coder import Coder

TEXT = "Iran attacked, the captain said.\n"
ANNOTATION = (
    "T1\tContent 0 13\tIran attacked\nT2\tSource 15 26\tthe captain\nT3\tCue 27 31\tsaid\n"
    "E1\tAttribution:T3 Content:T1 Source:T2 Cue:T3\n"
)


def test_brat_events_become_characters() -> None:
    (found,) = parse(ANNOTATION, TEXT)
    assert "".join(TEXT[i] for i in sorted(found.source)) == "thecaptain"
    assert "".join(TEXT[i] for i in sorted(found.content)) == "Iranattacked"


def test_an_event_without_source_is_left_out() -> None:
    assert parse(ANNOTATION.replace(" Source:T2", ""), TEXT) == []


def test_scores_tell_overlapping_from_exact_finds() -> None:
    gold = parse(ANNOTATION, TEXT)
    near = Attribution(characters(TEXT, [(19, 26)]), gold[0].cue, gold[0].content)
    tally = Tally()
    tally.add(gold, [near])
    scores = tally.scores()
    assert scores["overlap"]["f1"] == 1.0
    assert scores["exact"]["f1"] == 0.0
    assert (scores["source exact"]["f1"], scores["content exact"]["f1"]) == (0.0, 1.0)


@pytest.mark.parametrize(("end", "overlap", "half"), [(4, 1.0, 0.0), (8, 1.0, 1.0), (0, 0.0, 0.0)])
def test_half_a_content_is_more_than_a_word_of_it(end: int, overlap: float, half: float) -> None:
    (gold,) = parse(ANNOTATION, TEXT)
    near = Attribution(gold.source, gold.cue, characters(TEXT, [(0, end)]))
    tally = Tally()
    tally.add([gold], [near])
    assert (tally.scores()["overlap"]["f1"], tally.scores()["half"]["f1"]) == (overlap, half)


def test_articles_count_alike_however_many_annotated_them() -> None:
    gold = parse(ANNOTATION, TEXT)
    tally = Tally()
    for answer in (gold, gold, [], []):
        tally.add(answer, gold, 1 / 4)
    tally.add(gold, gold)
    assert tally.gold == 1.5
    assert tally.found == 2.0
    assert tally.right["exact"] == 1.5


def test_of_attributions_inside_one_another_the_outermost_counts() -> None:
    (outer,) = parse(ANNOTATION, TEXT)
    inner = Attribution(characters(TEXT, [(0, 4)]), characters(TEXT, [(5, 9)]), characters(TEXT, [(9, 13)]))
    assert flat([inner, outer]) == [outer]


def test_an_annotation_may_hold_line_breaks() -> None:
    broken = ANNOTATION.replace("Iran attacked\n", "Iran\nattacked\n")
    assert parse(broken, TEXT) == parse(ANNOTATION, TEXT)


def test_nothing_found_scores_nothing() -> None:
    tally = Tally()
    tally.add(parse(ANNOTATION, TEXT), [])
    assert tally.scores()["overlap"] == {"gold": 1, "found": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0}


PASSAGE = """=== chain-1
published: 2003-05-14
genre: agency report
region: Central Africa
made: synthetic

Chad attacked Togo. Norway said that Mali had bombed Niger.
---
event ASSAULT | attacked | by Chad =TCD | to Togo =TGO | "Chad attacked Togo"
event ASSAULT | bombed | by Mali =MLI | to Niger =NER | said Norway =NOR | "Mali had bombed Niger"
"""


def test_chains_are_judged_claim_by_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "passages.txt").write_text(PASSAGE, encoding="utf-8")
    monkeypatch.setattr(corpus, "PASSAGES", tmp_path)
    monkeypatch.setattr(corpus, "split", lambda id: "test")
    assert chains(Coder()) == {
        "one source": {"claims": 1, "right": 1.0},
        "several sources": {"claims": 0, "right": None},
        "author": {"claims": 1, "right": 1.0},
    }


def test_the_peer_finds_a_direct_quotation() -> None:
    pytest.importorskip("textacy")
    import amity.annotate
    from amity.evaluation.attribution import _textacy

    text = "Nobody spoke.\n\n“We won the war,” Vladimir Putin said."
    (found,) = _textacy()(next(iter(amity.annotate.annotate(amity.annotate.load(), [text]))))
    assert "".join(text[i] for i in sorted(found.source)) == "VladimirPutin"[: len(found.source)]
    assert "".join(text[i] for i in sorted(found.content)) == "Wewonthewar"
