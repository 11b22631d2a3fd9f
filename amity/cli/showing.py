"""Commands that show the interface: `dossier` and `serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from amity.cli import options
from amity.cli.asking import hint
from amity.cli.ending import complain, output
from amity.cli.options import filtered

LOOPBACK = "127.0.0.1"
PORT = 8470


@filtered
def dossier(
    asked: dict[str, Any],
    to: Annotated[Path, typer.Option("--output", "-o", "--out", metavar="FILE", help="The file to write.")] = Path(
        "dossier.html"
    ),
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="Its title; else the ledger's name.")
    ] = None,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a dossier: one HTML file with the interface and the records in it, to be opened from disk or mailed."""
    from amity import api

    with api.open(ledger, codebook=codebook) as opened, output():
        page = api.dossier(opened, title=title, codebook=codebook, **asked)
        _write(to, page)
        hint(not opened.claims(**{**asked, "limit": 1}), asked, opened, codebook, quiet)
    if not quiet:
        complain(f"the dossier is in {to} ({len(page.encode()) / 1e6:.1f} MB); any browser opens it")


def serve(
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Where to listen; others than this machine need a password."),
    ] = LOOPBACK,
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, metavar="N", help="The port.")] = PORT,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """Serve the interface over the live ledger, on this machine, until interrupted."""
    import uvicorn

    from amity import api
    from amity.web.app import create

    with api.open(ledger, codebook=codebook) as opened:
        application = create(opened, codebook)
        if not quiet:
            complain(f"{ledger} is at http://{host}:{port}/ (Ctrl-C stops)")
        uvicorn.run(application, host=host, port=port, log_level="warning", server_header=False)


def _write(to: Path, page: str) -> None:
    from amity.errors import InputError

    try:
        to.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(str(to), error.strerror or str(error)) from error
