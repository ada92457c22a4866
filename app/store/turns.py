"""Who writes to SQLite: one thread at a time, one transaction a turn."""

import sqlite3
import threading
from typing import Final

import sqlalchemy as sa

from app.store.door import Doors
from app.store.session import driver

BEGIN: Final = "BEGIN IMMEDIATE"


class Turns:
    """The connection that writes, for one thread at a time."""

    def __init__(self, connection: sa.Connection, lock: threading.Lock, doors: Doors) -> None:
        self._connection = connection
        self._lock = lock
        self._doors = doors
        self._owner: int | None = None
        self._door_moved = False

    def note_door(self) -> None:
        """Told by a trigger, within a turn."""
        self._door_moved = True

    def __enter__(self) -> sa.Connection:
        me = threading.get_ident()
        if self._owner == me:
            raise RuntimeError("this thread has a write transaction open already")
        self._lock.acquire()
        self._owner = me
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._owner = None
        if self._door_moved:
            self._door_moved = False
            self._doors.forget()
        self._lock.release()


class Immediate:
    """A transaction begun and ended at the driver, which costs a third of Core's.

    Core's statements run inside it. A transaction of Core's own, such as Alembic begins, would end it.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._driver: sqlite3.Connection = driver(connection)

    def __enter__(self) -> None:
        self._driver.rollback()  # What an interrupt may have left open right after it was begun.
        self._driver.execute(BEGIN)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            if error is None:
                if not self._driver.in_transaction:  # SQLite ends it where the disk is full, whoever hears of that.
                    raise RuntimeError("the transaction was over before its end: nothing of its beginning is kept")
                self._driver.commit()
        finally:
            # Also after a commit that failed. Core, where it was asked, took part in a transaction of its own.
            self._driver.rollback()
            self._connection.rollback()
