"""Designations of registers as systems of the codebook."""

from __future__ import annotations

import pytest

from amity.structure.arms import Designations
from amity.structure.arms.designations import akin
from tests.structure.arms.making import book


@pytest.mark.parametrize(
    ("designation", "category", "system"),
    [
        ("Su-30MK2", "aircraft", "Su-30"),
        ("Bell-205/UH-1H", "helicopter", "UH-1"),
        ("Project-636E", "submarine", "Kilo-class"),
        ("Bayraktar TB-2", "drone", "Bayraktar TB2"),
        ("BM-21 Grad 122mm", "artillery", "Grad"),
        ("Hawk-100", "aircraft", "Hawk"),
        ("HAWK", "air defence", "HAWK"),
        ("Red Arrow-12", "missile", None),
        ("3M9", "air defence", None),
        ("aircraft engine", "engine", None),
        ("", None, None),
    ],
)
def test_a_system_is_found_by_the_longest_of_its_names(
    designation: str, category: str | None, system: str | None
) -> None:
    assert Designations(book().arms).system(designation, category) == system


def test_a_system_of_another_kind_is_not_meant() -> None:
    names = Designations(book().arms)
    assert names.system("Heron", "drone") == "Heron"
    assert names.system("Heron", "ship") is None
    assert names.category("Heron") == "drone" and names.category("drones") is None


def test_kinds_that_writers_mix_up_are_akin() -> None:
    assert akin("missile", "artillery") and akin("ship", "ship") and akin(None, "ship")
    assert not akin("aircraft", "ship")
