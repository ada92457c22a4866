"""SQLite: one file, one server, one connection that writes.

That connection alone checkpoints: SQLite before 3.51.3 can corrupt a WAL file that two connections write and
checkpoint at once. Readers open the file read-only. `synchronous=FULL` is what makes a commit outlive a power cut.

As nobody else writes, what was found at the door stays found until this connection writes tokens or meets. It tells so
itself, by triggers of its own: no statement can forget to.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, Literal, TextIO
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from app.domain.ids import MeetId
from app.store import migrate, schema
from app.store.database import Database
from app.store.door import Asked, Door, Doors
from app.store.errors import DatabaseBusy, DatabaseUnreachable, StoreError
from app.store.meets import HEAD
from app.store.session import SqliteSession, driver
from app.store.transaction import Reader
from app.store.turns import BEGIN, Immediate, Turns

Synchronous = Literal["FULL", "NORMAL"]

PATIENCE_MS: Final = 5_000
FORGET_MS: Final = 200
POOL_WAIT_S: Final = 30
READERS_KEPT: Final = 8
READERS_MORE: Final = 56
CHECKPOINT_PAGES: Final = 2_000
WAL_LIMIT: Final = 16 << 20

_BESIDE_THE_LOG: Final = ", ".join(column.name for column in schema.meets.columns if column.name != "head")
# INSERT too: one that replaces a row fires no trigger for what it deletes.
_TELLS: Final = [
    f"CREATE TEMP TRIGGER door_{number} AFTER {write} BEGIN SELECT door_moved(); END"
    for number, write in enumerate(
        (
            *(f"{write} ON {table}" for write in ("INSERT", "DELETE") for table in ("tokens", "meets")),
            "UPDATE ON tokens",
            f"UPDATE OF {_BESIDE_THE_LOG} ON meets",
        )
    )
]


class SqliteDatabase(Database):
    dialect = "sqlite"
    _session = SqliteSession
    glances_quickly = True

    def __init__(self, path: Path, *, migrate_: bool, synchronous: Synchronous) -> None:
        super().__init__()
        self.path = path
        self._lock = threading.Lock()
        self._doors = Doors()
        with ExitStack() as undo:
            self._lockfile = undo.enter_context(_claimed(path))
            self._writers = _engine(lambda: _connect_writer(path, synchronous), BEGIN, 1, 0)
            undo.callback(self._writers.dispose)
            with self._in_plain_words:
                self._writer = undo.enter_context(self._writers.connect())
                self._turns = Turns(self._writer, self._lock, self._doors)
                self._bring_up_to_date(migrate_)
                self._have_doors_told()
            undo.pop_all()
        self._readers = _engine(lambda: _connect_reader(path), "BEGIN", READERS_KEPT, READERS_MORE)
        self._glancing = threading.Lock()
        self._glancer = self._readers.connect()

    def _bring_up_to_date(self, migrate_: bool) -> None:
        # A table that is made anew in batch mode must not cascade, and the switch works outside transactions only.
        self._pragma("foreign_keys=OFF")
        with self._writer.begin():
            migrate.ensure(self._writer, migrate=migrate_)
        self._pragma("foreign_keys=ON")

    def _have_doors_told(self) -> None:
        connection = driver(self._writer)
        connection.create_function("door_moved", 0, self._turns.note_door)
        for trigger in _TELLS:
            connection.execute(trigger)

    def door(self, asked: Asked) -> Door:
        return self._doors.get(asked, super().door)

    def _pragma(self, pragma: str) -> None:
        driver(self._writer).execute(f"PRAGMA {pragma}")

    @contextmanager
    def _readable(self) -> Iterator[sa.Connection]:
        with self._readers.connect() as connection:
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Reader]:
        """On a connection that is always open, without a transaction: some 30 µs in all, where `read` takes 200."""
        with self._in_plain_words, self._glancing:
            session = SqliteSession(self._glancer)
            try:
                yield Reader(session)
            finally:
                session.close()
                # A statement of Core's began a transaction: the next glance would see what this one saw.
                self._glancer.rollback()

    def head(self, meet: MeetId) -> int:
        with self._in_plain_words, self._glancing:
            row = driver(self._glancer).execute(HEAD, (meet,)).fetchone()
        return row[0] if row else 0

    def _writable(self) -> AbstractContextManager[sa.Connection]:
        return self._turns

    def _transaction(self, connection: sa.Connection) -> AbstractContextManager[object]:
        return Immediate(connection)

    def _forget(self, connection: sa.Connection) -> None:
        """The WAL still holds the page as it was. A long reader may keep it there until the next checkpoint."""
        driver(connection).execute(f"PRAGMA busy_timeout={FORGET_MS}")
        driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")
        driver(connection).execute(f"PRAGMA busy_timeout={PATIENCE_MS}")

    def _lost(self, meaning: StoreError) -> None:
        """The writer stays open: it is rolled back, and the next write may succeed."""

    def close(self) -> None:
        """The writer goes last: it folds the WAL into the file, and a reader cannot."""
        with self._lock, self._glancing:
            self._glancer.close()
            self._readers.dispose()
            self._writer.close()
            self._writers.dispose()
            self._lockfile.close()


def _claimed(path: Path) -> TextIO:
    """The file, made if it was not there, under a lock that ends with this process, however that ends.

    `DatabaseBusy` if another one has it. The file holds names and birth dates: only its owner reads it, and SQLite
    gives its side files the same mode.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lockfile = path.with_name(path.name + ".lock").open("a+", encoding="utf-8")
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseUnreachable(str(error)) from error
    try:
        fcntl.flock(lockfile, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lockfile.seek(0)
        holder = lockfile.read().strip() or "process unknown"
        lockfile.close()
        raise DatabaseBusy(path, holder) from error
    lockfile.truncate(0)
    lockfile.write(f"process {os.getpid()}")
    lockfile.flush()
    return lockfile


def _connect_writer(path: Path, synchronous: Synchronous) -> sqlite3.Connection:
    connection = _connect(path, "rwc")
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "fullfsync=ON",  # macOS: a plain fsync leaves data in the drive's own cache
        "secure_delete=FAST",  # an erased name leaves no bytes behind in its page
        "cache_size=-32768",
        f"wal_autocheckpoint={CHECKPOINT_PAGES}",
        f"journal_size_limit={WAL_LIMIT}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _connect_reader(path: Path) -> sqlite3.Connection:
    connection = _connect(path, "ro")
    connection.execute("PRAGMA query_only=ON")
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # isolation_level=None: the driver starts no transactions of its own.
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    return connection


def _engine(connect: Any, begin: str, size: int, more: int) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=size, max_overflow=more, pool_timeout=POOL_WAIT_S
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if not driver(connection).in_transaction:
            driver(connection).execute(begin)

    return engine
