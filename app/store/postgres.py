"""PostgreSQL: any number of processes, each with its own pool."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from app.store import migrate
from app.store.database import Database
from app.store.errors import DatabaseUnreachable, StoreError
from app.store.session import PostgresSession

KEPT: Final = 8
MORE: Final = 40
MIGRATING: Final = 0x6261636B
"""Key of the advisory lock under which one process migrates and the others wait."""


class PostgresDatabase(Database):
    dialect = "postgresql"
    _session = PostgresSession

    def __init__(self, url: sa.URL, *, migrate_: bool) -> None:
        super().__init__()
        self._engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=KEPT,
            max_overflow=MORE,
            isolation_level="READ COMMITTED",
            connect_args={"application_name": "backstraight", "connect_timeout": 10},
        )
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        try:
            with self._in_plain_words(), self._engine.begin() as connection:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATING)))
                migrate.ensure(connection, migrate=migrate_)
        except BaseException:
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
