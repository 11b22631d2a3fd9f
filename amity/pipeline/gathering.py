"""From what the user names to articles: sources fetched and ingested, failures passed on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from amity.errors import InputError
from amity.ingest import Raw, articles
from amity.pipeline.options import Options
from amity.pipeline.watching import Tally, Watcher
from amity.records import Article
from amity.sources import FetchOptions, Skipped, fetch_all

_SURROGATE = re.compile("[\ud800-\udfff]")


def gather(sources: Iterable[str], options: Options, tally: Tally, watcher: Watcher) -> Iterator[Article]:
    """Every article behind the sources; failures go to the watcher, or stop it all when the run is strict."""
    named = list(sources)
    tally.size = size(named)
    fetching = FetchOptions(allow_private=options.allow_private, cache=options.cache, limits=options.limits)
    for document in fetch_all(named, fetching):
        match document:
            case InputError():
                fail(document, options, tally, watcher)
            case Skipped():
                watcher.noted(_skipped(document))
            case Raw():
                yield from _ingest(document, options, tally, watcher)


def _ingest(document: Raw, options: Options, tally: Tally, watcher: Watcher) -> Iterator[Article]:
    before = tally.done
    with document.stream as stream:
        for item in articles(document, options.given, options.limits):
            tally.done = before + _taken(stream)
            if isinstance(item, InputError):
                fail(item, options, tally, watcher)
            else:
                yield _sound(item)
    tally.done = before + _weight(Path(document.name))
    watcher.advanced(tally)


def _sound(article: Article) -> Article:
    """Without lone surrogates, which no database or JSON can hold; every offset stays what it was."""
    broken = {
        field: _SURROGATE.sub("\ufffd", value)
        for field in ("id", "text", "title", "author", "publisher", "url")
        if (value := getattr(article, field)) and _SURROGATE.search(value)
    }
    return msgspec.structs.replace(article, **broken) if broken else article


def fail(error: InputError, options: Options, tally: Tally, watcher: Watcher) -> None:
    """Tell of a failure; raise it when the run is strict."""
    tally.failures += 1
    watcher.failed(error)
    if options.strict:
        raise error


def size(sources: Iterable[str]) -> int | None:
    """Bytes of the files that the sources name, null when one of them cannot be weighed beforehand."""
    total = 0
    for source in sources:
        path = Path(source).expanduser()
        if not path.exists():
            return None
        total += sum(_weights(path)) if path.is_dir() else _weight(path)
    return total


def _weights(folder: Path) -> Iterator[int]:
    for parent, _, names in os.walk(folder):
        yield from (_weight(Path(parent, name)) for name in names)


def _weight(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except (OSError, ValueError):
        return 0


def _taken(stream: object) -> int:
    """Bytes read so far from a document's stream, as far as it says so."""
    return int(getattr(getattr(stream, "raw", None), "total", 0))


def _skipped(skipped: Skipped) -> str:
    parts = [
        f"{count} {what}"
        for count, what in ((skipped.hidden, "hidden"), (skipped.unsupported, "of types that amity does not read"))
        if count
    ]
    return f"{skipped.folder}: passed over {' and '.join(parts)}"
