"""A dossier: the interface with its records inside, one file that opens from disk and asks nobody for anything."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from amity.errors import AmityError
from amity.records import View
from amity.report.pages import About, Pages, contradictions

_SCRIPT = re.compile(r'<script type="module"[^>]*></script>')
_STYLE = re.compile(r'<link rel="stylesheet"[^>]*>')


def dossier(
    view: View,
    pages: Pages,
    about: About,
    sources: Sequence[Any] = (),
    structure: Mapping[str, Any] | None = None,
) -> str:
    """The view as one HTML page.

    `sources` say who is quoted (`amity.incidents.quoted`). `structure` are results of verbs on structure by the
    question that they answer (`relations?actor=AZE&recipient=ISR&unit=year`).

    Raises:
        AmityError: when the interface was not built.
    """
    content = {
        "index": pages.index(about, view.incidents, view.articles),
        "claims": [pages.claim(claim) for claim in view.claims],
        "texts": {article.id: article.text for article in view.articles},
        "contradictions": contradictions(view.incidents),
        "sources": sources,
        "structure": dict(structure or {}),
    }
    return _page(msgspec.json.encode(content), about.title)


def _page(content: bytes, title: str) -> str:
    script, style = _built("app.js"), _built("app.css")
    # A closing tag inside the program would end it; the language allows to write it otherwise.
    script = script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    packed = base64.b64encode(gzip.compress(content, mtime=0)).decode()
    page = _SCRIPT.sub("", _STYLE.sub("", _built("index.html")))
    head = f'<meta http-equiv="Content-Security-Policy" content="{_policy(script, style)}"><style>{style}</style>'
    tail = (
        f'<script type="application/octet-stream" id="dossier">{packed}</script><script type="module">{script}</script>'
    )
    page = page.replace("<title>amity</title>", f"{head}<title>{html.escape(title)}</title>")
    return page.replace("</body>", f"{tail}</body>")


def _policy(script: str, style: str) -> str:
    """Nothing may be fetched, and only this program may run."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _built(name: str) -> str:
    try:
        return files("amity.web").joinpath("static", name).read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError):
        raise AmityError(f"interface: {name} was not built; install amity anew, with npm's packages in reach") from None
