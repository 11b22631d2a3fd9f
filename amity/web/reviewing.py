"""Review over the web: the queue, decisions, what was decided before, and how far reviewers agree."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from amity.pipeline import remerge
from amity.records import Claim
from amity.records.review import Decision, Review
from amity.report.reviews import agreement
from amity.web import answers, doors
from amity.web.shelf import Shelf

MOST = 200
"""Claims that one page of the queue may have."""


class Decided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a reviewer sends: `edited` is the whole claim as it should stand, for the decision `edit`."""

    claim: str
    decision: Decision
    reviewer: str
    reason: str | None = None
    edited: Claim | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A review as a row of its history."""

    claim: str
    article: str
    decision: str
    reviewer: str
    reason: str | None
    recorded: str
    superseded: str | None


def router(shelf: Shelf, asked: Any) -> APIRouter:
    """The routes under `/api/reviews`; `asked` reads the filter of a request."""
    routes = APIRouter(prefix="/api/reviews")
    ledger = shelf.ledger

    @routes.get("/queue")
    def queue(request: Request, reviewer: str, limit: Annotated[int, Query(ge=1, le=MOST)] = 50) -> Response:
        """Claims that this reviewer has not decided on: contested ones first, then the most uncertain."""
        return answers.json(
            request, [shelf.pages.claim(one) for one in ledger.queue(reviewer, limit, **asked(request))]
        )

    @routes.get("")
    def history(request: Request, claim: str | None = None) -> Response:
        """What was decided, on one claim or on all, taken back or not, in time."""
        return answers.json(request, [_told(one) for one in ledger.reviews(claim)])

    @routes.get("/agreement")
    def agreeing(request: Request) -> Response:
        """How often each two reviewers decide alike on what both decided on, and Cohen's kappa."""
        return answers.json(request, agreement(ledger.reviews(standing_only=True)))

    @routes.get("/records/{id}")
    def record(request: Request, id: str) -> Response:
        """A claim whole, as it can be sent back edited."""
        return answers.json(request, ledger.claim(id))

    @routes.post("")
    async def decide(request: Request) -> Response:
        """Keep a decision; the body is JSON with `claim`, `decision`, `reviewer`, `reason`, `edited`."""
        given = _decoded(await doors.body(request))
        made = await run_in_threadpool(
            ledger.review, given.claim, given.decision, given.reviewer, given.reason, given.edited
        )
        return answers.json(request, {"after": made.after and shelf.pages.claim(made.after)})

    @routes.delete("/{claim}")
    def undo(request: Request, claim: str, reviewer: str) -> Response:
        """Take a reviewer's decision on a claim back."""
        return answers.json(request, {"before": shelf.pages.claim(ledger.undo(claim, reviewer).before)})

    @routes.post("/merge")
    def merge(request: Request) -> Response:
        """Derive incidents anew from the claims that now stand."""
        with ledger.writing("review merge") as writer:
            count = remerge(ledger, writer)
        shelf.columns(wait=True)
        return answers.json(request, {"incidents": count})

    return routes


def _decoded(body: bytes) -> Decided:
    try:
        return msgspec.json.decode(body, type=Decided)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise HTTPException(422, str(error)) from None


def _told(review: Review) -> Told:
    return Told(
        claim=review.claim,
        article=review.article,
        decision=review.decision,
        reviewer=review.reviewer,
        reason=review.reason,
        recorded=review.recorded,
        superseded=review.superseded,
    )
