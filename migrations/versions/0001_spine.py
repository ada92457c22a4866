"""The log, what stands beside it, and who may.

Facts and reads are never edited: both databases refuse to, also by hand. A rehearsal may be dropped whole.
"""

from typing import Any
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LOG = {"facts": "OLD.meet_no", "reads": "OLD.position >> 40"}
"""Table → the meet of a row."""
INDEXES = (
    "events",
    "registrations",
    "heats",
    "sources",
    "chip_assignments",
    "times",
    "rulings",
    "publications",
)
BESIDE = ("epochs", "people", "texts", "read_conflicts")


def text(name: str, null: bool = False, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null, **more)


def big(name: str, null: bool = False, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=null, **more)


def flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def indexed(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=False)


def create_who() -> None:
    op.create_table("organizations", text("id"), text("name"), big("created_at_us"), primary("organizations", "id"))
    op.create_table(
        "tokens",
        text("id"),
        text("organization_id", null=True),
        text("kind"),
        text("name"),
        text("hash"),
        text("scopes"),
        text("meet_id", null=True),
        text("source", null=True),
        big("not_before_us", null=True),
        big("expires_at_us", null=True),
        big("revoked_at_us", null=True),
        big("created_at_us"),
        check("tokens", "kind", "kind IN ('admin', 'api', 'device')"),
        check("tokens", "organization", "kind = 'admin' OR organization_id IS NOT NULL"),
        foreign("tokens", "organization_id", "organizations.id"),
        primary("tokens", "id"),
        unique("tokens", "hash"),
    )
    indexed("tokens", "organization_id")
    op.create_table(
        "series",
        text("id"),
        text("organization_id"),
        text("name"),
        text("races"),
        text("rules"),
        big("created_at_us"),
        foreign("series", "organization_id", "organizations.id"),
        primary("series", "id"),
    )
    indexed("series", "organization_id")
    op.create_table(
        "idempotency",
        text("principal"),
        text("key"),
        text("route"),
        text("digest"),
        big("created_at_us"),
        sa.Column("status", sa.Integer(), nullable=True),
        text("headers", null=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        primary("idempotency", "principal", "key"),
    )
    indexed("idempotency", "created_at_us")


def create_log() -> None:
    op.create_table(
        "meets",
        sa.Column("no", NUMBER, autoincrement=True, nullable=False),
        text("id"),
        text("organization_id"),
        text("name"),
        text("visibility", server_default="private"),
        flag("closed"),
        flag("rehearsal"),
        flag("withdrawn"),
        big("head", server_default="0"),
        big("created_at_us"),
        check("meets", "visibility", "visibility IN ('private', 'unlisted', 'public')"),
        foreign("meets", "organization_id", "organizations.id"),
        primary("meets", "no"),
        unique("meets", "id"),
        sqlite_autoincrement=True,
    )
    indexed("meets", "organization_id")
    op.create_table(
        "facts",
        big("meet_no", autoincrement=False),
        big("seq", autoincrement=False),
        text("kind"),
        sa.Column("version", sa.Integer(), nullable=False),
        big("recorded_at_us"),
        text("actor_id"),
        text("body"),
        primary("facts", "meet_no", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "epochs",
        sa.Column("no", NUMBER, autoincrement=True, nullable=False),
        big("meet_no"),
        text("source_id"),
        text("epoch"),
        foreign("epochs", "meet_no", "meets.no"),
        primary("epochs", "no"),
        unique("epochs", "source_id", "epoch"),
        sqlite_autoincrement=True,
    )
    indexed("epochs", "meet_no")
    op.create_table(
        "reads",
        # The meet's number, then 40 bits of seq.
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        big("epoch_no"),
        big("source_seq"),
        text("chip", null=True),
        text("bib", null=True),
        big("at_us"),
        text("place", null=True),
        sa.Column("antenna", sa.Integer(), nullable=True),
        sa.Column("rssi", sa.Integer(), nullable=True),
        text("kind", null=True),
        big("received_us"),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        check("reads", "chip_or_bib", "(chip IS NULL) <> (bib IS NULL)"),
        primary("reads", "position"),
        unique("reads", "epoch_no", "source_seq"),
    )
    op.create_table("dropping", big("meet_no", autoincrement=False), primary("dropping", "meet_no"))


def create_beside() -> None:
    op.create_table(
        "people",
        text("id"),
        big("meet_no"),
        text("family_name"),
        text("given_name"),
        text("sex"),
        text("birth_date", null=True),
        text("nation", null=True),
        text("club", null=True),
        text("publish_name", null=True),
        text("external_id", null=True),
        flag("erased"),
        check("people", "sex", "sex IN ('M', 'W', 'X')"),
        check("people", "publish_name", "publish_name IN ('full', 'initials', 'bib')"),
        foreign("people", "meet_no", "meets.no"),
        primary("people", "id"),
    )
    indexed("people", "meet_no")
    op.create_table(
        "texts",
        text("id"),
        big("meet_no"),
        text("text"),
        foreign("texts", "meet_no", "meets.no"),
        primary("texts", "id"),
    )
    indexed("texts", "meet_no")


def index_table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        text("id"),
        big("meet_no"),
        big("seq"),
        flag("withdrawn"),
        *columns,
        foreign(name, "meet_no", "meets.no"),
        primary(name, "id"),
    )
    indexed(name, "meet_no")


def create_indexes() -> None:
    index_table("events", text("name"))
    index_table("registrations", text("event_id"), text("athlete_id"), text("bib"))
    index_table("heats", text("event_id"), text("round"), big("number"))
    index_table("sources", text("name"), text("place"))
    index_table("chip_assignments", text("chip"), text("athlete_id"))
    index_table("times", text("heat_id"))
    index_table("rulings", text("heat_id"), text("registration_id"), text("kind"))
    index_table("publications", text("event_id"), big("version"), text("status"), text("digest"))
    indexed("publications", "digest")
    for column in ("bib", "athlete_id"):
        op.create_index(
            f"uq_registrations_event_id_{column}",
            "registrations",
            ["event_id", column],
            unique=True,
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )
    op.create_table(
        "read_conflicts",
        big("meet_no", autoincrement=False),
        big("seq", autoincrement=False),
        text("source_id"),
        text("epoch"),
        big("source_seq"),
        text("chip", null=True),
        text("bib", null=True),
        big("at_us"),
        text("place", null=True),
        foreign("read_conflicts", "meet_no", "meets.no"),
        primary("read_conflicts", "meet_no", "seq"),
    )
    indexed("read_conflicts", "source_id", "epoch", "source_seq")


SQLITE_TRIGGERS = (
    *(
        f"""CREATE TRIGGER {table}_are_not_edited BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} are never edited'); END"""
        for table in LOG
    ),
    *(
        f"""CREATE TRIGGER {table}_are_not_deleted BEFORE DELETE ON {table}
        WHEN NOT EXISTS (SELECT 1 FROM dropping WHERE meet_no = {meet})
        BEGIN SELECT RAISE(ABORT, '{table} are never deleted'); END"""
        for table, meet in LOG.items()
    ),
    """CREATE TRIGGER meets_are_not_deleted BEFORE DELETE ON meets
    WHEN OLD.head > 0 AND NOT EXISTS (SELECT 1 FROM dropping WHERE meet_no = OLD.no)
    BEGIN SELECT RAISE(ABORT, 'meets are never deleted'); END""",
    """CREATE TRIGGER only_rehearsals_are_dropped BEFORE INSERT ON dropping
    WHEN NOT EXISTS (SELECT 1 FROM meets WHERE no = NEW.meet_no AND rehearsal)
    BEGIN SELECT RAISE(ABORT, 'only a rehearsal can be dropped'); END""",
    """CREATE TRIGGER no_meet_becomes_a_rehearsal BEFORE UPDATE OF rehearsal ON meets
    WHEN NEW.rehearsal AND NOT OLD.rehearsal AND EXISTS (SELECT 1 FROM facts WHERE meet_no = OLD.no)
    BEGIN SELECT RAISE(ABORT, 'a meet does not become a rehearsal'); END""",
)

POSTGRESQL_FUNCTIONS = (
    """CREATE FUNCTION refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% are never edited', TG_TABLE_NAME; END $$""",
    *(
        f"""CREATE FUNCTION refuse_{table}_delete() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM dropping WHERE meet_no = {meet}) THEN RETURN OLD; END IF;
            RAISE EXCEPTION '{table} are never deleted';
        END $$"""
        for table, meet in LOG.items()
    ),
    """CREATE FUNCTION refuse_meet_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.head = 0 OR EXISTS (SELECT 1 FROM dropping WHERE meet_no = OLD.no) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'meets are never deleted';
    END $$""",
    """CREATE FUNCTION refuse_dropping() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM meets WHERE no = NEW.meet_no AND rehearsal) THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'only a rehearsal can be dropped';
    END $$""",
    """CREATE FUNCTION refuse_rehearsal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM facts WHERE meet_no = OLD.no) THEN
            RAISE EXCEPTION 'a meet does not become a rehearsal';
        END IF;
        RETURN NEW;
    END $$""",
)

POSTGRESQL_TRIGGERS = (
    *(
        f"""CREATE TRIGGER {table}_are_not_edited BEFORE UPDATE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_edit()"""
        for table in LOG
    ),
    *(
        f"""CREATE TRIGGER {table}_are_not_deleted BEFORE DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION refuse_{table}_delete()"""
        for table in LOG
    ),
    "CREATE TRIGGER meets_are_not_deleted BEFORE DELETE ON meets FOR EACH ROW EXECUTE FUNCTION refuse_meet_delete()",
    """CREATE TRIGGER only_rehearsals_are_dropped BEFORE INSERT ON dropping
    FOR EACH ROW EXECUTE FUNCTION refuse_dropping()""",
    """CREATE TRIGGER no_meet_becomes_a_rehearsal BEFORE UPDATE OF rehearsal ON meets
    FOR EACH ROW WHEN (NEW.rehearsal AND NOT OLD.rehearsal) EXECUTE FUNCTION refuse_rehearsal()""",
)


def upgrade() -> None:
    create_who()
    create_log()
    create_beside()
    create_indexes()
    sqlite = op.get_context().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRESQL_FUNCTIONS + POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    for table in (*BESIDE, *INDEXES, *LOG, "dropping", "meets", "series", "tokens", "idempotency", "organizations"):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        for function in ("edit", "facts_delete", "reads_delete", "meet_delete", "dropping", "rehearsal"):
            op.execute(f"DROP FUNCTION refuse_{function}()")
