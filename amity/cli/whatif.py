"""The command that supposes: `whatif`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from amity.cli import options
from amity.cli.ending import output, write_whole

if TYPE_CHECKING:
    from amity.records.whatif import Figure, Reaction, Shock, WhatIf

MODEL = "Model"


def whatif(
    shock: Annotated[
        list[str] | None,
        typer.Option(
            "--shock",
            "-s",
            metavar="WHO:WHOM:±SIZE",
            help="What is supposed of a dyad for one period: IRN:USA:+2 (events, or points of score), IRN:USA:-1sd "
            "(usual spreads), IRN:USA:ASSAULT+5 (so many events). Repeatable.",
        ),
    ] = None,
    measure: Annotated[
        Literal["conflict", "cooperation", "score"],
        typer.Option(
            "--measure", "-m", metavar="MEASURE", help="conflict, cooperation (events), or score (the sum of scores)."
        ),
    ] = "conflict",
    horizon: Annotated[int, typer.Option("--horizon", metavar="N", min=1, max=60, help="Periods ahead.")] = 6,
    by: Annotated[
        Literal["day", "week", "month", "quarter", "year"],
        typer.Option("--by", metavar="UNIT", help="day, week, month, quarter, year."),
    ] = "month",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Show other dyads though propagation forecasts no better than none.")
    ] = False,
    layer: Annotated[
        list[str] | None, typer.Option("--layer", metavar="LAYER", help="Events of that layer only. Repeatable.")
    ] = None,
    states: Annotated[
        int,
        typer.Option(
            "--states",
            metavar="N",
            min=2,
            help="The most active states, beside those of the shocks.",
            rich_help_panel=MODEL,
        ),
    ] = 80,
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=0, help="Other dyads that are given.", rich_help_panel=MODEL)
    ] = 20,
    free: Annotated[
        bool,
        typer.Option(
            "--free",
            help="Let every pair heed each other, whatever their ties; for at most 12 states.",
            rich_help_panel=MODEL,
        ),
    ] = False,
    dataset: Annotated[
        list[str] | None,
        typer.Option(
            "--dataset", metavar="NAME", help="Events of that data set only. Repeatable.", rich_help_panel=MODEL
        ),
    ] = None,
    scale: Annotated[
        Literal["plover", "goldstein"],
        typer.Option("--scale", metavar="SCALE", help="Of scores: plover, goldstein.", rich_help_panel=MODEL),
    ] = "plover",
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Learn from no day before.", rich_help_panel=MODEL)
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Learn from no day after.", rich_help_panel=MODEL)
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="From what was known on that day.", rich_help_panel=MODEL),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Of the draws.", rich_help_panel=MODEL)] = 0,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Draw it: .png, .svg, .pdf.", rich_help_panel=options.OUTPUT),
    ] = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """What other dyads would be expected to do after a shock on one: conditional on the model, not causal.

    The model learns from the data at hand how states heed each other, and is tried on past periods against one in
    which nothing spreads. Only where it forecasts better are reactions of other dyads given.
    """
    from amity.pipeline.whatif import whatif as suppose
    from amity.pipeline.world import World

    answer = suppose(
        World.open(ledger, codebook),
        shock or (),
        measure=measure,
        horizon=horizon,
        states=states,
        most=most,
        free=free,
        anyway=anyway,
        unit=by,
        scale=scale,
        layers=layer or (),
        datasets=dataset or (),
        since=options.day("--since", since),
        until=options.day("--until", until, last=True),
        known=options.day("--as-of", as_of, last=True),
        seed=seed,
    )
    if plot is not None:
        from amity.report.figures import save
        from amity.report.figures.whatif import draw

        save(draw(answer), plot)
    with output():
        _write(answer, format, to, quiet)


def _write(answer: WhatIf, format: str, to: Path | None, quiet: bool) -> None:
    from amity.cli.printing import write_rows

    if format == "table":
        if not quiet:
            print("\n".join(_told(answer)), file=sys.stdout if to is None else sys.stderr, flush=True)
        write_rows([_line(one, answer) for one in _peaks(answer.reactions)], format, to, "reactions")
    elif format == "json":
        write_whole(answer, to)
    else:
        write_rows([_row(one, answer) for one in answer.reactions], format, to, "reactions")


def _told(answer: WhatIf) -> Iterator[str]:
    """What was asked, what it is worth, and what it rests on."""
    for shock in answer.shocks:
        yield f"If {_supposed(shock, answer)}: {answer.label}."
    yield answer.verdict
    yield (
        f"Learned from {answer.periods} of {answer.all_periods} {answer.unit}s ({answer.since} to {answer.until}; "
        f"{', '.join(answer.datasets)}) among {len(answer.states)} states; intervals hold nine of ten draws."
    )
    if answer.missing:
        yield f"Ties not known: {', '.join(answer.missing)}; amity import brings tables."
    yield ""


def _supposed(shock: Shock, answer: WhatIf) -> str:
    what = "points of score" if answer.measure == "score" else f"events of {answer.measure}"
    layers = f" ({', '.join(answer.layers)})" if answer.layers else ""
    than = "more" if shock.change >= 0 else "fewer"
    return (
        f"{shock.actor} → {shock.recipient} has {_number(abs(shock.change))} {what}{layers} {than} than usual in one "
        f"{answer.unit} (usual {_number(shock.usual)}; {shock.deviations:+.1f} usual spreads)"
    )


def _peaks(reactions: Sequence[Reaction]) -> list[Reaction]:
    """Of each dyad the period in which it responds most."""
    peaks: dict[tuple[str, str], Reaction] = {}
    for one in reactions:
        dyad = one.actor, one.recipient
        if dyad not in peaks or abs(one.deviations.median) > abs(peaks[dyad].deviations.median):
            peaks[dyad] = one
    return list(peaks.values())


def _line(one: Reaction, answer: WhatIf) -> dict[str, Any]:
    """A response for people."""
    return {
        "who": one.actor,
        "whom": one.recipient,
        "after": f"{one.ahead} {answer.unit}{'s' if one.ahead > 1 else ''}",
        "change": _interval(one.change),
        "in spreads": _interval(one.deviations),
        "usual": _number(one.usual),
        "sure": f"{one.sure:.0%}",
        "through": one.through or "its own past",
    }


def _row(one: Reaction, answer: WhatIf) -> dict[str, Any]:
    """A response for machines."""
    return {
        "actor": one.actor,
        "recipient": one.recipient,
        "ahead": one.ahead,
        "unit": answer.unit,
        "measure": answer.measure,
        "usual": one.usual,
        "change": one.change.median,
        "change_low": one.change.low,
        "change_high": one.change.high,
        "deviations": one.deviations.median,
        "deviations_low": one.deviations.low,
        "deviations_high": one.deviations.high,
        "sure": one.sure,
        "how": one.how,
        "path": " ".join(f"{actor}>{recipient}" for actor, recipient in one.path),
        "through": one.through,
        "propagation_earned": answer.evidence.propagates,
        "label": answer.label,
    }


def _interval(figure: Figure) -> str:
    return f"{_number(figure.median, '+')} [{_number(figure.low, '+')}, {_number(figure.high, '+')}]"


def _number(value: float, sign: str = "") -> str:
    """Two digits that tell something, no more."""
    if abs(value) < 0.0005:
        return "0"
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 3
    return f"{value:{sign},.{places}f}"
