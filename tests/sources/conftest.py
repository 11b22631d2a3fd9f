"""A small web server on the loopback interface that misbehaves on demand."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What the server answers, by path, and which paths it was asked for with which headers."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def page(
        self, path: str, body: bytes | str, status: int = 200, type: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        """Answer a path with a body; header names are written with underscores."""
        data = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in {"Content-Type": type, "Content-Length": str(len(data)), **headers}.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(data)

        self.answers[path] = answer

    def redirect(self, path: str, target: str) -> None:
        """Send visitors of a path elsewhere."""
        self.page(path, "", 302, Location=target)

    def drip(self, path: str, seconds: float) -> None:
        """Send one byte after the other, for as long as anybody listens."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", "text/html")
            request.end_headers()
            try:
                while True:
                    request.wfile.write(b"x")
                    time.sleep(seconds)
            except OSError:
                return

        self.answers[path] = answer

    def stall(self, path: str, seconds: float) -> None:
        """Take that long before the first byte."""
        self.answers[path] = lambda request: time.sleep(seconds)

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt apart."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without robots.txt."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, dict(self.headers)))
            missing: Answer = lambda request: request.send_error(404)  # noqa: E731
            served.answers.get(self.path, missing)(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    served = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def bomb(size: int) -> bytes:
    """That many zeros, packed twice as hard as any text can be."""
    return gzip.compress(bytes(size))
