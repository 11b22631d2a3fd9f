"""The quick comparison gives what the full one gives."""

from __future__ import annotations

import random

import pytest

from amity.incidents.happening import Happening
from amity.incidents.matching import Matcher

WORDS = "attack convoy bridge river village troops talks border minister statement port base night morning".split()
STATES = ("AZE", "ARM", "IRN", "TUR", "GEO")
TYPES = ("ASSAULT", "COERCE", "CONSULT", "ACCUSE", None)


def some(chance: random.Random, words: list[str] | tuple[str, ...], most: int) -> frozenset[str]:
    return frozenset(chance.sample(words, chance.randrange(most + 1)))


def happening(chance: random.Random, number: int) -> Happening:
    """Anything that a text may tell, much of it missing."""
    day = chance.choice((None, 737_000 + chance.randrange(4)))
    given = {
        "key": str(number),
        "article": f"article {number // 3}",
        "type": chance.choice(TYPES),
        "trigger": some(chance, WORDS[:5], 2),
        "actors": some(chance, STATES, 2),
        "recipients": some(chance, STATES, 2),
        "mutual": chance.random() < 0.2,
        "days": day and (day, day + chance.choice((0, 0, 30))),
        "published": chance.choice((None, 737_010, 737_011, 737_090)),
        "place": chance.choice((None, "baku", "tehran")),
        "country": chance.choice((None, "AZE", "IRN")),
        "goods": some(chance, ("drone", "missile"), 1),
        "words": some(chance, WORDS, 8),
        "position": number,
        "status": chance.choice(("occurred", "hypothetical")),
    }
    return Happening(**{name: given[name] for name in Happening.__slots__})


@pytest.mark.parametrize("seed", range(3))
def test_what_is_left_uncompared_could_not_have_mattered(seed: int) -> None:
    chance = random.Random(seed)
    mentions = [happening(chance, number) for number in range(90)]
    texts = {one.article: some(chance, WORDS, 12) for one in mentions}
    matcher = Matcher.over(mentions, texts)
    compared = [(a, b) for a in mentions for b in mentions if a is not b]
    for a, b in compared:
        score = matcher.score(a, b)
        for threshold in (0.0, 5.0):
            quick = matcher.above(a, b, threshold)
            assert quick == pytest.approx(score) if score > threshold + 1e-9 else quick is None
    assert sum(matcher.score(a, b) > 0 for a, b in compared) > 10
