"""Connections that go only where they may, and end in time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

from amity.sources.addresses import Resolver, public_addresses, resolve


class Clock:
    """The time until which the current fetch must be done."""

    def __init__(self) -> None:
        self.deadline = float("inf")

    def start(self, seconds: float) -> None:
        """Begin a fetch that may take this long."""
        self.deadline = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """Seconds for the next operation; raises `httpcore.ReadTimeout` when the time is up."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left if timeout is None else min(timeout, left)


class VettedBackend(httpcore.NetworkBackend):
    """Resolves a host, checks its addresses, and connects to one of those: no second lookup can lead elsewhere.

    The TLS name and the Host header stay those of the URL, as httpcore takes them from there.
    """

    def __init__(self, clock: Clock, allow_private: bool, resolver: Resolver = resolve) -> None:
        self.clock = clock
        self.allow_private = allow_private
        self.resolver = resolver
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in public_addresses(host, port, self.resolver, self.allow_private):
            try:
                left = self.clock.left(timeout)
                stream = self.inner.connect_tcp(address, port, left, local_address, socket_options)
                return _TimedStream(stream, self.clock)
            except httpcore.ConnectError as error:
                failure = error
        raise failure


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every operation ends when the fetch must: a server that drips bytes gains nothing."""

    def __init__(self, inner: httpcore.NetworkStream, clock: Clock) -> None:
        self.inner = inner
        self.clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.clock.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self.inner.start_tls(ssl_context, server_hostname, self.clock.left(timeout)), self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class PoliteTransport(httpx.HTTPTransport):
    """HTTP over vetted connections, with a pause between two requests to one host.

    It sits below the cache, so that what is cached is neither waited for nor asked for.
    """

    def __init__(self, backend: VettedBackend, pause: Callable[[str], None]) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=backend, max_keepalive_connections=4
        )
        self.pause = pause

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.pause(request.url.netloc.decode("ascii", "replace"))
        return super().handle_request(request)
