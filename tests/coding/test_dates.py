"""Which predicate a time expression dates."""

from __future__ import annotations

import pytest

from amity.coding.reading import Reading
from tests.coding.conftest import Read, word

PUBLISHED = "2016-05-18"


def when(reading: Reading, text: str, nth: int = 0) -> str | None:
    return reading.dates.of(word(reading.doc, text, nth))[0]


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Israel attacked the base on 3 May 2016.", "attacked", "2016-05-03"),
        ("On 3 May 2016, Israel attacked the base.", "attacked", "2016-05-03"),
        ("On Monday Israel attacked the base.", "attacked", "2016-05-16"),
        ("Russia sold the missiles to Iran in 2007.", "sold", "2007"),
        ("The ministers will meet on Friday.", "meet", "2016-05-20"),
        ("The kingdom has been at war since March 2015.", "war", "2015-03/2016-05-18"),
        ("Iran has just claimed that the ship is empty.", "claimed", "2016-05-18"),
        ("In March 2011 it was the turn of Riyadh – the king visited Ankara.", "visited", "2011-03"),
        ("It was so at the time of the visit of the envoy to Cairo in 2009.", "visit", "2009"),
        ("Iran on Monday accused Israel of spying.", "accused", "2016-05-16"),
        ("Israel attacked the base.", "attacked", None),
    ],
)
def test_predicates_are_dated(reader: Read, text: str, verb: str, expected: str | None) -> None:
    assert when(reader(text, PUBLISHED), verb) == expected


def test_words_are_kept_where_the_date_is_unknown(reader: Read) -> None:
    reading = reader("Israel attacked the base on Monday.")
    assert reading.dates.of(word(reading.doc, "attacked")) == (None, "Monday")


def test_year_of_a_noun_dates_the_noun_only(reader: Read) -> None:
    reading = reader("Armenia recalled the 1994 ceasefire.", PUBLISHED)
    assert when(reading, "ceasefire") == "1994"
    assert when(reading, "recalled") is None


def test_time_of_saying_is_not_the_time_of_what_is_said(reader: Read) -> None:
    reading = reader("Officials said on Monday that Israel had attacked the base.", PUBLISHED)
    assert when(reading, "said") == "2016-05-16"
    assert when(reading, "attacked") is None


def test_noun_takes_the_date_of_the_verb_that_carries_it(reader: Read) -> None:
    reading = reader("The army held exercises on Monday.", PUBLISHED)
    assert when(reading, "exercises") == "2016-05-16"


def test_story_goes_on_in_the_same_paragraph(reader: Read) -> None:
    reading = reader("Iranian troops crossed the border on Monday. They burned two villages.", PUBLISHED)
    assert when(reading, "burned") == "2016-05-16"


def test_story_ends_with_the_paragraph(reader: Read) -> None:
    reading = reader("Iranian troops crossed the border on Monday.\n\nThey burned two villages.", PUBLISHED)
    assert when(reading, "burned") is None


def test_what_lies_before_or_after_has_no_date(reader: Read) -> None:
    reading = reader("Armenia signed the agreement before 2010.", PUBLISHED)
    assert reading.dates.of(word(reading.doc, "signed")) == (None, "2010")


def test_anaphora_goes_back_to_the_last_date(reader: Read) -> None:
    reading = reader("The war began in April 2014. Two years later the army withdrew.", "2018-01-01")
    assert when(reading, "withdrew") == "2016"


def test_words_of_dates_are_covered(reader: Read) -> None:
    reading = reader("Israel attacked two bases on 3 May 2016.", PUBLISHED)
    covered = [token.text for token in reading.doc if reading.dates.covers(token)]
    assert covered == ["3", "May", "2016"]


def test_would_looks_ahead(reader: Read) -> None:
    reading = reader("The minister announced that the pilot would be freed on Friday.", "2019-02-28")
    assert when(reading, "freed") == "2019-03-01"


def test_that_june_is_in_the_year_just_told(reader: Read) -> None:
    reading = reader("Russia stopped the contract in September 2010. The Council had tightened the embargo that June.")
    assert when(reading, "tightened") == "2010-06"


def test_dateline_dates_nothing(reader: Read) -> None:
    reading = reader("TEHRAN, 11 May 2016 (Agency) – Iran has received the missiles from Russia.", "2016-05-11")
    assert when(reading, "received") is None


@pytest.mark.parametrize(
    ("text", "verb", "day"),
    [
        ("The base was opened on 3 May 2011, when Peru attacked the town.", "attacked", "2011-05-03"),
        ("On 3 May 2011 Peru sent Chile a letter in which it accused the army.", "accused", "2011-05-03"),
        ("The king came to Rabat in May 2011, and Spain protested at the time.", "protested", "2011-05"),
        ("Peru promised Chile two million dollars in loans and grants in May 2011.", "promised", "2011-05"),
    ],
)
def test_dates_from_the_clause_around(reader: Read, text: str, verb: str, day: str) -> None:
    assert when(reader(text), verb) == day


@pytest.mark.parametrize(
    ("text", "verb", "day"),
    [
        # what opens or closes the clause, or follows the verb
        ("Last Saturday guards of both countries shot at each other.", "shot", "2016-05-14"),
        (
            "The parliament confirmed her by nine votes at a secret ballot in Strasbourg on Tuesday.",
            "confirmed",
            "2016-05-17",
        ),
        ("The ministry recommended on Monday that the cabinet buy five ships.", "recommended", "2016-05-16"),
        # the same story
        ("Lisbon closed its airport on Monday, and Madrid stopped its trains.", "stopped", "2016-05-16"),
        ("Lisbon closed its airport on Monday, and Madrid has stopped its trains.", "stopped", None),
        ("In 2009 the two were close to it: they would have signed a treaty.", "signed", "2009"),
        # another one
        ("Iran attacked the base on Monday. Israel condemned the attack.", "condemned", None),
        ("Iran attacked the base on Monday. Israel sank a ship.", "sank", None),
        ("The king met the envoy on Monday at the invitation of Oman.", "invitation", None),
        # since
        ("Iran has held the base since 2013.", "held", "2013/2016"),
        ("Iran freed the sailors, who had been held since 2013.", "held", "2013"),
        ("Iran opened the border for the first time since 2013.", "opened", None),
        ("In 2013, when Iran closed the border, trade stopped.", "closed", "2013"),
        ("Guards have stood at the bridge for two weeks.", "stood", "2016-05-04/2016-05-18"),
        # no certain day
        ("Crowds burn flags in the square every Friday.", "burn", None),
        ("By Monday the army had left the town.", "left", "2016-05-16"),
        ("The tanks were to be delivered in June.", "delivered", "2016-06"),
    ],
)
def test_dates_of_reports(reader: Read, text: str, verb: str, day: str | None) -> None:
    assert when(reader(text, PUBLISHED), verb) == day


def test_what_is_uttered_is_done_when_it_is_said(reader: Read) -> None:
    reading = reader("Serbia said on Friday that it would release the policemen.", PUBLISHED)
    release = word(reading.doc, "release")
    assert reading.dates.of(release)[0] is None
    assert reading.dates.uttered(release)[0] == "2016-05-13"
