"""Who may ask: only this machine by default; elsewhere whoever knows the password, over an encrypted connection.

The rules follow OWASP's cheat sheets on session management and cross-site request forgery (2024).
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

COOKIE = "amity_session"
HEADER = "x-amity"
"""Requests that change something carry this header, which no other site's page can send without being asked first."""

LASTING = 12 * 3600.0
"""Seconds that a session lasts."""

SHORTEST = 10
"""Letters that a password must have at least."""

Clock = Callable[[], float]


class Bucket:
    """Allows `rate` requests a second on average and `burst` at once, for each client."""

    def __init__(self, rate: float, burst: int, clock: Clock = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, client: str) -> bool:
        """Whether one more request of this client may pass."""
        with self._lock:
            now = self._clock()
            if len(self._left) > 10_000:
                self._left = {one: seen for one, seen in self._left.items() if now - seen[1] < self._burst / self._rate}
            left, seen = self._left.get(client, (float(self._burst), now))
            left = min(self._burst, left + (now - seen) * self._rate)
            self._left[client] = (left - 1 if left >= 1 else left, now)
            return left >= 1


class Sessions:
    """Who has given the password, until when; forgotten when the server stops."""

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def open(self) -> str:
        """The name of a new session."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._until = {one: until for one, until in self._until.items() if until > now}
            self._until[name] = now + LASTING
        return name

    def close(self, name: str | None) -> None:
        """End a session."""
        with self._lock:
            self._until.pop(name or "", None)

    def valid(self, name: str | None) -> bool:
        """Whether the session is open."""
        return self._until.get(name or "", 0.0) > self._clock()


@dataclass(frozen=True, kw_only=True)
class Access:
    """What is demanded of a request. `password` is a hash by argon2; null lets everybody in who may connect."""

    password: str | None = None
    token: str | None = None
    hosts: frozenset[str] = frozenset({"localhost", "127.0.0.1", "::1"})
    secure: bool = False
    sessions: Sessions = field(default_factory=Sessions)
    requests: Bucket = field(default_factory=lambda: Bucket(rate=50, burst=400))
    attempts: Bucket = field(default_factory=lambda: Bucket(rate=1 / 12, burst=5))

    @property
    def guarded(self) -> bool:
        """Whether anything has to be shown before one is let in."""
        return self.password is not None or self.token is not None

    def expected(self, host: str) -> bool:
        """Whether the name in the Host header is ours: a foreign one means that somebody's page resolved to us."""
        return "*" in self.hosts or hostname(host) in self.hosts

    def known(self, session: str | None, authorization: str | None) -> bool:
        """Whether a request shows an open session, or the token as `Authorization: Bearer …`."""
        scheme, _, shown = (authorization or "").partition(" ")
        if self.token and scheme.lower() == "bearer" and hmac.compare_digest(shown.encode(), self.token.encode()):
            return True
        return not self.guarded or self.sessions.valid(session)

    def right(self, password: str) -> bool:
        """Whether that is the password."""
        if self.password is None:
            return False
        try:
            return PasswordHasher().verify(self.password, password)
        except Argon2Error:
            return False

    def from_here(self, host: str, origin: str | None, fetched: str | None, header: str | None) -> bool:
        """Whether a request that changes something was made by a page of ours."""
        if header is None or fetched not in (None, "same-origin", "none"):
            return False
        return origin is None or urlsplit(origin).netloc == host


def hashed(password: str) -> str:
    """The password's hash by argon2id, with the library's parameters (RFC 9106, low memory)."""
    return PasswordHasher().hash(password)


def loopback(host: str) -> bool:
    """Whether an address to listen at can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hostname(host: str) -> str:
    """The name in a Host header, without port and brackets: `[::1]:8470` is `::1`."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
