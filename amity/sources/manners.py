"""How fetching behaves towards servers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient, how persistent and how fast fetching is. Times are in seconds."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0  #: for one page with its redirects
    delay: float = 1.0  #: between two requests to one host, unless its robots.txt asks for more
    attempts: int = 3
    longest_wait: float = 30.0  #: before an attempt, even if the server asks for more
    redirects: int = 5
