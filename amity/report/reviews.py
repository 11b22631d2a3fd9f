"""How far reviewers agree."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import msgspec

from amity.records.review import Review


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two reviewers, on how many claims both decided, in which share alike, and Cohen's kappa (1960).

    To accept is one verdict, to reject or edit the other; who ignores gives none. `kappa` is null where both always
    give the same one verdict, since chance alone would do that.
    """

    one: str
    other: str
    claims: int
    alike: float
    kappa: float | None


def agreement(reviews: Iterable[Review]) -> list[Agreement]:
    """Every two reviewers who decided on the same claims, those with the most first."""
    verdicts: dict[str, dict[str, bool]] = {}
    for review in reviews:
        if review.decision != "ignore":
            verdicts.setdefault(review.reviewer, {})[review.claim] = review.decision == "accept"
    pairs = (_pair(one, other, verdicts[one], verdicts[other]) for one, other in combinations(sorted(verdicts), 2))
    return sorted((pair for pair in pairs if pair), key=lambda pair: -pair.claims)


def _pair(one: str, other: str, ours: dict[str, bool], theirs: dict[str, bool]) -> Agreement | None:
    both = sorted(ours.keys() & theirs.keys())
    if not both:
        return None
    alike = sum(ours[claim] == theirs[claim] for claim in both) / len(both)
    first, second = (sum(verdicts[claim] for claim in both) / len(both) for verdicts in (ours, theirs))
    chance = first * second + (1 - first) * (1 - second)
    kappa = (alike - chance) / (1 - chance) if chance < 1 else None
    return Agreement(one=one, other=other, claims=len(both), alike=alike, kappa=kappa)
