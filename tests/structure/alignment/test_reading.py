"""From material to records: complete, honest about what is missing, and quick to say what is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from amity.codebook import load
from amity.errors import InputError
from amity.records import to_json
from amity.records.alignment import Alignments
from amity.structure.alignment import PARTS, align, continued, members
from tests.structure.alignment.planted import YEARS, planted, truth


@pytest.fixture(scope="module")
def near() -> Alignments:
    material = planted()
    return align(material, material.states[int(np.argmax(truth()[2:])) + 2], YEARS[0], YEARS[-1])


def test_a_state_near_a_pole_is_aligned_with_it(near: Alignments) -> None:
    assert len(near.alignments) == len(YEARS) and len(near.ties) == 2 * len(YEARS)
    last = near.alignments[-1]
    assert last.alignment is not None and last.alignment.value > 0.5 and last.alignment.low > 0
    assert last.verdict == f"aligned with {last.toward}" and last.probability == max(last.verdicts.values())
    assert sum(last.verdicts.values()) == pytest.approx(1.0)
    assert [part.name for part in last.parts] == list(PARTS) and last.covered == last.of == len(PARTS)
    assert sum(part.weight for part in last.parts) == pytest.approx(1.0)
    assert set(last.without) == set(PARTS)


def test_ties_tell_of_each_pole(near: Alignments) -> None:
    mine, theirs = near.ties[-2:]
    assert mine.commitments == ("defense", "nonaggression") or mine.commitments == ()
    assert mine.arms is not None and theirs.arms is not None and mine.arms.value > theirs.arms.value
    assert mine.valence is not None and theirs.valence is not None and mine.valence.value > theirs.valence.value
    assert mine.distance is not None and theirs.distance is not None and mine.distance.value < theirs.distance.value


def test_records_become_json(near: Alignments) -> None:
    assert to_json(near).startswith(b'{"state"')


def test_the_same_question_has_the_same_answer(near: Alignments) -> None:
    assert align(planted(), near.state, YEARS[0], YEARS[-1]) == near


def test_the_window_does_not_change_the_figures(near: Alignments) -> None:
    later = align(planted(), near.state, YEARS[-2], YEARS[-1])
    assert later.alignments == near.alignments[-2:] and later.vectors == near.vectors[-2:]


def test_from_one_table_alone_it_goes_on_and_says_what_is_missing() -> None:
    material = planted(alliances=None, deliveries=None, panel=None)
    found = align(material, material.states[4], YEARS[0], YEARS[-1])
    one = found.alignments[0]
    assert [part.name for part in one.parts] == ["votes"]
    assert one.alignment is not None and one.alignment.high - one.alignment.low > 0.5
    assert one.security is None and one.engagement is None and one.verdict is None and one.verdicts == {}
    assert found.responses == ()
    assert all("amity import" in line for line in found.missing) and len(found.missing) == 3


def test_one_part_alone_when_asked() -> None:
    material = planted()
    found = align(material, material.states[4], YEARS[0], YEARS[-1], ["arms"])
    assert {part.name for one in found.alignments for part in one.parts} == {"arms"}


def test_an_empty_world_is_all_unknown() -> None:
    material = planted(alliances=None, votes=None, deliveries=None, panel=None)
    found = align(material, material.states[4], YEARS[0], YEARS[-1])
    assert all(one.alignment is None and one.parts == () for one in found.alignments)
    assert all(one.index is None for one in found.vectors)


def test_three_poles_make_three_pairs() -> None:
    names = planted().states
    found = align(planted(poles=names[:3]), names[5], YEARS[-1], YEARS[-1])
    assert [(one.toward, one.against) for one in found.alignments] == [
        (names[0], names[1]),
        (names[0], names[2]),
        (names[1], names[2]),
    ]
    assert found.vectors[0].index is not None and 0 <= found.vectors[0].index.value <= 1


def test_the_other_pole_first_turns_everything() -> None:
    names = planted().states
    one, other = (
        align(planted(poles=poles), names[6], YEARS[-1], YEARS[-1]).alignments[0]
        for poles in (names[:2], (names[1], names[0]))
    )
    assert one.alignment is not None and other.alignment is not None
    assert one.alignment.value == pytest.approx(-other.alignment.value, abs=1e-6)
    assert one.verdict == other.verdict


@pytest.mark.parametrize(
    ("state", "poles", "parts", "word"),
    [
        ("ZZZ", None, None, "ZZZ"),
        ("AAA", None, None, "one of the poles"),
        ("AAE", ("AAA", "QQQ"), None, "QQQ"),
        ("AAE", ("AAA",), None, "two or more"),
        ("AAE", None, ["arm"], "no component"),
    ],
)
def test_what_is_wrong_is_named(state: str, poles: tuple[str, ...] | None, parts: list[str] | None, word: str) -> None:
    with pytest.raises(InputError, match=word):
        align(planted(**({"poles": poles} if poles else {})), state, YEARS[0], YEARS[-1], parts)


def test_states_go_on_under_their_present_code() -> None:
    states = list(load().states)
    codes = continued(states)
    assert codes["SUN"] == "RUS" and "RUS" not in codes and "DEU" not in codes
    names, there = members(states, (1950, 1989, 1995))
    assert "SUN" not in names
    assert there[names.index("RUS")].all()
    assert there[names.index("AZE")].tolist() == [False, False, True]
