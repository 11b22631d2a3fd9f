"""The tables of the ledger. Every row of a record says since when it stands (`recorded`) and until when (`superseded`).

Nothing here is peculiar to one database; see `dialect` for what is.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

metadata = MetaData()


def _key() -> Column[int]:
    return Column("key", Integer, primary_key=True, comment="number of the row inside this ledger")


def _standing() -> list[Column[Any]]:
    """The three columns that make the ledger append-only: a row stands from `recorded` until `superseded`."""
    return [
        Column("recorded", Text, nullable=False, comment="UTC time since which the row stands"),
        Column("superseded", Text, comment="UTC time at which another row took its place; null while it stands"),
        Column("run", Integer, ForeignKey("runs.key"), nullable=False, comment="the run that wrote it"),
    ]


def _actor() -> list[Column[Any]]:
    return [
        Column("text", Text, comment="as the article names them"),
        Column("country", Text, comment="ISO 3166 alpha-3"),
        Column("sector", Text, comment="PLOVER sector"),
        Column("name", Text, comment="canonical name of a person or organisation"),
        Column("start", Integer, comment="offset of the first character in the article's text"),
        Column("end", Integer, comment="offset after the last character"),
    ]


def _once(table: Table, column: Column[Any]) -> Index:
    """At most one row of an id stands at a time."""
    name = f"{table.name}_standing"
    where = text("superseded IS NULL")
    return Index(name, column, unique=True, sqlite_where=where, postgresql_where=where)


runs = Table(
    "runs",
    metadata,
    _key(),
    Column("started", Text, nullable=False, comment="UTC time"),
    Column("ended", Text, comment="UTC time; null when the run was killed or still goes on"),
    Column("command", Text, nullable=False, comment="what was asked for"),
    Column("coder", Text, comment="who coded: program, version, model, codebook"),
    Column("merged", Text, comment="UTC time at which incidents were derived; null when they were not"),
    comment="one row for each time that something wrote",
)

articles = Table(
    "articles",
    metadata,
    _key(),
    Column("id", Text, nullable=False, comment="given in the input, else derived from the text"),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text, comment="ISO date or date-time"),
    Column("language", Text, comment="ISO 639-1"),
    Column("url", Text),
    Column("source", Text, nullable=False, comment="path or URL it came from"),
    Column("media_type", Text, nullable=False),
    Column("text", Text, nullable=False, comment="what all offsets point into"),
    Column("furniture", Text, nullable=False, comment="JSON list of spans that are no prose"),
    *_standing(),
    comment="texts as they were stored",
)
_once(articles, articles.c.id)
Index("articles_published", articles.c.published)
Index("articles_source", articles.c.source)

copies = Table(
    "copies",
    metadata,
    _key(),
    Column("article", Text, nullable=False, comment="id of the article that repeats another"),
    Column("original", Text, nullable=False, comment="id of the one that it repeats"),
    *_standing(),
    comment="which articles repeat which: agency copy and syndication are one source",
)
_once(copies, copies.c.article)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("article", Integer, ForeignKey("articles.key"), primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False, comment="what later copies are recognised by"),
    comment="fingerprints of the texts, so that a later run recognises copies of what this one read",
)

codings = Table(
    "codings",
    metadata,
    _key(),
    Column("article", Integer, ForeignKey("articles.key"), nullable=False),
    Column("coder", Text, nullable=False, comment="who coded: program, version, model, codebook"),
    Column("outcome", Text, nullable=False, comment="`coded`, or `unread`: in a language the model cannot read"),
    Column("claims", Integer, nullable=False, comment="how many claims it gave"),
    Column("recorded", Text, nullable=False, comment="UTC time"),
    Column("run", Integer, ForeignKey("runs.key"), nullable=False),
    comment="who coded which article when; the latest one counts",
)
Index("codings_article", codings.c.article)

claims = Table(
    "claims",
    metadata,
    _key(),
    Column("id", Text, nullable=False, comment="stable id of the claim"),
    Column("article", Text, nullable=False, comment="id of the article it stands in"),
    Column("kind", Text, nullable=False, comment="event, transfer, relation, quantity, structure, assessment"),
    Column("type", Text, comment="PLOVER type of an event, mode of a transfer, valence of a relation"),
    Column("actors", Text, comment="who acts, supplies, or is one side: codes joined by `; `"),
    Column("recipients", Text, comment="to whom: codes joined by `; `"),
    Column("said_by", Text, comment="attribution, outermost first, joined by ` > `; null: the author"),
    Column("status", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("layer", Text),
    Column("date", Text, comment="ISO date, month, year or interval `a/b`"),
    Column("first_day", Text, comment="first day that `date` covers"),
    Column("last_day", Text, comment="last day that `date` covers"),
    Column("quote", Text, nullable=False, comment="the words that state it"),
    Column("trigger", Text, nullable=False, comment="the words that carry it"),
    Column("start", Integer, nullable=False, comment="offset of the quote in the article's text"),
    Column("end", Integer, nullable=False, comment="offset after the quote"),
    Column("trigger_start", Integer, nullable=False, comment="offset of the trigger"),
    Column("sentence", Integer, comment="number of the sentence in the article, from 1"),
    Column("place", Text, comment="name of the place, else as written"),
    Column("place_country", Text, comment="ISO 3166 alpha-3"),
    Column("latitude", Float, comment="degrees, WGS 84"),
    Column("longitude", Float, comment="degrees, WGS 84"),
    Column("confidence", Float),
    Column("mutual", Boolean, comment="events: both sides do it"),
    Column("mode", Text, comment="events: PLOVER mode"),
    Column("intensity", Float, comment="events: PLOVER score"),
    Column("system", Text, comment="transfers: what passes on"),
    Column("category", Text, comment="transfers: category of arms"),
    Column("label", Text, comment="relations: what the relation is called"),
    Column("subject", Text, comment="quantities and structure: of what"),
    Column("predicate", Text, comment="structure: how subject and object hang together"),
    Column("object", Text, comment="structure: the other end"),
    Column("target", Text, comment="assessments: what is judged"),
    Column("verdict", Text, comment="assessments: how"),
    Column("value_low", Float, comment="quantities and transfers: the figure, or its lower bound"),
    Column("value_high", Float, comment="the upper bound; equals `value_low` for a plain figure"),
    Column("unit", Text, comment="quantities: unit"),
    Column("rule", Text, comment="the rule or feature that fired"),
    Column("record", Text, nullable=False, comment="the whole claim as JSON, as `amity code` prints it"),
    Column("article_key", Integer, ForeignKey("articles.key"), nullable=False),
    *_standing(),
    comment="claims: who said that whom did what to whom",
)
_once(claims, claims.c.id)
Index("claims_article", claims.c.article_key)
Index("claims_recorded", claims.c.recorded)
Index("claims_first_day", claims.c.first_day)
Index(
    "claims_order",
    *(claims.c[name] for name in ("article_key", "trigger_start", "key", "kind", "type", "status", "certainty")),
    *(claims.c[name] for name in ("layer", "first_day", "last_day", "superseded")),
    sqlite_where=text("superseded IS NULL"),
    postgresql_where=text("superseded IS NULL"),
)

parties = Table(
    "parties",
    metadata,
    Column("claim", Integer, ForeignKey("claims.key"), nullable=False),
    Column("role", Text, nullable=False, comment="actor, recipient, supplier, a, b or party"),
    Column("position", Integer, nullable=False, comment="order within the role"),
    Column("code", Text, comment="alpha-3 of a state, else the name of an organisation or person"),
    *_actor(),
    PrimaryKeyConstraint("claim", "role", "position"),
    comment="who takes part in what is claimed",
)
Index("parties_code", parties.c.code, parties.c.claim)

attributions = Table(
    "attributions",
    metadata,
    Column("claim", Integer, ForeignKey("claims.key"), nullable=False),
    Column("position", Integer, nullable=False, comment="0 is the outermost voice"),
    Column("code", Text, comment="alpha-3 of a state, else the name of an organisation or person"),
    *_actor(),
    PrimaryKeyConstraint("claim", "position"),
    comment="who says so, by way of whom",
)

incidents = Table(
    "incidents",
    metadata,
    _key(),
    Column("id", Text, nullable=False, comment="stable id: a hash of its claims"),
    Column("kind", Text, nullable=False, comment="event, transfer, or quantity: a figure that is contested"),
    Column("type", Text, nullable=False, comment="PLOVER type, mode of the transfer, or unit of the figure"),
    Column("title", Text, nullable=False),
    Column("actors", Text, comment="codes joined by `; `"),
    Column("recipients", Text, comment="codes joined by `; `"),
    Column("mutual", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("layer", Text),
    Column("date", Text, comment="ISO date, month, year or interval `a/b`"),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("place", Text),
    Column("place_country", Text, comment="ISO 3166 alpha-3"),
    Column("latitude", Float, comment="degrees, WGS 84"),
    Column("longitude", Float, comment="degrees, WGS 84"),
    Column("claims", Integer, nullable=False, comment="how many claims it merges"),
    Column("articles", Integer, nullable=False, comment="in how many articles"),
    Column("sources", Integer, nullable=False, comment="independent sources"),
    Column("contradictions", Integer, nullable=False, comment="on how many points they disagree"),
    Column("record", Text, nullable=False, comment="the whole incident as JSON"),
    *_standing(),
    comment="claims about the same happening, brought together",
)
_once(incidents, incidents.c.id)

incident_parties = Table(
    "incident_parties",
    metadata,
    Column("incident", Integer, ForeignKey("incidents.key"), nullable=False),
    Column("role", Text, nullable=False, comment="actor or recipient"),
    Column("position", Integer, nullable=False),
    Column("code", Text, nullable=False, comment="alpha-3 of a state, else a name"),
    PrimaryKeyConstraint("incident", "role", "position"),
    comment="who takes part in an incident",
)
Index("incident_parties_code", incident_parties.c.code, incident_parties.c.incident)

incident_claims = Table(
    "incident_claims",
    metadata,
    Column("incident", Integer, ForeignKey("incidents.key"), nullable=False),
    Column("claim", Integer, ForeignKey("claims.key"), nullable=False),
    PrimaryKeyConstraint("incident", "claim"),
    comment="which claims an incident merges",
)
Index("incident_claims_claim", incident_claims.c.claim)

incident_sources = Table(
    "incident_sources",
    metadata,
    Column("incident", Integer, ForeignKey("incidents.key"), nullable=False),
    Column("source", Text, nullable=False),
    PrimaryKeyConstraint("incident", "source"),
    comment="independent sources of an incident",
)

contradictions = Table(
    "contradictions",
    metadata,
    Column("incident", Integer, ForeignKey("incidents.key"), nullable=False),
    Column("number", Integer, nullable=False, comment="which of the incident's contradictions"),
    Column("aspect", Text, nullable=False, comment="figure, status, actors or date"),
    Column("about", Text, nullable=False, comment="what exactly they disagree on"),
    Column("value", Text, nullable=False, comment="what this side says"),
    Column("source", Text, nullable=False, comment="who says it"),
    PrimaryKeyConstraint("incident", "number", "value", "source"),
    comment="what independent sources of an incident disagree on: one row for each side and source",
)

failures = Table(
    "failures",
    metadata,
    _key(),
    Column("source", Text, nullable=False, comment="path, URL or article"),
    Column("reason", Text, nullable=False),
    Column("recorded", Text, nullable=False, comment="UTC time"),
    Column("run", Integer, ForeignKey("runs.key"), nullable=False),
    comment="what could not be read, and why",
)

reviews = Table(
    "reviews",
    metadata,
    _key(),
    Column("claim", Text, nullable=False, comment="id of the claim as it stood when it was reviewed"),
    Column("article", Text, nullable=False, comment="id of the article it stands in"),
    Column("decision", Text, nullable=False, comment="accept, reject, edit or ignore"),
    Column("reviewer", Text, nullable=False, comment="who decided"),
    Column("reason", Text, comment="why, in their words"),
    Column("before", Text, nullable=False, comment="the claim as it stood, as JSON"),
    Column("after", Text, comment="the claim as it should stand, as JSON; null: not at all"),
    *_standing(),
    comment="what people decided on claims; taking a decision back supersedes it",
)
Index("reviews_article", reviews.c.article)
Index("reviews_claim", reviews.c.claim)

STANDING = (articles, copies, claims, incidents, reviews)
"""Tables whose rows are superseded, never changed."""
