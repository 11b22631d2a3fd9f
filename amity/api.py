"""amity in Python: the verbs of the command line, with the same names for the same things.

>>> import amity
>>> amity.read("articles/", ledger="amity.db")
>>> amity.open("amity.db").claims(actor="AZE", kind="transfer").to_pandas()
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
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

    `options` are the fields of `amity.pipeline.Options` (`jobs`, `model`, `codebook`, `strict` …). With several jobs,
    call it from under `if __name__ == "__main__":`, as everything that starts processes.
    """
    with open(ledger, "write") as opened:
        return _read(map(str, sources), opened, Options(**options), watcher)


def code(
    *sources: str | Path, text: str | None = None, published: str | None = None, **options: Any
) -> Iterator[Claim]:
    """Claims of files, folders, globs, URLs or feeds, or of one `text` as published on a date; nothing is stored."""
    if text is None:
        return _code(map(str, sources), Options(**options))
    article = Article(id=content_id(text), text=text, source="text", published=published)
    return _code_articles([article], Options(**options))


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
