"""A served ledger, a dossier, and a real browser to look at both."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import amity
from amity import demo
from amity.pipeline import dossier as structures

HOSTILE = """Title: <script>window.hacked = 1</script> "Quotes" & <b>tags</b>
Publisher: <img src=x onerror="window.hacked = 2">
Date: 2014-03-02

Kenya accused Uganda of shelling a village near Busia. "</script><script>window.hacked = 3</script>", the minister said.

The text \u202eturns round\u202c and hides\u200b letters. Kenya and Uganda signed an agreement {long} on Monday.

=HYPERLINK("http://evil.example") javascript:alert(1) Rwanda expelled the ambassador of Burundi.
"""
REGIONS = ("south-asia", "south-caucasus")


@pytest.fixture(scope="session")
def served_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundled articles of two regions and a hostile one."""
    folder = tmp_path_factory.mktemp("interface")
    articles = folder / "articles"
    articles.mkdir()
    for path in sorted(demo.folder().iterdir()):
        if any(region in path.name for region in REGIONS):
            shutil.copy(path, articles)
    (articles / "hostile.txt").write_text(HOSTILE.format(long="x" * 3000), encoding="utf-8")
    amity.read(articles, ledger=folder / "interface.db")
    return folder / "interface.db"


@pytest.fixture(scope="session")
def dossier(served_ledger: Path) -> Path:
    """The ledger as a dossier, with structure of fewer pairs and states than usual, to be quick."""
    path = served_ledger.with_name("dossier.html")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structures, "PAIRS", 1)
        patch.setattr(structures, "STATES", 1)
        path.write_text(amity.dossier(served_ledger, title="Two regions"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def address(served_ledger: Path) -> Iterator[str]:
    """Where the interface is served over the live ledger."""
    import uvicorn

    from amity.web.app import create

    with amity.open(served_ledger) as ledger:
        config = uvicorn.Config(create(ledger), host="127.0.0.1", port=0, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's Chromium, without anything that would call out."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("needs Chromium (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=path, args=[*flags, "--disable-component-update", "--disable-sync"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    with chromium() as opened:
        yield opened
