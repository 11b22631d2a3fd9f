"""The first schema."""

import sqlalchemy as sa
from alembic import op

from amity.ledger import dialect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEARCHED = {"articles": ("title", "text"), "claims": ("quote",)}
STANDING = ("articles", "copies", "claims", "incidents")
VIEWS = {
    "current_articles": (
        "SELECT a.id, a.title, a.publisher, a.author, a.published, a.language, a.url, a.source, c.original AS"
        " copy_of, a.text, a.recorded FROM articles a LEFT JOIN copies c ON c.article = a.id AND c.superseded"
        " IS NULL WHERE a.superseded IS NULL"
    ),
    "current_claims": (
        "SELECT c.id, c.kind, c.type, c.actors, c.recipients, c.said_by, c.status, c.certainty, c.layer, "
        "c.date, c.quote, c.trigger, c.place, c.system, c.category, c.label, c.subject, c.predicate, "
        "c.object, c.target, c.verdict, c.value_low, c.value_high, c.unit, c.rule, a.title, a.publisher, "
        'a.published, c.article, c.sentence, c.start, c."end", c.recorded FROM claims c JOIN articles a ON '
        "a.key = c.article_key WHERE c.superseded IS NULL"
    ),
    "current_incidents": (
        "SELECT id, kind, type, title, actors, recipients, status, layer, date, place, claims, articles, "
        "sources, contradictions, recorded FROM incidents WHERE superseded IS NULL"
    ),
}


def upgrade() -> None:
    _tables()
    for table, columns in SEARCHED.items():
        for statement in dialect.full_text(table, columns):
            op.execute(statement)
    for table in STANDING:
        columns = tuple(column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
        for statement in dialect.append_only(table, columns):
            op.execute(statement)
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def _tables() -> None:
    op.create_table(
        "runs",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=True),
        sa.Column("merged", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "articles",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("furniture", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("superseded", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("articles_published", "articles", ["published"], unique=False)
    op.create_index("articles_source", "articles", ["source"], unique=False)
    op.create_index(
        "articles_standing",
        "articles",
        ["id"],
        unique=True,
        sqlite_where=sa.text("superseded IS NULL"),
        postgresql_where=sa.text("superseded IS NULL"),
    )
    op.create_table(
        "copies",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("superseded", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "copies_standing",
        "copies",
        ["article"],
        unique=True,
        sqlite_where=sa.text("superseded IS NULL"),
        postgresql_where=sa.text("superseded IS NULL"),
    )
    op.create_table(
        "failures",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "incidents",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("actors", sa.Text(), nullable=True),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("mutual", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Text(), nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("contradictions", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("superseded", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "incidents_standing",
        "incidents",
        ["id"],
        unique=True,
        sqlite_where=sa.text("superseded IS NULL"),
        postgresql_where=sa.text("superseded IS NULL"),
    )
    op.create_table(
        "claims",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("actors", sa.Text(), nullable=True),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("said_by", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Text(), nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("mutual", sa.Boolean(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("intensity", sa.Float(), nullable=True),
        sa.Column("system", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("predicate", sa.Text(), nullable=True),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("value_low", sa.Float(), nullable=True),
        sa.Column("value_high", sa.Float(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("article_key", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("superseded", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_key"],
            ["articles.key"],
        ),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("claims_article", "claims", ["article_key"], unique=False)
    op.create_index("claims_first_day", "claims", ["first_day"], unique=False)
    op.create_index("claims_recorded", "claims", ["recorded"], unique=False)
    op.create_index(
        "claims_standing",
        "claims",
        ["id"],
        unique=True,
        sqlite_where=sa.text("superseded IS NULL"),
        postgresql_where=sa.text("superseded IS NULL"),
    )
    op.create_table(
        "codings",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.key"],
        ),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("codings_article", "codings", ["article"], unique=False)
    op.create_table(
        "contradictions",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"],
            ["incidents.key"],
        ),
        sa.PrimaryKeyConstraint("incident", "number", "value", "source"),
    )
    op.create_table(
        "fingerprints",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.key"],
        ),
        sa.PrimaryKeyConstraint("article"),
    )
    op.create_table(
        "incident_parties",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"],
            ["incidents.key"],
        ),
        sa.PrimaryKeyConstraint("incident", "role", "position"),
    )
    op.create_index("incident_parties_code", "incident_parties", ["code", "incident"], unique=False)
    op.create_table(
        "incident_sources",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"],
            ["incidents.key"],
        ),
        sa.PrimaryKeyConstraint("incident", "source"),
    )
    op.create_table(
        "attributions",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claims.key"],
        ),
        sa.PrimaryKeyConstraint("claim", "position"),
    )
    op.create_table(
        "incident_claims",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claims.key"],
        ),
        sa.ForeignKeyConstraint(
            ["incident"],
            ["incidents.key"],
        ),
        sa.PrimaryKeyConstraint("incident", "claim"),
    )
    op.create_index("incident_claims_claim", "incident_claims", ["claim"], unique=False)
    op.create_table(
        "parties",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claims.key"],
        ),
        sa.PrimaryKeyConstraint("claim", "role", "position"),
    )
    op.create_index("parties_code", "parties", ["code", "claim"], unique=False)
    # ### end Alembic commands ###
