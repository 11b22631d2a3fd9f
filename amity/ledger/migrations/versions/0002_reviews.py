"""Reviews: what people decided on claims."""

import sqlalchemy as sa
from alembic import op

from amity.ledger import dialect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("superseded", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("reviews_article", "reviews", ["article"], unique=False)
    op.create_index("reviews_claim", "reviews", ["claim"], unique=False)
    columns = tuple(column["name"] for column in sa.inspect(op.get_bind()).get_columns("reviews"))
    for statement in dialect.append_only("reviews", columns):
        op.execute(statement)
