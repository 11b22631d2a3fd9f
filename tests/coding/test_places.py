"""Where predicates happen."""

from __future__ import annotations

import pytest

from amity.codebook import Codebook
from amity.coding.reading import Reading
from amity.records import Place
from tests.coding.conftest import Read, word


def where(reading: Reading, text: str, nth: int = 0) -> Place | None:
    return reading.places.of(word(reading.doc, text, nth))


@pytest.mark.parametrize(
    ("text", "verb", "name", "country"),
    [
        ("The ministers met in Baku.", "met", "Baku", "AZE"),
        ("The president visited Tehran.", "visited", "Tehran", "IRN"),
        ("The army attacked a convoy near Mosul.", "attacked", "Mosul", "IRQ"),
        ("In Georgia the army seized two bridges.", "seized", "Georgia", "GEO"),
        ("Thousands protested in Mashhad.", "protested", "Mashhad", "IRN"),
    ],
)
def test_predicates_have_places(reader: Read, text: str, verb: str, name: str, country: str) -> None:
    reading = reader(text)
    place = where(reading, verb)
    assert place is not None
    assert (place.name, place.country) == (name, country)
    assert reading.article.text[place.start : place.end] == place.text


def test_cities_have_coordinates(reader: Read) -> None:
    place = where(reader("The ministers met in Mosul."), "met")
    assert place is not None
    assert place.latitude == pytest.approx(36.3, abs=0.2)
    assert place.longitude == pytest.approx(43.1, abs=0.2)


def test_the_finest_place_counts(reader: Read) -> None:
    place = where(reader("The ministers met in Iran in Mashhad."), "met")
    assert place is not None
    assert place.name == "Mashhad"


def test_states_that_act_are_no_places(reader: Read) -> None:
    assert where(reader("The alliance between Israel and Azerbaijan is close."), "alliance") is None
    assert where(reader("Israel sold drones to Azerbaijan."), "sold") is None


def test_noun_happens_where_its_verb_does(reader: Read) -> None:
    place = where(reader("The two armies held exercises in Georgia."), "exercises")
    assert place is not None
    assert place.country == "GEO"


def test_frontier_belongs_to_its_state(reader: Read) -> None:
    place = where(reader("Iran held exercises on Azerbaijan's frontier."), "held")
    assert place is not None
    assert (place.text, place.country) == ("Azerbaijan's frontier", "AZE")


def test_city_of_many_states_is_the_one_in_a_state_of_the_article(reader: Read) -> None:
    libya = where(reader("Libya is in turmoil. Clashes broke out in Tripoli."), "broke")
    lebanon = where(reader("Beirut sent soldiers north. Clashes broke out in Tripoli, in Lebanon."), "broke")
    assert libya is not None
    assert libya.country == "LBY"
    assert lebanon is not None
    assert lebanon.country == "LBN"


def test_gazetteer_leaves_ties_open(book: Codebook) -> None:
    assert book.gazetteer.resolve("Birmingham") is None
    city = book.gazetteer.resolve("Birmingham", {"GB"})
    assert city is not None
    assert city.country == "GB"
    assert book.gazetteer.resolve("Nowhere at all") is None
