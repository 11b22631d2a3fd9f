"""What the server can be asked, as a page: written from its OpenAPI description, with no program of its own."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<title>amity: what the server can be asked</title><link rel="stylesheet" href="app.css"><main>'
)


def page(description: dict[str, Any]) -> str:
    """The page of an OpenAPI 3 description."""
    return HEAD + "".join(_lines(description)) + "</main></html>"


def _lines(description: dict[str, Any]) -> Iterator[str]:
    info = description["info"]
    yield f"<h1>{_safe(info['title'])} {_safe(info['version'])}</h1><p>{_safe(info.get('description', ''))}</p>"
    yield '<p>As <a href="api/openapi.json">OpenAPI</a>. Answers are JSON unless the name says otherwise; claims and '
    yield "incidents take the filters of <code>amity claims</code> as parameters: "
    yield "<code>/api/claims?actor=AZE,ISR&amp;since=2012&amp;kind=transfer</code>. "
    yield "Every JSON answer has an entity tag.</p>"
    for path, methods in description["paths"].items():
        for method, told in methods.items():
            yield f"<section><h3><code>{method.upper()} {_safe(path)}</code></h3>"
            yield f"<p>{_safe(told.get('description', ''))}</p>"
            yield "".join(_parameters(told.get("parameters", []))) + "</section>"


def _parameters(parameters: list[dict[str, Any]]) -> Iterator[str]:
    if not parameters:
        return
    yield "<table><thead><tr><th>parameter</th><th>where</th><th>what</th></tr></thead><tbody>"
    for one in parameters:
        kind = one.get("schema", {})
        bounds = ", ".join(f"{name} {kind[name]}" for name in ("minimum", "maximum", "default") if name in kind)
        what = f"{kind.get('type', '')} {bounds}".strip()
        yield f"<tr><td><code>{_safe(one['name'])}</code></td><td>{_safe(one['in'])}</td><td>{_safe(what)}</td></tr>"
    yield "</tbody></table>"


def _safe(text: str) -> str:
    return html.escape(str(text))
