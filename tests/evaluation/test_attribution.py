"""Comparing attributions with annotated ones."""

from __future__ import annotations

from amity.evaluation.attribution import Attribution, Tally, characters, parse

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
    assert scores["overlap"]["f1"] == 100.0
    assert scores["exact"]["f1"] == 0.0


def test_nothing_found_scores_nothing() -> None:
    tally = Tally()
    tally.add(parse(ANNOTATION, TEXT), [])
    assert tally.scores()["overlap"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
