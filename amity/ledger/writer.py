"""Writing: an article and its claims become visible together; what was written stays."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

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
    copies,
    failures,
    fingerprints,
    incident_claims,
    incident_parties,
    incident_sources,
    incidents,
    parties,
    reviews,
    runs,
)
from amity.records import Article, Claim, Incident, to_json
from amity.records.flat import Row
from amity.records.review import Review, settled

BATCH = 64
"""Articles that are written together at most …"""
BATCH_SECONDS = 1.0
"""… and how long one waits for company."""

Outcome = Literal["coded", "unread"]
"""What became of an article; `unread` is one in a language that the model cannot read."""

FILLED = ("title", "author", "publisher", "published", "url", "language")
"""What a later reading may add to an article that lacks it."""


class _Finished(NamedTuple):
    """An article that is ready to be written."""

    article: Article
    claims: Sequence[Claim]
    outcome: Outcome


class Writer:
    """One run's pen. Articles are written in small batches, each a transaction: a kill loses only the unfinished."""

    def __init__(self, engine: Engine, command: str, coder: str, recode: bool = False) -> None:
        self._engine = engine
        self._coder = coder
        self._recode = recode
        self._waiting: dict[str, _Finished] = {}
        self._failures: list[Row] = []
        self._links: dict[str, str] = {}
        self._prints: dict[str, bytes] = {}
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
            row = _known(connection, [article.id]).get(article.id)
            if row is None:
                return article
            if row.text != article.text:
                if row.source == article.source:
                    return article
                raise InputError(
                    article.source, f"article id {article.id!r} stands for another text, from {row.source}"
                )
            known = rows.article_from(row)
            joined = _joined(known, article, frozenset(corrections))
            done = not self._recode and row.key in _coded_by(connection, [row.key], self._coder)
            return None if done and joined == known else joined

    def add(self, article: Article, found: Sequence[Claim], outcome: Outcome = "coded") -> None:
        """Write an article and its claims, now or together with the next ones."""
        self._waiting[article.id] = _Finished(article, found, outcome)
        self._since = self._since or time.monotonic()
        if len(self._waiting) >= BATCH or time.monotonic() - self._since > BATCH_SECONDS:
            self.commit()

    def recognise(self, article: str, fingerprint: bytes, links: Mapping[str, str]) -> None:
        """Note the fingerprint of an article that is about to come, and which articles it shows to be copies."""
        self._prints[article] = fingerprint
        self._links |= links

    def fail(self, source: str, reason: str) -> None:
        """Note what could not be read."""
        self._failures.append({"source": source, "reason": reason, "run": self.run})

    def commit(self) -> None:
        """Write what waits."""
        waiting, self._waiting, self._since = list(self._waiting.values()), {}, 0.0
        failed, self._failures = self._failures, []
        links, self._links = self._links, {}
        if not (waiting or failed or links):
            return
        with dialect.writing(self._engine) as connection:
            recorded = now()
            if failed:
                connection.execute(insert(failures), [row | {"recorded": recorded} for row in failed])
            if links:
                self._link(connection, links, recorded)
            if waiting:
                self._store(connection, waiting, recorded)

    def replace_incidents(self, derived: Iterable[Incident]) -> None:
        """Let these incidents stand. Those that stood and are unchanged stay as they are."""
        self.commit()
        with dialect.writing(self._engine) as connection:
            recorded = now()
            wanted = {incident.id: incident for incident in derived}
            gone: list[int] = []
            stood = select(incidents.c.key, incidents.c.id, incidents.c.record).where(standing(incidents, None))
            for key, id, record in connection.execute(stood):
                if id in wanted and to_json(wanted[id]).decode() == record:
                    del wanted[id]
                else:
                    gone.append(key)
            _supersede(connection, incidents, gone, recorded)
            self._insert_incidents(connection, list(wanted.values()), recorded)
            connection.execute(update(runs).where(runs.c.key == self.run).values(merged=recorded))

    def review(self, review: Review) -> None:
        """Let a decision stand in place of the same reviewer's earlier one, and the claims of the article follow."""
        with dialect.writing(self._engine) as connection:
            recorded = now()
            self._take_back(connection, review.claim, review.reviewer, recorded)
            row = rows.review_row(review) | {"recorded": recorded, "run": self.run}
            connection.execute(insert(reviews).values(row))
            self._follow(connection, review.article, [review.before], recorded)

    def undo(self, claim: str, reviewer: str) -> Review | None:
        """Take a reviewer's decision on a claim back; null when there is none that stands."""
        with dialect.writing(self._engine) as connection:
            recorded = now()
            gone = self._take_back(connection, claim, reviewer, recorded)
            if gone is not None:
                self._follow(connection, gone.article, [gone.before], recorded)
            return gone

    def _take_back(self, connection: Connection, claim: str, reviewer: str, recorded: str) -> Review | None:
        stood = select(reviews).where(reviews.c.claim == claim, reviews.c.reviewer == reviewer, standing(reviews, None))
        row = connection.execute(stood).one_or_none()
        if row is None:
            return None
        _supersede(connection, reviews, [row.key], recorded)
        return rows.review_from(row)

    def _follow(self, connection: Connection, article: str, restored: Sequence[Claim], recorded: str) -> None:
        """Let the claims of an article stand as its reviews leave them.

        `restored` are claims that a decision concerns: as coded they count among what was found, unless another
        decision says otherwise.
        """
        row = _known(connection, [article]).get(article)
        if row is None:
            return
        stood = select(claims.c.key, claims.c.record).where(claims.c.article_key == row.key, standing(claims, None))
        before = {key: rows.claim_from(record) for key, record in connection.execute(stood)}
        decisions = _reviewed(connection, [article]).get(article, [])
        made = {after.id for after in _ever_made(connection, article)} - {one.id for one in restored}
        coded = {claim.id: claim for claim in (*before.values(), *restored) if claim.id not in made}
        coded |= {one.id: one for one in restored}
        wanted = {claim.id: claim for claim in settled(list(coded.values()), decisions)}
        same = {claim.id for claim in before.values() if wanted.get(claim.id) == claim}
        _supersede(connection, claims, [key for key, claim in before.items() if claim.id not in same], recorded)
        new = [(row.key, claim) for claim in wanted.values() if claim.id not in same]
        _insert_claims(connection, new, {"recorded": recorded, "run": self.run})

    def finish(self) -> None:
        """Write what waits and close the run."""
        self.commit()
        with dialect.writing(self._engine) as connection:
            connection.execute(update(runs).where(runs.c.key == self.run).values(ended=now()))

    # ---------------------------------------------------------------------------------------------------------------

    def _store(self, connection: Connection, waiting: Sequence[_Finished], recorded: str) -> None:
        """Write articles with their claims. What another writer stored meanwhile is left as it is."""
        mark = {"recorded": recorded, "run": self.run}
        keys = self._article_keys(connection, [one.article for one in waiting], mark)
        done = set() if self._recode else _coded_by(connection, keys, self._coder)
        fresh = [(key, one) for key, one in zip(keys, waiting, strict=True) if key not in done]
        decisions = _reviewed(connection, [one.article.id for _, one in fresh])
        fresh = [(key, _settled(one, decisions.get(one.article.id, ()))) for key, one in fresh]
        before = _claim_keys(connection, [key for key, _ in fresh])
        kept = {claim.id for _, one in fresh for claim in one.claims}
        _supersede(connection, claims, [key for id, key in before.items() if id not in kept], recorded)
        _insert_claims(
            connection, [(key, claim) for key, one in fresh for claim in one.claims if claim.id not in before], mark
        )
        counted = [
            {"article": key, "coder": self._coder, "outcome": one.outcome, "claims": len(one.claims)} | mark
            for key, one in fresh
        ]
        if counted:
            connection.execute(insert(codings), counted)

    def _article_keys(self, connection: Connection, read: Sequence[Article], mark: Row) -> list[int]:
        """The keys of the articles' rows: those that stand, or new ones that take their place."""
        known = _known(connection, [article.id for article in read])
        same = {one.id for one in read if one.id in known and rows.article_from(known[one.id]) == _unlinked(one)}
        replaced = [known[article.id].key for article in read if article.id in known.keys() - same]
        _supersede(connection, claims, list(_claim_keys(connection, replaced).values()), mark["recorded"])
        _supersede(connection, articles, replaced, mark["recorded"])
        new = [article for article in read if article.id not in same]
        written = _insert(connection, articles, [rows.article_row(article) | mark for article in new])
        keys = {article.id: key for article, key in zip(new, written, strict=True)}
        prints = {id: self._prints.pop(id) for id in keys.keys() & self._prints.keys()}
        if prints:
            connection.execute(
                insert(fingerprints), [{"article": keys[id], "fingerprint": print_} for id, print_ in prints.items()]
            )
        return [keys[article.id] if article.id in keys else known[article.id].key for article in read]

    def _link(self, connection: Connection, links: Mapping[str, str], recorded: str) -> None:
        """Let these links from copy to original stand."""
        stood = select(copies).where(copies.c.article.in_(links), standing(copies, None))
        before = {row.article: row for row in connection.execute(stood)}
        changed = {id: to for id, to in links.items() if id not in before or before[id].original != to}
        _supersede(connection, copies, [before[id].key for id in changed if id in before], recorded)
        new = [{"article": id, "original": to, "recorded": recorded, "run": self.run} for id, to in changed.items()]
        if new:
            connection.execute(insert(copies), new)

    def _insert_incidents(self, connection: Connection, new: Sequence[Incident], recorded: str) -> None:
        mark = {"recorded": recorded, "run": self.run}
        keys = _insert(connection, incidents, [rows.incident_row(incident) | mark for incident in new])
        _insert_parts(connection, incident_parties, "incident", keys, map(rows.incident_party_rows, new))
        _insert_parts(connection, contradictions, "incident", keys, map(rows.contradiction_rows, new))
        sources = ([{"source": source} for source in dict.fromkeys(incident.sources)] for incident in new)
        _insert_parts(connection, incident_sources, "incident", keys, sources)
        every = select(claims.c.id, claims.c.key).where(standing(claims, None))
        known = {row.id: row.key for row in connection.execute(every)}
        merged = ([{"claim": known[id]} for id in dict.fromkeys(one.claims) if id in known] for one in new)
        _insert_parts(connection, incident_claims, "incident", keys, merged)


def now() -> str:
    """This moment as the ledger writes it."""
    return stamp(datetime.now(UTC))


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, Any]:
    """The rows that stand for these ids."""
    found = connection.execute(select(articles).where(articles.c.id.in_(ids), standing(articles, None)))
    return {row.id: row for row in found}


def _unlinked(article: Article) -> Article:
    """The article as its row tells it: whose copy it is stands elsewhere, and may change."""
    return msgspec.structs.replace(article, copy_of=None)


def _joined(known: Article, read: Article, corrections: frozenset[str]) -> Article:
    added = {name: getattr(read, name) for name in FILLED if getattr(known, name) is None or name in corrections}
    return msgspec.structs.replace(known, **{name: value for name, value in added.items() if value is not None})


def _coded_by(connection: Connection, keys: Sequence[int], coder: str) -> set[int]:
    """Those of the articles' rows that this coder coded last."""
    latest = select(func.max(codings.c.key)).where(codings.c.article.in_(keys)).group_by(codings.c.article)
    mine = select(codings.c.article).where(codings.c.key.in_(latest), codings.c.coder == coder)
    return set(connection.scalars(mine))


def _claim_keys(connection: Connection, article_keys: Sequence[int]) -> dict[str, int]:
    """Claims that stand in these articles' rows: id to key."""
    if not article_keys:
        return {}
    question = select(claims.c.id, claims.c.key).where(claims.c.article_key.in_(article_keys), standing(claims, None))
    return {row.id: row.key for row in connection.execute(question)}


def _insert_claims(connection: Connection, new: Sequence[tuple[int, Claim]], mark: Row) -> None:
    """Insert claims, each with the key of its article's row."""
    written = _insert(connection, claims, [rows.claim_row(one) | {"article_key": key} | mark for key, one in new])
    _insert_parts(connection, parties, "claim", written, (rows.party_rows(claim) for _, claim in new))
    _insert_parts(connection, attributions, "claim", written, (rows.attribution_rows(claim) for _, claim in new))


def _reviewed(connection: Connection, ids: Sequence[str]) -> dict[str, list[Review]]:
    """The decisions that stand, by article, in the order in which they were made."""
    found: dict[str, list[Review]] = {}
    question = select(reviews).where(reviews.c.article.in_(ids), standing(reviews, None)).order_by(reviews.c.key)
    for row in connection.execute(question):
        found.setdefault(row.article, []).append(rows.review_from(row))
    return found


def _ever_made(connection: Connection, article: str) -> list[Claim]:
    """Claims that reviewers of an article wrote themselves, whether they still stand or not."""
    edited = select(reviews.c.after).where(reviews.c.article == article, reviews.c.decision == "edit")
    return [rows.claim_from(record) for record in connection.scalars(edited)]


def _settled(one: _Finished, decisions: Sequence[Review]) -> _Finished:
    return one._replace(claims=settled(one.claims, decisions)) if decisions else one


def _supersede(connection: Connection, table: Table, keys: Sequence[int], recorded: str) -> None:
    if keys:
        statement = update(table).where(table.c.key == bindparam("old")).values(superseded=recorded)
        connection.execute(statement, [{"old": key} for key in keys])


def _insert(connection: Connection, table: Table, new: Sequence[Row]) -> list[int]:
    """Insert rows and return their keys in the same order."""
    if not new:
        return []
    returning = insert(table).returning(table.c.key, sort_by_parameter_order=True)
    return list(connection.scalars(returning, new))


def _insert_parts(
    connection: Connection, table: Table, owner: str, keys: Sequence[int], parts: Iterable[Iterable[Row]]
) -> None:
    """Insert the rows that belong to others, each with the key of its owner."""
    new = [row | {owner: key} for key, part in zip(keys, parts, strict=True) for row in part]
    if new:
        connection.execute(insert(table), new)
