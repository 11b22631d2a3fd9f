"""Writing: an article and its claims become visible together; what was written stays."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Table, bindparam, func, insert, select, update

from amity.errors import InputError
from amity.ledger import dialect, rows
from amity.ledger.filters import stamp, standing
from amity.ledger.schema import (
    articles,
    attributions,
    claims,
    codings,
    contradictions,
    failures,
    incident_claims,
    incident_parties,
    incident_sources,
    incidents,
    parties,
    runs,
)
from amity.records import Article, Claim, Incident
from amity.records.flat import Row

BATCH = 64
"""Articles that are written together at most …"""
BATCH_SECONDS = 1.0
"""… and how long one waits for company."""

CODED, UNREAD = "coded", "unread"
FILLED = ("title", "author", "publisher", "published", "url", "language")
"""What a later reading may add to an article that lacks it."""


class Writer:
    """One run's pen. Articles are written in small batches, each a transaction: a kill loses only the unfinished."""

    def __init__(self, engine: Engine, command: str, coder: str, recode: bool = False) -> None:
        self._engine = engine
        self._coder = coder
        self._recode = recode
        self._waiting: list[tuple[Article, Sequence[Claim], str]] = []
        self._failures: list[Row] = []
        self._since = 0.0
        with dialect.writing(engine) as connection:
            row = {"started": now(), "command": command, "coder": coder or None}
            self.run: int = connection.execute(insert(runs).values(row).returning(runs.c.key)).scalar_one()

    def adopt(self, article: Article, corrections: Iterable[str] = ()) -> Article | None:
        """The article as it should be coded and stored, null when this coder has coded it already.

        What the ledger knows of an article wins, what it lacks is added; fields named in `corrections` replace.

        Raises:
            InputError: when its id stands for another text that came from elsewhere.
        """
        with self._engine.connect() as connection:
            known = _known(connection, article.id)
            if known is None:
                return article
            if known.text != article.text:
                if known.source == article.source:
                    return article
                raise InputError(
                    article.source, f"article id {article.id!r} stands for another text, from {known.source}"
                )
            joined = _joined(rows.article_from(known), article, frozenset(corrections))
            same = rows.article_row(joined) == rows.article_row(rows.article_from(known))
            return None if same and self._coded(connection, known.key) else joined

    def add(self, article: Article, found: Sequence[Claim], outcome: str = CODED) -> None:
        """Write an article and its claims, now or together with the next ones."""
        self._waiting.append((article, found, outcome))
        self._since = self._since or time.monotonic()
        if len(self._waiting) >= BATCH or time.monotonic() - self._since > BATCH_SECONDS:
            self.commit()

    def fail(self, source: str, reason: str) -> None:
        """Note what could not be read."""
        self._failures.append({"source": source, "reason": reason, "run": self.run})

    def commit(self) -> None:
        """Write what waits."""
        waiting, self._waiting, self._since = self._waiting, [], 0.0
        failed, self._failures = self._failures, []
        if not waiting and not failed:
            return
        with dialect.writing(self._engine) as connection:
            recorded = now()
            if failed:
                connection.execute(insert(failures), [row | {"recorded": recorded} for row in failed])
            for article, found, outcome in waiting:
                self._store(connection, article, found, outcome, recorded)

    def replace_incidents(self, derived: Iterable[Incident]) -> None:
        """Let these incidents stand. Those that stood and are unchanged stay as they are."""
        self.commit()
        with dialect.writing(self._engine) as connection:
            recorded = now()
            wanted = {incident.id: rows.incident_row(incident) | {"of": incident} for incident in derived}
            before = connection.execute(
                select(incidents.c.key, incidents.c.id, incidents.c.record).where(standing(incidents, None))
            )
            gone: list[int] = []
            for key, id, record in before:
                if id in wanted and wanted[id]["record"] == record:
                    del wanted[id]
                else:
                    gone.append(key)
            _supersede(connection, incidents, gone, recorded)
            self._insert_incidents(connection, list(wanted.values()), recorded)
            connection.execute(update(runs).where(runs.c.key == self.run).values(merged=recorded))

    def finish(self) -> None:
        """Write what waits and close the run."""
        self.commit()
        with dialect.writing(self._engine) as connection:
            connection.execute(update(runs).where(runs.c.key == self.run).values(ended=now()))

    # ---------------------------------------------------------------------------------------------------------------

    def _store(
        self, connection: Connection, article: Article, found: Sequence[Claim], outcome: str, recorded: str
    ) -> None:
        mark = {"recorded": recorded, "run": self.run}
        key = self._article_key(connection, article, recorded)
        if self._coded(connection, key):
            return  # another writer was quicker
        before = dict(
            connection.execute(
                select(claims.c.id, claims.c.key).where(claims.c.article_key == key, standing(claims, None))
            ).all()
        )
        new = [claim for claim in found if claim.id not in before]
        kept = {claim.id for claim in found}
        _supersede(connection, claims, [old for id, old in before.items() if id not in kept], recorded)
        keys = _insert(connection, claims, [rows.claim_row(claim) | {"article_key": key} | mark for claim in new])
        _insert_parts(connection, parties, "claim", zip(keys, map(rows.party_rows, new), strict=True))
        _insert_parts(connection, attributions, "claim", zip(keys, map(rows.attribution_rows, new), strict=True))
        coding = {"article": key, "coder": self._coder, "outcome": outcome, "claims": len(found)}
        connection.execute(insert(codings).values(coding | mark))

    def _coded(self, connection: Connection, article: int) -> bool:
        """Whether this coder has coded the article's row last, and is not told to do it again."""
        if self._recode:
            return False
        latest = select(func.max(codings.c.key)).where(codings.c.article == article).scalar_subquery()
        return connection.scalar(select(codings.c.coder).where(codings.c.key == latest)) == self._coder

    def _article_key(self, connection: Connection, article: Article, recorded: str) -> int:
        """The key of the article's row: the one that stands, or a new one that takes its place."""
        row = rows.article_row(article)
        known = _known(connection, article.id)
        if known is not None:
            if rows.article_row(rows.article_from(known)) == row:
                return int(known.key)
            standing_claims = select(claims.c.key).where(claims.c.article_key == known.key, standing(claims, None))
            _supersede(connection, claims, list(connection.scalars(standing_claims)), recorded)
            _supersede(connection, articles, [known.key], recorded)
        return _insert(connection, articles, [row | {"recorded": recorded, "run": self.run}])[0]

    def _insert_incidents(self, connection: Connection, new: list[Row], recorded: str) -> None:
        of = [row.pop("of") for row in new]
        keys = _insert(connection, incidents, [row | {"recorded": recorded, "run": self.run} for row in new])
        _insert_parts(
            connection, incident_parties, "incident", zip(keys, map(rows.incident_party_rows, of), strict=True)
        )
        _insert_parts(connection, contradictions, "incident", zip(keys, map(rows.contradiction_rows, of), strict=True))
        sources = ([{"source": source} for source in dict.fromkeys(incident.sources)] for incident in of)
        _insert_parts(connection, incident_sources, "incident", zip(keys, sources, strict=True))
        claim_keys = dict(connection.execute(select(claims.c.id, claims.c.key).where(standing(claims, None))).all())
        merged = ([{"claim": claim_keys[id]} for id in dict.fromkeys(one.claims) if id in claim_keys] for one in of)
        _insert_parts(connection, incident_claims, "incident", zip(keys, merged, strict=True))


def now() -> str:
    return stamp(datetime.now(UTC))


def _known(connection: Connection, id: str) -> Any:
    return connection.execute(select(articles).where(articles.c.id == id, standing(articles, None))).one_or_none()


def _joined(known: Article, read: Article, corrections: frozenset[str]) -> Article:
    added = {name: getattr(read, name) for name in FILLED if getattr(known, name) is None or name in corrections}
    return msgspec.structs.replace(known, **{name: value for name, value in added.items() if value is not None})


def _supersede(connection: Connection, table: Table, keys: list[int], recorded: str) -> None:
    if keys:
        statement = update(table).where(table.c.key == bindparam("old")).values(superseded=recorded)
        connection.execute(statement, [{"old": key} for key in keys])


def _insert(connection: Connection, table: Table, new: list[Row]) -> list[int]:
    """Insert rows and return their keys in the same order."""
    if not new:
        return []
    returning = insert(table).returning(table.c.key, sort_by_parameter_order=True)
    return list(connection.scalars(returning, new))


def _insert_parts(connection: Connection, table: Table, owner: str, parts: Iterable[tuple[int, Iterable[Row]]]) -> None:
    new = [row | {owner: key} for key, part in parts for row in part]
    if new:
        connection.execute(insert(table), new)
