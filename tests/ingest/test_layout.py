"""What plain text tells of itself. The lines are written as papers and agencies write them; the names are invented."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from amity.ingest.imprint import dateline, imprint
from amity.records import Article

from .reading import PROSE, article


def shown(head: str, tail: str = "") -> tuple[str | None, str | None, str | None, str | None]:
    found = article(f"Talks on border to go on\n\n{head}{PROSE}{tail}")
    assert found.title == "Talks on border to go on"
    return found.author, found.publisher, found.published, found.url


@pytest.mark.parametrize(
    ("line", "author", "publisher", "published"),
    [
        ("By Ann Smith", "Ann Smith", None, None),
        ("BY ANN SMITH", "ANN SMITH", None, None),
        ("By\u00a0 Trend", "Trend", None, None),
        ("Written by Ann Smith and Juan de la Cruz", "Ann Smith and Juan de la Cruz", None, None),
        ("By Ann Smith in Beirut", "Ann Smith", None, None),
        ("By Ann Smith, Caspian Courier", "Ann Smith", "Caspian Courier", None),
        ("By Ann Smith | Red Sea Review | Khartoum, 24 March 2015", "Ann Smith", "Red Sea Review", "2015-03-24"),
        ("Author: Ann Smith", "Ann Smith", None, None),
        ("2 February 2017 10:14 (UTC+04:00)", None, None, "2017-02-02T10:14:00+04:00"),
        ("October 14, 2021", None, None, "2021-10-14"),
        ("Oct. 14, 2021, 9:05 p.m.", None, None, "2021-10-14T21:05:00"),
        ("14.10.2021", None, None, "2021-10-14"),
        ("2021-10-14T08:00:00Z", None, None, "2021-10-14T08:00:00+00:00"),
        ("Published: 18 May 2016, 09:40 GMT", None, None, "2016-05-18T09:40:00+00:00"),
        ("Posted on Thursday, 3rd June 2022 at 10:15 am", None, None, "2022-06-03T10:15:00"),
        ("Published 3 June 2022 | Updated 5 June 2022", None, None, "2022-06-03"),
        ("RIYADH | Thursday, January 26, 2017", None, None, "2017-01-26"),
        ("TBILISI, Wednesday 13 August 2008, Continental Wire", None, "Continental Wire", "2008-08-13"),
        ("ISLAMABAD, Thursday (28.02.2019). By Saira Khan, Two Rivers Chronicle", "Saira Khan", "Two Rivers Chronicle",
         "2019-02-28"),
        ("Opinion. By Nadia Barsoum. Red Sea Review, 20 July 2019", "Nadia Barsoum", "Red Sea Review", "2019-07-20"),
        ("By the Gulf Ledger’s military writer", None, "Gulf Ledger", None),
    ],
)  # fmt: skip
def test_imprints(line: str, author: str | None, publisher: str | None, published: str | None) -> None:
    found = imprint(line)
    assert found is not None
    assert (found.author, found.publisher, found.published) == (author, publisher, published)


@pytest.mark.parametrize(
    "line",
    [
        "The attack of 11 September 2001 changed everything",
        "By land and by sea the army moved on",
        "On 2 April 2016, fighting broke out",
        "Armenia and Azerbaijan agree to talks",
        "Iran threatens Israel: report of 14 October 2021 causes alarm",
        "A short line of prose.",
        "Baku",
        "The war of 1994",
    ],
)
def test_lines_that_are_no_imprints(line: str) -> None:
    assert imprint(line) is None


@pytest.mark.parametrize(
    ("opening", "published", "agency"),
    [
        ("BAKU, 2 April 2016 (Caspian Wire) – The ministry said", "2016-04-02", "Caspian Wire"),
        ("BAKU/YEREVAN, April 2 (Reuters) - Dozens of soldiers", None, "Reuters"),
        ("TEHRAN (Gulf Ledger) 11 May 2016 — Iran has received", "2016-05-11", "Gulf Ledger"),
        ("FLINT, Mich., Oct. 4 (UPI) — The former president", None, "UPI"),
        ("NEW DELHI, 29 September 2016 – Indian soldiers crossed", "2016-09-29", None),
    ],
)
def test_datelines(opening: str, published: str | None, agency: str | None) -> None:
    found = dateline(f"{opening} and so on, officials said.")
    assert found is not None and (found.published, found.agency) == (published, agency)


@pytest.mark.parametrize(
    "opening",
    [
        "The army (IDF) – whose spokesman denied it – said so.",
        "Israel: a country (small) – and more.",
        "On 2 April 2016 – a Saturday – fighting broke out.",
        "One man, two votes – that was the rule.",
    ],
)
def test_paragraphs_without_dateline(opening: str) -> None:
    assert dateline(opening) is None


def test_imprints_of_several_lines() -> None:
    assert shown("By Ann Smith\nTuesday, 5 April 2016\n\n")[:3] == ("Ann Smith", None, "2016-04-05")
    assert shown("The Caspian Courier, 2 October 2021\nFarid Nasirli\n\n")[:3] == (
        "Farid Nasirli", "The Caspian Courier", "2021-10-02",
    )  # fmt: skip
    assert shown("The Pacific Register\nSeoul bureau\nNovember 24, 2010\n\n")[1:3] == (
        "The Pacific Register", "2010-11-24",
    )  # fmt: skip


def test_what_comes_first_may_be_the_paper() -> None:
    found = article(f"The Steppe Gazette\n14 March 2025\n\nLast border drawn\n\n{PROSE}")
    assert (found.title, found.publisher, found.published) == ("Last border drawn", "The Steppe Gazette", "2025-03-14")


def test_a_byline_at_the_end_of_the_first_paragraph() -> None:
    assert shown("Something has happened, and it is grave. Writes Hugh Miller\n\n")[0] == "Hugh Miller"


def test_the_agency_of_a_dateline_stands_for_publisher_and_author() -> None:
    found = article(f"Talks go on\n\nBAKU, 2 April 2016 (Caspian Wire) – {PROSE}")
    assert (found.author, found.publisher, found.published) == ("Caspian Wire", "Caspian Wire", "2016-04-02")
    found = article(f"Talks go on\n\nBy Ann Smith, Gulf Ledger\n\nBAKU, 2 April 2016 (Caspian Wire) – {PROSE}")
    assert (found.author, found.publisher) == ("Ann Smith", "Gulf Ledger")


def test_dates_in_the_text_are_not_the_date_of_the_text() -> None:
    assert shown("On 12 May 1994 a ceasefire was signed.\n\n", "\nIt ended on 2 April 2016.")[2] is None
    assert shown("Last updated: 5 June 2022\n\n")[2] is None
    chronology = "A chronology of the war follows.\n\nBaku, 2 April 2016\n\nWar.\n\nMoscow, 5 April 2016\n\nPeace.\n\n"
    assert shown(chronology)[2] is None
    assert shown("A summary, in our translation.\n\nDoha, 24 May 2017\n\n")[2] == "2017-05-24"


def test_imprints_at_the_end() -> None:
    assert shown("", "\n\n© 2021 Gulf Ledger. All rights reserved.")[1] == "Gulf Ledger"
    assert shown("", "\n\nFollow us on Twitter @GulfLedger")[1] == "GulfLedger"
    assert shown("", "\n\nFirst published: 3 June 2022")[2] == "2022-06-03"


def test_furniture_is_marked_and_nothing_is_cut() -> None:
    text = (
        f"Talks go on\n\n12\n\nShare on Facebook\n\n{PROSE}\nRead more: Six questions about the border\n\n{PROSE}\n"
        f"Related articles\nIran buys drones\nBaku denies everything\n\n{PROSE}\n2 COMMENTS\n\n"
        "Bob\nI never believed that Iran attacked Israel.\n\nLEAVE A REPLY\nPlease enter your comment!"
    )
    found = article(text)
    marked = [found.text[span.start : span.end] for span in found.furniture]
    assert found.text == text
    assert marked == [
        "12", "Share on Facebook", "Read more: Six questions about the border", "Related articles", "Iran buys drones",
        "Baku denies everything", "2 COMMENTS", "Bob", "I never believed that Iran attacked Israel.", "LEAVE A REPLY",
        "Please enter your comment!",
    ]  # fmt: skip


def test_prose_is_no_furniture() -> None:
    prose = "Comments by the minister were sharp.\n\nMore than ten died.\n\nRelated talks failed.\n\nX marks the spot."
    assert article(f"Talks go on\n\n{PROSE}\n{prose}").furniture == ()


def test_wrapped_paragraphs_are_read_as_paragraphs() -> None:
    wrapped = (
        "BAKU, 2 April 2016 (Caspian Wire) – Dozens of soldiers were reported\n"
        "killed on Saturday in the worst fighting between Azerbaijani and\nArmenian forces for years."
    )
    assert article(f"Talks go on\n\n{wrapped}\n\n{PROSE}").published == "2016-04-02"


def shared(name: str) -> Article:
    folder = Path(os.environ.get("AMITY_DATA", Path(__file__).parents[3] / "shared" / "data")).parent / "articles"
    if not (path := folder / name).exists():
        pytest.skip("the real articles are not part of the repository")
    return article(path.read_bytes(), name)


@pytest.mark.shared
def test_a_real_opinion_piece() -> None:
    found = shared("000_b4127cb231004d1c.txt")
    assert found.title == "Azerbaijan stands firm against threats from Iran"
    assert (found.author, found.published, found.language) == ("Hugh Fitzgerald", None, "en")
    assert [found.text[span.start : span.end] for span in found.furniture] == [
        "1", "1 COMMENT", "LEAVE A REPLY", "Please enter your comment!", "Please enter your name here",
    ]  # fmt: skip


@pytest.mark.shared
def test_a_real_analysis() -> None:
    found = shared("002_f4f73a9d6bd558de.txt")
    assert (found.author, found.publisher, found.published) == ("Trend", "AzerNewsAz", "2017-02-02T10:14:00+04:00")
    assert found.title and found.title.startswith("Military cooperation between Israel and Azerbaijan")
