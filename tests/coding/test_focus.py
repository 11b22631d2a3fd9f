"""Whose people and bodies are when only the scene tells it."""

from __future__ import annotations

import pytest

from amity.coding.reading import Reading
from tests.coding.conftest import Read, word


def codes(reading: Reading, text: str, nth: int = 0) -> list[str]:
    return [who.code for who in reading.mentions.of(word(reading.doc, text, nth)) if who.code]


@pytest.mark.parametrize(
    ("text", "token", "code"),
    [
        ("Kenya banned the march. Police fired on protesters who came all the same.", "protesters", "KEN"),
        ("Kenya banned the march. Police fired on protesters who came all the same.", "Police", "KEN"),
        ("LIMA, May 3 - Miners blocked the road to the coast on Monday.", "Miners", "PER"),
        ("Norway lowered the tax. In Madrid the finance minister called it a mistake.", "minister", "ESP"),
        ("Ghana's parliament met at night, and demonstrators waited outside.", "demonstrators", "GHA"),
        ("Police detained forty people in Minsk on Sunday.", "Police", "BLR"),
        ("Zambia won the case against Peru. Zambia will be paid, a judge in Arequipa ruled.", "judge", "PER"),
    ],
)
def test_people_and_bodies_belong_to_the_state_in_view(reader: Read, text: str, token: str, code: str) -> None:
    assert codes(reader(text), token) == [code]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("Iran won the match, officials said.", "officials"),  # they may be anybody's
        ("Kenya closed the camp. Western diplomats protested.", "diplomats"),
        ("Kenya closed the camp. A relief agency protested.", "agency"),
        ("Kenya and Uganda and Ghana and Peru met. Soldiers watched.", "Soldiers"),
        ("Kenya lost. The leaders of the strike won.", "leaders"),
        ("Soldiers watched.", "Soldiers"),
    ],
)
def test_nobody_is_guessed_where_several_or_none_may_be_meant(reader: Read, text: str, token: str) -> None:
    assert codes(reader(text), token) == []


def test_those_spoken_of_before_are_meant_again(reader: Read) -> None:
    reading = reader("Kenya is calm. French soldiers held the bridge at Kisumu. The soldiers left at noon.")
    assert codes(reading, "soldiers", 1) == ["FRA"]


def test_what_a_rebel_group_has_is_the_groups(reader: Read) -> None:
    reading = reader("Colombia freed two fighters of the ELN. FARC's commander kept silent.")
    assert codes(reading, "fighters") == ["ELN"] and codes(reading, "commander") == ["FARC"]
    reading = reader("The United Nations cut its budget. Its spokesman gave no reason.")
    assert codes(reading, "spokesman") == ["United Nations"]


@pytest.mark.parametrize(
    ("text", "published", "token", "code"),
    [
        ("Moscow recalled its ambassador from Cairo.", "1972-07-20", "Moscow", "SUN"),
        ("Moscow recalled its ambassador from Cairo.", "1999-07-20", "Moscow", "RUS"),
        ("TASS denied the report.", "1980-07-20", "TASS", "SUN"),
        ("TASS denied the report.", "2010-07-20", "TASS", "RUS"),
        ("Cairo bought Czech rifles.", "1955-10-02", "Czech", "CSK"),
        ("Cairo bought Czech rifles.", "1995-10-02", "Czech", "CZE"),
        ("Brussels fined the maker, and Rome applauded.", "2010-03-01", "Brussels", "European Union"),
        ("The Belgian cabinet met, and Brussels stayed quiet.", "2010-03-01", "Brussels", "BEL"),
        ("Seoul sent rice to the North after the floods.", "1995-10-02", "North", "PRK"),
        ("The Seimas rejected the treaty.", "2004-10-02", "Seimas", "LTU"),
    ],
)
def test_names_of_their_time(reader: Read, text: str, published: str, token: str, code: str) -> None:
    reading = reader(text, published=published)
    found = codes(reading, token) or [who.code for who in reading.mentions.modifiers(word(reading.doc, token).head)]
    assert found == [code]


def test_the_north_of_an_undivided_country_is_no_state(reader: Read) -> None:
    assert codes(reader("Ghana sent rice to the North after the floods."), "North") == []


def test_short_forms_recall_the_name(reader: Read) -> None:
    reading = reader("The Security Council met on Chad at noon. The Council adopted no text.")
    assert codes(reading, "Council", 1) == ["UN Security Council"]


def test_fighters_without_a_name_are_those_last_spoken_of(reader: Read) -> None:
    reading = reader("EOKA laid a mine near Paphos. The guerrillas fled to the hills.", published="1956-04-01")
    assert codes(reading, "guerrillas") == ["EOKA"]


def test_a_body_that_nothing_knows_is_of_the_state_in_view(reader: Read) -> None:
    assert codes(reader("Togo voted on Sunday. The Renewal Party called the count a fraud."), "Party") == ["TGO"]
    assert "TGO" not in codes(reader("Togo voted on Sunday. The International Review of Law was absent."), "Review")


def test_an_unknown_official_is_of_the_state_in_view(reader: Read) -> None:
    reading = reader("Togo raised the tax. The finance minister, Kossi Amewu, defended it. Amewu spoke for an hour.")
    assert codes(reading, "Amewu", 1) == ["TGO"]


def test_the_office_before_a_name_counts_in_a_list_of_offices(reader: Read) -> None:
    reading = reader("The foreign minister of Kenya, John Otieno, the foreign minister of Uganda, Mark Okello, met.")
    assert codes(reading, "Okello") == ["UGA"] and codes(reading, "Otieno") == ["KEN"]


def test_what_is_ours_waits_for_who_says_so(reader: Read) -> None:
    reading = reader('Kenya closed the road. "Our soldiers fired in the air," a Ugandan officer said.')
    assert codes(reading, "soldiers") == ["UGA"]


def test_things_that_take_part_are_of_the_state_in_view(reader: Read) -> None:
    reading = reader("BAMAKO, May 3 - Gunmen burned two sawmills on Monday.")
    assert [who.code for who in reading.mentions.home(word(reading.doc, "sawmills"))] == ["MLI"]
    assert reading.mentions.of(word(reading.doc, "sawmills")) == ()


def test_the_only_one_of_its_kind_is_meant_however_long_ago(reader: Read) -> None:
    text = (
        "Jordan sold its tanks. Rain fell. Prices rose. Schools closed. Roads froze. Shops shut. The kingdom is poor."
    )
    assert codes(reader(text), "kingdom") == ["JOR"]


def test_a_neighbour_is_the_only_other_state_around(reader: Read) -> None:
    reading = reader("South Sudan buried eleven people. Khartoum denied the raid and accused its neighbour of lying.")
    assert codes(reading, "neighbour") == ["SSD"]
    reading = reader("Kenya and Uganda met. Khartoum denied the raid and accused its neighbour of lying.")
    assert codes(reading, "neighbour") == []


def test_a_pronoun_finds_its_antecedent_behind_many_names(reader: Read) -> None:
    text = (
        "Doha fell out with Saudi Arabia, the Emirates, Bahrain, Egypt, Jordan, Yemen and Libya. The emirate gave in."
    )
    assert codes(reader(text), "emirate") == ["QAT"]


def test_it_is_the_subject_whose_words_are_told(reader: Read) -> None:
    text = "London has let Cairo know, through the Pakistani minister, that it would resume the talks."
    assert codes(reader(text), "it") == ["GBR"]


def test_those_of_a_body_are_of_its_state(reader: Read) -> None:
    reading = reader("Togo is tense. Leaders of the Renewal Party were arrested on Monday.")
    assert codes(reading, "Leaders") == ["TGO"]


def test_judges_are_of_the_court_last_spoken_of(reader: Read) -> None:
    reading = reader("Kenya asked the International Criminal Court to wait. The judges refused.")
    assert codes(reading, "judges") == ["International Criminal Court"]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("Kenya is tense. The governor of Arrakistan spoke.", "governor"),  # somebody's, but nobody knows whose
        ("Kenya is tense. The two presidents of old spoke.", "presidents"),
        ("Kenya is tense. Both armies wait.", "armies"),
    ],
)
def test_what_belongs_to_somebody_else_is_not_of_the_state_in_view(reader: Read, text: str, token: str) -> None:
    assert codes(reader(text), token) == []
