"""What the benchmarks work on: articles recombined from the bundled ones, and claims made up by a seeded generator."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from amity.demo import folder
from amity.records import Actor, Article, Claim, Event, Quantity, Transfer, identified

SEED = 2021
STATES = (
    "AZE ARM IRN ISR TUR RUS GEO SAU ARE QAT YEM IRQ SYR LBN JOR "
    "EGY ETH ERI SOM SDN KEN IND PAK AFG CHN JPN KOR PRK USA GBR"
).split()
DEEDS = (
    ("ASSAULT", "attacked"), ("ASSAULT", "shelled"), ("COERCE", "detained"), ("MOBILIZE", "deployed"),
    ("THREATEN", "threatened"), ("ACCUSE", "accused"), ("REJECT", "rejected"), ("CONSULT", "met"), ("AGREE", "agreed"),
    ("SUPPORT", "backed"), ("AID", "aided"), ("SANCTION", "sanctioned"),
)  # fmt: skip


def paragraphs() -> list[str]:
    """Paragraphs of the bundled plain-text articles, headlines and bylines left out."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder().rglob("*.txt")))
    return [part for text in texts for part in text.split("\n\n") if len(part.split()) >= 25]


def articles(count: int, words: int) -> Iterator[Article]:
    """Articles of about so many words, each its own mixture of paragraphs."""
    chance, pool = random.Random(SEED), paragraphs()
    for number in range(count):
        parts: list[str] = []
        while sum(len(part.split()) for part in parts) < words:
            parts.append(chance.choice(pool))
        day = date(2010, 1, 1) + timedelta(days=chance.randrange(4000))
        text = "\n\n".join(parts)
        yield Article(id=f"{number:06}", text=text, source="benchmark", published=day.isoformat(), language="en")


def write(path: Path, count: int, words: int) -> int:
    """The same as JSON Lines; returns how many words there are."""
    total = 0
    with path.open("w", encoding="utf-8") as file:
        for article in articles(count, words):
            total += len(article.text.split())
            record = {"id": article.id, "text": article.text, "published": article.published, "language": "en"}
            file.write(json.dumps(record) + "\n")
    return total


def reports(claims: int, per_article: int = 10) -> tuple[list[Article], list[Claim]]:
    """Articles and claims as a busy region gives them: most happenings are reported two or three times."""
    chance = random.Random(SEED)
    happenings = [_happening(chance, claims) for _ in range(claims * 2 // 5)]
    made: list[Claim] = []
    read: list[Article] = []
    for number in range(claims // per_article):
        lines = [chance.choice(happenings)(f"{number:06}", at) for at in range(per_article)]
        text = " ".join(line.quote for line in lines)
        source = chance.choice(("Courier", "Herald", "Register", "Wire", "Monitor"))
        read.append(Article(id=f"{number:06}", text=text, source="benchmark", publisher=f"{source} {number % 40}"))
        made += [identified(line) for line in lines]
    return read, made


def _happening(chance: random.Random, claims: int):  # type: ignore[no-untyped-def]
    """One happening, as a function that reports it."""
    one, other = chance.sample(STATES, 2)
    kind, verb = chance.choice(DEEDS)
    day = date(2010, 1, 1) + timedelta(days=chance.randrange(max(30, claims // 25)))
    what, size = chance.choice(("convoy", "outpost", "village", "bridge", "port", "base")), chance.randrange(5, 500)
    form = chance.random()

    def report(article: str, at: int) -> Claim:
        quote = f"{one} {verb} {other} near the {what}, {size} in all"
        common = {
            "article": article,
            "quote": quote,
            "start": 60 * at,
            "end": 60 * at + len(quote),
            "date": day.isoformat(),
        }
        common |= {"trigger": verb, "trigger_start": 60 * at + 4}
        if form < 0.1:
            return Transfer(supplier=one, recipient=other, system=what, mode="sale", quantity=size, **common)
        if form < 0.2:
            return Quantity(subject=what, value=size, unit="people", **common)
        sides = [Actor(text=code, country=code, start=60 * at, end=60 * at + 3) for code in (one, other)]
        return Event(type=kind, actors=(sides[0],), recipients=(sides[1],), **common)

    return report
