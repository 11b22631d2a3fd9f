"""The commands that look ahead, and back at how that did: `outlook` and `backtest`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from amity.cli import options
from amity.cli.ending import output, write_whole

if TYPE_CHECKING:
    from amity.records.outlook import Backtest, Outlook

MODEL = "Model"
By = Annotated[Literal["day", "week", "month", "quarter", "year"], typer.Option("--by", help="The length of a period.")]
Datasets = Annotated[
    list[str] | None,
    typer.Option("--dataset", metavar="NAME", help="Events of that data set only. Repeatable.", rich_help_panel=MODEL),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Learn from no day before.", rich_help_panel=MODEL)
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="As if nothing came after that day.", rich_help_panel=MODEL),
]
Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Draw it: .png, .svg, .pdf.", rich_help_panel=options.OUTPUT),
]


def outlook(
    actor: Annotated[str, typer.Argument(metavar="STATE", help="A state by its alpha-3 code or its name.")],
    recipient: Annotated[str, typer.Argument(metavar="STATE", help="The other one.")],
    horizon: Annotated[int, typer.Option("--horizon", metavar="N", min=1, max=60, help="The most periods ahead.")] = 12,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target", "-t", metavar="NAME", help="Beside conflict and cooperation: all, a layer, a type. Repeatable."
        ),
    ] = None,
    by: By = "month",
    dataset: Datasets = None,
    since: Since = None,
    until: Until = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="From what was known on that day.", rich_help_panel=MODEL),
    ] = None,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    plot: Plot = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """What to expect between two states: counts of conflict, cooperation and types of events, with probabilities.

    In both directions, as whole distributions, and with what such outlooks were worth before.
    """
    from amity import api
    from amity.cli.printing import write_rows
    from amity.pipeline import outlook as pipeline
    from amity.pipeline.world import World
    from amity.records.panel import Dyad

    resolve, world = api.resolver(codebook), World.open(ledger, codebook)
    dyad = Dyad(resolve(actor), resolve(recipient))
    with _heard(quiet) as heard:
        found = pipeline.outlook(
            world,
            (dyad, dyad.reverse),
            horizon,
            [pipeline.target(world, name) for name in target or ()],
            heard,
            unit=by,
            **_asked(dataset, since, until),
            known=options.day("--as-of", as_of, last=True),
        )
    with output():
        if format == "table":
            _tell(_sentences(found), to, quiet)
            write_rows([row for one in found for row in _shown(one)], format, to, "outlook")
        elif format == "json":
            write_whole(found, to)
        else:
            write_rows([row for one in found for row in _rows(one)], format, to, "outlook")
    if plot is not None:
        from amity.report.figures import save
        from amity.report.figures.outlook import draw

        save(draw(found), plot)


def backtest(
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            "-t",
            metavar="NAME",
            help="What is forecast: conflict, cooperation, all, a layer, a type such as ASSAULT. Repeatable.",
        ),
    ] = None,
    horizon: Annotated[
        list[int] | None, typer.Option("--horizon", metavar="N", min=1, max=60, help="Periods ahead. Repeatable.")
    ] = None,
    by: By = "month",
    dyads: Annotated[
        int, typer.Option("--dyads", metavar="N", min=0, help="The most active directed dyads; 0 stands for all.")
    ] = 500,
    start: Annotated[
        str | None,
        typer.Option("--start", metavar="DATE", help="The first origin; else after a third of the periods."),
    ] = None,
    every: Annotated[int, typer.Option("--every", metavar="N", min=1, help="Periods between origins.")] = 1,
    dataset: Datasets = None,
    since: Since = None,
    until: Until = None,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    plot: Plot = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """How well outlooks of the past did: from one origin after another, as known then, against simple methods.

    The table gives scores (less is better), and the outlook's difference to each simple method with its 90 % interval.
    """
    from amity.cli.printing import write_rows
    from amity.pipeline import outlook as pipeline
    from amity.pipeline.world import World

    world = World.open(ledger, codebook)
    targets = [pipeline.target(world, name) for name in dict.fromkeys(target or ("conflict", "cooperation"))]
    with _heard(quiet) as heard:
        found = pipeline.backtest(
            world,
            targets,
            dyads or None,
            tuple(sorted(set(horizon or pipeline.HORIZONS))),
            options.day("--start", start),
            every,
            heard,
            unit=by,
            **_asked(dataset, since, until),
        )
    with output():
        if format == "table":
            _tell(_verdict(found), to, quiet)
            write_rows(list(_scores(found)), format, to, "backtest")
        elif format == "json":
            write_whole(found, to)
        else:
            write_rows(list(_scores(found, whole=True)), format, to, "backtest")
    if plot is not None:
        from amity.report.figures import save
        from amity.report.figures.outlook import reliability

        save(reliability(found), plot)


# In words ---------------------------------------------------------------------------------------------------------


def _sentences(found: Sequence[Outlook]) -> Iterator[str]:
    for one in found:
        yield from one.lines
        if one.drivers:
            named = ", ".join(f"{driver.feature} (×{driver.factor:.2f})" for driver in one.drivers)
            yield f"What moves conflict away from its usual, {one.driven} {one.basis.unit}s ahead: {named}."
        yield ""
    basis = found[0].basis
    yield (
        f"From {', '.join(basis.datasets)}, {basis.since} to {basis.until}: {basis.covered} of {basis.periods} "
        f"{basis.unit}s covered; learned from {basis.dyads} directed dyads; {found[0].events:,.0f} events of "
        f"{found[0].actor} towards {found[0].recipient}, {found[-1].events:,.0f} back. Intervals hold nine of ten."
    )
    yield ""


def _verdict(found: Backtest) -> Iterator[str]:
    basis = found.basis
    yield from found.lines
    yield (
        f"From {', '.join(basis.datasets)}, {basis.since} to {basis.until}, {basis.covered} of {basis.periods} "
        f"{basis.unit}s covered: {found.origins} origins from {found.first} to {found.last}, {basis.dyads} directed "
        f"dyads; everything learned anew at each origin, {'as known then' if basis.late else 'from what came before'}."
    )
    yield ""


def _shown(one: Outlook) -> Iterator[dict[str, Any]]:
    """What to expect, for people."""
    for told in (*one.expected, *one.types):
        yield {
            "who": one.actor,
            "whom": one.recipient,
            "what": told.target,
            one.basis.unit + "s": told.horizon,
            "events": round(told.mean, 2),
            "nine of ten": f"{told.low}–{told.high}",
            "one at least": _percent(told.any),
            "usual": round(told.usual, 2),
            "more than usual": f"{_percent(told.more)} ({told.threshold}+)",
        }


def _rows(one: Outlook) -> Iterator[dict[str, Any]]:
    """What to expect, for machines."""
    for told in (*one.expected, *one.types):
        yield {
            "actor": one.actor,
            "recipient": one.recipient,
            "origin": one.origin.isoformat(),
            "unit": one.basis.unit,
            "horizon": told.horizon,
            "target": told.target,
            "mean": told.mean,
            "median": told.median,
            "low": told.low,
            "high": told.high,
            "inner_low": told.inner_low,
            "inner_high": told.inner_high,
            "any": told.any,
            "usual": told.usual,
            "threshold": told.threshold,
            "more": told.more,
            "covered": one.basis.covered,
            "periods": one.basis.periods,
            "datasets": " ".join(one.basis.datasets),
        }


def _scores(found: Backtest, whole: bool = False) -> Iterator[dict[str, Any]]:
    gaps = {(gap.target, gap.horizon, gap.method, gap.measure): gap for gap in found.versus}
    for one in found.scores:
        row: dict[str, Any] = {
            "target": one.target,
            "horizon": one.horizon,
            "method": one.method,
            "forecasts": one.number,
            "crps": round(one.crps, 4),
            "log": round(one.log, 4),
            "brier more": round(one.more, 4),
            "brier any": round(one.any, 4),
            "in 50 %": round(one.inside_half, 3),
            "in 90 %": round(one.inside, 3),
        }
        for measure in ("crps", "log", "more", "any") if whole else ("crps",):
            gap = gaps.get((one.target, one.horizon, one.method, measure))
            if whole:
                row[f"{measure}_difference"] = gap and gap.difference
                row[f"{measure}_low"], row[f"{measure}_high"] = gap and gap.low, gap and gap.high
            else:
                row["outlook minus it"] = gap and f"{gap.difference:+.4f} [{gap.low:+.4f}, {gap.high:+.4f}]"
        yield row


def _percent(chance: float) -> str:
    from amity.outlook.forecast.telling import percent

    return percent(chance)


# Input and output -------------------------------------------------------------------------------------------------


def _tell(lines: Iterator[str], to: Path | None, quiet: bool) -> None:
    if not quiet:
        print("\n".join(lines), file=sys.stdout if to is None else sys.stderr, flush=True)


def _asked(dataset: list[str] | None, since: str | None, until: str | None) -> dict[str, Any]:
    return {
        "datasets": tuple(dataset) if dataset else None,
        "since": options.day("--since", since),
        "until": options.day("--until", until, last=True),
    }


@contextmanager
def _heard(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while past origins are gone through, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking back", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
