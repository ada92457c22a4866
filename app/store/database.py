"""A database that is open: its transactions, its health, its end."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import ClassVar, Final

import psycopg
import sqlalchemy as sa

from app.domain.ids import MeetId
from app.store import migrate
from app.store.door import Asked, Door, look
from app.store.errors import StoreError, translated
from app.store.session import Dialect, Session
from app.store.transaction import Reader, Writer

_DRIVERS: Final = (sa.exc.DBAPIError, sqlite3.Error, psycopg.Error)


class Database(ABC):
    """Safe to share between threads."""

    dialect: ClassVar[Dialect]
    _session: ClassVar[type[Session]]
    glances_quickly: ClassVar[bool] = False
    """Whether a glance costs less than handing it to a thread."""

    def __init__(self) -> None:
        self._trouble: StoreError | None = None
        self._in_plain_words = _PlainWords(self._lost)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent snapshot, on a connection that cannot write."""
        with (
            self._in_plain_words,
            self._readable() as connection,
            closing(self._session(connection)) as session,
            connection.begin(),
        ):
            yield Reader(session)

    @contextmanager
    def glance(self) -> Iterator[Reader]:
        """For a few look-ups by key, each as of its own moment."""
        with self.read() as tx:
            yield tx

    def door(self, asked: Asked) -> Door:
        """Two look-ups in one go."""
        with self.glance() as tx:
            return look(tx, asked)

    def head(self, meet: MeetId) -> int:
        """The last position of a meet's log, reads included; 0 if there is none."""
        with self.glance() as tx:
            return tx.facts.head(meet)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Commits on leaving, rolls back on any exception. `StorageFull` and the like when the commit fails."""
        try:
            with self._in_plain_words, self._writable() as connection, closing(self._session(connection)) as session:
                with self._transaction(connection):
                    writer = Writer(session)
                    yield writer
                    writer.idempotency.settle_held()
                if session.erased:
                    self._forget(connection)
        except StoreError as error:
            self._trouble = error
            raise
        self._trouble = None

    def healthy(self) -> str | None:
        """None, or why not: the last write failed, the schema is another one, the server is away. Writes nothing."""
        if self._trouble is not None:
            return self._trouble.detail
        try:
            with self.read() as tx:
                found = tx.session.value("SELECT version_num FROM alembic_version")
        except StoreError as error:
            return error.detail
        wanted = migrate.newest()
        return None if found == wanted else f"the database now has schema {found}, this build is made for {wanted}"

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _readable(self) -> AbstractContextManager[sa.Connection]: ...

    @abstractmethod
    def _writable(self) -> AbstractContextManager[sa.Connection]: ...

    def _transaction(self, connection: sa.Connection) -> AbstractContextManager[object]:
        return connection.begin()

    @abstractmethod
    def _forget(self, connection: sa.Connection) -> None:
        """Leave no copy of what was erased where this process can help it."""

    @abstractmethod
    def _lost(self, meaning: StoreError) -> None:
        """Told when a transaction failed for this reason; its connection has been given back."""


class _PlainWords:
    """What a driver raises inside leaves as a `StoreError`, which `lost` is told of first."""

    def __init__(self, lost: Callable[[StoreError], None]) -> None:
        self._lost = lost

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _DRIVERS) and (meaning := translated(error)) is not None:
            self._lost(meaning)
            raise meaning from error
