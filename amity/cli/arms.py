"""The command that says who arms whom with what: `arms`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from amity.cli import options
from amity.cli.ending import complain, output, write_whole
from amity.errors import InputError

if TYPE_CHECKING:
    from amity.records.arms import Arms, ArmsFlow, ArmsShare, ArmsTransfer, Report, Spread

Naming = Callable[[str], str]
SHOWN = 12
"""Partners that a table on the terminal shows."""

FEW = 8
"""Ids that a cell of such a table shows."""


def arms(
    state: Annotated[
        str | None, typer.Argument(metavar="STATE", help="A state, by code or name; without one, who arms whom.")
    ] = None,
    side: Annotated[
        Literal["recipient", "supplier"], typer.Option("--as", metavar="SIDE", help="recipient or supplier.")
    ] = "recipient",
    partner: Annotated[
        str | None, typer.Option("--with", metavar="NAME", help="Only transfers with that supplier or recipient.")
    ] = None,
    since: Annotated[int | None, typer.Option("--since", metavar="YEAR", help="Not before that year.")] = None,
    until: Annotated[int | None, typer.Option("--until", metavar="YEAR", help="Not after that year.")] = None,
    by: Annotated[
        Literal["partner", "transfer", "year"] | None,
        typer.Option("--by", metavar="WHAT", help="One row for each partner, transfer or year; else a summary."),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw a figure: .png, .svg or .pdf.")
    ] = None,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """Say who supplies a state with what arms: what the text tells beside a register, shares of suppliers by year."""
    from amity import api
    from amity.pipeline import arms as pipeline
    from amity.pipeline.world import World

    if state is None and (by is not None or partner is not None or side != "recipient"):
        raise InputError("amity arms", "--as, --with and --by need a state, such as amity arms AZE --by year")
    world, resolve, naming = World.open(ledger, codebook), api.resolver(codebook), api.naming(codebook)
    if state is None:
        flows, note = pipeline.network(world, since=since, until=until)
        _network(flows, plot, format, to, quiet)
        if note and not quiet:
            complain(note)
        return
    found = pipeline.arms(
        world,
        resolve(state),
        side,
        since=since,
        until=until,
        partner=resolve(partner) if partner is not None else None,
    )
    if plot is not None:
        from amity.report.figures import save
        from amity.report.figures.arms import draw

        save(draw(found, naming), plot)
    with output():
        _write(found, by, format, to, naming)
    if not quiet:
        for line in (*found.missing, *found.notes):
            complain(line)


def _write(found: Arms, by: str | None, format: str, to: Path | None, naming: Naming) -> None:
    if by is None and format == "json":
        write_whole(found, to)
    elif by is None and format == "table" and to is None:
        for part in _summary(found, naming):
            if isinstance(part, str):
                print(part, flush=True)
            else:
                _rows(part, format, to)
    elif by == "year":
        _rows(list(year_rows(found)), format, to)
    elif by == "partner":
        _rows([share_row(one) for one in found.shares], format, to)
    elif format in ("table", "md"):
        _rows([_shown(one, found.side) for one in found.transfers], format, to)
    else:
        _rows([flat(one) for one in found.transfers], format, to)


def _network(found: Sequence[ArmsFlow], plot: Path | None, format: str, to: Path | None, quiet: bool) -> None:
    import msgspec

    if plot is not None:
        from amity.report.figures import save
        from amity.report.figures.arms import draw_network

        save(draw_network(found), plot)
    shown = found[:SHOWN] if format == "table" and to is None else found
    with output():
        _rows([_rounded(msgspec.structs.asdict(one)) for one in shown], format, to)
    if len(shown) < len(found) and not quiet:
        complain(f"the largest {len(shown)} of {len(found):,} flows; --format csv gives all")


def _rows(rows: list[dict[str, Any]], format: str, to: Path | None) -> None:
    from amity.cli.printing import write_rows

    write_rows(rows, format, to, "arms")


# Rows -----------------------------------------------------------------------------------------------------------------


def flat(one: ArmsTransfer) -> dict[str, Any]:
    """A transfer as one row of plain values; ids of claims and incidents are joined by `; `."""
    order, reports = one.order, one.reports
    incidents = dict.fromkeys(report.incident for report in reports if report.incident)
    return {
        "supplier": one.supplier,
        "recipient": one.recipient,
        "system": one.system,
        "category": one.category,
        "rests_on": one.outcome,
        "designation": order.designation if order else None,
        "description": order.description if order else None,
        "ordered_year": order.ordered if order else None,
        "ordered_year_estimated": order.ordered_estimated if order else None,
        "ordered": order.number if order else None,
        "ordered_estimated": order.number_estimated if order else None,
        "delivered": order.delivered if order else None,
        "delivered_estimated": order.delivered_estimated if order else None,
        "delivery_years": _joined(order.delivery_years) if order else None,
        "licensed_production": order.licence if order else _licensed(reports),
        "condition": order.condition if order else None,
        "tiv": order.tiv if order else None,
        "text_status": _joined(dict.fromkeys(report.status for report in reports)),
        "text_number": _joined(_many(report) for report in reports),
        "text_date": _joined(_dated(report) for report in reports),
        "text_mode": _joined(dict.fromkeys(report.mode for report in reports)),
        "sources": _joined(dict.fromkeys(source for report in reports for source in report.sources)),
        "use_reported": _joined(one.uses),
        "differences": _joined(
            f"{diff.aspect}: text {diff.text}, register {diff.register}" for diff in one.differences
        ),
        "why": one.why,
        "register": order.id if order else _joined(one.lines),
        "claims": _joined(one.claims),
        "incidents": _joined(incidents),
        "comment": order.comment if order else None,
    }


def share_row(one: ArmsShare) -> dict[str, Any]:
    """A partner's share as one row."""
    import msgspec

    return _rounded(msgspec.structs.asdict(one))


def year_rows(found: Arms) -> Iterator[dict[str, Any]]:
    """One row for each year and partner; a covered year without deliveries is one row without a partner.

    `diversification` is that of the five years that end with the year, with its interval.
    """
    for one in found.years:
        spread = one.spread
        amounts: list[tuple[str | None, float]] = [*sorted(one.amounts.items(), key=lambda item: -item[1])]
        for partner, amount in amounts or [(None, 0.0)]:
            row = {"year": one.year, "partner": partner, "amount": amount, "share": None, "from": one.basis}
            row |= {"share": amount / one.total} if one.total else {}
            row |= {
                "diversification": spread.value if spread else None,
                "low": spread.low if spread else None,
                "high": spread.high if spread else None,
            }
            yield _rounded(row)


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()}


def _joined(values: Iterable[Any]) -> str | None:
    return "; ".join(str(value) for value in values if value is not None) or None


def _licensed(reports: Sequence[Report]) -> bool | None:
    return any(report.mode == "licensed production" for report in reports) or None


def _many(report: Report) -> str | None:
    if report.many is None:
        return None
    low, high = report.many
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def _dated(report: Report) -> str | None:
    if report.since is None or report.until is None:
        return f"told {report.told}" if report.told else None
    if report.since == report.until:
        return str(report.since)
    return (
        str(report.since.year) if report.since.year == report.until.year else f"{report.since.year}-{report.until.year}"
    )


# For people -----------------------------------------------------------------------------------------------------------


def _summary(found: Arms, naming: Naming) -> Iterator[str | list[dict[str, Any]]]:
    """A few lines and tables: partners, what the text adds, where it disagrees, what is said of use."""
    yield _headline(found, naming)
    if found.shares:
        yield [_share(one, found, naming) for one in found.shares[:SHOWN]]
    if len(found.shares) > SHOWN:
        yield f"and {len(found.shares) - SHOWN} more; --by partner lists all"
    if not found.transfers:
        yield "no transfers are known"
        return
    counts = {name: [one for one in found.transfers if one.outcome == name] for name in _WORDS}
    yield f"\n{len(found.transfers):,} transfers: " + ", ".join(
        f"{len(some):,} {_WORDS[name]}" for name, some in counts.items() if some
    )
    differing = [one for one in found.transfers if one.differences]
    used = [one for one in found.transfers if one.uses]
    for title, some in (
        ("What the text adds", counts["adds"]),
        ("Where text and register disagree", differing),
        ("Use reported by somebody", used),
    ):
        if some:
            yield f"\n{title}:"
            yield [_shown(one, found.side) for one in some]
    if not used:
        yield "\nUse of these arms: none reported"


_WORDS = {
    "register": "in the register alone",
    "both": "in register and text",
    "adds": "in the text alone",
    "kind": "of a kind that the register has lines of",
    "denied": "denied, and not in the register",
    "general": "told of without a kind of arms",
}


def _headline(found: Arms, naming: Naming) -> str:
    years = [one.year for one in found.years]
    window = f", {found.since or min(years)}-{found.until or max(years)}" if years else ""
    line = f"{naming(found.state)} as {found.side} of arms{window}"
    if not found.shares or found.spread is None:
        return f"{line}: no amounts are known"
    others = "recipient" if found.side == "supplier" else "supplier"
    count = len(found.shares)
    return (
        f"{line} ({found.covered} of {found.of} years covered): {count} {others}{'s' if count > 1 else ''}; "
        f"diversification {_span(found.spread)}, as of {found.spread.effective:.1f} equal ones"
    )


def _span(spread: Spread) -> str:
    if spread.low is None or spread.high is None:
        return f"{spread.value:.2f} (too few years of deliveries for an interval)"
    return f"{spread.value:.2f} [{spread.low:.2f}, {spread.high:.2f}]"


def _share(one: ArmsShare, found: Arms, naming: Naming) -> dict[str, Any]:
    counted = bool(found.years) and found.years[0].basis == "reports"
    interval = "" if one.low is None or one.high is None else f" [{one.low:.0%}, {one.high:.0%}]"
    years = str(one.first) if one.first == one.last else f"{one.first}-{one.last}"
    return {
        "recipient" if found.side == "supplier" else "supplier": naming(one.partner),
        "share": f"{one.share:.1%}{interval}",
        "reports" if counted else "TIV million": f"{one.amount:,.1f}",
        "years": f"{one.years} of {years}",
        "lines": one.lines or None,
    }


def _shown(one: ArmsTransfer, side: str) -> dict[str, Any]:
    """A transfer as people read it."""
    order = one.order
    return {
        "recipient" if side == "supplier" else "supplier": getattr(
            one, "recipient" if side == "supplier" else "supplier"
        ),
        "system": order.designation if order else one.system or one.category,
        "kind": (order.description if order else None) or one.category,
        "ordered": _ordered(one),
        "delivered": _delivered(one),
        "licence": _licence(one),
        "text": _joined(map(_words, one.reports)),
        "differs": _joined(f"{diff.aspect} ({diff.text} / {diff.register})" for diff in one.differences),
        "use": f"reported ({_ids(one.uses)})" if one.uses else "",
        "why": one.why,
        "rests on": _rests(one),
    }


def _ordered(one: ArmsTransfer) -> str | None:
    if (order := one.order) is None:
        return None
    number = "?" if order.number is None else f"{order.number}{'?' if order.number_estimated else ''}"
    return f"{number} in {order.ordered or '?'}{'?' if order.ordered and order.ordered_estimated else ''}"


def _delivered(one: ArmsTransfer) -> str | None:
    if (order := one.order) is None:
        return None
    if not order.delivered:
        return "none yet"
    years = order.delivery_years
    when = f" in {years[0]}{f'-{years[-1]}' if len(years) > 1 else ''}" if years else ""
    return f"{order.delivered}{'?' if order.delivered_estimated else ''}{when}"


def _licence(one: ArmsTransfer) -> str | None:
    if one.order is not None:
        return {True: "yes", False: None, None: "possibly"}[one.order.licence]
    return "yes" if _licensed(one.reports) else None


def _words(report: Report) -> str:
    return " ".join(part for part in (report.status, _many(report), _dated(report)) if part)


def _rests(one: ArmsTransfer) -> str:
    lines = [one.order.id] if one.order else list(one.lines)
    shown = lines if len(lines) <= 3 else [*lines[:2], f"and {len(lines) - 2} lines"]
    return "; ".join([*shown, *([_ids(one.claims)] if one.claims else [])])


def _ids(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - FEW}" if len(ids) > FEW else ""
    return " ".join(id[:8] for id in ids[:FEW]) + more
