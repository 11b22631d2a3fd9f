"""What the user named, one raw document after the other."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from amity.errors import InputError
from amity.ingest import Limits, Metadata, Raw, receive
from amity.ingest.feeds import Entry, entries
from amity.ingest.metadata import EMPTY
from amity.ingest.raw import FEED, HTML
from amity.sources.files import Skipped, read_path
from amity.sources.manners import Manners

if TYPE_CHECKING:
    from amity.sources.web import Web

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How sources are fetched.

    `allow_private` lets URLs lead to private and loopback addresses. `cache` is the folder for fetched pages, by
    default one of the user's. `manners` says how patient and how fast fetching is.
    """

    allow_private: bool = False
    cache: Path | None = None
    limits: Limits = field(default_factory=Limits)
    manners: Manners = field(default_factory=Manners)


def fetch_all(specs: Iterable[str], options: FetchOptions | None = None) -> Iterator[Raw | Skipped | InputError]:
    """Every raw document behind the given names, in their order; what cannot be had is an error, and the rest goes on.

    A name is a file, a folder (read recursively, in sorted order), a glob, `-` for standard input, or an http(s) URL.
    A feed, wherever it comes from, gives the articles that it holds or links to. A `Raw` must be read before the next
    one is asked for.
    """
    with _Fetching(options or FetchOptions()) as fetching:
        for spec in specs:
            yield from fetching.fetch(spec)


class _Fetching:
    """One run over sources. The web is opened when the first URL comes."""

    def __init__(self, options: FetchOptions) -> None:
        self.options = options
        self._web: Web | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._web is not None:
            self._web.close()

    def fetch(self, spec: str) -> Iterator[Raw | Skipped | InputError]:
        try:
            for item in self._raw(spec):
                if isinstance(item, Raw) and item.media_type == FEED:
                    yield from self._articles(item)
                else:
                    yield item
        except InputError as error:
            yield error

    def _raw(self, spec: str) -> Iterator[Raw | Skipped | InputError]:
        limits = self.options.limits
        if spec == "-":
            yield receive("standard input", sys.stdin.buffer, limits=limits)
        elif _URL.match(spec):
            yield self._page(spec)
        else:
            yield from read_path(spec, limits)

    def _open_web(self) -> Web:
        if self._web is None:
            from amity.sources.web import Web

            options = self.options
            self._web = Web(options.allow_private, options.cache, options.limits, options.manners)
        return self._web

    def _page(self, url: str, given: Metadata = EMPTY) -> Raw:
        page = self._open_web().fetch(url)
        return receive(
            url,
            io.BytesIO(page.data),
            declared=page.media_type,
            charset=page.charset,
            given=replace(given, url=page.url),
            limits=self.options.limits,
        )

    def _articles(self, feed: Raw) -> Iterator[Raw | InputError]:
        """The articles of a feed: their text where the feed has it, else the pages that it links to."""
        with feed.stream:
            listed = entries(feed.read(self.options.limits), feed.name)
        for entry in listed:
            try:
                yield self._article(entry, feed.name)
            except InputError as error:
                yield error

    def _article(self, entry: Entry, feed: str) -> Raw:
        if entry.content is not None:
            name = entry.given.url or feed
            return receive(name, io.BytesIO(entry.content), declared=HTML, charset="utf-8", given=entry.given)
        if entry.given.url is None:
            raise InputError(feed, "has an entry without text and link")
        return self._page(_joined(feed, entry.given.url), entry.given)


def _joined(feed: str, link: str) -> str:
    """The address of a link, which may be relative to the feed's."""
    try:
        return urljoin(feed, link) if _URL.match(feed) else link
    except ValueError as error:
        raise InputError(feed, f"has a link that is no URL: {error}") from error
