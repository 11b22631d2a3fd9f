"""Commands that tell: `brief` and `export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from amity.cli import options
from amity.cli.asking import hint
from amity.cli.ending import complain, output, write_text
from amity.cli.options import filtered

if TYPE_CHECKING:
    from amity.ledger import Ledger

NAMED = {".html": "html", ".htm": "html", ".txt": "txt"}
ExportFormat = Literal["graphml", "gexf", "geojson", "bibtex", "ris", "csl-json", "annotations"]


@filtered
def brief(
    asked: dict[str, Any],
    about: Annotated[
        list[str] | None, typer.Option("--about", metavar="NAME", help="States or organisations it is about: AZE,ISR.")
    ] = None,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    format: Annotated[
        Literal["md", "html", "txt"] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="md, html, or txt for a short one; by default what the file's name says, else md.",
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    to: options.Output = None,
    codebook: options.Codebook = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a briefing: findings, deeds, transfers, contested claims, relations, timeline; every line is cited.

    --limit is that of the lines in each section.
    """
    from amity import api

    about = [name.strip() for part in about or [] for name in part.split(",") if name.strip()]
    with api.open(ledger, codebook=codebook) as opened, output():
        write_brief(opened, asked, to, about, format, codebook)
        named = {**asked, "actor": about} if about else asked
        hint(bool(about) and not opened.claims(**named), named, opened, codebook, quiet)
    if to and not quiet:
        complain(f"the briefing is in {to}")


@filtered
def export(
    asked: dict[str, Any],
    format: Annotated[
        ExportFormat,
        typer.Argument(
            metavar="FORMAT",
            help="graphml, gexf, geojson; bibtex, ris, csl-json of the articles; annotations (W3C Web Annotation).",
        ),
    ],
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    to: options.Output = None,
    codebook: options.Codebook = None,
) -> None:
    """Export for other tools: graphs (Gephi), maps (QGIS), citations (Zotero), annotations of the evidence."""
    from amity import api

    with api.open(ledger, codebook=codebook) as opened, output():
        write_text(api.export(format, opened, codebook, **asked), to)


def write_brief(
    ledger: Ledger,
    asked: dict[str, Any],
    to: Path | None,
    about: list[str] | None = None,
    format: str | None = None,
    codebook: Path | None = None,
) -> None:
    """A briefing from the ledger to a file or standard output, in the format that the file's name says."""
    from amity import api

    named = NAMED.get(to.suffix.lower(), "md") if to else "md"
    text = api.brief(ledger, about or (), format or named, codebook, **asked)  # type: ignore[arg-type]
    write_text(text, to)
