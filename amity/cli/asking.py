"""Commands that ask the ledger: `claims`, `incidents`, `articles`, `sources`, `show`, `explain`."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from amity.cli import options
from amity.cli.ending import complain, output
from amity.cli.options import filtered

SHOWN = 100
"""Rows that a table on the terminal shows when no limit is given."""


@filtered
def claims(
    asked: dict[str, Any],
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """List claims: who said that whom did what to whom."""
    _list("claims", asked, ledger, format, to, codebook, quiet)


@filtered
def incidents(
    asked: dict[str, Any],
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """List incidents: claims about the same happening, with their independent sources and contradictions."""
    _list("incidents", asked, ledger, format, to, codebook, quiet)


@filtered
def articles(
    asked: dict[str, Any],
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """List articles; dates are those of publication, other filters ask for articles that hold such a claim."""
    _list("articles", asked, ledger, format, to, codebook, quiet)


@filtered
def sources(
    asked: dict[str, Any],
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: options.FormatOption = "table",
    to: options.Output = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """List who is quoted, by whom, how often, and how often others contradict them."""
    from amity import api
    from amity.cli.printing import write_rows

    with api.open(ledger, codebook=codebook) as opened, output():
        limit = asked.pop("limit", None)
        rows = [source.row() for source in opened.sources(**asked)][:limit]
        write_rows(rows, format, to, "sources")
        hint(not rows, asked, opened, codebook, quiet)


def show(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="A claim, incident or article; the beginning of its id is enough.")
    ],
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Show one claim, incident or article whole."""
    from amity import api
    from amity.cli.printing import show_record
    from amity.records import to_json

    with api.open(ledger) as opened, output():
        kind, full = opened.find(id)
        record = getattr(opened, kind)(full)
        if json:
            sys.stdout.buffer.write(to_json(record) + b"\n")
        else:
            show_record(opened, record, opened.superseded(full))


def explain(
    id: Annotated[str, typer.Argument(metavar="ID", help="A claim; the beginning of its id is enough.")],
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    codebook: options.Codebook = None,
    model: options.Model = None,
) -> None:
    """Explain a claim: the text with its words marked, the rule that fired, the parse, the alternatives."""
    from amity import api

    with api.open(ledger) as opened, output():
        print(api.explain(id, opened, codebook, model))


def _list(verb: str, asked: dict[str, Any], ledger: str, format: str, to: Any, codebook: Any, quiet: bool) -> None:
    from amity import api
    from amity.cli.printing import write_answer

    with api.open(ledger, codebook=codebook) as opened, output():
        ask = getattr(opened, verb)
        cut = SHOWN if format == "table" and to is None and "limit" not in asked else None
        answer = ask(**asked, **({"limit": cut} if cut else {}))
        count = write_answer(answer, format, to)
        if cut and count == cut and not quiet and (all_of := len(ask(**asked))) > cut:
            complain(f"the first {cut} of {all_of:,} {verb}; --limit N shows more, --format csv all")
        hint(count == 0, asked, opened, codebook, quiet)


def hint(nothing: bool, asked: dict[str, Any], ledger: Any, codebook: Any, quiet: bool) -> None:
    """Where nothing fits, say what was looked for: a misspelt name looks just like a quiet state."""
    if not nothing or quiet:
        return
    from amity import api

    made = ledger.filter(**asked)
    names = [*made.actor, *made.pair]
    looked = f" (looked for {', '.join(names)})" if names else ""
    counts = ledger.counts()
    complain(f"nothing fits{looked}; the ledger holds {counts['articles']:,} articles and {counts['claims']:,} claims")
    for name in api.unknown(names, codebook):
        complain(f"{name}: nothing in the codebook is called so; amity codebook NAME looks names up")
