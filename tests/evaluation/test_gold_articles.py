"""The gold articles keep to the notation, to each other and to their parts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from amity.evaluation.gold import ARTICLES
from amity.evaluation.notation import Passage, problems, read
from amity.records.claim import KINDS

HOME = ARTICLES.parent
ANNOTATED = ("first", "second", "adjudicated")


def articles(folder: str) -> dict[str, Passage]:
    """Articles of a folder by id."""
    return {passage.id: passage for passage in read(HOME / folder)}


@pytest.mark.parametrize("folder", ANNOTATED)
def test_every_claim_is_well_written(folder: str) -> None:
    found = list(articles(folder).values())
    assert not problems(found)
    assert all(article.claims for article in found)
    assert {claim.kind for article in found for claim in article.claims} == set(KINDS)


@pytest.mark.parametrize("folder", ANNOTATED)
def test_annotations_leave_the_text_as_it_is(folder: str) -> None:
    plain = articles("texts")
    assert {id: (one.text, one.about) for id, one in articles(folder).items()} == {
        id: (one.text, one.about) for id, one in plain.items()
    }


def test_parts_halve_the_articles() -> None:
    parts = Counter(article.about["part"] for article in articles("adjudicated").values())
    assert set(parts) == {"dev", "scored"}
    assert parts["dev"] == parts["scored"]


def test_articles_are_as_many_and_as_long_as_promised() -> None:
    found = articles("adjudicated")
    assert len(found) >= 16
    words = {id: len(article.text.split()) for id, article in found.items()}
    assert {id: count for id, count in words.items() if not 350 <= count <= 900} == {}
    assert len({article.about["region"] for article in found.values()}) == len(found)


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_no_claim_is_written_twice(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if " | " in line]
    assert [line for line, count in Counter(lines).items() if count > 1] == []
