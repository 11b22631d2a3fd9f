"""amity in Python: the verbs of the command line, with the same names for the same things.

>>> import amity
>>> amity.read("articles/", ledger="amity.db")
>>> amity.open("amity.db").claims(actor="AZE", kind="transfer").to_pandas()
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import InputError
from amity.ledger import Ledger
from amity.ledger.filters import CODE
from amity.pipeline import Options, Tally, Watcher
from amity.pipeline import code as _code
from amity.pipeline import code_articles as _code_articles
from amity.pipeline import read as _read
from amity.records import Article, Claim
from amity.records.article import content_id

if TYPE_CHECKING:
    from amity.ledger.dialect import Mode
    from amity.report.brief import Format

DEFAULT_LEDGER = "amity.db"


def default_ledger() -> str:
    """The ledger that is meant when none is named: `AMITY_LEDGER`, else `amity.db` in the current folder."""
    return os.environ.get("AMITY_LEDGER") or DEFAULT_LEDGER


def open(ledger: str | Path | None = None, mode: Mode = "read", codebook: Path | None = None) -> Ledger:
    """Open a ledger to ask it: `.claims()`, `.incidents()`, `.articles()`, `.search()`, `.view()`.

    Filters are those of the command line: `actor`, `pair`, `kind`, `type`, `status`, `certainty`, `layer`, `since`,
    `until`, `source`, `article`, `text`, `contested`, `as_of`, `limit`.

    Raises:
        LedgerError: when there is no ledger, or one that this version cannot read.
    """
    return Ledger.open(str(ledger or default_ledger()), mode, resolver(codebook))


def read(
    *sources: str | Path, ledger: str | Path | None = None, watcher: Watcher | None = None, **options: Any
) -> Tally:
    """Read files, folders, globs, URLs or feeds into a ledger; makes it where there is none. Returns what was done.

    `options` are the fields of `amity.pipeline.Options` (`jobs`, `model`, `codebook`, `strict` …). One process works
    unless `jobs` says otherwise; scripts then need `if __name__ == "__main__":` around the call, as for everything
    that starts processes.
    """
    with open(ledger, "write") as opened:
        return _read(map(str, sources), opened, _options(options), watcher or Warner())


def code(
    *sources: str | Path, text: str | None = None, published: str | None = None, **options: Any
) -> Iterator[Claim]:
    """Claims of files, folders, globs, URLs or feeds, or of one `text` as published on a date; nothing is stored."""
    if text is None:
        return _code(map(str, sources), _options(options), Warner())
    article = Article(id=content_id(text), text=text, source="text", published=published)
    return _code_articles([article], _options(options), Warner())


def _options(given: dict[str, Any]) -> Options:
    return Options(**{"jobs": 1} | given)


class Warner(Watcher):
    """Tells failures as Python's warnings, since a run goes on after them."""

    def failed(self, error: InputError) -> None:
        import warnings

        warnings.warn(str(error), stacklevel=2)


def brief(
    ledger: Ledger | str | Path | None = None,
    about: Iterable[str] = (),
    format: Format = "md",
    codebook: Path | None = None,
    limit: int | None = None,
    **filters: Any,
) -> str:
    """A briefing from a ledger in Markdown, HTML or plain text; `about` are states or organisations, by name or code.

    `limit` is that of the lines in each section; `filters` are those of `Ledger.claims`.
    """
    from amity import report
    from amity.report.brief import LIMIT

    subjects = [about] if isinstance(about, str) else list(about)
    with _asking(ledger, codebook) as asked:
        codes = asked.filter(actor=subjects).actor if subjects else ()
        view = asked.view(**filters)
    return report.brief(
        view.claims,
        view.incidents,
        view.articles,
        about=codes,
        names=naming(codebook),
        format=format,
        limit=limit or LIMIT,
    )


def export(format: str, ledger: Ledger | str | Path | None = None, codebook: Path | None = None, **filters: Any) -> str:
    """What a ledger holds as `graphml`, `gexf`, `geojson`, `bibtex`, `ris`, `csl-json` or `annotations`."""
    from amity import report

    with _asking(ledger, codebook) as asked:
        view = asked.view(**filters)
    return report.export(format, view.claims, view.incidents, view.articles, naming(codebook))


def dossier(
    ledger: Ledger | str | Path | None = None,
    title: str | None = None,
    codebook: Path | None = None,
    structure: bool = True,
    **filters: Any,
) -> str:
    """The interface with a ledger's records inside, as one HTML page that opens from disk.

    With `structure` it carries relations of the busiest pairs, complexes, arms and alignment of the busiest states, of
    all that the ledger and its archive hold. `filters` are those of `Ledger.claims`.
    """
    from datetime import UTC, datetime

    from amity import codebook as codebooks
    from amity.incidents.quoted import quoted
    from amity.pipeline.dossier import structures
    from amity.report.dossier import dossier as written
    from amity.report.pages import About, Pages
    from amity.version import __version__

    with _asking(ledger, codebook) as asked:
        view, counts = asked.view(**filters), asked.counts()
        about = About(
            title=title or Path(asked.where).stem,
            version=__version__,
            made=datetime.now(UTC).date().isoformat(),
            as_of=view.as_of,
            claims=len(view.claims),
            unread=counts["unread"],
            failures=counts["failures"],
        )
        book = codebooks.load(codebook)
        told = structures(asked, book, view.incidents) if structure else {}
    return written(view, Pages(book), about, quoted(view), told)


def explain(
    id: str, ledger: Ledger | str | Path | None = None, codebook: Path | None = None, model: str | None = None
) -> str:
    """Why a claim was coded: the text with its words marked, the rule that fired, the parse, the alternatives."""
    with _asking(ledger) as asked:
        claim = asked.claim(id)
        article = asked.article(claim.article)

    from amity import annotate
    from amity import codebook as codebooks
    from amity.coding.explain import explain as explained

    doc = next(annotate.annotate(annotate.load(model), [article.text]))
    return str(explained(article, doc, codebooks.load(codebook), claim))


@contextmanager
def _asking(ledger: Ledger | str | Path | None, codebook: Path | None = None) -> Iterator[Ledger]:
    """A ledger to ask: the one given, or one opened for as long as it takes."""
    if isinstance(ledger, Ledger):
        yield ledger
        return
    with open(ledger, codebook=codebook) as opened:
        yield opened


def resolver(folder: Path | None = None) -> Callable[[str], str]:
    """From names of states, organisations and persons to the codes under which claims know them.

    The codebook is loaded when the first name has to be looked up; codes go through as they are.
    """
    book: Any = None

    def resolve(name: str) -> str:
        nonlocal book
        if CODE.fullmatch(name):
            return name
        if book is None:
            from amity import codebook

            book = codebook.load(folder)
        return _resolved(name, book)

    return resolve


def _resolved(name: str, book: Any) -> str:
    if state := book.states.resolve(name):
        return str(state.id)
    entries = book.table.entries(name)
    states = {entry.id for entry in entries if entry.kind in ("state", "entity", "dependency")}
    if len(states) > 1:
        raise InputError(name, f"may be {' or '.join(sorted(states))}; name one of them")
    return str(entries[0].name) if entries else name


def naming(folder: Path | None = None) -> Callable[[str], str]:
    """From the codes that claims use to names for people: `AZE` to Azerbaijan; what is no code stays as it is."""
    from amity import codebook

    states = codebook.load(folder).states

    def name(code: str) -> str:
        state = states.get(code)
        return state.name if state else code

    return name


def unknown(names: Iterable[str], folder: Path | None = None) -> list[str]:
    """Those of the names (as `resolver` leaves them) that nothing in the codebook is called by."""
    named = [name for name in names if not CODE.fullmatch(name)]
    if not named:
        return []
    from amity import codebook

    book = codebook.load(folder)
    return [name for name in named if not book.table.entries(name)]
