"""Scoring of events against annotated pairs, on claims written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.pairs import Pair, classified, is_hit, likeliest, load, loss, of_claims, score
from amity.records import Actor, Event, PloverType

TEXT = "Iran accused Israel on Monday"


def actor(text: str, country: str | None = None) -> Actor:
    start = TEXT.index(text) if text in TEXT else 50
    return Actor(text=text, country=country, start=start, end=start + len(text))


def event(
    kind: PloverType, actors: list[Actor], recipients: list[Actor], mutual: bool = False, by: tuple[Actor, ...] = ()
) -> Event:
    return Event(
        article="a",
        quote=TEXT,
        start=0,
        end=len(TEXT),
        trigger="accused",
        trigger_start=5,
        type=kind,
        actors=tuple(actors),
        recipients=tuple(recipients),
        mutual=mutual,
        attribution=by,
    )


PAIR = Pair(TEXT, (0, 4), (13, 19), "ACCUSE")
IRAN, ISRAEL = actor("Iran", "IRN"), actor("Israel", "ISR")


def test_type_and_both_sides_must_fit() -> None:
    assert is_hit(PAIR, event("ACCUSE", [IRAN], [ISRAEL]))
    assert not is_hit(PAIR, event("REJECT", [IRAN], [ISRAEL]))
    assert not is_hit(PAIR, event("ACCUSE", [ISRAEL], [IRAN]))
    assert not is_hit(PAIR, event("ACCUSE", [IRAN], []))


def test_mutual_claims_may_change_sides_and_pronouns_have_names() -> None:
    meeting = Pair(TEXT, (13, 19), (0, 4), "CONSULT")
    assert is_hit(meeting, event("CONSULT", [IRAN], [ISRAEL], mutual=True))
    it = actor("it", "IRN")
    assert is_hit(PAIR, event("ACCUSE", [it], [ISRAEL], by=(IRAN,)))
    assert not is_hit(PAIR, event("ACCUSE", [it], [ISRAEL]))


def test_yield_is_concede_or_retreat_and_missing_targets_are_met_by_nobody() -> None:
    pair = Pair(TEXT, (0, 4), None, "YIELD")
    assert is_hit(pair, event("RETREAT", [IRAN], []))
    assert not is_hit(pair, event("RETREAT", [IRAN], [ISRAEL]))


def test_figures() -> None:
    right, wrong = event("ACCUSE", [IRAN], [ISRAEL]), event("THREATEN", [IRAN], [ISRAEL])
    result = score([(PAIR, [right, wrong]), (PAIR, [])])
    assert (result["recall"], result["precision"], result["strict"], result["without_event"]) == (0.5, 0.5, 0.5, 0.5)
    assert result["types"]["ACCUSE"] == {"gold": 2, "precision": 1.0, "recall": 0.5, "f1": 0.667}


def test_load_names_what_is_missing(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text(f"sentence\tsource\ttarget\tgold_root\n{TEXT}\tIran\ta recipient\tACCUSE\n")
    assert list(load(table)) == [Pair(TEXT, (0, 4), None, "ACCUSE")]
    table.write_text("sentence\tsource\n")
    with pytest.raises(InputError, match="target"):
        list(load(table))
    with pytest.raises(InputError, match="absent"):
        list(load(tmp_path / "absent.tsv"))


def test_a_given_pair_gets_the_type_of_the_claim_that_fits_it_best() -> None:
    fits, half = event("ACCUSE", [IRAN], [ISRAEL]), event("THREATEN", [IRAN], [])
    assert likeliest(of_claims([half, fits], PAIR)) == "ACCUSE"
    assert likeliest(of_claims([half], PAIR)) == "THREATEN"
    assert likeliest(of_claims([], PAIR)) == ""
    assert likeliest({"CONCEDE": 0.3, "RETREAT": 0.3, "ACCUSE": 0.4}) == "YIELD"


def test_no_guess_is_a_wrong_guess() -> None:
    scores = classified(["ACCUSE", "AID"], ["ACCUSE", ""])
    assert (scores["accuracy"], scores["macro_f1"]) == (0.5, 0.5)


def test_losses_tell_what_is_wrong() -> None:
    assert loss(PAIR, []) == "no event"
    assert loss(PAIR, [event("THREATEN", [IRAN], [ISRAEL])]) == "other type"
    assert loss(PAIR, [event("ACCUSE", [IRAN], [])]) == "target missed"
    assert loss(PAIR, [event("ACCUSE", [], [ISRAEL])]) == "source missed"
    assert loss(PAIR, [event("ACCUSE", [ISRAEL], [IRAN])]) == "both missed"
    assert score([(PAIR, []), (PAIR, [event("ACCUSE", [IRAN], [ISRAEL])])])["losses"]["no event"] == 0.5
