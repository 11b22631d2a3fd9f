"""All incidents and articles that stand, as bare rows: what an overview needs, without decoding a record."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from amity.ledger import dialect
from amity.ledger.filters import standing
from amity.ledger.schema import articles, copies, incidents

INCIDENT = (
    *("id", "kind", "type", "title", "actors", "recipients", "mutual", "status", "date", "first_day", "last_day"),
    *("layer", "contradictions", "articles", "sources"),
)
ARTICLE = ("id", "title", "publisher", "published", "author", "url", "language", "copy_of", "words")


class Outline(msgspec.Struct, frozen=True):
    """Columns by name. Articles and sources of an incident are JSON lists, equal where the lists are."""

    incidents: dict[str, tuple[Any, ...]]
    articles: dict[str, tuple[Any, ...]]


def outline(connection: Connection) -> Outline:
    """Incidents by date, undated ones last; articles by day of publication."""
    plain = [incidents.c[name] for name in INCIDENT[:-2]]
    lists = [dialect.inside(incidents.c.record, name) for name in INCIDENT[-2:]]
    happened = connection.execute(select(*plain, *lists).where(standing(incidents, None))).all()
    link = (copies.c.article == articles.c.id) & standing(copies, None)
    columns = [articles.c[name] for name in ARTICLE[:-2]]
    texts = select(*columns, copies.c.original, articles.c.text).outerjoin(copies, link)
    order = (articles.c.published.is_(None), articles.c.published, articles.c.key)
    read = [
        (*row[:-1], len(row[-1].split()))
        for row in connection.execute(texts.where(standing(articles, None)).order_by(*order))
    ]
    first, id = INCIDENT.index("first_day"), INCIDENT.index("id")
    ordered = sorted(happened, key=lambda row: (row[first] is None, row[first] or "", row[id]))
    return Outline(_columns(INCIDENT, ordered), _columns(ARTICLE, read))


def _columns(names: tuple[str, ...], rows: Any) -> dict[str, tuple[Any, ...]]:
    return dict(zip(names, zip(*rows, strict=True) if rows else ((),) * len(names), strict=True))
