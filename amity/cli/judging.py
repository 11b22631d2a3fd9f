"""The command that judges amity itself: `eval`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from amity.cli import options
from amity.cli.ending import output


def eval(
    task: Annotated[
        str, typer.Argument(metavar="TASK", help="What to judge: one of the tasks that amity eval without TASK lists.")
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
        typer.Option("--part", metavar="PART", help="Of gold: dev, scored; of corpus: train, dev, test; all."),
    ] = None,
    errors: Annotated[
        bool,
        typer.Option(
            "--errors", help="Of gold and corpus: list what was missed and found in vain in parts not scored."
        ),
    ] = False,
    peer: Annotated[
        bool, typer.Option("--peer", help="Of attribution: run textacy beside amity, which has to be installed.")
    ] = False,
    model: options.Model = None,
    json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Score amity against annotated data, and simple baselines beside it."""
    from amity.evaluation import tasks
    from amity.evaluation.table import table
    from amity.records import to_json

    if not task:
        print("\n".join(f"{one.name:12} {one.about}" for one in tasks.TASKS.values()))
        return
    folder = Path(os.environ["AMITY_DATA"]) if os.environ.get("AMITY_DATA") else None
    scores = tasks.task(task).run(data, folder, part=part, errors=errors, peer=peer, model=model)
    with output():
        sys.stdout.write((to_json(scores).decode() if json else table(scores)) + "\n")
