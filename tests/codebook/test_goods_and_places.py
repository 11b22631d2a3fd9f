"""Arms, PLOVER, places."""

from __future__ import annotations

import pytest

from amity.codebook import Codebook
from amity.records import LAYERS, PLOVER_TYPES


def arms(book: Codebook, text: str) -> list[tuple[str, str, str]]:
    return [
        (text[match.start : match.end], entry.name, entry.sector or "")
        for match in book.find(text)
        if (entry := match.entries[0]).kind == "arms"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Israel sold SPIKE-LR systems.", ("SPIKE-LR", "Spike", "missile")),
        ("It bought F-16C/D jets.", ("F-16C/D", "F-16", "aircraft")),
        ("It bought F16s.", ("F16s", "F-16", "aircraft")),
        ("S-300PMU2 arrived", ("S-300PMU2", "S-300", "air defence")),
        ("HAROP kamikaze-drones", ("HAROP", "Harop", "loitering munition")),
        ("Bayraktar TB2 drones", ("Bayraktar TB2", "Bayraktar TB2", "drone")),
        ("Su 30 SM fighters", ("Su 30 SM", "Su-30", "aircraft")),
        ("a few Iron Dome batteries", ("Iron Dome", "Iron Dome", "air defence")),
        ("FREMM frigates", ("FREMM", "FREMM", "ship")),
        ("Kilo-class submarines", ("Kilo-class", "Kilo-class", "submarine")),
        ("self-propelled howitzers", ("self-propelled howitzers", "artillery", "artillery")),
        ("UAVs of various sorts", ("UAVs", "drone", "drone")),
        ("air defense systems", ("air defense systems", "air defence", "air defence")),
        ("armoured vehicles", ("armoured vehicles", "armoured vehicle", "armoured vehicle")),
        ("Patriot batteries", ("Patriot", "Patriot", "air defence")),
    ],
)
def test_designations_and_generic_words(book: Codebook, text: str, expected: tuple[str, str, str]) -> None:
    assert arms(book, text)[0] == expected


@pytest.mark.parametrize(
    "text", ["He threw the javelin.", "The Patriot spoke.", "Sam came.", "The Abrams family moved.", "a B-2 visa"]
)
def test_common_words_are_no_arms(book: Codebook, text: str) -> None:
    assert arms(book, text) == []


def test_arms_are_many_and_sound(book: Codebook) -> None:
    assert len(book.arms.systems) >= 450
    for system in book.arms.systems.values():
        assert system.country in book.states, system
        assert system.category in book.arms.categories, system


def test_plover_is_whole(book: Codebook) -> None:
    plover = book.plover
    assert set(plover.types) == set(PLOVER_TYPES)
    for kind in PLOVER_TYPES:
        modes = set(plover.types[kind].modes)
        assert modes == {mode for type_, mode in plover.scores if type_ == kind and mode}, kind
        assert plover.intensity(kind, "no such mode") == plover.scores[kind, ""]
    assert {context.layer for context in plover.contexts.values()} == set(LAYERS)
    for crosswalk in plover.cameo.values():
        assert crosswalk.mode is None or crosswalk.mode in plover.types[crosswalk.type].modes
        assert set(crosswalk.contexts) <= set(plover.contexts)


def test_conflict_is_negative_and_cooperation_positive(book: Codebook) -> None:
    plover = book.plover
    assert plover.scores["ACCUSE", ""] == -3.0  # the manual prints +3
    for kind, event in plover.types.items():
        score = plover.scores[kind, ""]
        assert score >= 0 if event.quad.endswith("cooperation") or kind == "REQUEST" else score < 0


def test_cameo(book: Codebook) -> None:
    fight = book.plover.from_cameo("190")
    assert fight is not None and fight.type == "ASSAULT" and fight.goldstein == -10
    assert book.plover.from_cameo("19") == fight
    assert book.plover.from_cameo("010") is None


@pytest.mark.parametrize(
    ("phrase", "name", "country"),
    [
        ("Nagorno Karabakh", "Nagorno-Karabakh", "AZE"),
        ("the Bab al-Mandab", "Bab el-Mandeb", None),
        ("Crimea", "Crimea", "UKR"),
        ("Gaza", "Gaza Strip", "PSE"),
    ],
)
def test_places(book: Codebook, phrase: str, name: str, country: str | None) -> None:
    site = book.sites.named(phrase)
    assert site is not None and (site.id, site.country) == (name, country)


def test_places_are_sound(book: Codebook) -> None:
    for site in book.sites.values():
        assert site.country is None or site.country in book.states, site
        assert all(claimant in book.states for claimant in site.claimants), site
        assert site.latitude is None or (-90 <= site.latitude <= 90 and site.longitude is not None), site
