"""How fast the interface answers over a large ledger: `python -m benchmarks.interface [ARTICLES]` (10,000 by default).

The ledger is made of the bundled articles, coded once and copied with other ids: words repeat more than in a real one.
Times are medians of five in milliseconds. What decoding every incident takes (`/api/index`) stands beside the columns
that the page reads. Views are drawn by Chromium where it is installed.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import msgspec

import amity
from amity import demo
from amity.ledger import Ledger
from amity.records import identified

TIMES = 5
VIEWS = ("story", "timeline", "network", "claims")
ASKED = {
    "columns of the index": "columns",
    "claims by words": "claims?text=agreement",
    "claims by kind, the 2,000th page": "claims?kind=event&offset=100000",
    "claims by actor": "claims?actor=RUS",
    "the review queue": "reviews/queue?reviewer=Ada",
}


def main(articles: int = 10_000) -> None:
    """Make the ledger, serve it, print a line for each measurement."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.db"), Path(folder, "large.db")
        amity.read(demo.folder(), ledger=small)
        with amity.open(small) as source, amity.open(large, "write") as target:
            copied(source, target, articles)
            print(", ".join(f"{number:,} {what}" for what, number in target.counts().items() if number))
        with amity.open(large) as ledger:
            for what, took in measured(ledger):
                print(f"{what:40} {took * 1000:8.0f} ms", flush=True)


def copied(source: Ledger, target: Ledger, articles: int) -> None:
    """Fill a ledger with copies of what another holds: articles, claims, incidents."""
    claims: dict[str, list[Any]] = {}
    for claim in source.claims():
        claims.setdefault(claim.article, []).append(claim)
    read, incidents, made = list(source.articles()), list(source.incidents()), []
    with target.writing("benchmark", "benchmark") as writer:
        for turn in count():
            if turn * len(read) >= articles:
                break
            names: dict[str, str] = {}
            for article in read:
                copy = msgspec.structs.replace(article, id=f"{article.id[:10]}{turn:06d}", copy_of=None)
                fresh = [
                    (one.id, identified(msgspec.structs.replace(one, article=copy.id)))
                    for one in claims.get(article.id, ())
                ]
                names |= {old: new.id for old, new in fresh}
                writer.add(copy, [new for _, new in fresh])
            made += [
                msgspec.structs.replace(
                    one,
                    id=sha256(f"{one.id}{turn}".encode()).hexdigest()[:16],
                    claims=tuple(names[id] for id in one.claims),
                    articles=tuple(f"{id[:10]}{turn:06d}" for id in one.articles),
                )
                for one in incidents
            ]
        writer.replace_incidents(made)


def measured(ledger: Ledger) -> Iterator[tuple[str, float]]:
    """What was measured, and its median in seconds."""
    import uvicorn

    from amity.web.app import create

    server = uvicorn.Server(uvicorn.Config(create(ledger), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    with httpx.Client(base_url=f"{address}/api/", timeout=120) as client:
        began = time.perf_counter()
        client.get("columns")
        yield "columns of the index, made anew", time.perf_counter() - began
        began = time.perf_counter()
        client.get("index")
        yield "every incident decoded (/api/index)", time.perf_counter() - began
        for what, path in ASKED.items():
            yield what, median(lambda path=path: client.get(path).raise_for_status())  # type: ignore[misc]
    yield from drawn(address)
    server.should_exit = True
    thread.join(10)


def drawn(address: str) -> Iterator[tuple[str, float]]:
    """Views in a browser, from the address to the last thing drawn."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def view(name: str) -> None:
            page = browser.new_page()
            page.goto(f"{address}/#/{name}")
            page.wait_for_selector("main h2")
            page.wait_for_function("() => !document.querySelector('[aria-busy]')")
            page.close()

        for name in VIEWS:
            yield f"view: {name}", median(lambda name=name: view(name))  # type: ignore[misc]
        browser.close()


def median(work: Callable[[], Any]) -> float:
    """Seconds that something takes, the median of `TIMES`."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
