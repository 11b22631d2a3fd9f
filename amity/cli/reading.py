"""Commands that read text: `read`, `code`, `demo`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amity.cli import options
from amity.cli.ending import FAILED, complain, output

if TYPE_CHECKING:
    from amity.ledger import Ledger
    from amity.pipeline import Tally

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, globs, URLs, feeds, or - for standard input.")
]


def read(
    sources: Sources,
    ledger: options.Ledger = options.DEFAULT_LEDGER,
    published: options.Published = None,
    title: options.Title = None,
    author: options.Author = None,
    publisher: options.Publisher = None,
    url: options.Url = None,
    language: options.Language = None,
    jobs: options.Jobs = None,
    codebook: options.Codebook = None,
    model: options.Model = None,
    strict: options.Strict = False,
    recode: Annotated[bool, typer.Option("--recode", help="Code again what this coder has coded before.")] = False,
    merge: Annotated[bool, typer.Option("--merge/--no-merge", help="Derive incidents at the end.")] = True,
    allow_private: options.Private = False,
    quiet: options.Quiet = False,
) -> None:
    """Read articles into the ledger. What was read before is skipped, so a run that was stopped goes on."""
    from amity import api, pipeline
    from amity.cli.progress import Progress

    given = _metadata(title, author, publisher, published, url, language)
    chosen = pipeline.Options(
        model=model, codebook=codebook, jobs=jobs, given=given, strict=strict, recode=recode, merge=merge,
        allow_private=allow_private,
    )  # fmt: skip
    with api.open(ledger, "write", codebook) as opened, Progress(quiet) as progress, stopping(strict):
        tally = pipeline.read(sources, opened, chosen, progress)
    more = f"; see amity claims{_option(ledger)}, amity brief{_option(ledger)}" if tally.articles else ""
    _conclude(tally, quiet, more)


def code(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE…]", help="Files, folders, globs, URLs, feeds; standard input when there is none."
        ),
    ] = None,
    published: options.Published = None,
    title: options.Title = None,
    author: options.Author = None,
    publisher: options.Publisher = None,
    url: options.Url = None,
    language: options.Language = None,
    jobs: options.Jobs = None,
    codebook: options.Codebook = None,
    model: options.Model = None,
    strict: options.Strict = False,
    allow_private: options.Private = False,
    quiet: options.Quiet = False,
) -> None:
    """Print the claims of articles as JSON Lines, one claim a line, in the order of the text. Nothing is stored."""
    from amity import pipeline
    from amity.cli.progress import Progress
    from amity.records import to_json

    given = _metadata(title, author, publisher, published, url, language)
    chosen = pipeline.Options(
        model=model, codebook=codebook, jobs=jobs, given=given, strict=strict, allow_private=allow_private
    )
    tally = pipeline.Tally()
    if not sources and sys.stdin.isatty() and not quiet:
        complain("reading what you type; end with Ctrl-D, stop with Ctrl-C")
    shown = quiet or sys.stdout.isatty()  # a bar between the lines of the result would only disturb
    with Progress(shown) as progress, output(), stopping(strict):
        for claim in pipeline.code(sources or ["-"], chosen, progress, tally):
            sys.stdout.buffer.write(to_json(claim) + b"\n")
            if sys.stdout.isatty():
                sys.stdout.buffer.flush()
    if tally.failures:
        raise typer.Exit(FAILED)


def demo(
    ledger: Annotated[
        Path, typer.Option("--ledger", "-l", metavar="FILE", help="The ledger of the demonstration.")
    ] = Path("amity-demo.db"),
    to: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where the whole briefing goes; .html or .md.")
    ] = Path("amity-demo.html"),
    jobs: options.Jobs = None,
    quiet: options.Quiet = False,
) -> None:
    """Read the bundled articles, print a short briefing, write the whole one and a dossier, keep the ledger to try."""
    from amity import api, pipeline
    from amity.cli.progress import Progress
    from amity.cli.telling import write_brief
    from amity.demo import folder

    with api.open(ledger, "write") as opened, Progress(quiet) as progress:
        tally = pipeline.read([str(folder())], opened, pipeline.Options(jobs=jobs), progress)
    with api.open(ledger) as opened, output():
        write_brief(opened, {"limit": SHORT}, None, format="txt")
        write_brief(opened, {}, to)
        claim = next(iter(opened.claims(kind="transfer", limit=1)), None)
        dossier = _dossier(opened, to.with_suffix(".dossier.html"))
    if not quiet:
        print(_next_steps(ledger, to, dossier, claim.id[:8] if claim else "ID"), file=sys.stderr)
    _conclude(tally, quiet, "")


SHORT = 4
"""Lines that each section of the short briefing has."""


def _dossier(opened: Ledger, to: Path) -> Path | None:
    """The ledger as a dossier; null where amity was installed without its interface."""
    from amity import api
    from amity.errors import AmityError

    try:
        to.write_text(api.dossier(opened, title="Bundled dispatches"), encoding="utf-8")
    except AmityError as error:
        complain(str(error))
        return None
    return to


def _next_steps(ledger: Path, page: Path, dossier: Path | None, claim: str) -> str:
    """What to look at and type after the demonstration, from where the reader stands."""
    import shutil

    activate = f"source {Path(sys.argv[0]).parent / 'activate'}; " if not shutil.which("amity") else ""
    return f"""
The whole briefing, with every sentence it cites: {page}
{f"Everything to look at in a browser, and to mail: {dossier}" if dossier else ""}
The ledger, for these commands and any SQLite tool: {ledger}

    {activate}export AMITY_LEDGER={ledger}
    amity explain {claim}                              why a line was coded as it was
    amity claims --actor Azerbaijan --kind transfer
    amity incidents --contested
    amity relations IND PAK --by year
    amity serve                                      search, maps, review in your browser
    amity brief --about IND,PAK --output briefing.html
    amity read YOUR-FOLDER --ledger yours.db
"""


def _metadata(*values: str | None) -> Any:
    from amity.errors import InputError
    from amity.ingest import Metadata
    from amity.records.days import days

    title, author, publisher, published, url, language = values
    if published and not days(published):
        raise InputError("--published", f"{published!r} is no date; write 2021-10-14")
    return Metadata(title=title, author=author, publisher=publisher, published=published, url=url, language=language)


@contextmanager
def stopping(strict: bool) -> Iterator[None]:
    """Around a run: a strict one that meets a failure has told so already, and ends."""
    from amity.errors import InputError

    try:
        yield
    except InputError as error:
        if not strict:
            raise
        complain(f"stopped at the first failure ({error.source}); what was finished is kept")
        raise typer.Exit(FAILED) from None


def _conclude(tally: Tally, quiet: bool, more: str) -> None:
    if not quiet:
        print(f"{summary(tally)}{more}", file=sys.stderr)
    if tally.failures:
        raise typer.Exit(FAILED)


def summary(tally: Tally) -> str:
    """One line on what a run did."""
    counts = (
        (tally.articles, "new article", "new articles"),
        (tally.claims, "claim", "claims"),
        (tally.incidents, "incident in all", "incidents in all"),
        (tally.known or None, "article known before", "articles known before"),
        (tally.copies or None, "copy of another", "copies of others"),
        (tally.unread or None, "in another language", "in other languages"),
        (tally.failures or None, "failure", "failures"),
    )
    return ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in counts if n is not None)


def _option(ledger: str) -> str:
    return "" if ledger == options.ledger_from_environment() else f" --ledger {ledger}"
