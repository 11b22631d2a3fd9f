"""Copies of one report, told from other reports on the same thing and from other reports of the same form."""

from __future__ import annotations

import os
import tarfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.ingest.duplicates import Copies, Fingerprint, fingerprint, is_copy
from amity.records import Article, Span
from amity.records.article import content_id

AGENCY = """Talks on border to go on

BAKU, 2 April 2016 (Caspian Wire) – Dozens of soldiers were reported killed on Saturday in the worst fighting between Azerbaijani and Armenian forces over Nagorno-Karabakh since the ceasefire of May 1994, with each side accusing the other of having fired first.

Azerbaijan’s Defence Ministry said twelve of its servicemen had been killed and a helicopter had been shot down during the clashes, which began in the night and spread along the line of contact. Its troops had seized “several strategic heights and populated places”, the ministry said, and destroyed six enemy tanks.

The Armenian president told a meeting of his security council that eighteen soldiers had died and some 35 had been wounded. He called the fighting the largest military action since the truce. Officials in Stepanakert said that artillery had shelled villages in the Martuni district.

Baku denied having fired on civilians. It said in a statement that its forces had merely answered shelling by large-calibre weapons and mortars, and that two Azerbaijani civilians had been wounded. Yerevan dismissed that account.
"""  # noqa: E501
OTHER = """Moscow calls for calm

President Vladimir Putin called on both sides on Saturday to cease fire in Nagorno-Karabakh at once, after dozens of soldiers had been reported killed in the worst fighting since 1994. His foreign minister spoke by telephone to his colleagues in Baku and Yerevan.

Russia is an ally of Armenia, but sells weapons to both. Its mediation led to the ceasefire of May 1994. Analysts in Moscow doubt that it can keep the parties apart for long, as the balance between them has shifted; Azerbaijan spends more on its army than Armenia on everything. Armenian politicians called on the Kremlin to stop the sales, which they regard as treason.
"""  # noqa: E501
PAPER = AGENCY.replace("Talks on border to go on", "Dozens dead in Karabakh").replace("twelve", "12").replace(
    "eighteen", "18"
).replace("“", '"').replace("”", '"').replace("’", "'").replace(" on Saturday", "")  # fmt: skip
SHORTENED = AGENCY[: AGENCY.index("Baku denied")]
EXTENDED = OTHER + AGENCY.partition("\n\n")[2]
TEMPLATE = """The {month} figures for {country} are out. Exports of arms rose to {a} million dollars, the ministry said, after {b} million in the month before; imports fell to {c} million. The trade with {partner} made up {d} per cent of the whole, and that with {second} another {e} per cent. The number of licences granted was {f}, of which {g} were for small arms and {h} for vehicles. Four applications were refused. A spokesman for the ministry said that the figures were provisional and that a full report would follow by the end of the quarter, as in every year."""  # noqa: E501


def make(text: str, id: str = "", published: str | None = None, **fields: object) -> Article:
    return Article(id=id or content_id(text), text=text, source="test", published=published, **fields)  # type: ignore[arg-type]


def alike(one: str, other: str) -> bool:
    return is_copy(fingerprint(make(one)), fingerprint(make(other)))


@pytest.mark.parametrize("copy", [AGENCY, PAPER, SHORTENED, AGENCY.upper().lower()])
def test_edited_copies_are_copies(copy: str) -> None:
    assert alike(AGENCY, copy) and alike(copy, AGENCY)


def test_a_report_with_an_introduction_of_ones_own_is_still_the_report() -> None:
    assert alike(AGENCY, EXTENDED)


def test_other_reports_on_the_same_thing_are_not_copies() -> None:
    assert not alike(AGENCY, OTHER)


def test_a_template_with_other_figures_is_another_report() -> None:
    march = TEMPLATE.format(month="March", country="Ruritania", partner="Borduria", second="Syldavia", a=512, b=498, c=77, d=31, e=12, f=204, g=150, h=54)  # fmt: skip # noqa: E501
    april = TEMPLATE.format(month="April", country="Ruritania", partner="Borduria", second="Syldavia", a=531, b=512, c=69, d=28, e=14, f=188, g=139, h=49)  # fmt: skip # noqa: E501
    neighbour = TEMPLATE.format(month="March", country="Borduria", partner="Ruritania", second="Khemed", a=512, b=498, c=77, d=31, e=12, f=204, g=150, h=54)  # fmt: skip # noqa: E501
    assert not alike(march, april)
    assert not alike(march, neighbour)
    assert alike(march, march.replace("512 million", "513 million"))


def test_short_texts_are_copies_only_when_they_are_equal() -> None:
    short = "Iran has accused Azerbaijan of helping its enemies, the ministry said."
    assert alike(short, short.replace(",", " –"))
    assert not alike(short, short.replace("Iran", "Israel"))
    assert not alike("", "")


def test_a_statement_within_a_long_report_does_not_make_that_a_copy() -> None:
    statement = AGENCY.split("\n\n")[2]
    assert not alike(statement, OTHER + statement + OTHER.replace("Russia", "Turkey") + EXTENDED * 2)


def test_furniture_does_not_count() -> None:
    menu = (
        "Home News World Politics Opinion Sport Weather Culture Video Shop Subscribe Contact About Terms Privacy\n" * 9
    )
    one, other = menu + AGENCY, menu + OTHER
    span = (Span(0, len(menu)),)
    assert not is_copy(fingerprint(make(one, furniture=span)), fingerprint(make(other, furniture=span)))


def test_the_earliest_is_the_original() -> None:
    copies = Copies()
    assert copies.add(make(PAPER, "paper", "2016-04-03")) == {}
    assert copies.add(make(OTHER, "other", "2016-04-02")) == {}
    assert copies.add(make(SHORTENED, "undated")) == {"undated": "paper"}
    assert copies.add(make(AGENCY, "agency", "2016-04-02T08:00:00+04:00")) == {"paper": "agency", "undated": "agency"}
    assert copies.add(make(EXTENDED, "late", "2016-04-02T22:00:00+04:00")) == {"late": "agency"}, "not of both"
    assert [copies.original(id) for id in ("paper", "undated", "late", "agency", "other")] == ["agency"] * 4 + ["other"]
    assert copies.add(make(PAPER, "paper", "2016-04-03")) == {}


def test_an_index_comes_back_from_storage() -> None:
    first, again = Copies(), Copies()
    for id, text in (("agency", AGENCY), ("paper", PAPER), ("other", OTHER)):
        first.add(make(text, id))
        original = first.original(id)
        again.restore(id, fingerprint(make(text)).to_bytes(), None, original if original != id else None)
    assert again.add(make(SHORTENED, "short")) == {"short": "agency"}
    assert "paper" in again and again.original("paper") == "agency"


@given(st.text(max_size=400))
def test_fingerprints_survive_storage(text: str) -> None:
    made = fingerprint(make(text))
    stored = Fingerprint.from_bytes(made.to_bytes())
    assert stored.to_bytes() == made.to_bytes()
    assert is_copy(made, stored) == (len(made.shingles) > 0)


def test_copies_are_found_among_many_articles() -> None:
    copies = Copies()
    random = Random(1)
    for number in range(1_500):
        words = random.choices(range(5_000), k=120)
        assert copies.add(make(" ".join(f"w{word}" for word in words), f"n{number}")) == {}
    copies.add(make(AGENCY, "agency"))
    for number in range(1_500, 1_600):
        copies.add(make(" ".join(f"x{number}y{place}" for place in range(60)), f"n{number}"))
    assert copies.add(make(PAPER, "paper")) == {"paper": "agency"}


@pytest.mark.shared
def test_no_copies_across_the_topics_of_ecb_plus() -> None:
    """News on 35 topics, two happenings each, partly by the same agency (ECB+; Cybulska and Vossen 2014)."""
    folder = Path(os.environ.get("AMITY_DATA", Path(__file__).parents[3] / "shared" / "data"))
    archive = folder / "incidents" / "ecbplus_topics_1-35.tar.gz"
    if not archive.exists():
        pytest.skip("ECB+ is not part of the repository")
    copies = Copies()
    topics: dict[str, str] = {}
    links = 0
    with tarfile.open(archive) as files:
        for member in files:
            if (stream := files.extractfile(member)) and member.name.endswith(".xml"):
                words = [token.text or "" for token in ElementTree.parse(stream).getroot().iter("token")]
                topic, _, rest = Path(member.name).stem.partition("_")
                topics[member.name] = topic + ("+" if "plus" in rest else "")
                links += len(copies.add(make(" ".join(words), member.name)))
    assert len(topics) > 700 and links > 30
    assert all(topics[name] == topics[copies.original(name)] for name in topics)
