"""Makes the pictures of the README anew, from the bundled articles: `python -m tests.web.screenshots docs/images`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import amity
from amity import demo
from tests.web.conftest import chromium

WIDTH, HEIGHT = 1040, 600


def make(folder: Path) -> None:
    """Writes map.png and article.png into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        ledger = Path(scratch) / "demo.db"
        amity.read(demo.folder(), ledger=ledger)
        page = Path(scratch) / "dossier.html"
        page.write_text(amity.dossier(ledger, title="Demo dispatches"), encoding="utf-8")
        with chromium() as browser:
            shown = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", color_scheme="light")
            _map(shown, page.as_uri(), folder / "map.png")
            _article(shown, page.as_uri(), folder / "article.png")


def _map(page: Any, at: str, path: Path) -> None:
    page.goto(f"{at}#/map/IND")
    page.wait_for_selector("svg.map .label")
    page.evaluate("document.querySelector('.modes').scrollIntoView()")
    page.wait_for_timeout(300)
    page.screenshot(path=path)


def _article(page: Any, at: str, path: Path) -> None:
    """A claim of which an article tells what somebody says that papers tell."""
    page.goto(f"{at}#/claims?text=FARC+million+dollars&kind=quantity")
    page.click("tr:has-text('›') a.quote")
    page.wait_for_selector(".voice .voice")
    page.wait_for_timeout(300)
    page.screenshot(path=path)


if __name__ == "__main__":
    make(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images"))
