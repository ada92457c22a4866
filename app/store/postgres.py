"""PostgreSQL: any number of processes, each with its own pool."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from app.store import migrate
from app.store.database import Database
from app.store.errors import DatabaseUnreachable, StoreError, translated
from app.store.session import PostgresSession

KEPT: Final = 8
MORE: Final = 40
CONNECT: Final = {"application_name": "backstraight", "connect_timeout": 10}
MIGRATING: Final = 0x6261636B
"""Key of the advisory lock under which one process migrates and the others wait."""


DURABILITY: Final = sa.text(
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')"
)


def durability(url: str) -> dict[str, str]:
    """The server's settings that decide whether a commit outlives a power cut, as a connection of ours has them.

    Whatever the schema is. `DatabaseUnreachable`.
    """
    engine = sa.create_engine(_by_psycopg(sa.make_url(url)), poolclass=sa.NullPool, connect_args=CONNECT)
    try:
        with engine.connect() as connection:
            return {row.name: row.setting for row in connection.execute(DURABILITY)}
    except sa.exc.DBAPIError as error:
        raise translated(error) or error from error


class PostgresDatabase(Database):
    dialect = "postgresql"
    _session = PostgresSession

    def __init__(self, url: sa.URL, *, migrate_: bool) -> None:
        super().__init__()
        self._engine = sa.create_engine(
            _by_psycopg(url),
            pool_size=KEPT,
            max_overflow=MORE,
            isolation_level="READ COMMITTED",
            connect_args=CONNECT,
        )
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        try:
            with self._in_plain_words, self._engine.begin() as connection:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATING)))
                migrate.ensure(connection, migrate=migrate_)
        except BaseException:  # It is raised again: nobody is left to close the pool.
            self._engine.dispose()
            raise

    @contextmanager
    def _readable(self) -> Iterator[sa.Connection]:
        with self._snapshots.connect() as connection:
            yield connection

    @contextmanager
    def _writable(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as connection:
            yield connection

    def _forget(self, connection: sa.Connection) -> None:
        """The server's own vacuum and WAL recycling do that."""

    def _lost(self, meaning: StoreError) -> None:
        if isinstance(meaning, DatabaseUnreachable):
            # Its siblings in the pool lead nowhere either.
            self._engine.dispose()

    def close(self) -> None:
        self._engine.dispose()


def _by_psycopg(url: sa.URL) -> sa.URL:
    return url.set(drivername="postgresql+psycopg")
