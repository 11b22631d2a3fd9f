"""Agreement of reviewers, against figures worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from amity.records import Quantity
from amity.records.review import Review
from amity.report.reviews import agreement

CLAIM = Quantity(article="a", quote="", start=0, end=0, trigger="", trigger_start=0, subject="", value=0)


def reviews(reviewer: str, decisions: str) -> list[Review]:
    words: dict[str, Any] = {"a": "accept", "x": "reject", "e": "edit", " ": "ignore"}
    return [
        Review(claim=str(number), article="a", decision=words[one], reviewer=reviewer, before=CLAIM, after=None)
        for number, one in enumerate(decisions)
    ]


def test_alike_and_kappa() -> None:
    (pair,) = agreement([*reviews("Ada", "aaaaaxxxxx"), *reviews("Ben", "aaaaxxxxxa")])
    assert (pair.one, pair.other, pair.claims, pair.alike) == ("Ada", "Ben", 10, 0.8)
    assert pair.kappa == pytest.approx(0.6)


def test_to_reject_and_to_edit_are_one_verdict_and_to_ignore_none() -> None:
    (pair,) = agreement([*reviews("Ada", "xa a"), *reviews("Ben", "eaa ")])
    assert (pair.claims, pair.alike, pair.kappa) == (2, 1.0, 1.0)


def test_one_verdict_alone_tells_nothing_beyond_chance() -> None:
    (pair,) = agreement([*reviews("Ada", "aa"), *reviews("Ben", "aa")])
    assert (pair.alike, pair.kappa) == (1.0, None)


def test_who_shares_nothing_is_not_compared() -> None:
    assert agreement(reviews("Ada", "aax")) == []
    assert agreement([]) == []
