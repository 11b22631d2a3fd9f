"""Who stands under a name on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest

from amity.codebook import Codebook
from amity.sources.datasets.parties import Names, Parties, Party

DAY = date(2014, 6, 1)


@pytest.mark.parametrize(
    ("name", "code", "sector"),
    [
        ("Azerbaijan", "AZE", None),
        ("Police (Azerbaijan)", "AZE", "COP"),
        ("Military Personnel - Special (Azerbaijan)", "AZE", "MIL"),
        ("Children (Palestinian Territory, Occupied)", "PSE", "CVL"),
        ("Armed Rebel (Syria)", "SYR", "REB"),
        ("Militant (Taliban)", "Taliban", "REB"),
        ("Hezbollah", "Hezbollah", "REB"),
        ("NATO", "NATO", "IGO"),
        ("Barack Obama", "USA", "GOV"),
        ("Sergey Viktorovich Lavrov", "RUS", "GOV"),
        ("Nicolas Sarkozy", "FRA", "ELI"),  # out of office by then
        ("Turkish Army", "TUR", "MIL"),
        ("Parliament of Georgia", "GEO", "LEG"),
        ("Citizen (Atlantis)", None, None),
        ("Congo", None, None),  # which of them is not said
        ("Ruritanian Weavers", None, None),
        ("", None, None),
    ],
)
def test_names(name: str, code: str | None, sector: str | None, book: Codebook) -> None:
    assert Names(book).party(name, DAY) == Party(code, sector)


def test_each_name_is_looked_up_once_for_each_stretch_of_time(book: Codebook) -> None:
    names, asked = Names(book), []

    def settle(cells: list[str], on: date) -> Party:
        asked.append((cells[0], on))
        return names.party(cells[0], on)

    parties = Parties(settle, lambda cells: names.turns(*cells))  # type: ignore[arg-type]
    days = [date(1995, 1, 1) + timedelta(days=day) for day in range(0, 6000, 7)]
    for _ in range(3):
        codes, _ = parties([pa.array(["Serbia"] * len(days))], pa.array(days))
    assert codes.to_pylist() == [names.party("Serbia", day).code for day in days]
    assert set(codes.to_pylist()) == {"YUG", "SCG", "SRB"}
    assert len(asked) == len(set(asked)) < 20


def test_every_name_turns_only_on_the_days_that_are_told(book: Codebook) -> None:
    names = Names(book)
    for name in (
        "Serbia",
        "Sudan",
        "Dmitry Anatolyevich Medvedev",
        "Police (Yugoslavia)",
        "German Army",
        "SRB",
        "Citizen (TLS)",
    ):
        turns = names.turns(name)
        day = date(1985, 1, 1)
        while day < date(2020, 1, 1):
            following = day + timedelta(days=1)
            if names.party(name, day) != names.party(name, following):
                assert following in turns, (name, following)
            day = following


def test_cells_of_nobody_and_empty_batches(book: Codebook) -> None:
    names = Names(book)
    parties = Parties(lambda cells, on: names.party(cells[0], on), lambda cells: names.turns(*cells))
    codes, sectors = parties([pa.array([None, "Iran"], pa.string())], pa.array([DAY, DAY]))
    assert (codes.to_pylist(), sectors.to_pylist()) == ([None, "IRN"], [None, None])
    codes, _ = parties([pa.array([], pa.string())], pa.array([], pa.date32()))
    assert len(codes) == 0


def test_numbers_of_states_by_date(book: Codebook) -> None:
    names = Names(book)
    assert names.numbered("345", date(1999, 1, 1)) == "YUG"
    assert names.numbered("345.0", date(2005, 1, 1)) in ("SCG", "YUG")
    assert names.numbered("9" * 10_000, DAY) is None
    assert names.numbered("x", DAY) is None
    assert names.numbered("", DAY) is None
