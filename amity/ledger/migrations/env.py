"""What Alembic runs for each migration: the connection comes from `amity.ledger.migrate`."""

from alembic import context

from amity.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
