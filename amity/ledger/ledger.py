"""The ledger: what was claimed, kept for good, asked as of any date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, Select, func, inspect, select
from sqlalchemy.exc import DBAPIError

from amity.errors import InputError, LedgerError
from amity.ledger import dialect, migrate
from amity.ledger.answer import Answer
from amity.ledger.filters import Filter, articles_where, claims_where, incidents_where, standing
from amity.ledger.outline import Outline, outline
from amity.ledger.rows import article_from, review_from
from amity.ledger.schema import (
    articles,
    claims,
    codings,
    copies,
    failures,
    fingerprints,
    incident_claims,
    incidents,
    parties,
    reviews,
    runs,
)
from amity.ledger.writer import Writer
from amity.records import Article, Claim, Incident, View
from amity.records.review import Decision, Review, decided

if TYPE_CHECKING:
    from amity.incidents.quoted import Quoted

_T = TypeVar("_T")
Kind = Literal["claim", "article", "incident"]
CHUNK = 500
"""How many ids go into one question, and how many rows come at a time."""
FACETS = 30
"""How many values of one facet are told."""


class Hit(msgspec.Struct, frozen=True):
    """An article that holds the words searched for, and where: `excerpt` has them in [brackets]."""

    article: str
    title: str | None
    published: str | None
    excerpt: str


class Failure(msgspec.Struct, frozen=True):
    """Something that could not be read, and why."""

    source: str
    reason: str
    recorded: str


class Ledger:
    """An open ledger. Every question takes the fields of `Filter` by keyword; answers are read when they are used."""

    def __init__(self, engine: Engine, where: str, resolve: Callable[[str], str] = str) -> None:
        self._engine = engine
        self._resolve = resolve
        self.where = where

    @classmethod
    def open(cls, where: str, mode: dialect.Mode = "read", resolve: Callable[[str], str] = str) -> Ledger:
        """Open the ledger at a path or URL; `write` makes it where there is none.

        `resolve` turns names of actors into codes ("Azerbaijan" into AZE); without it codes have to be given.

        Raises:
            LedgerError: when it cannot be opened, is no ledger, or was written by a newer version.
        """
        engine = dialect.engine(where, mode)
        with guarded(where):
            migrate.prepare(engine, where, mode)
        return cls(engine, where, resolve)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({self.where!r})"

    # Asking -------------------------------------------------------------------------------------------------------

    def claims(self, **asked: Any) -> Answer[Claim]:
        """Claims that fit, in the order in which articles were read and then of the text."""
        wanted = self.filter(**asked)
        order = (claims.c.article_key, claims.c.trigger_start, claims.c.key)
        question = select(claims.c.record).where(*claims_where(wanted)).order_by(*order).limit(wanted.limit)
        return self._answer(question, _decoder(Claim), Claim)

    def facets(self, **asked: Any) -> dict[str, list[tuple[str, int]]]:
        """How many of the claims that fit are of which kind, type, status, layer, and of whom they tell.

        Values of each are in order of their counts; of types and parties no more than the `FACETS` most frequent.
        """
        where = claims_where(self.filter(**asked))
        of: dict[str, tuple[Any, Any]] = {
            name: (claims.c[name], claims) for name in ("kind", "type", "status", "layer")
        }
        of["actor"] = parties.c.code, claims.join(parties, parties.c.claim == claims.c.key)
        found: dict[str, list[tuple[str, int]]] = {}
        with self._reading() as connection:
            for name, (column, table) in of.items():
                count = func.count() if table is claims else func.count(claims.c.key.distinct())
                question = select(column, count).select_from(table).where(column.is_not(None), *where)
                rows = connection.execute(question.group_by(column).order_by(count.desc(), column).limit(FACETS))
                found[name] = [(value, number) for value, number in rows]
        return found

    def incidents(self, **asked: Any) -> Answer[Incident]:
        """Incidents that fit, by date, undated ones last."""
        wanted = self.filter(**asked)
        order = (incidents.c.first_day.is_(None), incidents.c.first_day, incidents.c.id)
        question = select(incidents.c.record).where(*incidents_where(wanted)).order_by(*order).limit(wanted.limit)
        return self._answer(question, _decoder(Incident), Incident)

    def latest(self, limit: int, **asked: Any) -> list[tuple[str, Incident]]:
        """Incidents that fit, each with the time since when it stands, the newest first."""
        question = (
            select(incidents.c.recorded, incidents.c.record)
            .where(*incidents_where(self.filter(**asked)))
            .order_by(incidents.c.recorded.desc(), incidents.c.key.desc())
            .limit(limit)
        )
        decode = _decoder(Incident)
        with self._reading() as connection:
            return [(row.recorded, decode(row)) for row in connection.execute(question)]

    def outline(self) -> Outline:
        """All incidents and articles that stand, as bare columns."""
        with self._reading() as connection:
            return outline(connection)

    def articles(self, **asked: Any) -> Answer[Article]:
        """Articles that fit, or that hold a claim that fits, by date of publication."""
        wanted = self.filter(**asked)
        order = (articles.c.published.is_(None), articles.c.published, articles.c.key)
        question = _articles(wanted.as_of).where(*articles_where(wanted)).order_by(*order).limit(wanted.limit)
        return self._answer(question, article_from, Article)

    def view(self, **asked: Any) -> View:
        """Claims and incidents that fit, with all that they cite: enough to tell or export."""
        wanted = msgspec.structs.replace(self.filter(**asked))
        asked = msgspec.structs.asdict(wanted)
        found = {claim.id: claim for claim in self.claims(**asked)}
        happened = tuple(self.incidents(**asked))
        cited = {id for incident in happened for id in _cited(incident)} - found.keys()
        found |= {claim.id: claim for claim in self._by_id(claims, cited, wanted.as_of, _decoder(Claim))}
        read = {claim.article for claim in found.values()} | {id for one in happened for id in one.articles}
        texts = {one.id: one for one in self._by_id(articles, read, wanted.as_of, article_from)}
        originals = {one.copy_of for one in texts.values() if one.copy_of} - texts.keys()
        texts |= {one.id: one for one in self._by_id(articles, originals, wanted.as_of, article_from)}
        return View(
            claims=tuple(found.values()), incidents=happened, articles=tuple(texts.values()), as_of=wanted.as_of
        )

    def search(self, words: str, limit: int | None = 20, as_of: str | None = None) -> list[Hit]:
        """Articles that hold the words, best first, with an excerpt. Words in double quotes stand side by side."""
        found = dialect.snippet(articles, words, column=1).subquery()
        question = (
            select(articles.c.id, articles.c.title, articles.c.published, found.c.excerpt)
            .join(found, found.c.key == articles.c.key)
            .where(standing(articles, as_of))
            .limit(limit)
        )
        with self._reading() as connection:
            return [Hit(*row) for row in connection.execute(question)]

    def fingerprints(self) -> Iterator[tuple[str, bytes, str | None, str | None]]:
        """What copies are recognised by: id, fingerprint, publication date, id of the original, as they were read."""
        question = (
            select(articles.c.id, fingerprints.c.fingerprint, articles.c.published, copies.c.original)
            .join(fingerprints, fingerprints.c.article == articles.c.key)
            .outerjoin(copies, (copies.c.article == articles.c.id) & standing(copies, None))
            .where(standing(articles, None))
            .order_by(articles.c.key)
        )
        with self._reading() as connection:
            for row in connection.execution_options(yield_per=CHUNK).execute(question):
                yield tuple(row)

    def published(self) -> dict[str, str | None]:
        """The date of publication of every article by its id, null where none was found."""
        question = select(articles.c.id, articles.c.published).where(standing(articles, None))
        with self._reading() as connection:
            return {row.id: row.published for row in connection.execute(question)}

    def failures(self) -> list[Failure]:
        """What could not be read so far, latest last."""
        question = select(failures.c.source, failures.c.reason, failures.c.recorded).order_by(failures.c.key)
        with self._reading() as connection:
            return [Failure(*row) for row in connection.execute(question)]

    def find(self, prefix: str) -> tuple[Kind, str]:
        """Kind and full id of the record whose id is `prefix`, or begins with it, superseded ones included.

        Raises:
            InputError: when nothing or more than one thing begins so.
        """
        with self._reading() as connection:
            exact = list(_beginning(connection, prefix, exactly=True))
            found = exact[:1] or list(_beginning(connection, prefix, exactly=False))
        if not found:
            raise InputError(prefix, "no claim, incident or article has an id that begins so")
        if len(found) > 1:
            some = ", ".join(f"{kind} {id}" for kind, id in found[:4])
            raise InputError(prefix, f"stands for several: {some}{' …' if len(found) > 4 else ''}; give more of the id")
        return found[0]

    def claim(self, id: str) -> Claim:
        """The claim of that id (or unique beginning of it), superseded or not."""
        found: Claim = self._one("claim", id, select(claims.c.record).order_by(claims.c.key.desc()), _decoder(Claim))
        return found

    def incident(self, id: str) -> Incident:
        """The incident of that id, superseded or not."""
        question = select(incidents.c.record).order_by(incidents.c.key.desc())
        found: Incident = self._one("incident", id, question, _decoder(Incident))
        return found

    def article(self, id: str) -> Article:
        """The article of that id as it was stored last."""
        return self._one("article", id, _articles(None).order_by(articles.c.key.desc()), article_from)

    def superseded(self, id: str) -> str | None:
        """When the record of that id ceased to stand, null while it stands."""
        for table in (claims, incidents, articles):
            with self._reading() as connection:
                rows = connection.scalars(select(table.c.superseded).where(table.c.id == id)).all()
            if rows:
                return None if None in rows else max(row for row in rows if row)
        raise InputError(id, "no such record")

    def reviews(self, claim: str | None = None, standing_only: bool = False) -> list[Review]:
        """What people decided, in the order in which they did; of one claim, or of all."""
        question = select(reviews).order_by(reviews.c.key)
        if claim is not None:
            question = question.where(reviews.c.claim == claim)
        if standing_only:
            question = question.where(standing(reviews, None))
        with self._reading() as connection:
            return [review_from(row) for row in connection.execute(question)]

    def queue(self, reviewer: str, limit: int, **asked: Any) -> list[Claim]:
        """Claims that this reviewer has not decided on and that most deserve it.

        Those of contested incidents come first, then by how near their confidence is to even.
        """
        decided = select(reviews.c.claim).where(reviews.c.reviewer == reviewer, standing(reviews, None))
        made = select(reviews.c.key).where(
            reviews.c.article == claims.c.article, reviews.c.after == claims.c.record, standing(reviews, None)
        )
        contested = (
            select(incident_claims.c.claim)
            .join(incidents, incidents.c.key == incident_claims.c.incident)
            .where(standing(incidents, None), incidents.c.contradictions > 0)
        )
        doubt = func.abs(func.coalesce(claims.c.confidence, 0.5) - 0.5)
        question = (
            select(claims.c.record)
            .where(*claims_where(self.filter(**asked)), claims.c.id.not_in(decided), ~made.exists())
            .order_by(claims.c.key.not_in(contested), doubt, claims.c.key)
            .limit(limit)
        )
        decode = _decoder(Claim)
        with self._reading() as connection:
            return [decode(row) for row in connection.execute(question)]

    def counts(self) -> dict[str, int]:
        """How many articles, claims, incidents, contested ones, articles in unread languages and failures there are."""
        questions = {
            "articles": select(func.count()).select_from(articles).where(standing(articles, None)),
            "claims": select(func.count()).select_from(claims).where(standing(claims, None)),
            "incidents": select(func.count()).select_from(incidents).where(standing(incidents, None)),
            "contested": select(func.count()).where(standing(incidents, None), incidents.c.contradictions > 0),
            "unread": select(func.count()).where(standing(articles, None), articles.c.key.in_(_unread())),
            "failures": select(func.count()).select_from(failures),
        }
        with self._reading() as connection:
            return {name: connection.scalar(question) or 0 for name, question in questions.items()}

    def unread(self, id: str) -> bool:
        """Whether the article is stored without having been coded, being in a language that the model cannot read."""
        question = select(articles.c.key).where(articles.c.id == id, standing(articles, None))
        with self._reading() as connection:
            return connection.scalar(question.where(articles.c.key.in_(_unread()))) is not None

    def sources(self, **asked: Any) -> list[Quoted]:
        """Who is quoted, by whom, how often, and how often others contradict them; most claims first."""
        from amity.incidents.quoted import quoted

        return quoted(self.view(**asked))

    def views(self) -> dict[str, tuple[str, ...]]:
        """The views that the ledger offers to database tools, with their columns."""
        inspector = inspect(self._engine)
        return {
            name: tuple(column["name"] for column in inspector.get_columns(name)) for name in inspector.get_view_names()
        }

    def filter(self, **asked: Any) -> Filter:
        """The filter that these keywords stand for, with names of actors resolved to codes."""
        made = Filter.of(**asked)
        return msgspec.structs.replace(
            made, actor=tuple(map(self._resolve, made.actor)), pair=tuple(map(self._resolve, made.pair))
        )

    # Writing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self, command: str, coder: str = "", recode: bool = False) -> Iterator[Writer]:
        """A run that writes articles with their claims, failures, incidents; what it was given is kept on errors."""
        with guarded(self.where):
            writer = Writer(self._engine, command, coder, recode)
            try:
                yield writer
            except BaseException:
                with suppress(DBAPIError):  # a full disk, say, which was the reason in the first place
                    writer.finish()
                raise
            writer.finish()

    def review(
        self, claim: str, decision: Decision, reviewer: str, reason: str | None = None, edited: Claim | None = None
    ) -> Review:
        """Keep what a person decided on a claim that stands; claims follow at once, incidents with the next merging.

        Raises:
            InputError: when there is no such claim, it stands no more, or the edited one is of another article.
        """
        before = self.claim(claim)
        if self.superseded(before.id):
            raise InputError(claim, "stands no more: it was coded or decided anew; review what stands in its place")
        if not reviewer.strip():
            raise InputError("reviewer", "a review needs a name")
        if edited is not None and (edited.article, edited.kind) != (before.article, before.kind):
            raise InputError(claim, "an edited claim stays in its article and of its kind")
        made = decided(before, decision, reviewer.strip(), reason, edited)
        with self.writing(f"review {decision} {before.id}") as writer:
            writer.review(made)
        return made

    def undo(self, claim: str, reviewer: str) -> Review:
        """Take this reviewer's decision on a claim back.

        Raises:
            InputError: when there is none that stands.
        """
        with self.writing(f"review undo {claim}") as writer:
            gone = writer.undo(claim, reviewer.strip())
        if gone is None:
            raise InputError(claim, f"{reviewer} has decided nothing on it")
        return gone

    def version(self) -> str:
        """Changes whenever anything is written that answers depend on."""
        columns = (
            *(table.c.key for table in (codings, incidents, failures, reviews)),
            reviews.c.superseded,
            runs.c.merged,
        )
        latest = (select(func.max(column)).scalar_subquery() for column in columns)
        with self._reading() as connection:
            row = connection.execute(select(*latest)).one()
        return "-".join(str(value) for value in row)

    def merged(self) -> bool:
        """Whether the incidents were derived from all claims that stand."""
        with self._reading() as connection:
            moments = (codings.c.recorded, reviews.c.recorded, reviews.c.superseded)
            changed = [latest for column in moments if (latest := connection.scalar(select(func.max(column))))]
            merged = connection.scalar(select(func.max(runs.c.merged)))
        return not changed or (merged is not None and merged >= max(changed))

    # ---------------------------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with guarded(self.where), self._engine.connect() as connection:
            yield connection

    def _answer(self, question: Select[Any], decode: Callable[[Any], _T], kind: Any) -> Answer[_T]:
        def rows(start: int, size: int | None) -> Iterator[_T]:
            part = question if size is None else question.offset(start).limit(size)
            with self._reading() as connection:
                for row in connection.execution_options(yield_per=CHUNK).execute(part):
                    yield decode(row)

        def count() -> int:
            with self._reading() as connection:
                return connection.scalar(select(func.count()).select_from(question.order_by(None).subquery())) or 0

        return Answer(rows, count, kind)

    def _by_id(self, table: Any, ids: Iterable[str], as_of: str | None, decode: Callable[[Any], _T]) -> Iterator[_T]:
        question = _articles(as_of) if table is articles else select(table.c.record)
        wanted = sorted(ids)
        with self._reading() as connection:
            for start in range(0, len(wanted), CHUNK):
                part = wanted[start : start + CHUNK]
                for row in connection.execute(question.where(standing(table, as_of), table.c.id.in_(part))):
                    yield decode(row)

    def _one(self, kind: Kind, id: str, question: Select[Any], decode: Callable[[Any], _T]) -> _T:
        found, full = self.find(id)
        if found != kind:
            raise InputError(id, f"is the id of {'an' if found[0] in 'aeio' else 'a'} {found}, not of a {kind}")
        with self._reading() as connection:
            return decode(connection.execute(question.where(_TABLES[kind].c.id == full).limit(1)).one())


def _articles(as_of: str | None) -> Select[Any]:
    """Articles, each with the id of the one that it repeats."""
    link = (copies.c.article == articles.c.id) & standing(copies, as_of)
    return select(articles, copies.c.original).outerjoin(copies, link)


def _unread() -> Select[Any]:
    """Keys of the articles whose latest coding found a language that the model cannot read."""
    latest = select(func.max(codings.c.key)).group_by(codings.c.article)
    return select(codings.c.article).where(codings.c.key.in_(latest), codings.c.outcome == "unread")


_TABLES = {"claim": claims, "article": articles, "incident": incidents}


@contextmanager
def guarded(where: str) -> Iterator[None]:
    """Turn what the database raises into one line that names the ledger."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{where}: {dialect.reason(error)}") from error


def _decoder(kind: Any) -> Callable[[Any], Any]:
    decoder = msgspec.json.Decoder(kind)
    return lambda row: decoder.decode(row.record)


def _cited(incident: Incident) -> Iterator[str]:
    yield from incident.claims
    for contradiction in incident.contradictions:
        for side in contradiction.sides:
            yield from side.claims


def _beginning(connection: Connection, prefix: str, exactly: bool) -> Iterator[tuple[Kind, str]]:
    for kind, table in _TABLES.items():
        fits = table.c.id == prefix if exactly else table.c.id.startswith(prefix, autoescape=True)
        for id in connection.scalars(select(table.c.id).where(fits).distinct().limit(6)):
            yield kind, id  # type: ignore[misc]
