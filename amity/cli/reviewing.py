"""The command on what people decided: `reviews`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amity.cli import options
from amity.cli.ending import complain, output

if TYPE_CHECKING:
    from amity.ledger import Ledger
    from amity.records.review import Review


def reviews(
    reviewer: Annotated[
        list[str] | None, typer.Option("--reviewer", "-r", metavar="NAME", help="What that person decided.")
    ] = None,
    claim: Annotated[
        str | None,
        typer.Option(
            "--claim", metavar="ID", help="What was decided on that claim; the beginning of its id is enough."
        ),
    ] = None,
    standing: Annotated[
        bool, typer.Option("--standing", help="Leave out what was taken back or decided anew.")
    ] = False,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="How far each two reviewers agree: share alike, Cohen's kappa.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export",
            metavar="FILE",
            help="Write articles whose claims were all reviewed: .jsonl to train on, .txt as gold for amity eval.",
        ),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Export too what was reviewed of other articles, marked as such.")
    ] = False,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    quiet: options.Quiet = False,
) -> None:
    """List what people decided on claims, their agreement, or export what they reviewed."""
    from amity import api
    from amity.cli.printing import write_rows

    with api.open(ledger) as opened, output():
        if export is not None:
            _export(opened, export, whole=not partial, quiet=quiet)
            return
        decided = _decided(opened, reviewer or [], claim, standing or agreement)
        rows = _agreement(decided) if agreement else [_row(one) for one in decided]
        write_rows(rows, format, to, "reviews")
        if not rows and not quiet:
            complain("no two reviewers decided on the same claim" if agreement else "nothing was reviewed that fits")


def _decided(ledger: Ledger, reviewers: list[str], claim: str | None, standing: bool) -> list[Review]:
    """Reviews that fit, in time; a claim that was reviewed may stand no more, so its history is searched as well."""
    wanted = {name.casefold() for name in reviewers}
    return [
        one
        for one in ledger.reviews(standing_only=standing)
        if (not wanted or one.reviewer.casefold() in wanted) and (claim is None or _concerns(one, claim))
    ]


def _concerns(review: Review, prefix: str) -> bool:
    return review.claim.startswith(prefix) or (review.after is not None and review.after.id.startswith(prefix))


def _row(review: Review) -> dict[str, Any]:
    return {
        "recorded": review.recorded,
        "reviewer": review.reviewer,
        "decision": review.decision,
        "claim": review.claim,
        "after": review.after.id if review.after else None,
        "quote": review.before.quote,
        "reason": review.reason,
        "superseded": review.superseded,
    }


def _agreement(decided: list[Review]) -> list[dict[str, Any]]:
    import msgspec

    from amity.report.reviews import agreement

    return [msgspec.structs.asdict(pair) for pair in agreement(decided)]


def _export(ledger: Ledger, to: Path, whole: bool, quiet: bool) -> None:
    from amity.evaluation.reviewed import reviewed, write

    found = reviewed(ledger, whole)
    left = write(found, to)
    if quiet:
        return
    for reason in left:
        complain(f"left out: {reason}")
    some = sum(not one.whole for one in found)
    marked = f" ({some} of them reviewed in part)" if some else ""
    complain(f"{to}: {len(found)} articles{marked}, {sum(len(one.claims) for one in found)} claims")
    if not found and whole:
        complain("no article has all its claims reviewed; --partial exports what is")
