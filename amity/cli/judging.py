"""The command that judges amity itself: `eval`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from amity.cli import options
from amity.cli.ending import output


def eval(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK", help="What to judge: one of the tasks that amity eval without TASK lists, or all."
        ),
    ] = "",
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            metavar="PATH",
            help="The folder with the evaluation data (else that of AMITY_DATA), or another file of the task's format.",
        ),
    ] = None,
    part: Annotated[
        str | None,
        typer.Option(
            "--part",
            metavar="PART",
            help="Of gold: dev, scored; of corpus, clauses, mentions: train, dev, test; all; of links: valid, test.",
        ),
    ] = None,
    errors: Annotated[
        bool,
        typer.Option(
            "--errors",
            help="Of gold, corpus, clauses and mentions: list what was missed and found in vain in parts not scored; "
            "of links: explain answers.",
        ),
    ] = False,
    peer: Annotated[
        bool, typer.Option("--peer", help="Of attribution: run textacy beside amity, which has to be installed.")
    ] = False,
    without: Annotated[
        str | None,
        typer.Option(
            "--without",
            metavar="CODER",
            help="Leave out the frames or the reader of events, to see its share; of links a reason, or each in turn.",
        ),
    ] = None,
    model: options.Model = None,
    json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    to: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Of all: where the page goes, by default docs/quality.md of a checkout.",
        ),
    ] = None,
) -> None:
    """Score amity against annotated data, and simple baselines beside it; all tasks at once with all."""
    from amity.evaluation import tasks
    from amity.evaluation.table import table

    folder = Path(os.environ["AMITY_DATA"]) if os.environ.get("AMITY_DATA") else None
    if not task:
        print("\n".join(f"{one.name:12} {one.about}" for one in tasks.TASKS.values()))
    elif task == "all":
        _all(data or folder, model, to, json)
    else:
        scores = tasks.task(task).run(data, folder, part=part, errors=errors, peer=peer, without=without, model=model)
        _print(scores, table(scores), json)


def _all(folder: Path | None, model: str | None, to: Path | None, json: bool) -> None:
    from amity.evaluation import quality

    results = quality.evaluate(folder, model, lambda run: print(f"amity: {run} …", file=sys.stderr))
    if to is None and quality.PAGE.parent.is_dir():
        to = quality.PAGE
    if to is not None:
        to.write_text(quality.page(results, folder, model), encoding="utf-8")
    _print(results, quality.summary(results), json)


def _print(scores: dict[str, Any], text: str, json: bool) -> None:
    from amity.records import to_json

    with output():
        sys.stdout.write((to_json(scores).decode() if json else text) + "\n")
