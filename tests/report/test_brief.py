"""The briefing cites every line, names who speaks, and carries hostile text as text."""

from __future__ import annotations

import re
from typing import Any

import pytest

from amity.incidents import merge
from amity.records import Actor, Article, Assessment, Claim, Event, Quantity, Relation, Structure, Transfer, identified
from amity.report import brief

NAMES = {"AZE": "Azerbaijan", "ARM": "Armenia", "ISR": "Israel", "IND": "India", "PAK": "Pakistan"}
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) | `a` *b*\n# c \u202e"


def article(name: str, **more: Any) -> Article:
    return Article(
        **{"id": name, "text": "…", "source": f"{name}.txt", "publisher": name, "published": "2016-04-03"} | more
    )


def actor(code: str) -> Actor:
    return Actor(text=NAMES[code], country=code, start=0, end=3)


def common(where: str, quote: str, **more: Any) -> dict[str, Any]:
    fields = {"article": where, "quote": quote, "start": 0, "end": len(quote), "sentence": 2, "trigger_start": 0}
    return fields | {"trigger": quote.split()[0]} | more


def event(where: str, quote: str, by: str, to: str, **more: Any) -> Event:
    return identified(
        Event(type="ASSAULT", actors=(actor(by),), recipients=(actor(to),), **common(where, quote, **more))
    )


CLAIMS: list[Claim] = [
    event("Courier", "attacked the outpost", "AZE", "ARM", date="2016-04-02"),
    event(
        "Ledger", "attacked the outpost", "AZE", "ARM", date="2016-04-02", status="denied", attribution=(actor("AZE"),)
    ),
    event("Herald", "shelled the village", "IND", "PAK", date="2016-09-29"),
    identified(
        Transfer(supplier="ISR", recipient="AZE", system="Harop", quantity=50, **common("Courier", "sold drones"))
    ),
    identified(
        Relation(
            a="ISR", b="AZE", valence="amity", label="close partners", layer="military", **common("Ledger", "partners")
        )
    ),
    identified(Quantity(subject="tanks", value=4, of=18, **common("Courier", "four of eighteen tanks in Azerbaijan"))),
    identified(
        Structure(
            subject="AZE", predicate="member of", object="CIS", parties=(actor("AZE"),), **common("Ledger", "member")
        )
    ),
    identified(Assessment(target="the alliance", verdict="fragile", **common("Ledger", "Azerbaijan is fragile"))),
]
ARTICLES = [article("Courier"), article("Ledger"), article("Herald"), article("Echo", copy_of="Courier")]


def written(claims: list[Claim] = CLAIMS, articles: list[Article] = ARTICLES, **options: Any) -> str:
    return brief(claims, merge(claims, articles), articles, names=lambda code: NAMES.get(code, code), **options)


def test_every_line_cites_article_and_sentence() -> None:
    text = written().split("## Articles")[0]
    rows = [line for line in text.splitlines() if line.startswith("| ") and "evidence |" not in line]
    assert len(rows) >= 7
    assert all(re.search(r"\[\d+:\d+\]", row) for row in rows)


def test_sections_hold_what_they_say() -> None:
    text = written()
    assert re.search(r"\| Israel \| Azerbaijan \| 50 Harop", text)
    assert "| Azerbaijan – Israel | military | – | – |  | close partners (amity) |" in text
    assert re.search(r"\| asserted \| Courier \| “attacked the outpost”", text)
    assert "(copied by Echo)" in text


def test_evidence_shows_the_sentence_around_the_words() -> None:
    words = "On Friday it rained. Troops attacked the outpost near Talish. Baku was silent."
    start = words.index("attacked")
    claim = event("Courier", "attacked the outpost", "AZE", "ARM", start=start, end=start + 20)
    text = written([claim], [article("Courier", text=words)])
    assert "**1:2** Troops *attacked the outpost* near Talish. (`amity explain" in text


def test_copies_repeat_nothing() -> None:
    denials = [event(name, "denied the attack", "AZE", "ARM", status="denied") for name in ("Courier", "Echo")]
    text = written(denials).split("## Alleged, unconfirmed, denied")[1]
    assert text.count("| denied |") == 1


def test_what_is_undated_is_said_to_be_reported() -> None:
    text = written([event("Courier", "attacked the outpost", "AZE", "ARM")])
    assert "| reported 2016-04-03 | Azerbaijan |" in text


def test_short_text_cites_claims() -> None:
    text = written(format="txt", limit=3)
    assert text.startswith("Briefing\n========\n")
    assert any(f"[{claim.id[:8]}]" in text for claim in CLAIMS)
    assert max(map(len, text.splitlines())) <= 100


def test_about_keeps_to_the_subject() -> None:
    text = written(about=["ISR"])
    assert "Harop" in text
    assert "Pakistan" not in text


def test_contested_figures_of_the_subject_are_told() -> None:
    words = "Troops took heights and villages around Talish in four days of fighting over Karabakh. "
    told = [
        identified(Quantity(subject="land", value=value, unit="km2", attribution=(actor(by),), **common(where, "land")))
        for value, by, where in ((20, "AZE", "Courier"), (8, "ARM", "Ledger"))
    ]
    articles = [article("Courier", text=words), article("Ledger", text=words + "So they said.")]
    assert "how many km²" in written(told, articles, about=["AZE"])
    assert "how many km²" not in written(told, articles, about=["ISR"])


def test_more_lines_than_the_limit_are_counted() -> None:
    many = [event("Courier", f"attacked village {n}", "AZE", "ARM", date=f"20{n:02}-01-01") for n in range(10, 30)]
    text = written(many, limit=5)
    assert "*15 more:" in text


@pytest.mark.parametrize("format", ["md", "html", "txt"])
def test_hostile_text_stays_text(format: Any) -> None:
    articles = [article("Courier", title=HOSTILE, publisher=HOSTILE, author=HOSTILE)]
    text = written([event("Courier", HOSTILE, "AZE", "ARM")], articles, format=format)
    assert "\u202e" not in text or format == "html"
    assert "<script" not in text or format == "txt"
    if format == "md":
        assert not re.search(r"(?<!\\)\]\(javascript", text)
        assert not re.search(r"^# c", text, re.MULTILINE)


def test_empty_ledger_makes_an_empty_briefing() -> None:
    assert "# Briefing" in brief([], [], [])
    assert "<h1>Briefing</h1>" in brief([], [], [], format="html")


def test_html_links_lead_somewhere() -> None:
    text = written(format="html")
    targets = set(re.findall(r'id="([^"]+)"', text))
    links = set(re.findall(r'href="#([^"]+)"', text))
    assert links
    assert links <= targets
