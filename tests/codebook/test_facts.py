"""The codebook's facts against the research data, where that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.codebook import Codebook
from tests.codebook.check_facts import differences, support
from tests.codebook.facts import data


@pytest.fixture(scope="module")
def folder() -> Path:
    found = data()
    if found is None:
        pytest.skip("the research data is not here (AMITY_DATA)")
    return found


@pytest.mark.shared
def test_states_and_capitals_are_those_of_the_lists(book: Codebook, folder: Path) -> None:
    assert differences(book, folder) == []


@pytest.mark.shared
def test_persons_are_known_to_two_families_of_sources(book: Codebook, folder: Path) -> None:
    families = support(book, folder)
    assert sum(len(known) >= 2 for known in families.values()) >= 1500
    assert families["aze-ilham-aliyev"] >= {"reign", "archigos", "countryinfo", "wikidata"}
