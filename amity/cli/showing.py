"""Commands that show the interface: `dossier` and `serve`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amity.cli import options
from amity.cli.asking import hint
from amity.cli.ending import complain, output, write_text
from amity.cli.options import filtered

if TYPE_CHECKING:
    from amity.web.access import Access

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
    structure: Annotated[
        bool, typer.Option("--structure/--no-structure", help="Carry relations, complexes, arms and alignment.")
    ] = True,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a dossier: one HTML file with the interface and the records in it, to be opened from disk or mailed."""
    from amity import api

    with api.open(ledger, codebook=codebook) as opened, output():
        page = api.dossier(opened, title=title, codebook=codebook, structure=structure, **asked)
        write_text(page, to)
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
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="HOST", help="A name under which browsers reach it; those of this machine always."
        ),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", metavar="FILE", help="TLS certificate (PEM), to listen elsewhere.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="The certificate's key (PEM).")] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy on this machine speaks TLS for it and says who asks.")
    ] = False,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """Serve the interface over the live ledger, on this machine, until interrupted.

    AMITY_PASSWORD or AMITY_TOKEN guard it; to listen at another address one of them is needed, and TLS.
    """
    import uvicorn

    from amity import api
    from amity.web.app import create

    access = _access(host, name or [], bool(certificate) or behind_proxy)
    with api.open(ledger, codebook=codebook) as opened:
        application = create(opened, codebook, access)
        if not quiet:
            scheme = "https" if certificate else "http"
            complain(f"{ledger} is at {scheme}://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops)")
        uvicorn.run(
            application,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            ssl_certfile=certificate,
            ssl_keyfile=key,
            proxy_headers=behind_proxy,
        )


def mcp(ledger: options.Ledger = options.DEFAULT_LEDGER, codebook: options.Codebook = None) -> None:
    """Serve the ledger to an assistant by the Model Context Protocol, on standard input and output, to read only."""
    from amity import api
    from amity.web.assistant import create

    with api.open(ledger, codebook=codebook) as opened:
        create(opened, codebook).run("stdio")


def _access(host: str, names: list[str], encrypted: bool) -> Access:
    """What the server demands of who asks.

    Raises:
        InputError: when it would listen to other machines unguarded.
    """
    from amity.errors import InputError
    from amity.web.access import SHORTEST, Access, hashed, loopback

    password, token = os.environ.get("AMITY_PASSWORD"), os.environ.get("AMITY_TOKEN")
    for secret, variable in ((password, "AMITY_PASSWORD"), (token, "AMITY_TOKEN")):
        if secret is not None and len(secret) < SHORTEST:
            raise InputError(variable, f"must have {SHORTEST} letters at least")
    if not loopback(host):
        if not password and not token:
            raise InputError(f"--host {host}", "other machines can reach it: set AMITY_PASSWORD or AMITY_TOKEN")
        if not encrypted:
            raise InputError(f"--host {host}", "a password must not travel in the clear: give --certificate and --key")
    access = Access(password=hashed(password) if password else None, token=token, secure=encrypted)
    return replace(access, hosts=access.hosts | {host.lower(), *(name.lower() for name in names)})
