"""Names of arms that could be something else."""

from pathlib import Path

import pytest

from amity.codebook import Codebook, load
from amity.errors import CodebookError


def test_designations_that_differ_in_capitals_only_are_told_apart_by_what_stands_near(book: Codebook) -> None:
    def systems(text: str) -> list[str]:
        return [match.entries[0].id for match in book.find(text) if match.entries[0].role == "designation"]

    assert systems("Finland bought ten Hawk trainer aircraft for its pilots.")[:1] == ["Hawk"]
    assert systems("Spain lent Kyiv launchers of the HAWK air defence system.") == ["HAWK"]
    assert systems("Spain lent Kyiv its Hawk air defence systems and their missiles.") == ["HAWK"]
    assert systems("The Hawk was chosen.") == []


@pytest.mark.parametrize(
    ("description", "category"),
    [
        ("light transport aircraft", "aircraft"),
        ("tanker/transport aircraft", "aircraft"),
        ("tanker", "ship"),
        ("ASW Helicopter", "helicopter"),
        ("anti-tank missile/ASM", "missile"),
        ("mobile SAM system", "air defence"),
        ("self-propelled AA gun", "air defence"),
        ("self-propelled gun", "artillery"),
        ("combat aircraft radar", "radar and sensors"),
        ("aircraft engine", "engine"),
        ("perpetual motion machine", None),
        ("", None),
    ],
)
def test_descriptions_of_registers_fall_under_our_categories(
    book: Codebook, description: str, category: str | None
) -> None:
    assert book.arms.category(description) == category


def test_the_user_adds_descriptions_to_categories_that_there_are(tmp_path: Path) -> None:
    file = tmp_path / "arms_descriptions.csv"
    file.write_text("description,category\nflying boat,aircraft\n")
    assert load(tmp_path).arms.category("large flying boat") == "aircraft"
    file.write_text("description,category\nflying boat,vessels\n")
    with pytest.raises(CodebookError, match="no category of arms is called 'vessels'"):
        load(tmp_path)
