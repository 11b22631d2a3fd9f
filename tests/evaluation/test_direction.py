"""Who is friendly or hostile to whom: reading the file, and the class that claims come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.direction import Stance, evaluate, load, of_claims, score, stronger
from amity.records import Actor, Event, Relation


def stances(tmp_path: Path, *lines: str) -> list[Stance]:
    path = tmp_path / "stances.txt"
    path.write_text("\n".join(lines))
    return list(load(path))


def test_brackets_become_places(tmp_path: Path) -> None:
    (stance,) = stances(tmp_path, "So [Norland] scolded [Sudland]'s envoy.\tNorland\tSudland\t3")
    assert stance.text == "So Norland scolded Sudland's envoy."
    assert [stance.text[slice(*span)] for span in (stance.first, stance.second)] == ["Norland", "Sudland"]
    assert stance.label == "3"


@pytest.mark.parametrize(
    "line", ["Only [Norland] here.\tNorland\t\t3", "[Norland] and [Sudland].\tNorland\tSudland\t7"]
)
def test_faulty_lines_are_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(InputError, match="line 1"):
        stances(tmp_path, line)


@pytest.mark.parametrize(
    ("there", "back", "expected"), [(0, 0, "0"), (2, -1, "1"), (1, 3, "2"), (-4, 0, "3"), (1, -2, "4"), (-2, 2, "3")]
)
def test_the_stronger_sum_wins(there: float, back: float, expected: str) -> None:
    assert stronger(there, back) == expected


def test_claims_between_the_two_are_summed() -> None:
    stance = Stance("Norland scolded Sudland", (0, 7), (16, 23), "3")
    norland, sudland = Actor(text="Norland", start=0, end=7), Actor(text="Sudland", start=16, end=23)
    common = {"article": "a", "quote": "", "start": 0, "end": 23, "trigger": "scolded", "trigger_start": 8}
    scolded = Event(**common, type="ACCUSE", actors=(sudland,), recipients=(norland,), intensity=-3.0)  # type: ignore[arg-type]
    allies = Relation(**common, a="X", b="Y", valence="amity", label="allies", parties=(norland, sudland))  # type: ignore[arg-type]
    assert of_claims([], stance) == "0"
    assert of_claims([scolded], stance) == "4"
    assert of_claims([allies], stance) == "1"
    elsewhere = Stance("", (30, 37), (16, 23), "0")
    assert of_claims([scolded, allies], elsewhere) == "0"


def test_a_party_is_known_by_its_words() -> None:
    stance = Stance("Norland said that he had no quarrel with Sudland", (0, 7), (41, 48), "0")
    he = Actor(text="he", name="Ann Norland", start=18, end=20)
    assert stance.has([he], stance.first) and not stance.has([he], stance.second)


def test_classes_are_scored_alike_however_rare() -> None:
    scores = score(["0", "0", "0", "3"], ["0", "0", "0", "0"])
    assert scores["accuracy"] == 0.75
    assert scores["macro_f1"] == pytest.approx((6 / 7) / 5, abs=1e-3)


def test_sentences_are_coded(tmp_path: Path) -> None:
    path = tmp_path / "stances.txt"
    path.write_text(
        "[Kenya] condemned [Uganda] on Monday.\tKenya\tUganda\t3\n"
        "Rain fell in [Kenya] and in [Uganda].\tKenya\tUganda\t0\n"
    )
    assert evaluate(path)["claims"]["accuracy"] == 1.0
