"""The command that shows which states form security complexes: `complexes`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from amity.cli import options
from amity.cli.ending import complain, output, write_text
from amity.errors import InputError

if TYPE_CHECKING:
    from amity.pipeline.world import World
    from amity.records.complexes import Complexes, Histories

Show = Literal["summary", "members", "ties", "patterns", "reach", "turns"]


def complexes(
    at: Annotated[str | None, typer.Option("--at", metavar="DATE", help="On that day, or at that year's end.")] = None,
    state: Annotated[str | None, typer.Option("--state", metavar="STATE", help="The complex of that state.")] = None,
    scale: Annotated[
        Literal["fine", "regional", "coarse"], typer.Option("--scale", help="How large complexes are looked for.")
    ] = "regional",
    by: Annotated[
        Literal["month", "quarter", "year"] | None,
        typer.Option("--by", help="Over time: complexes of every month, quarter or year, matched into histories."),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Of histories: the first day.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Of histories: the last day.")] = None,
    layer: Annotated[
        list[str] | None, typer.Option("--layer", metavar="LAYER", help="Events on that layer only. Repeatable.")
    ] = None,
    dataset: Annotated[
        list[str] | None, typer.Option("--dataset", metavar="NAME", help="Events of that data set only. Repeatable.")
    ] = None,
    known: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As known on that day.")] = None,
    show: Annotated[
        Show, typer.Option("--show", metavar="WHAT", help="summary, members, ties, patterns, reach; of --by: turns.")
    ] = "summary",
    evidence: Annotated[
        int, typer.Option("--evidence", metavar="N", min=0, help="Of ties: ids of the N latest events of each pair.")
    ] = 0,
    expected: Annotated[
        Literal["regional", "attention", "mass", "gravity"],
        typer.Option("--expected", help="What interaction is measured against; see docs/complexes.md."),
    ] = "regional",
    hold_out: Annotated[
        str | None,
        typer.Option("--hold-out", metavar="STATES", help="Powers kept out of the division: USA,RUS; or none."),
    ] = None,
    halflife: Annotated[
        float, typer.Option("--half-life", metavar="YEARS", help="In which an event comes to count half.")
    ] = 1.0,
    draws: Annotated[
        int | None, typer.Option("--draws", metavar="N", min=1, help="Resampled worlds; 24, of histories 6.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of the resampling.")] = 0,
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
    """Show regional security complexes: who belongs to which, how surely, who is friend or foe, who reaches in."""
    from amity import api
    from amity.pipeline.complexes import complexes as read
    from amity.pipeline.complexes import histories
    from amity.pipeline.world import World
    from amity.records.complexes import Settings

    _consistent(by, at, since, until, show)
    resolve = api.resolver(codebook)
    world = World.open(ledger, codebook)
    settings = Settings(
        expected=expected,
        breadth=scale,
        halflife=halflife,
        draws=draws or (6 if by else 24),
        seed=seed,
        held=_held(hold_out, resolve),
    )
    one = resolve(state) if state else None
    asked: dict[str, Any] = {
        "known": options.day("--as-of", known, last=True),
        "datasets": tuple(dataset) if dataset else None,
    }
    names = _naming(world)
    if by is None:
        found = read(world, at=options.day("--at", at, last=True), layers=layer or None, settings=settings, **asked)
        _check(one, found)
        _print(found, one, show, format, to, names, _ids(world, found, evidence, asked))
        _draw(found, plot, names)
        notes = found.notes
    else:
        past = histories(
            world,
            unit=by,
            since=options.day("--since", since),
            until=options.day("--until", until, last=True),
            layers=layer or None,
            settings=settings,
            **asked,
        )
        _print_past(past, one, show, format, to)
        _draw(past, plot, names)
        notes = past.notes
    if not quiet:
        for note in notes if format == "table" and show == "summary" else ():
            complain(note)


def _consistent(by: str | None, at: str | None, since: str | None, until: str | None, show: Show) -> None:
    """Raise `InputError` for options that do not go together."""
    if by and at:
        raise InputError("--at", "is a single day; with --by say --since and --until")
    for option, given in (("--since", since), ("--until", until), ("--show turns", show == "turns")):
        if given and not by:
            raise InputError(option, "belongs to histories; say --by month, quarter or year")


def _naming(world: World) -> Callable[[str], str]:
    """From codes of states to their names."""
    states = world.codebook.states
    return lambda code: states[code].name if code in states else code


def _held(text: str | None, resolve: Any) -> tuple[str, ...] | None:
    if text is None:
        return None
    return () if text == "none" else tuple(resolve(part.strip()) for part in text.split(",") if part.strip())


def _check(state: str | None, found: Complexes) -> None:
    """A state that took no part is said so, not passed over."""
    seen = {one for complex in found.complexes for one in complex.states}
    seen |= {one.state for one in found.unassigned} | {power.state for power in found.powers}
    if state is not None and state not in seen:
        raise InputError(state, f"takes part in no event between states until {found.at}; nothing can be said of it")


def _ids(world: World, found: Complexes, most: int, asked: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Ids of the latest events of each pair that is told of."""
    if not most:
        return {}
    from amity.pipeline.complexes import evidence

    pairs = [(tie.a, tie.b) for one in found.complexes for tie in one.ties]
    return {pair: " ".join(ids) for pair, ids in evidence(world, found, pairs, most, **asked).items()}


def _print(
    found: Complexes,
    state: str | None,
    show: Show,
    format: str,
    to: Path | None,
    names: Any,
    ids: dict[tuple[str, str], str],
) -> None:
    from amity.report import complexes as words

    if show == "summary" and format in ("json", "table"):
        plain = words.state_lines(found, state, names) if state else words.lines(found, names)
        _text(plain if format == "table" else _whole(found), to)
        return
    rows: Iterable[dict[str, Any]]
    match show:
        case "ties":
            rows = words.ties(found, state)
            if ids:
                rows = ({**row, "ids": ids.get((row["a"], row["b"]))} for row in rows)
        case "patterns":
            rows = words.patterns(found)
        case "reach":
            rows = words.reaches(found)
        case _:
            home = [one.id for one in found.complexes if state in one.states]
            rows = (row for row in words.members(found) if state is None or row["complex"] in home)
    _rows(list(rows), format, to)


def _print_past(past: Histories, state: str | None, show: Show, format: str, to: Path | None) -> None:
    from amity.report import complexes as words

    if show == "summary" and state is None and format in ("json", "table"):
        _text(words.history_lines(past) if format == "table" else _whole(past), to)
        return
    _rows(list(words.turns(past) if show == "turns" else words.slices(past, state)), format, to)


def _rows(rows: list[dict[str, Any]], format: str, to: Path | None) -> None:
    from amity.cli.printing import write_rows

    with output():
        write_rows(rows, format, to, "complexes")


def _text(lines: Iterable[str], to: Path | None) -> None:
    with output():
        write_text("\n".join(lines) + "\n", to)


def _whole(found: Complexes | Histories) -> list[str]:
    from amity.records import to_json

    return [to_json(found).decode()]


def _draw(found: Complexes | Histories, plot: Path | None, names: Any) -> None:
    if plot is not None:
        from amity.report.figures import save
        from amity.report.figures.complexes import draw

        save(draw(found, names), plot)
