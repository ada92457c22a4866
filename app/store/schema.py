"""The tables. `migrations/` makes them; a test says that the two agree.

Times are microseconds since 1970 UTC (`…_us`). `seq` is the position in a meet's log, shared by facts and reads.
"""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, Text

NAMING: Final = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

metadata: Final = sa.MetaData(naming_convention=NAMING)

# SQLite numbers rows by itself only where the type is spelled INTEGER.
_NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str, *args: Any, null: bool = False, **more: Any) -> Column[str]:
    return Column(name, Text, *args, nullable=null, **more)


def _int(name: str, *args: Any, null: bool = False, **more: Any) -> Column[int]:
    return Column(name, BigInteger, *args, nullable=null, **more)


def _bool(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=sa.false())


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

organizations: Final = sa.Table(
    "organizations",
    metadata,
    _text("id", primary_key=True),
    _text("name"),
    _int("created_at_us"),
)

tokens: Final = sa.Table(
    "tokens",
    metadata,
    _text("id", primary_key=True),
    _text("organization_id", ForeignKey("organizations.id"), null=True, index=True),
    _text("kind"),
    _text("name"),
    _text("hash", unique=True),
    _text("scopes"),
    _text("meet_id", null=True),
    _text("source", null=True),
    _int("not_before_us", null=True),
    _int("expires_at_us", null=True),
    _int("revoked_at_us", null=True),
    _int("created_at_us"),
    sa.CheckConstraint("kind IN ('admin', 'api', 'device')", name="kind"),
    sa.CheckConstraint("kind = 'admin' OR organization_id IS NOT NULL", name="organization"),
)

idempotency: Final = sa.Table(
    "idempotency",
    metadata,
    _text("principal", primary_key=True),
    _text("key", primary_key=True),
    _text("route"),
    _text("digest"),
    _int("created_at_us", index=True),
    Column("status", Integer, nullable=True),
    _text("headers", null=True),
    Column("body", LargeBinary, nullable=True),
)

series: Final = sa.Table(
    "series",
    metadata,
    _text("id", primary_key=True),
    _text("organization_id", ForeignKey("organizations.id"), index=True),
    _text("name"),
    _text("races"),
    _text("rules"),
    _int("created_at_us"),
)

# ── the log ──────────────────────────────────────────────────────────────────────────────────────────────────────────

meets: Final = sa.Table(
    "meets",
    metadata,
    Column("no", _NUMBER, primary_key=True, autoincrement=True),
    _text("id", unique=True),
    _text("organization_id", ForeignKey("organizations.id"), index=True),
    _text("name"),
    _text("visibility", server_default="private"),
    _bool("closed"),
    _bool("rehearsal"),
    _bool("withdrawn"),
    _int("head", server_default="0"),
    _int("created_at_us"),
    sa.CheckConstraint("visibility IN ('private', 'unlisted', 'public')", name="visibility"),
    # A number is never given twice, also after a rehearsal was dropped.
    sqlite_autoincrement=True,
)

facts: Final = sa.Table(
    "facts",
    metadata,
    _int("meet_no", primary_key=True, autoincrement=False),
    _int("seq", primary_key=True, autoincrement=False),
    _text("kind"),
    Column("version", Integer, nullable=False),
    _int("recorded_at_us"),
    _text("actor_id"),
    _text("body"),
    sqlite_with_rowid=False,
)

epochs: Final = sa.Table(
    "epochs",
    metadata,
    Column("no", _NUMBER, primary_key=True, autoincrement=True),
    _int("meet_no", ForeignKey("meets.no"), index=True),
    _text("source_id"),
    _text("epoch"),
    sa.UniqueConstraint("source_id", "epoch"),
    sqlite_autoincrement=True,
)

reads: Final = sa.Table(
    "reads",
    metadata,
    Column("position", _NUMBER, primary_key=True, autoincrement=False),
    _int("epoch_no"),
    _int("source_seq"),
    _text("chip", null=True),
    _text("bib", null=True),
    _int("at_us"),
    _text("place", null=True),
    Column("antenna", Integer, nullable=True),
    Column("rssi", Integer, nullable=True),
    _text("kind", null=True),
    _int("received_us"),
    Column("raw", LargeBinary, nullable=True),
    sa.UniqueConstraint("epoch_no", "source_seq"),
    sa.CheckConstraint("(chip IS NULL) <> (bib IS NULL)", name="chip_or_bib"),
)
"""`position` is the meet's number and the seq in one integer, see `base`: a quarter faster to fill than two columns,
and on SQLite the row's own number."""

SEQ_BITS: Final = 40


def base(meet_no: int) -> int:
    """What is added to a seq of this meet to make its position among all reads."""
    return meet_no << SEQ_BITS


def span(meet_no: int, after: int = 0, upto: int | None = None) -> tuple[int, int]:
    """Positions of the seqs past `after` and up to `upto`: the first excluded, the last included."""
    last = (1 << SEQ_BITS) - 1 if upto is None else upto
    return base(meet_no) + after, base(meet_no) + last


dropping: Final = sa.Table(
    "dropping",
    metadata,
    _int("meet_no", primary_key=True, autoincrement=False),
)
"""Holds the number of a rehearsal for as long as the transaction that drops it runs: then the triggers let go."""

# ── beside the log: identities and free texts, which can be corrected and erased ─────────────────────────────────────

people: Final = sa.Table(
    "people",
    metadata,
    _text("id", primary_key=True),
    _int("meet_no", ForeignKey("meets.no"), index=True),
    _text("family_name"),
    _text("given_name"),
    _text("sex"),
    _text("birth_date", null=True),
    _text("nation", null=True),
    _text("club", null=True),
    _text("publish_name", null=True),
    _text("external_id", null=True),
    _bool("erased"),
    sa.CheckConstraint("sex IN ('M', 'W', 'X')", name="sex"),
    sa.CheckConstraint("publish_name IN ('full', 'initials', 'bib')", name="publish_name"),
)

texts: Final = sa.Table(
    "texts",
    metadata,
    _text("id", primary_key=True),
    _int("meet_no", ForeignKey("meets.no"), index=True),
    _text("text"),
)

# ── indexes of the log, written in the same transaction as the facts ─────────────────────────────────────────────────


def _index(name: str, *columns: Any) -> sa.Table:
    """`withdrawn` rows stay: an id keeps naming its meet."""
    common = (
        _text("id", primary_key=True),
        _int("meet_no", ForeignKey("meets.no"), index=True),
        _int("seq"),
        _bool("withdrawn"),
    )
    return sa.Table(name, metadata, *common, *columns)


events: Final = _index("events", _text("name"))
registrations: Final = _index("registrations", _text("event_id"), _text("athlete_id"), _text("bib"))
heats: Final = _index("heats", _text("event_id"), _text("round"), _int("number"))
sources: Final = _index("sources", _text("name"), _text("place"))
chip_assignments: Final = _index("chip_assignments", _text("chip"), _text("athlete_id"))
times: Final = _index("times", _text("heat_id"))
rulings: Final = _index("rulings", _text("heat_id"), _text("registration_id"), _text("kind"))
publications: Final = _index(
    "publications", _text("event_id"), _int("version"), _text("status"), _text("digest", index=True)
)

_STANDING: Final = sa.text("NOT withdrawn")
for _column in ("bib", "athlete_id"):
    sa.Index(
        f"uq_registrations_event_id_{_column}",
        registrations.c.event_id,
        registrations.c[_column],
        unique=True,
        sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    )

read_conflicts: Final = sa.Table(
    "read_conflicts",
    metadata,
    _int("meet_no", ForeignKey("meets.no"), primary_key=True, autoincrement=False),
    _int("seq", primary_key=True, autoincrement=False),
    _text("source_id"),
    _text("epoch"),
    _int("source_seq"),
    _text("chip", null=True),
    _text("bib", null=True),
    _int("at_us"),
    _text("place", null=True),
    sa.Index(None, "source_id", "epoch", "source_seq"),
)

# ── work beside requests ─────────────────────────────────────────────────────────────────────────────────────────────

jobs: Final = sa.Table(
    "jobs",
    metadata,
    _text("id", primary_key=True),
    _int("meet_no", ForeignKey("meets.no"), index=True),
    _text("audience"),
    _text("sheet"),
    _text("tag"),
    _text("media"),
    _int("seq"),
    _text("state"),
    _int("percent"),
    _text("code", null=True),
    _text("detail", null=True),
    _int("created_at_us"),
    _int("touched_at_us"),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
    sa.CheckConstraint("audience IN ('public', 'organizer')", name="audience"),
)
