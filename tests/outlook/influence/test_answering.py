"""What follows a shock, and how it is told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InputError
from amity.evaluation.influence import synthetic
from amity.outlook.influence import Asked, Kind, asked, whatif
from amity.outlook.influence.fitting import Fit
from amity.outlook.influence.model import Model, learned, verdict
from amity.outlook.influence.response import respond, told, way
from amity.records.whatif import LABEL, Breaks, Evidence, Figure, Trial, WhatIf
from amity.report.figures.whatif import draw

KINDS = {"ASSAULT": Kind("material conflict", -9.0), "AID": Kind("material cooperation", 6.0), "ODD": Kind("", None)}
TIES = np.array([[[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]], float)
"""Two pairs of states that heed each other."""

FIT = Fit(np.array([0, 0, 0.3, 0.06, 0.1, 0, 0, 0, 0, 0, 0.0]), np.array([0.4]), np.array([0.2]), 1.0)
SHOCKS = st.lists(st.floats(-5, 5), min_size=16, max_size=16).map(
    lambda values: np.array(values).reshape(4, 4) * ~np.eye(4, dtype=bool)
)


@pytest.fixture(scope="module")
def planted() -> Model:
    return learned(synthetic(1), number=40)


@pytest.fixture(scope="module")
def silent() -> Model:
    return learned(synthetic(1, 0.0), number=40)


def shock(size: float, given: str = "deviations") -> Asked:
    return Asked("S00", "S10", size, given, f"S00:S10:{size}")  # type: ignore[arg-type]


# Responses --------------------------------------------------------------------------------------------------------


@given(SHOCKS, SHOCKS, st.floats(-3, 3))
@settings(max_examples=30, deadline=None)
def test_responses_are_linear(one: np.ndarray, two: np.ndarray, factor: float) -> None:
    both = respond(FIT, TIES, one + factor * two, 5)
    assert np.allclose(both, respond(FIT, TIES, one, 5) + factor * respond(FIT, TIES, two, 5), atol=1e-9)


def test_no_shock_no_response() -> None:
    assert not respond(FIT, TIES, np.zeros((4, 4)), 6).any()


def test_responses_follow_the_model() -> None:
    start = np.zeros((4, 4))
    start[0, 2] = 1.0
    first, second = respond(FIT, TIES, start, 2)[1:]
    assert first[0, 2] == pytest.approx(0.3) and first[2, 0] == pytest.approx(0.1)
    assert first[1, 2] == pytest.approx(0.4) and first[0, 3] == pytest.approx(0.2)
    assert first[1, 3] == pytest.approx(0.4 * 0.2)
    assert first[3, 1] == 0 and second[0, 2] == pytest.approx(0.3**2 + 0.06 / 3 + 0.1**2 + 0.4**2 + 0.2**2 + 0.08**2)
    assert not np.diagonal(second).any()


@given(st.permutations(range(4)), SHOCKS)
@settings(max_examples=20, deadline=None)
def test_permuting_states_permutes_responses(order: list[int], start: np.ndarray) -> None:
    at = np.ix_(order, order)
    moved = respond(FIT, TIES[:, order][:, :, order], start[at], 4)
    assert np.allclose(moved, respond(FIT, TIES, start, 4)[:, order][:, :, order])


def test_the_way_leads_from_the_shock_by_who_heeds_whom() -> None:
    start = np.zeros((4, 4))
    start[0, 2] = 1.0
    path = respond(FIT, TIES, start, 2)
    assert way(FIT, TIES, path, (1, 2), 1) == [(0, 2), (1, 2)]
    assert way(FIT, TIES, path, (3, 0), 2) in ([(0, 2), (2, 0), (3, 0)], [(0, 2), (0, 3), (3, 0)])
    assert way(FIT, TIES, path, (0, 2), 2)[0] == (0, 2) == way(FIT, TIES, path, (0, 2), 2)[-1]
    states = ("AAA", "BBB", "CCC", "DDD")
    assert told(FIT, TIES, ["allies"], states, [(0, 2), (1, 2)]) == "BBB acts like AAA (allies)"
    assert told(FIT, TIES, ["allies"], states, [(0, 2), (0, 3)]) == "DDD is treated like CCC (allies)"
    assert told(FIT, TIES, ["allies"], states, [(0, 2), (2, 0)]) == "CCC answers"
    assert " and " in told(FIT, TIES, ["allies"], states, [(0, 2), (1, 3)])


# Answers ----------------------------------------------------------------------------------------------------------


def test_those_who_heed_the_shocked_respond_first_and_surely(planted: Model) -> None:
    answer = whatif(planted, [shock(4.0)], 3)
    assert answer.propagated and answer.label == LABEL
    first = [one for one in answer.reactions if one.ahead == 1]
    assert [one.how for one in first[:3]] == ["shocked", "reciprocal", "propagated"]
    bloc = {"S01", "S02", "S03"}
    strongest = sorted((one for one in first[2:]), key=lambda one: -abs(one.deviations.median))[:3]
    assert all(one.actor in bloc | {"S15"} or one.recipient in {"S08", "S09", "S11"} for one in strongest)
    peaks: dict[tuple[str, str], float] = {}
    for one in sorted(answer.reactions, key=lambda one: abs(one.deviations.median)):
        peaks[one.actor, one.recipient] = round(20 * one.sure)
    sure = [peaks[one.actor, one.recipient] for one in first[2:]]
    assert all(a >= b for a, b in pairwise(sure))
    for one in answer.reactions:
        assert one.deviations.low <= one.deviations.median <= one.deviations.high
        assert not one.path or (one.path[0], one.path[-1]) == (("S00", "S10"), (one.actor, one.recipient))
    spoken = {(one.actor, one.recipient) for one in answer.reactions if one.through and one.path}
    assert spoken >= {(one.actor, one.recipient) for one in answer.reactions if one.how == "propagated"}


def test_without_proof_only_the_dyad_and_its_reverse(silent: Model) -> None:
    answer = whatif(silent, [shock(4.0)], 3)
    assert not answer.propagated and "does not forecast better" in answer.verdict
    assert {(one.actor, one.recipient) for one in answer.reactions} == {("S00", "S10"), ("S10", "S00")}
    shown = whatif(silent, [shock(4.0)], 3, anyway=True)
    assert shown.propagated and "do not rely" in shown.verdict and len(shown.reactions) > len(answer.reactions)


def test_a_shock_of_nought_moves_nothing(planted: Model) -> None:
    answer = whatif(planted, [shock(0.0)], 3)
    assert answer.shocks[0].change == 0 and all(one.deviations.median == 0 for one in answer.reactions)


def test_shocks_on_one_dyad_add_up(planted: Model) -> None:
    two, four = whatif(planted, [shock(2.0), shock(2.0)], 2), whatif(planted, [shock(4.0)], 2)
    assert [one.deviations.median for one in two.reactions] == pytest.approx(
        [one.deviations.median for one in four.reactions]
    )


def test_sizes_in_units_are_of_the_dyads_usual(planted: Model) -> None:
    (told,) = whatif(planted, [shock(5.0, "units")], 1).shocks
    assert told.change == pytest.approx(5.0) and told.deviations > 0
    assert told.deviations > whatif(planted, [shock(2.5, "units")], 1).shocks[0].deviations


def test_bad_questions_are_refused(planted: Model) -> None:
    with pytest.raises(InputError, match="is no horizon"):
        whatif(planted, [shock(1.0)], 0)
    with pytest.raises(InputError, match="nothing was recorded of XXX"):
        whatif(planted, [Asked("XXX", "S01", 1.0, "units", "XXX:S01:1")], 1)


def test_the_same_seed_the_same_answer() -> None:
    one, two = (whatif(learned(synthetic(1, periods=30), number=20), [shock(1.0)], 2) for _ in range(2))
    assert one == two


# Words ------------------------------------------------------------------------------------------------------------


def test_shocks_are_read() -> None:
    assert asked("IRN:USA:+2", "conflict", KINDS) == Asked("IRN", "USA", 2.0, "units", "IRN:USA:+2")
    assert asked("IRN:USA:-1.5sd", "conflict", KINDS).given_in == "deviations"
    assert asked("IRN:USA:ASSAULT+5", "conflict", KINDS).size == 5.0
    assert asked("IRN:USA:assault+5", "score", KINDS).size == -45.0
    assert asked("Iran : usa : −3", "score", KINDS, str.upper).actor == "IRAN"


@pytest.mark.parametrize(
    ("text", "measure", "why"),
    [
        ("IRN:USA", "conflict", "is no shock"),
        ("IRN:USA:lots", "conflict", "is no shock"),
        (":USA:+2", "conflict", "is no shock"),
        ("USA:USA:+2", "conflict", "name two states"),
        ("IRN:USA:FROLIC+2", "conflict", "FROLIC is no type"),
        ("IRN:USA:AID+2", "conflict", "ask for cooperation"),
        ("IRN:USA:ASSAULT+2", "cooperation", "ask for conflict"),
        ("IRN:USA:ODD+2", "score", "has no score"),
        ("IRN:USA:ASSAULT+2sd", "conflict", "leave sd away"),
    ],
)
def test_what_is_no_shock_is_refused(text: str, measure: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        asked(text, measure, KINDS)  # type: ignore[arg-type]


def test_both_trials_must_be_won() -> None:
    won = Trial(gain=Figure(0.1, 0.05, 0.2), error=0.9, error_without=1.0, periods=9, cells=99)
    lost = Trial(gain=Figure(0.1, -0.05, 0.2), error=0.9, error_without=1.0, periods=9, cells=99)
    slope = Figure(1.0, 0.5, 1.5)

    def evidence(overall: Trial, after: Trial) -> Evidence:
        return Evidence(overall=overall, breaks=Breaks(trial=after, slope=slope, breaks=3), ridge=1.0)

    assert evidence(won, won).propagates
    assert not evidence(lost, won).propagates and not evidence(won, lost).propagates
    nothing = Evidence(overall=None, breaks=None, ridge=1.0)
    assert not nothing.propagates and "Too little" in verdict(nothing, "month", False)


# Figures ----------------------------------------------------------------------------------------------------------


def test_figures_say_what_they_are(planted: Model, silent: Model) -> None:
    for answer in (whatif(planted, [shock(2.0)], 3), whatif(silent, [shock(2.0)], 3)):
        figure = draw(answer)
        texts = " ".join(text.get_text() for text in figure.findobj(lambda one: hasattr(one, "get_text")))
        assert LABEL in texts.lower() and "S00 → S10" in texts
        assert ("not given" in texts) == (not answer.propagated)


def test_answers_travel_as_json(planted: Model) -> None:
    import msgspec

    answer = whatif(planted, [shock(2.0)], 2)
    assert msgspec.json.decode(msgspec.json.encode(answer), type=WhatIf) == answer
