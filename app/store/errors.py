"""What can go wrong with the database itself, each with a sentence that says what to do."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

import psycopg
import sqlalchemy as sa


@dataclass(eq=False)
class StoreError(Exception):
    """Not frozen: `with` assigns `__traceback__`."""

    title: ClassVar[str] = "The database failed"

    @property
    def detail(self) -> str:
        return "the database failed"

    def __str__(self) -> str:
        return self.detail


@dataclass(eq=False)
class DatabaseBusy(StoreError):
    """Another server holds the file: two writers would corrupt what SQLite's readers see."""

    path: Path
    holder: str

    @property
    def detail(self) -> str:
        return f"{self.path} is in use by another Backstraight ({self.holder}): stop it, or ask it instead"


@dataclass(eq=False)
class SchemaTooNew(StoreError):
    found: str
    newest: str

    @property
    def detail(self) -> str:
        return (
            f"the database has schema {self.found}, this build knows up to {self.newest}: "
            "a newer Backstraight wrote it, install that one"
        )


@dataclass(eq=False)
class SchemaTooOld(StoreError):
    found: str | None
    needed: str

    @property
    def detail(self) -> str:
        return f"the database has schema {self.found}, this build needs {self.needed}: run `backstraight migrate`"


@dataclass(eq=False)
class StorageFull(StoreError):
    """Nothing of the transaction was kept. The next one works as soon as there is space again."""

    title: ClassVar[str] = "No space left to write"
    reason: str

    @property
    def detail(self) -> str:
        return f"no space left to write ({self.reason}): nothing was stored, free some and send it again"


@dataclass(eq=False)
class DatabaseUnreachable(StoreError):
    title: ClassVar[str] = "The database cannot be reached"
    reason: str

    @property
    def detail(self) -> str:
        return f"the database cannot be reached: {self.reason}"


@dataclass(eq=False)
class NotADatabase(StoreError):
    """A URL or a file that is not what it should be."""

    what: str
    reason: str

    @property
    def detail(self) -> str:
        return f"{self.what}: {self.reason}"


# The second: no room for the index that readers of the WAL share.
_FULL: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
_NO_DATABASE: Final = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_DISK_FULL: Final = "53100"


def translated(error: BaseException) -> StoreError | None:
    """What a driver's error means to an operator; None where it has no meaning of its own."""
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if isinstance(cause, psycopg.Error):
        return _of_postgres(cause)
    return None


def _of_sqlite(error: sqlite3.Error) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code in _FULL:
        return StorageFull(str(error))
    if code in _NO_DATABASE:
        return NotADatabase("the database's file", f"{error}; restore a backup")
    return None if code != sqlite3.SQLITE_CANTOPEN else DatabaseUnreachable(str(error))


def _of_postgres(error: psycopg.Error) -> StoreError | None:
    if error.sqlstate == _DISK_FULL:
        return StorageFull(str(error))
    # Class 57P: the server is shutting down or starting up.
    if isinstance(error, psycopg.OperationalError) and (error.sqlstate is None or error.sqlstate.startswith("57P")):
        return DatabaseUnreachable(" ".join(str(error).split()))
    return None
