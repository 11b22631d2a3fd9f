"""Time expressions and the days they mean."""

from __future__ import annotations

from datetime import date

import pytest

from amity.coding.timex import Anchor, Days, expressions, month, publication_day, week, year

PAST = Anchor(date(2017, 2, 2), Days(date(2016, 4, 2), date(2016, 4, 5)), past=True)
FUTURE = Anchor(date(2017, 2, 2), future=True)
UNDATED = Anchor()


def read(text: str, anchor: Anchor = PAST) -> tuple[str | None, str]:
    """Date and words of the only expression in a text."""
    (found,) = expressions(text)
    days = found.days(anchor)
    return (days.iso() if days else None), text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "iso", "words"),
    [
        ("on 2 April 2016", "2016-04-02", "2 April 2016"),
        ("on the 2nd of April 2016", "2016-04-02", "the 2nd of April 2016"),
        ("on April 2, 2016", "2016-04-02", "April 2, 2016"),
        ("on Wednesday 13 August 2008", "2008-08-13", "Wednesday 13 August 2008"),
        ("on Thursday, January 26, 2017,", "2017-01-26", "Thursday, January 26, 2017"),
        ("on 2021-10-02", "2021-10-02", "2021-10-02"),
        ("on April 2 – 5, 2016 the forces", "2016-04-02/2016-04-05", "April 2 – 5, 2016"),
        ("from 12 to 20 September 2015", "2015-09-12/2015-09-20", "from 12 to 20 September 2015"),
        ("from 28 March to 3 April 2015", "2015-03-28/2015-04-03", "from 28 March to 3 April 2015"),
        ("in April 2014", "2014-04", "April 2014"),
        ("in early October 2015", "2015-10-01/2015-10-10", "early October 2015"),
        ("in 2010", "2010", "2010"),
        ("in late 2019", "2019-10/2019-12", "late 2019"),
        ("in the spring of 2008", "2008-03/2008-05", "the spring of 2008"),
        ("in the third quarter of 2015", "2015-07/2015-09", "the third quarter of 2015"),
        ("in the 1990s", "1990/1999", "the 1990s"),
        ("the war of 1988 – 1994", "1988/1994", "1988 – 1994"),
        ("in 2004-05", "2004/2005", "2004-05"),
        ("between 2010 and 2014", "2010/2014", "between 2010 and 2014"),
        ("from May to July 2015", "2015-05/2015-07", "from May to July 2015"),
        ("on Christmas Eve 2011", "2011-12-24", "Christmas Eve 2011"),
    ],
)
def test_absolute(text: str, iso: str, words: str) -> None:
    assert read(text, UNDATED) == (iso, words)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("yesterday", "2017-02-01"),
        ("today", "2017-02-02"),
        ("on Tuesday", "2017-01-31"),
        ("on Thursday", "2017-02-02"),
        ("last Thursday", "2017-01-26"),
        ("on Oct. 4", "2016-10-04"),
        ("in December", "2016-12"),
        ("this past May", "2016-05"),
        ("in April last year", "2016-04"),
        ("last week", "2017-01-23/2017-01-29"),
        ("last year", "2016"),
        ("earlier this month", "2017-02-01/2017-02-02"),
        ("two days ago", "2017-01-31"),
        ("three months ago", "2016-11"),
        ("a decade ago", "2007"),
        ("in recent weeks", "2016-12-22/2017-02-02"),
        ("over the past three years", "2014/2017"),
    ],
)
def test_relative_to_publication(text: str, iso: str) -> None:
    assert read(text)[0] == iso
    assert read(text, UNDATED)[0] is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on Tuesday", "2017-02-07"),
        ("in December", "2017-12"),
        ("by 15 November", "2017-11-15"),
        ("next month", "2017-03"),
        ("next year", "2018"),
    ],
)
def test_what_lies_ahead(text: str, iso: str) -> None:
    assert read(text, FUTURE)[0] == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("last winter", "2015-12/2016-02"),  # this one is not over yet
        ("two winters ago", "2014-12/2015-02"),
        ("in the spring", "2016-03/2016-05"),
        ("since autumn", "2016-09/2016-11"),
        ("at the weekend", "2017-01-28/2017-01-29"),
        ("on Monday of last week", "2017-01-23"),
        ("on the 31st", "2017-01-31"),
        ("on the 1st, with two others", "2017-02-01"),
        ("the same evening", "2016-04-02/2016-04-05"),
        ("nine days afterwards the army left", "2016-04-11/2016-04-14"),
    ],
)
def test_as_reports_say_it(text: str, iso: str) -> None:
    assert read(text)[0] == iso


def test_spans_reach_up_to_publication_in_the_perfect_only() -> None:
    assert read("for three weeks", Anchor(date(2017, 2, 2), perfect=True))[0] == "2017-01-12/2017-02-02"
    assert read("for three weeks")[0] is None


def test_a_day_without_year_is_in_the_year_of_the_story() -> None:
    story = Anchor(date(2012, 8, 19), story=month(1999, 8), past=True)
    assert read("on 20 September", story)[0] == "1999-09-20"
    assert read("in March", story)[0] == "2000-03"
    assert read("this March", story)[0] == "2012-03"


def test_this_year_of_what_is_over_cannot_lie_ahead() -> None:
    assert read("in April this year")[0] == "2016-04"
    assert read("in April this year", FUTURE)[0] == "2017-04"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("a year later", "2017"),
        ("two days later", "2016-04-04/2016-04-07"),
        ("a few weeks later", "2016-04-11/2016-05-15"),
        ("the next day", "2016-04-03/2016-04-06"),
        ("the same month", "2016-04"),
        ("that year", "2016"),
        ("at that time", "2016-04-02/2016-04-05"),
    ],
)
def test_relative_to_the_narrative(text: str, iso: str) -> None:
    assert read(text)[0] == iso
    assert read(text, Anchor(date(2017, 2, 2)))[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "2,000 dead",
        "some 1,960 soldiers",
        "He may march.",
        "a second battery",
        "at 10:14",
        "Resolution 1929,5",
        "$2008",
    ],
)
def test_other_numbers_and_words_are_no_dates(text: str) -> None:
    assert not list(expressions(text))


def test_impossible_day_has_no_date() -> None:
    assert read("on 31 June 2015", UNDATED) == (None, "31 June 2015")


def test_days_are_written_in_the_coarsest_unit() -> None:
    assert year(2016).iso() == "2016"
    assert month(2016, 2).iso() == "2016-02"
    assert month(2016, 2, 3).iso() == "2016-02/2016-03"
    assert week(date(2016, 4, 6)).iso() == "2016-04-04/2016-04-10"


@pytest.mark.parametrize(
    ("published", "day"),
    [("2017-02-02", date(2017, 2, 2)), ("2017-02-02T10:14:00+04:00", date(2017, 2, 2)), ("soon", None), (None, None)],
)
def test_publication_day(published: str | None, day: date | None) -> None:
    assert publication_day(published) == day
