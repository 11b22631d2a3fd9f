"""Claims in the order in which they are listed, with what they are filtered by: pages and counts from the index."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = (
    *("article_key", "trigger_start", "key", "kind", "type", "status", "certainty"),
    *("layer", "first_day", "last_day", "superseded"),
)


def upgrade() -> None:
    where = sa.text("superseded IS NULL")
    op.create_index("claims_order", "claims", COLUMNS, sqlite_where=where, postgresql_where=where)
