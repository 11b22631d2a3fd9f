"""What people reviewed in a ledger, as material to train on and to measure against.

An article counts as reviewed when somebody accepted, edited or rejected each of its claims. Reviewers judge what was
found: what amity missed in an article stays missing here, so that precision can be measured on it and recall cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from amity.errors import InputError
from amity.evaluation.corpus import split
from amity.evaluation.notation import Passage
from amity.evaluation.writing import told, written
from amity.ledger import Ledger
from amity.records import Article, Claim, to_json
from amity.records.review import Review

HEAD = ("title", "publisher", "author", "published", "language", "url")
SETTLING = ("accept", "edit")


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """An article with the claims that people accepted or edited, and those that they rejected.

    `whole` says that all of its claims were decided on. `reviewers` are those who decided, in alphabetical order.
    """

    article: Article
    claims: tuple[Claim, ...]
    rejected: tuple[Claim, ...]
    reviewers: tuple[str, ...]
    whole: bool


def reviewed(ledger: Ledger, whole: bool = True) -> list[Reviewed]:
    """Articles that people reviewed, in the order of their ids; with `whole` only those reviewed throughout."""
    by_article: dict[str, list[Review]] = {}
    for review in ledger.reviews(standing_only=True):
        if review.decision != "ignore":
            by_article.setdefault(review.article, []).append(review)
    found = (_reviewed(ledger, id, reviews) for id, reviews in sorted(by_article.items()))
    return [one for one in found if one.whole or not whole]


def _reviewed(ledger: Ledger, id: str, reviews: list[Review]) -> Reviewed:
    standing = list(ledger.claims(article=id))
    made = [review.after for review in reviews if review.decision in SETTLING]
    settled = tuple(claim for claim in standing if claim in made)
    kept = {claim.id for claim in standing}
    rejected = {one.claim: one.before for one in reviews if one.decision == "reject" and one.claim not in kept}
    return Reviewed(
        article=ledger.article(id),
        claims=settled,
        rejected=tuple(rejected.values()),
        reviewers=tuple(sorted({review.reviewer for review in reviews})),
        whole=len(settled) == len(standing),
    )


def line(one: Reviewed) -> dict[str, Any]:
    """As a line of JSON in the form of the open corpus (`corpus/README.md`), with what was rejected beside it."""
    return {
        "id": one.article.id,
        "part": split(one.article.id),
        **_about(one),
        "whole": one.whole,
        "text": one.article.text,
        "claims": one.claims,
        "rejected": one.rejected,
    }


def passage(one: Reviewed) -> tuple[Passage, int]:
    """As a passage of the notation, and how many claims it had to leave out since the notation cannot tell them."""
    text = one.article.text.rstrip("\n")
    tellable = tuple(claim for claim in one.claims if told(claim, text))
    head = _about(one) | {"reviewers": ", ".join(one.reviewers), "whole": "yes" if one.whole else "no"}
    return Passage(one.article.id, text, tellable, (), head), len(one.claims) - len(tellable)


def write(found: Iterable[Reviewed], to: Path) -> list[str]:
    """Write a file that its ending names: `.jsonl`, or `.txt` in the notation. Returns what had to be left out.

    Raises:
        InputError: for another ending, or a file that cannot be written.
    """
    forms = {".jsonl": _lines, ".txt": _passages}
    if to.suffix not in forms:
        raise InputError(str(to), "ends neither in .jsonl (JSON Lines) nor in .txt (annotation notation)")
    left: list[str] = []
    try:
        with to.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(forms[to.suffix](found, left))
    except OSError as error:
        raise InputError(str(to), error.strerror or str(error)) from error
    return left


def _lines(found: Iterable[Reviewed], left: list[str]) -> Iterator[str]:
    yield from (to_json(line(one)).decode() + "\n" for one in found)


def _passages(found: Iterable[Reviewed], left: list[str]) -> Iterator[str]:
    for one in found:
        made, missing = passage(one)
        if missing:
            left.append(f"{made.id}: {missing} of {len(one.claims)} claims, which the notation cannot tell")
        try:
            yield written(made) + "\n"
        except InputError as error:
            left.append(str(error))


def _about(one: Reviewed) -> dict[str, Any]:
    """What is known of the article, and who reviewed it."""
    known = msgspec.structs.asdict(one.article)
    return {name: known[name] for name in HEAD if known[name]} | {"reviewers": list(one.reviewers)}
