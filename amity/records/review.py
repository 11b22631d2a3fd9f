"""A review: what a person decided on a claim, and how reviewed claims win over those that a program makes anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias, get_args

import msgspec

from amity.records.claim import Claim, Coder, identified
from amity.records.flat import flat

Decision: TypeAlias = Literal["accept", "reject", "edit", "ignore"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)

CONTENT = (
    *("kind", "type", "actors", "recipients", "mode", "system", "category", "label", "subject", "predicate"),
    *("object", "target", "value_low", "value_high", "unit"),
)
"""Columns of the flat form that say what is claimed. Two claims of the same content on the same words are one."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One decision on one claim.

    `before` is the claim as it stood, `after` as it should stand: null for a rejected one, the same for an ignored one,
    the reviewer's own for an edited one. `recorded` is when (UTC), `superseded` when the reviewer took it back or
    decided anew, null while it stands.
    """

    claim: str
    article: str
    decision: Decision
    reviewer: str
    reason: str | None = None
    before: Claim
    after: Claim | None
    recorded: str = ""
    superseded: str | None = None


def decided(
    claim: Claim, decision: Decision, reviewer: str, reason: str | None = None, edited: Claim | None = None
) -> Review:
    """The review that a decision makes. An accepted or edited claim is certain to be coded rightly."""
    after: Claim | None
    match decision:
        case "reject":
            after = None
        case "ignore":
            after = claim
        case "accept":
            after = msgspec.structs.replace(claim, confidence=1.0)
        case "edit":
            coder = Coder(name=reviewer, rule="review")
            after = identified(msgspec.structs.replace(edited or claim, confidence=1.0, coder=coder))
    return Review(
        claim=claim.id,
        article=claim.article,
        decision=decision,
        reviewer=reviewer,
        reason=reason,
        before=claim,
        after=after,
    )


def settled(found: Sequence[Claim], reviews: Iterable[Review]) -> list[Claim]:
    """Claims of an article as reviews leave them: rejected ones gone, accepted and edited ones in their place.

    `reviews` are those that stand, in the order in which they were made: of several on one claim the last one wins.
    What was accepted or edited stays, even where the program no longer finds it.
    """
    kept = list(found)
    made: dict[str, Claim] = {}
    for review in reviews:
        if review.decision == "ignore":
            continue
        decided_on = {one.id: one for one in (review.before, review.after, made.pop(review.claim, None)) if one}
        for gone in decided_on.values():
            kept = _without(kept, gone)
        if review.after is not None:
            kept.append(review.after)
            made[review.claim] = review.after
    return sorted(kept, key=lambda claim: (claim.trigger_start, claim.start, claim.id))


def _without(claims: Sequence[Claim], gone: Claim) -> list[Claim]:
    """The claims without the one decided on; where it was coded anew under another id, without what says the same."""
    if any(claim.id == gone.id for claim in claims):
        return [claim for claim in claims if claim.id != gone.id]
    return [claim for claim in claims if not _same(claim, gone)]


def _same(one: Claim, other: Claim) -> bool:
    """Whether two claims of one article say the same with the same words, whoever coded them."""
    return one.start < other.end and other.start < one.end and _content(one) == _content(other)


def _content(claim: Claim) -> tuple[Any, ...]:
    row = flat(claim)
    return tuple(row[name] for name in CONTENT)
