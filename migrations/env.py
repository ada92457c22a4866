"""How Alembic reaches the database: through a connection that the store hands over, or not at all."""

from alembic import context
from sqlalchemy import Connection

from app.store.schema import metadata


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        # SQLite cannot alter a table in place.
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        # A migration that fails half-way leaves the schema as it was, on both databases.
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
