"""The command that shows how two deal with each other: `relations`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from amity.cli import options
from amity.cli.ending import complain, output, write_whole

if TYPE_CHECKING:
    from amity.pipeline.world import World
    from amity.records.relations import Estimate, Relation, Relations

SHOWN = 24
"""Periods of each relation that a table on the terminal shows when none are asked for."""


def relations(
    actor: Annotated[str, typer.Argument(metavar="A", help="A state, by code or name.")],
    recipient: Annotated[
        str | None, typer.Argument(metavar="[B]", help="The other; without it the main partners of A are listed.")
    ] = None,
    layer: Annotated[
        list[str] | None,
        typer.Option("--layer", metavar="LAYER", help="On that layer only; each: one by one. Repeatable."),
    ] = None,
    by: Annotated[
        Literal["day", "week", "month", "quarter", "year"], typer.Option("--by", help="The length of a period.")
    ] = "month",
    scale: Annotated[Literal["plover", "goldstein"], typer.Option("--scale", help="Of the scores.")] = "plover",
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Tell of no earlier period.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Tell of no later period.")] = None,
    dataset: Annotated[
        list[str] | None, typer.Option("--dataset", metavar="NAME", help="Events of that data set only. Repeatable.")
    ] = None,
    known: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As known on that day.")] = None,
    both: Annotated[bool, typer.Option("--both", help="Add what both directions come to together.")] = False,
    moved: Annotated[
        str | None, typer.Option("--moved", metavar="DATE", help="The events that did most in the period of that day.")
    ] = None,
    show: Annotated[
        Literal["series", "changes", "moved", "scales", "asymmetry"],
        typer.Option("--show", metavar="WHAT", help="series, changes, moved, scales, asymmetry."),
    ] = "series",
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Partners that are listed.")] = 15,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Of the draws that p-values rest on.")] = 0,
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
    """Show how A and B deal with each other, each way: intensity, valence, when it turned and what moved it."""
    from amity import api
    from amity.pipeline.relations import relations as read
    from amity.pipeline.world import World

    resolve = api.resolver(codebook)
    world = World.open(ledger, codebook)
    answer = read(
        world,
        resolve(actor),
        resolve(recipient) if recipient else None,
        layers=layer or (),
        unit=by,
        scale=scale,
        since=options.day("--since", since),
        until=options.day("--until", until, last=True),
        datasets=dataset or (),
        known=options.day("--as-of", known, last=True),
        both=both or show == "asymmetry",
        moved=options.day("--moved", moved),
        most=most,
        seed=seed,
    )
    names = _naming(world)
    if plot is not None:
        from amity.report.figures import save
        from amity.report.figures.relations import draw

        save(draw(answer, names), plot)
    with output():
        if format == "json":
            write_whole(answer, to)
        elif format == "table":
            _table(answer, show if moved is None else "moved", to, names, by, cut=since is None and until is None)
        else:
            _rows(list(_flat(answer, show if moved is None else "moved")), format, to)
    if not quiet:
        for line in answer.notes:
            complain(line)


def _naming(world: World) -> Callable[[str], str]:
    """As `api.naming`, of the codebook that the world has loaded."""

    def name(code: str) -> str:
        state = world.codebook.states.get(code)
        return state.name if state else code

    return name


def _table(answer: Relations, show: str, to: Path | None, names: Any, unit: str, cut: bool) -> None:
    """Plain words first, then the figures."""
    from amity.report.relations import lines

    if to is None:
        print("\n".join(lines(answer, names)), end="\n\n")
    _rows(list(_shaped(answer, show, names, unit, cut)), "table", to)


def _shaped(answer: Relations, show: str, names: Any, unit: str, cut: bool) -> Any:
    """Rows as people read them."""
    from amity.report import relations as words

    if answer.partners:
        yield from (words.partner_row(one, names, unit) for one in answer.partners)
        return
    if show != "series":
        yield from ({name: _brief(value) for name, value in row.items()} for row in _flat(answer, show, words.shown))
        return
    for one in answer.relations:
        for point in one.points[-SHOWN:] if cut else one.points:
            yield {
                "who": _who(one),
                "layer": one.layer,
                one.unit: words.period(point, one.unit),
                "events": "unknown" if point.count is None else f"{point.count:,.1f}".removesuffix(".0"),
                "recorded": f"{point.exposure:,.0f}",
                "per thousand": words.shown(point.intensity),
                "expected": point.expected and words.shown(point.expected),
                "valence": words.shown(point.valence, "+"),
            }


def _brief(value: Any) -> Any:
    return float(f"{value:.3g}") if isinstance(value, float) else value


def _who(one: Relation) -> str:
    return f"{one.actor} {'↔' if one.derived else '→'} {one.recipient}"


def _flat(answer: Relations, show: str, told: Any = None) -> Any:
    """Rows with plain values, figures with their bounds beside them (`told`: as one text)."""
    if answer.partners:
        yield from (_plain(one, told) for one in answer.partners)
        return
    for one in answer.relations:
        head = {"actor": one.actor, "recipient": one.recipient, "layer": one.layer, "derived": one.derived}
        if show == "series":
            yield from (head | _plain(point, told) for point in one.points)
        elif show == "changes":
            yield from ({"actor": one.actor, "recipient": one.recipient} | _plain(turn, told) for turn in one.changes)
    if show == "moved":
        for period in answer.moved:
            when: dict[str, Any] = {"layer": period.layer, "period": period.start.isoformat(), "of": period.of}
            yield from (when | _plain(mover, told) for mover in period.movers)
    elif show == "asymmetry":
        yield from (_plain(one, told) for one in answer.asymmetries)
    elif show == "scales":
        for other in answer.sensitivities:
            own = next(one for one in answer.relations if _same(one, other))
            head = {"actor": own.actor, "recipient": own.recipient, "layer": own.layer}
            for point, again in zip(own.points, other.points, strict=True):
                figures = {**_figure(own.scale, point.valence, told), **_figure(other.scale, again, told)}
                yield head | {"start": point.start.isoformat()} | figures | {"correlation": other.correlation}


def _same(one: Relation, other: Any) -> bool:
    return (one.actor, one.recipient, one.layer) == (other.actor, other.recipient, other.layer) and not one.derived


def _plain(record: Any, told: Any) -> dict[str, Any]:
    """A record as one row."""
    from amity.records.relations import Estimate

    row: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, Estimate) or name == "expected":
            row |= _figure(name, value, told)
        elif isinstance(value, date):
            row[name] = value.isoformat()
        elif not isinstance(value, tuple):
            row[name] = value
    return row


def _figure(name: str, estimate: Estimate | None, told: Any) -> dict[str, Any]:
    if told is not None:
        return {name: estimate and told(estimate)}
    bounds = (estimate.value, estimate.low, estimate.high) if estimate else (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), bounds, strict=True))


def _rows(rows: list[dict[str, Any]], format: str, to: Path | None) -> None:
    from amity.cli.printing import write_rows

    write_rows(rows, format, to, "relations")
