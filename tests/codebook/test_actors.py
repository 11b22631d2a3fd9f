"""Persons and organisations: spellings, offices, members."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from amity.codebook import Codebook
from amity.codebook.words import key


@pytest.mark.parametrize(
    ("spelling", "identity"),
    [
        ("İlham Əliyev", "aze-ilham-aliyev"),
        ("Recep Tayyip Erdogan", "tur-recep-tayyip-erdogan"),
        ("Moammar Gadhafi", "lby-muammar-gaddafi"),
        ("Muhammad bin Salman", "sau-mohammed-bin-salman"),
        ("Hossein Amirabdollahian", "irn-hossein-amir-abdollahian"),
        ("Houssein Dehqan", "irn-hossein-dehghan"),
        ("Binyamin Netanyahu", "isr-benjamin-netanyahu"),
        ("Alyaksandr Lukashenka", "blr-alexander-lukashenko"),
        ("Sergei Shoigu", "rus-sergey-shoygu"),
        ("Bashar Assad", "syr-bashar-al-assad"),
        ("Abdel Fattah al-Sisi", "egy-abdel-fattah-el-sisi"),
        ("Kim Jong Un", "prk-kim-jong-un"),
    ],
)
def test_spellings(book: Codebook, spelling: str, identity: str) -> None:
    assert [match.entries[0].id for match in book.find(f"Yesterday {spelling} spoke.")] == [identity]


def test_ambiguous_surnames_do_not_resolve_alone(book: Codebook) -> None:
    for surname in ("Lee", "Kim", "Khan", "Singh", "Brown", "Rice", "Sharif", "Castro", "Hussein"):
        assert not [match for match in book.find(f"Then {surname} spoke.") if match.entries[0].kind == "person"], (
            surname
        )
    assert {person.country for office in book.persons.by_surname("Sharif") for person in office.offices} == {"PAK"}


def test_offices_by_date(book: Codebook) -> None:
    fidan = book.persons["tur-hakan-fidan"]
    assert fidan.office(date(2015, 1, 1)).sector == "SPY"
    assert fidan.office(date(2024, 1, 1)).title == "foreign minister"
    stoltenberg = book.persons["nor-jens-stoltenberg"]
    assert stoltenberg.office(date(2010, 1, 1)).country == "NOR"
    assert stoltenberg.office(date(2020, 1, 1)).country is None
    assert stoltenberg.office(date(2020, 1, 1)).sector == "IGO"


def test_persons_are_many_and_sound(book: Codebook) -> None:
    assert len(book.persons) >= 1800
    for person in book.persons.values():
        for office in person.offices:
            assert office.country is None or office.country in book.states, person
            assert office.sector in book.plover.sectors, person


def test_a_surname_alone_means_one_person_at_a_time(book: Codebook) -> None:
    bearers = Counter((key(surname), person.id) for person in book.persons.values() for surname in person.alone)
    for (surname, _), _count in bearers.items():
        persons = [p for p in book.persons.values() if surname in map(key, p.alone)]
        starts = [person.offices[0].term.start for person in persons]
        assert len(set(starts)) == len(starts), surname


@pytest.mark.parametrize(
    ("name", "on", "count"),
    [
        ("United Nations", date(1970, 12, 31), 127),
        ("United Nations", date(2024, 1, 1), 193),
        ("NATO", date(1990, 1, 1), 16),
        ("NATO", date(2025, 1, 1), 32),
        ("European Union", date(2019, 1, 1), 28),
        ("European Union", date(2021, 1, 1), 27),
        ("African Union", date(2020, 1, 1), 55),
        ("GCC", date(2000, 1, 1), 6),
        ("Warsaw Pact", date(1980, 1, 1), 7),
        ("CIS", date(2000, 1, 1), 12),
        ("ASEAN", date(2020, 1, 1), 10),
        ("OPEC", date(2022, 1, 1), 13),
    ],
)
def test_members_by_date(book: Codebook, name: str, on: date, count: int) -> None:
    assert len(book.organisations[name].members(on)) == count


def test_membership_can_end_and_begin_again(book: Codebook) -> None:
    csto = book.organisations["CSTO"]
    assert "UZB" in csto.members(date(1998, 1, 1))
    assert "UZB" not in csto.members(date(2001, 1, 1))
    assert "UZB" in csto.members(date(2008, 1, 1))
    assert "UZB" not in csto.members(date(2014, 1, 1))
    assert book.organisations["NATO"] in book.organisations.of("TUR", date(2020, 1, 1))


def test_organisations_are_many_and_sound(book: Codebook) -> None:
    assert len(book.organisations) >= 250
    for organisation in book.organisations.values():
        assert organisation.country is None or organisation.country in book.states, organisation.id
        assert organisation.sector is None or organisation.sector in book.plover.sectors, organisation.id
        assert all(membership.state in book.states for membership in organisation.memberships), organisation.id
        for membership in organisation.memberships:
            state = book.states[membership.state]
            assert state.kind != "dependency", (organisation.id, state.id)


@pytest.mark.parametrize(
    ("text", "identity", "sector"),
    [
        ("Daesh", "ISIS", "REB"),
        ("the Revolutionary Guards", "IRGC", "MIL"),
        ("Mossad", "Mossad", "SPY"),
        ("Al-Jazeera", "Al Jazeera", "JRN"),
        ("MEMRI", "MEMRI", "NGO"),
        ("Rosoboronexport", "Rosoboronexport", "BUS"),
        ("The Wall Street Journal", "Wall Street Journal", "JRN"),
        ("JNS.org", "JNS", "JRN"),
    ],
)
def test_organisations_by_their_names(book: Codebook, text: str, identity: str, sector: str) -> None:
    [match] = book.find(f"Today {text} said so.")
    assert (match.entries[0].id, match.entries[0].sector) == (identity, sector)
