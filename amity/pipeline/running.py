"""The two runs: `read` fills a ledger, `code` passes claims through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from amity.engines import Lost, run
from amity.errors import InputError
from amity.incidents import merge
from amity.ingest import readable
from amity.ingest.duplicates import Copies, fingerprint
from amity.pipeline.coding import Coded, Coding, batched
from amity.pipeline.gathering import fail, gather
from amity.pipeline.options import Options, cores
from amity.pipeline.watching import Tally, Watcher
from amity.records import Article, Claim

if TYPE_CHECKING:  # `code` and the workers need no ledger, and SQLAlchemy takes a third of a second to load
    from amity.ledger import Ledger, Writer

ALONE = 4
"""Batches that one process codes by itself sooner than others could be started."""


def read(
    sources: Iterable[str], ledger: Ledger, options: Options | None = None, watcher: Watcher | None = None
) -> Tally:
    """Read sources into the ledger: what is new is coded, then incidents are derived.

    What was read before is left alone: killed at any time and started again, it goes on where it stopped.

    Raises:
        InputError: at the first failure when the run is strict. What was finished is kept.
        ModelError, CodebookError, LedgerError: when there is nothing to work with.
    """
    options, watcher, tally = options or Options(), watcher or Watcher(), Tally()
    named = list(sources)
    coding = Coding(options.model, options.codebook)
    with ledger.writing(f"read {' '.join(named)}", coding.identity(), options.recode) as writer:
        reading = _Reading(ledger, writer, options, tally, watcher)
        for article, coded in _coded(reading.new(named), coding, options):
            reading.take(article, coded)
            watcher.advanced(tally)
        writer.commit()
        if options.merge and not (tally.articles == 0 and ledger.merged()):
            tally.incidents = remerge(ledger, writer)
            watcher.advanced(tally)
    return tally


def code(
    sources: Iterable[str], options: Options | None = None, watcher: Watcher | None = None, tally: Tally | None = None
) -> Iterator[Claim]:
    """Claims of all articles in the sources, in order, as they are found; nothing is stored."""
    options, watcher = options or Options(), watcher or Watcher()
    tally = tally if tally is not None else Tally()
    yield from code_articles(gather(sources, options, tally, watcher), options, watcher, tally)


def code_articles(
    articles: Iterable[Article],
    options: Options | None = None,
    watcher: Watcher | None = None,
    tally: Tally | None = None,
) -> Iterator[Claim]:
    """Claims of these articles, in order."""
    options, watcher = options or Options(), watcher or Watcher()
    tally = tally if tally is not None else Tally()
    coding = Coding(options.model, options.codebook)

    def legible() -> Iterator[Article]:
        for article in articles:
            if readable(article):
                yield article
            else:
                tally.unread += 1
                watcher.noted(_unreadable(article))

    for article, coded in _coded(legible(), coding, options):
        _count(tally, article, coded)
        if coded.failure:
            fail(InputError(article.source, coded.failure), options, tally, watcher)
        watcher.advanced(tally)
        yield from coded.claims


def remerge(ledger: Ledger, writer: Writer) -> int:
    """Derive incidents anew from all claims that stand, and let them stand in the ledger."""
    incidents = merge(ledger.claims(kind=("event", "transfer", "quantity")), ledger.articles())
    writer.replace_incidents(incidents)
    return len(incidents)


class _Reading:
    """What `read` does around coding: sort out what is known, and hand results to the ledger's pen."""

    def __init__(self, ledger: Ledger, writer: Writer, options: Options, tally: Tally, watcher: Watcher) -> None:
        self._ledger = ledger
        self._writer = writer
        self._copies: Copies | None = None
        self._options = options
        self._tally = tally
        self._watcher = _Noting(watcher, writer)
        self._seen: dict[str, int] = {}

    def new(self, sources: Iterable[str]) -> Iterator[Article]:
        """Articles that are to be coded; others are counted, and stored where they are not yet."""
        for article in gather(sources, self._options, self._tally, self._watcher):
            try:
                adopted = self._adopt(article)
            except InputError as error:
                fail(error, self._options, self._tally, self._watcher)
                continue
            if adopted is None:
                self._tally.known += 1
                self._watcher.advanced(self._tally)
                continue
            self._recognise(adopted)
            if readable(adopted):
                yield adopted
            else:
                self._tally.articles += 1
                self._tally.unread += 1
                self._watcher.noted(_unreadable(adopted))
                self._writer.add(adopted, (), "unread")

    def _adopt(self, article: Article) -> Article | None:
        if article.id in self._seen:
            if self._seen[article.id] != hash(article.text):
                raise InputError(article.source, f"article id {article.id!r} came before with another text")
            return None
        self._seen[article.id] = hash(article.text)
        return self._writer.adopt(article, self._options.corrections)

    def _recognise(self, article: Article) -> None:
        """Find out whether it repeats another article, of this run or an earlier one."""
        if self._copies is None:
            self._copies = Copies()
            for known in self._ledger.fingerprints():
                self._copies.restore(*known)
        mark = fingerprint(article)
        links = self._copies.add(article, mark)
        self._tally.copies += len(links)
        self._writer.recognise(article.id, mark.to_bytes(), links)

    def take(self, article: Article, coded: Coded) -> None:
        """Store the claims of an article, or note why there are none."""
        if coded.failure:
            fail(InputError(article.source, coded.failure), self._options, self._tally, self._watcher)
            return
        _count(self._tally, article, coded)
        self._writer.add(article, coded.claims)


class _Noting(Watcher):
    """Passes everything on, and writes failures into the ledger."""

    def __init__(self, inner: Watcher, writer: Writer) -> None:
        self._inner = inner
        self._writer = writer

    def failed(self, error: InputError) -> None:
        self._writer.fail(error.source, error.reason)
        self._inner.failed(error)

    def noted(self, message: str) -> None:
        self._inner.noted(message)

    def advanced(self, tally: Tally) -> None:
        self._inner.advanced(tally)


def _coded(articles: Iterable[Article], coding: Coding, options: Options) -> Iterator[tuple[Article, Coded]]:
    """Each article with its claims, in order, by as many processes as the work is worth."""
    batches: Iterator[list[Article]] = batched(articles)
    if options.jobs is None:
        first = list(islice(batches, ALONE))
        jobs = cores() if len(first) == ALONE else 1
        batches = chain(first, batches)
    else:
        jobs = options.jobs
    for batch, results in run(coding, batches, jobs):
        for article, result in zip(batch, results, strict=True):
            yield article, Coded(failure=result.reason) if isinstance(result, Lost) else result


def _count(tally: Tally, article: Article, coded: Coded) -> None:
    tally.articles += 1
    tally.words += len(article.text.split())
    tally.claims += len(coded.claims)


def _unreadable(article: Article) -> str:
    return f"{article.source}: is in {article.language}, which the language model does not read; stored, not coded"
