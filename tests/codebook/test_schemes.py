"""Words of other schemes agree with what the codebook has."""

from __future__ import annotations

import pytest

from amity.codebook import Codebook


def test_every_cameo_code_has_a_name_and_every_name_a_code(book: Codebook) -> None:
    named = set(book.schemes.cameo.values())
    assert set(book.plover.cameo) <= named
    assert all(code.startswith(("01", "02")) for code in named - set(book.plover.cameo))  # PLOVER leaves these out


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Express_intent_to_meet_or_negotiate", "036"),
        ("fight with small arms and light weapons", "193"),
        ("Conduct suicide, car, or other non military bombing", "183"),
        ("Dance", None),
    ],
)
def test_names_of_cameo_whatever_their_punctuation(name: str, code: str | None, book: Codebook) -> None:
    assert book.schemes.code(name) == code


def test_groups_are_organisations(book: Codebook) -> None:
    for name in book.schemes.groups.values():
        assert any(entry.kind in ("organisation", "group") for entry in book.table.entries(name)), name


def test_sectors_are_those_of_plover(book: Codebook) -> None:
    assert {sector for _, sector in book.schemes.sectors.values()} <= set(book.plover.sectors)
    assert {scheme for scheme, _ in book.schemes.sectors} == {"icews", "agent", "cameo", "acled"}


def test_the_most_telling_sector_counts_in_any_order(book: Codebook) -> None:
    for words in (["Government", "Military"], ["Military", "Government"]):
        assert book.schemes.sector("icews", words) == "MIL"
    assert book.schemes.sector("icews", ["Nobles"]) is None
    assert book.schemes.sector("cameo", ["MED"]) == "JRN"  # CAMEO's media; PLOVER's MED is medicine


def test_events_of_acled(book: Codebook) -> None:
    assert book.schemes.event("Protests", "Peaceful protest").type == "PROTEST"  # type: ignore[union-attr]
    assert book.schemes.event("Strategic developments", "Other") is None
    for cross in book.schemes.acled.values():
        assert cross.mode is None or cross.mode in book.plover.types[cross.type].modes
        assert set(cross.contexts) <= set(book.plover.contexts)


def test_days_on_which_a_name_turns(book: Codebook) -> None:
    days = sorted(day for day in book.table.turns("Serbia") if 1990 < day.year < 2010)
    for day in days:
        assert day.year in (1992, 2003, 2006), day
    assert book.table.turns("no such phrase") == frozenset()
