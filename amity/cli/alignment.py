"""The command that says where a state stands between poles: `alignment`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from amity.cli import options
from amity.cli.ending import complain, output, write_whole
from amity.errors import InputError

if TYPE_CHECKING:
    from amity.records.alignment import Alignment, Alignments, Measured, Part, Response

SHOWN = 12
"""Years that a table on the terminal shows when none are asked for."""


def alignment(
    state: Annotated[str, typer.Argument(metavar="STATE", help="A state, by code or name.")],
    poles: Annotated[
        str | None,
        typer.Option("--poles", metavar="A,B", help="The poles; by default USA,RUS,CHN.", show_default=False),
    ] = None,
    since: Annotated[int | None, typer.Option("--since", metavar="YEAR", help="Not before that year.")] = None,
    until: Annotated[int | None, typer.Option("--until", metavar="YEAR", help="Not after that year.")] = None,
    by: Annotated[
        Literal["year"], typer.Option("--by", metavar="UNIT", help="Unit of time; the tables are yearly.")
    ] = "year",
    component: Annotated[
        list[str] | None,
        typer.Option(
            "--component",
            metavar="NAME",
            help="Measure by these alone: alliances, arms, votes, cooperation, valence, support.",
        ),
    ] = None,
    dataset: Annotated[
        list[str] | None, typer.Option("--dataset", metavar="NAME", help="Events of these data sets alone.")
    ] = None,
    show: Annotated[
        Literal["alignment", "parts", "ties", "directions", "responses", "reliability", "evidence"],
        typer.Option(
            "--show", metavar="WHAT", help="alignment, parts, ties, directions, responses, reliability, evidence."
        ),
    ] = "alignment",
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw a figure: .png, .svg or .pdf.")
    ] = None,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """Say where a state stands between poles: alignment, hedging, engagement, balancing or bandwagoning."""
    from amity import api
    from amity.pipeline.alignment import alignment as read
    from amity.pipeline.alignment import evidence as rest
    from amity.pipeline.world import World

    resolve = api.resolver(codebook)
    named = [resolve(one.strip()) for one in poles.split(",") if one.strip()] if poles is not None else None
    if named is not None and len(set(named)) < 2:
        raise InputError(f"--poles {poles}", "alignment lies between poles; name two or more, such as USA,RUS")
    world = World.open(ledger, codebook)
    found = read(
        world, resolve(state), named, since=since, until=until, parts=component or None, datasets=dataset or None
    )
    if plot is not None:
        from amity.report.figures import save
        from amity.report.figures.alignment import draw

        save(draw(found, api.naming(codebook)), plot)
    with output():
        if show == "evidence":
            _rows(list(rest(world, found, dataset or None)), format, to, show)
        elif format == "json":
            write_whole(found, to)
        elif format == "table":
            _table(found, show, to, cut=since is None and until is None, quiet=quiet)
        else:
            _rows(list(map(flat, _records(found, show))), format, to, show)
    if not quiet:
        for line in (*found.missing, *found.notes):
            complain(line)


def _records(found: Alignments, show: str) -> tuple[Any, ...]:
    names = {"parts": "alignments", "alignment": "alignments", "directions": "vectors", "reliability": "reliabilities"}
    return tuple(getattr(found, names.get(show, show)))


def _table(found: Alignments, show: str, to: Path | None, cut: bool, quiet: bool) -> None:
    """What people read: the last years, figures with their intervals in brackets."""
    records = [one for one in _records(found, show) if getattr(one, "covered", 1)]
    years = sorted({one.year for one in records if hasattr(one, "year")})
    kept = years[-SHOWN:] if cut else years
    shaped = {"alignment": _line, "parts": _part_lines}.get(show, _plain)
    if not records:
        complain(f"{found.state}: nothing is known of these years")
    lines = [line for one in records if not years or one.year in kept for line in _several(shaped(one))]
    _rows(lines, "table", to, show)
    if show == "alignment" and to is None:
        for line in _told(found):
            print(line)
    if len(kept) < len(years) and not quiet:
        complain(f"the last {len(kept)} of {len(years)} years; --since {years[0]} shows all")


def _several(lines: Any) -> list[dict[str, Any]]:
    return lines if isinstance(lines, list) else [lines]


def _rows(rows: list[dict[str, Any]], format: str, to: Path | None, name: str) -> None:
    from amity.cli.printing import write_rows

    write_rows(rows, format, to, name)


def flat(record: Any) -> dict[str, Any]:
    """A record as one row: figures with `_low` and `_high`, parts and probabilities of verdicts under their names."""
    from amity.records.alignment import PARTS

    row: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if _figure(name, value):
            values = (value.value, value.low, value.high) if value else (None, None, None)
            row |= dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
        elif name == "parts":
            row |= _parts(value)
        elif name == "without":
            row |= {f"without_{part}": value.get(part) for part in PARTS}
        elif name != "verdicts":
            row[name] = ", ".join(value) if isinstance(value, tuple) else value
    return row


FIGURES = frozenset(
    "alignment security engagement hedging kappa distance arms cooperation valence index evenness level suppliers "
    "strength typical".split()
)


def _figure(name: str, value: Any) -> bool:
    """Whether a field holds a figure with its interval, or would if it were known."""
    return name in FIGURES and not isinstance(value, bool)


def _parts(parts: tuple[Part, ...]) -> dict[str, Any]:
    from amity.records.alignment import PARTS

    known = {part.name: part for part in parts}
    row: dict[str, Any] = {}
    for name in PARTS:
        part = known.get(name)
        figure = part.position if part else None
        row |= {
            name: figure and figure.value,
            f"{name}_low": figure and figure.low,
            f"{name}_high": figure and figure.high,
            f"{name}_weight": part and part.weight,
            f"{name}_carried": part and part.carried,
        }
    return row


def _line(one: Alignment) -> dict[str, Any]:
    """An alignment as people read it."""
    return {
        "year": one.year,
        "poles": f"+{one.toward} −{one.against}",
        "alignment": _shown(one.alignment, "+"),
        "security": _shown(one.security, "+"),
        "engagement": _shown(one.engagement),
        "hedging": _shown(one.hedging),
        "verdict": _verdict(one),
        "known": f"{one.covered} of {one.of}",
    }


def _part_lines(one: Alignment) -> list[dict[str, Any]]:
    """The parts of an alignment, one line each."""
    return [
        {
            "year": one.year,
            "poles": f"+{one.toward} −{one.against}",
            "part": part.name,
            "position": _shown(part.position, "+"),
            "weight": f"{part.weight:.0%}",
            "without it": f"{one.without[part.name]:+.2f}" if part.name in one.without else None,
            "of": _shown(one.alignment, "+"),
            "rests on": part.basis,
        }
        for part in one.parts
    ]


def _plain(record: Any) -> dict[str, Any]:
    """Any other record: figures with intervals, numbers short."""
    row: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if _figure(name, value):
            row[name] = _shown(value)
        elif isinstance(value, tuple):
            row[name] = ", ".join(value)
        elif isinstance(value, float):
            row[name] = round(value, 3)
        else:
            row[name] = value
    return row


def _shown(figure: Measured | None, sign: str = "") -> str | None:
    if figure is None:
        return None
    value, low, high = (round(one, 2) + 0.0 for one in (figure.value, figure.low, figure.high))  # no -0.00
    return f"{value:{sign}.2f} [{low:{sign}.2f}, {high:{sign}.2f}]"


def _verdict(one: Alignment) -> str | None:
    if one.verdict is None or one.probability is None:
        return None
    return f"{'unclear, ' if one.probability < 0.5 else ''}{one.verdict} {one.probability:.0%}"


def _told(found: Alignments) -> list[str]:
    """The last year's directions, and the responses, in a line each."""
    lines = []
    for one in [each for each in found.vectors if each.index is not None][-1:]:
        among = ", ".join(one.poles)
        lines.append(
            f"{one.year}: multi-vector index {_shown(one.index)} over {among} "
            f"(evenness {_shown(one.evenness)} × engagement {_shown(one.level)})"
        )
    for one in [each for each in found.vectors if each.suppliers is not None][-1:]:
        lines.append(f"{one.year}: arms imports diversified {_shown(one.suppliers)} (1 - Σs² over suppliers, 5 years)")
    return [*lines, *(_answer(one) for one in found.responses)]


def _answer(one: Response) -> str:
    """A response in words; what is near even is called so."""
    word = "balancing" if one.balancing >= one.bandwagoning else "bandwagoning"
    chance = max(one.balancing, one.bandwagoning)
    told = f"{word} {chance:.0%}" if chance >= 0.8 else f"no telling (balancing {one.balancing:.0%})"
    placebo = "" if one.placebo is None else f", placebo {one.placebo:.0%}"
    return (
        f"to hostility of {one.pole} (away from it, towards {one.against}: balancing): {told}{placebo}; "
        f"strength {_shown(one.strength, '+')}, {one.years} years {one.since}–{one.until}"
    )
