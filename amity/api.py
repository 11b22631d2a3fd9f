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
from amity.pipeline.world import World
from amity.records import Article, Claim
from amity.records.article import content_id
from amity.records.panel import Dyad

if TYPE_CHECKING:
    from amity.ledger.dialect import Mode
    from amity.pipeline.watching import Brought
    from amity.records.alignment import Alignments
    from amity.records.arms import Arms, Side
    from amity.records.complexes import Complexes
    from amity.records.outlook import Backtest, Outlook
    from amity.records.relations import Relations
    from amity.records.whatif import WhatIf
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


class Verbs(World):
    """The world with the verbs on structure: what a ledger's incidents and its archive's data sets come to.

    Each method is the verb of the same name on the command line and returns its records (`amity.records`); states may
    be given by name. Keyword arguments are those of the function of that name in `amity.pipeline`.
    """

    def bring(self, form: str | None, *files: str | Path, **options: Any) -> Brought:
        """Import files of a format (null: whatever each looks like) into the archive, as `amity import` does."""
        from amity.pipeline.importing import bring

        return bring(form, [str(file) for file in files], self.archive, self.codebook, **options)

    def relations(self, actor: str, recipient: str | None = None, **asked: Any) -> Relations:
        """How two deal with each other in both directions; without `recipient`, with whom one deals most."""
        from amity.pipeline.relations import relations

        return relations(self, self.code(actor), recipient and self.code(recipient), **asked)

    def complexes(self, **asked: Any) -> Complexes:
        """Regional security complexes as of a day (`at`)."""
        from amity.pipeline.complexes import complexes

        return complexes(self, **asked)

    def alignment(self, state: str, poles: Iterable[str] | None = None, **asked: Any) -> Alignments:
        """Where a state stands between poles, year by year."""
        from amity.pipeline.alignment import alignment

        return alignment(self, self.code(state), [self.code(pole) for pole in poles] if poles else None, **asked)

    def arms(self, state: str, side: Side = "recipient", **asked: Any) -> Arms:
        """The arms that a state got or, as `supplier`, gave."""
        from amity.pipeline.arms import arms

        return arms(self, self.code(state), side, **asked)

    def outlook(self, one: str, other: str, **asked: Any) -> list[Outlook]:
        """What to expect of two states, in both directions."""
        from amity.pipeline.outlook import outlook

        pair = Dyad(self.code(one), self.code(other))
        return outlook(self, [pair, pair.reverse], **asked)

    def backtest(self, **asked: Any) -> Backtest:
        """How outlooks of the past did."""
        from amity.pipeline.outlook import backtest

        return backtest(self, **asked)

    def whatif(self, *shocks: str, **asked: Any) -> WhatIf:
        """What would go along with shocks such as `IRN:USA:+2`."""
        from amity.pipeline.whatif import whatif

        return whatif(self, shocks, **asked)

    def code(self, name: str) -> str:
        """The code of a state, organisation or person by any of its names."""
        return name if CODE.fullmatch(name) else _resolved(name, self.codebook)


def world(ledger: str | Path | None = None, codebook: Path | None = None) -> Verbs:
    """A ledger and the archive beside it, to ask for structure: `.relations()`, `.complexes()`, `.arms()` …

    >>> amity.world("amity.db").relations("Azerbaijan", "Armenia", unit="year")

    Raises:
        LedgerError: when the ledger cannot be read. Without one, the archive alone is asked.
    """
    opened = Verbs.open(str(ledger or default_ledger()), codebook)
    assert isinstance(opened, Verbs)
    return opened


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
