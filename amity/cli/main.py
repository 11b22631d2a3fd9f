"""The application: its commands, and how they end."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from amity.cli import (
    alignment,
    arms,
    asking,
    complexes,
    importing,
    judging,
    outlook,
    reading,
    reference,
    relations,
    reviewing,
    showing,
    telling,
    whatif,
)
from amity.cli.ending import FAILED, INTERRUPTED, USAGE, complain, said
from amity.errors import AmityError
from amity.version import __version__

app = typer.Typer(
    name="amity",
    help="Keeps a ledger of who said that whom did what to whom, when, and how surely.",
    epilog="Exit status: 0 done, 1 some inputs failed, 2 wrong usage, 3 ledger, 4 model or codebook, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Misuse: type[Exception] = typer.BadParameter.__mro__[2]
"""What Typer raises for wrong usage; it exports only this one of its kinds."""

for command in (
    *(reading.read, reading.code, reading.demo),
    *(asking.claims, asking.incidents, asking.articles, asking.sources, asking.show, asking.explain),
    *(telling.brief, telling.export, showing.dossier, showing.serve, showing.mcp, reviewing.reviews),
    *(reference.codebook, judging.eval, reference.version),
):
    app.command()(command)
app.command("import")(importing.import_)
app.command()(whatif.whatif)
app.command()(alignment.alignment)
app.command()(relations.relations)
app.command()(complexes.complexes)
app.command()(arms.arms)
app.command()(outlook.outlook)
app.command()(outlook.backtest)


def _version(asked: bool) -> None:
    if asked:
        print(f"amity {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line and exit with its status."""
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status. Errors end as one line on standard error."""
    try:
        status = app(arguments, prog_name="amity", standalone_mode=False)
    except AmityError as error:
        return said(error)
    except typer.Abort:
        return FAILED
    except Misuse as error:
        return _misused(error)
    except Exception as error:
        if os.environ.get("AMITY_DEBUG"):
            raise
        complain(f"internal error, please report it ({type(error).__name__}: {error}); AMITY_DEBUG=1 shows where")
        return FAILED
    if status == INTERRUPTED:
        complain("interrupted; what was finished is kept")
    return status if isinstance(status, int) else 0


def _misused(error: Exception) -> int:
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "amity"
    message = getattr(error, "format_message", lambda: str(error))()
    if not message:  # no arguments at all: the help was asked for
        print(context.get_help() if context else "")
        return USAGE
    print(f"amity: {message} (see {where} --help)", file=sys.stderr)
    return USAGE
