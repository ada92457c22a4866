"""The only SQL. One log per meet, on SQLite or PostgreSQL, with the same promises on both."""

from pathlib import Path

import sqlalchemy as sa

from app.store.access import OrganizationRow, TokenKind, TokenRow
from app.store.database import Database
from app.store.errors import (
    DatabaseBusy,
    DatabaseUnreachable,
    NotADatabase,
    SchemaTooNew,
    SchemaTooOld,
    StorageFull,
    StoreError,
)
from app.store.idempotency import Begun, Claim, ClaimLost, Done, InFlight, Mismatch, New
from app.store.meets import MeetRow
from app.store.offers import NOTHING, Batch, Offered, OfferedRead, Offers, Outcome
from app.store.postgres import PostgresDatabase
from app.store.reads import Gap, StoredRead
from app.store.sqlite import SqliteDatabase, Synchronous
from app.store.transaction import Reader, Writer

__all__ = [
    "NOTHING",
    "Batch",
    "Begun",
    "Claim",
    "ClaimLost",
    "Database",
    "DatabaseBusy",
    "DatabaseUnreachable",
    "Done",
    "Gap",
    "InFlight",
    "MeetRow",
    "Mismatch",
    "New",
    "NotADatabase",
    "Offered",
    "OfferedRead",
    "Offers",
    "OrganizationRow",
    "Outcome",
    "Reader",
    "SchemaTooNew",
    "SchemaTooOld",
    "StorageFull",
    "StoreError",
    "StoredRead",
    "TokenKind",
    "TokenRow",
    "Writer",
    "open_database",
]


def open_database(url: str, *, migrate: bool = True, synchronous: Synchronous = "FULL") -> Database:
    """`sqlite:///path/to/file.db` or `postgresql://user@host/name`.

    Raises `DatabaseBusy`, `DatabaseUnreachable`, `NotADatabase`, `SchemaTooNew`, and `SchemaTooOld` where `migrate` is
    off. `synchronous` is SQLite's; with anything but FULL a power cut may lose what was acknowledged.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise NotADatabase("the database's URL", "it is none: sqlite:///path or postgresql://host/name") from error
    if parsed.get_backend_name() == "postgresql":
        return PostgresDatabase(parsed, migrate_=migrate)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return SqliteDatabase(Path(str(parsed.database)), migrate_=migrate, synchronous=synchronous)
    raise NotADatabase(parsed.render_as_string(), "only sqlite:///path and postgresql://host/name can be used")
