"""Fetching web pages politely and safely."""

from __future__ import annotations

import logging
import os
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_any,
    stop_before_delay,
    wait_exponential_jitter,
)

from amity.errors import InputError
from amity.ingest import Limits
from amity.ingest.metadata import printable
from amity.sources.addresses import Resolver, check_url, public_addresses, resolve
from amity.sources.manners import Manners
from amity.sources.network import Clock, PoliteTransport, VettedBackend
from amity.version import __version__

log = logging.getLogger(__name__)

AGENT = "amity"
USER_AGENT = f"{AGENT}/{__version__} (reads news articles for research; obeys robots.txt)"
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/pdf, */*;q=0.5"
_BUSY = (429, 500, 502, 503, 504)
_REDIRECTS = (301, 302, 303, 307, 308)
_NEVER_READ = ("image/", "audio/", "video/", "font/")
_ROBOTS_SIZE = 500_000  # bytes that RFC 9309 asks crawlers to read at least
_LONGEST_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class Page:
    """What a URL gave: `url` is the address after redirects, `data` the body, unpacked."""

    url: str
    data: bytes
    media_type: str | None
    charset: str | None


class _Refusal(InputError):
    """The server answers, but not with a page."""

    def __init__(self, source: str, reason: str, status: int) -> None:
        super().__init__(source, reason)
        self.status = status


class _Busy(Exception):
    """Another attempt may help; `wait` is the time in seconds that the server asks for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass
class Web:
    """One run's access to the web. Every failure is an `InputError` that names the URL as it was asked for."""

    allow_private: bool = False
    cache: Path | None = None
    limits: Limits = field(default_factory=Limits)
    manners: Manners = field(default_factory=Manners)
    resolver: Resolver = resolve
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        self._clock = Clock()
        self._robots: dict[str, Protego | None] = {}
        self._next: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        timeout = httpx.Timeout(self.manners.read, connect=self.manners.connect)
        self._client = httpx.Client(
            transport=self._transport(),
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
        )

    def close(self) -> None:
        """Close all connections and the cache."""
        self._client.close()

    def fetch(self, url: str) -> Page:
        """The page behind a URL, redirects followed, robots.txt obeyed."""
        source = printable(url)
        self._clock.start(self.manners.total)
        retrying = Retrying(
            retry=retry_if_exception_type(_Busy),
            stop=stop_any(stop_after_attempt(self.manners.attempts), stop_before_delay(self.manners.total)),
            wait=self._wait,
            sleep=self.sleep,
            reraise=True,
        )
        try:
            page: Page = retrying(self._follow, url, source)
            return page
        except _Busy as error:
            raise InputError(source, str(error)) from error

    def _follow(self, url: str, source: str) -> Page:
        seen = url
        for _ in range(self.manners.redirects + 1):
            self._check(seen, source)
            page = self._get(seen, source, self.limits.document)
            if isinstance(page, Page):
                return page
            seen = page
        raise InputError(source, f"redirects more than {self.manners.redirects} times")

    def _check(self, url: str, source: str) -> None:
        """Raise `InputError` unless this URL may be fetched."""
        try:
            parts = check_url(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            public_addresses(parts.hostname or "", port, self.resolver, self.allow_private)
        except InputError as error:
            raise InputError(source, _by_way(error.reason, url, source)) from error
        except PermissionError as error:
            raise InputError(source, _by_way(str(error), url, source)) from error
        except (OSError, UnicodeError) as error:
            raise InputError(source, _by_way("its host cannot be found", url, source)) from error
        if not self._is_allowed(url, source):
            raise InputError(source, _by_way("robots.txt of the site forbids it", url, source))

    def _get(self, url: str, source: str, limit: int) -> Page | str:
        """The page, or where it redirects to. Raises `_Busy` when another attempt may help."""
        try:
            request = self._client.build_request("GET", url)
            with closing(self._client.send(request, stream=True)) as response:
                if response.status_code in _REDIRECTS and (target := response.headers.get("location")):
                    return urljoin(url, str(target))
                self._check_answer(response, source, limit)
                data = b"".join(_unpacked(response, source, limit))
        except PermissionError as error:
            raise InputError(source, _by_way(str(error), url, source)) from error
        except httpx.TimeoutException as error:
            raise _Busy("took too long to answer") from error
        except httpx.TransportError as error:
            raise _Busy(f"cannot be fetched: {_one_line(error)}") from error
        except (httpx.InvalidURL, ValueError, OSError) as error:
            raise InputError(source, f"cannot be fetched: {_one_line(error)}") from error
        media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
        return Page(printable(url), data, media_type or None, response.charset_encoding)

    def _check_answer(self, response: httpx.Response, source: str, limit: int) -> None:
        status = response.status_code
        if status in _BUSY:
            raise _Busy(f"the server answers {status} {response.reason_phrase}", _retry_after(response))
        if status != 200:
            raise _Refusal(source, f"the server answers {status} {response.reason_phrase}".strip(), status)
        media_type = response.headers.get("content-type", "")
        if media_type.lower().startswith(_NEVER_READ):
            raise InputError(source, f"is {printable(media_type[:60])}, which amity does not read")
        length = response.headers.get("content-length", "")
        if length.isdigit() and int(length) > limit:
            raise InputError(source, f"is larger than {limit / 1_000_000:g} MB")

    def _is_allowed(self, url: str, source: str) -> bool:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = rules = self._read_robots(origin, source)
            delay = rules.crawl_delay(AGENT) if rules else None
            self._delays[parts.netloc] = min(max(self.manners.delay, delay or 0.0), _LONGEST_DELAY)
        rules = self._robots[origin]
        return rules is None or rules.can_fetch(url, AGENT)

    def _read_robots(self, origin: str, source: str) -> Protego | None:
        """The rules of a site, none where it has no robots.txt; raises while that is out of reach (RFC 9309)."""
        target = f"{origin}/robots.txt"
        for _ in range(self.manners.redirects + 1):
            try:
                check_url(target)
                page = self._get(target, source, _ROBOTS_SIZE)
            except _Refusal:
                return None
            if isinstance(page, Page):
                return Protego.parse(page.data.decode("utf-8", "replace"))
            target = page
        return None

    def _pause(self, host: str) -> None:
        now = time.monotonic()
        wait = self._next.get(host, now) - now
        if wait > 0:
            self.sleep(wait)
        self._next[host] = max(now, self._next.get(host, now)) + self._delays.get(host, self.manners.delay)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, _Busy) and error.wait else 0.0
        return min(max(asked, wait_exponential_jitter(initial=1, max=10)(state)), self.manners.longest_wait)

    def _transport(self) -> httpx.BaseTransport:
        backend = VettedBackend(self._clock, self.allow_private, self.resolver)
        return _cached(PoliteTransport(backend, self._pause), self.cache or default_cache(), self.limits)


def default_cache() -> Path:
    """The folder in which fetched pages are kept, after the XDG Base Directory Specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "amity")


def _cached(transport: httpx.BaseTransport, folder: Path, limits: Limits) -> httpx.BaseTransport:
    """The transport behind a cache that obeys RFC 9111; without one where the folder cannot be written."""
    import sqlite3

    from hishel import CacheOptions, SqliteStorage
    from hishel.httpx import CacheTransport

    try:
        folder.mkdir(parents=True, exist_ok=True)
        storage = SqliteStorage(database_path=folder / "web.db", max_stream_size=limits.document)
        storage.get_entries("")
    except (OSError, sqlite3.Error) as error:
        log.warning("%s: pages are not cached: %s", folder, error)
        return transport
    cached: httpx.BaseTransport = CacheTransport(transport, storage, rfc=CacheOptions(shared=False))
    return cached


def _unpacked(response: httpx.Response, source: str, limit: int) -> Iterator[bytes]:
    """The body in pieces, unpacked no further than the limit.

    httpx would unpack a piece as a whole, and codings within codings: a kilobyte could become gigabytes there.
    """
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise InputError(source, f"comes in the unknown coding {printable(coding[:40])}")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if coding not in ("identity", "") else None
    total = 0
    try:
        for packed in response.iter_raw():
            piece = unpack.decompress(packed, limit + 1 - total) if unpack else packed
            total += len(piece)
            if total > limit:
                raise InputError(source, f"is larger than {limit / 1_000_000:g} MB")
            yield piece
    except zlib.error as error:
        raise InputError(source, f"is damaged: {error}") from error


def _retry_after(response: httpx.Response) -> float | None:
    seconds = response.headers.get("retry-after", "")
    return float(seconds) if seconds.isdigit() and len(seconds) < 7 else None


def _by_way(reason: str, url: str, source: str) -> str:
    """The reason, with the address that it holds for if that is not the one asked for."""
    return reason if printable(url) == source else f"redirects to {printable(url)[:200]}: {reason}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
