"""PostgreSQL databases that tests borrow: each is migrated and empty, and nobody else's meanwhile.

One that comes back as it was made is emptied and lent again: that takes a tenth of the time of a new one.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from uuid import uuid4

import psycopg
from psycopg import sql

TEMPLATE = "migrated"
MUCH = 1 << 20
"""Bytes: one that grew by more is dropped, which is quicker than to empty it."""

# Of which revision our tables are and all that the catalogue says of them, with statistics: plans rest on those.
_IMPRINT = """
SELECT sum(hashtext(row::text)::bigint) FROM (
    SELECT c::text AS row FROM pg_class c WHERE c.oid >= 16384
    UNION ALL SELECT a::text FROM pg_attribute a WHERE a.attrelid >= 16384
    UNION ALL SELECT t::text FROM pg_trigger t
    UNION ALL SELECT p::text FROM pg_proc p WHERE p.oid >= 16384
    UNION ALL SELECT k::text FROM pg_constraint k WHERE k.oid >= 16384
    UNION ALL SELECT v::text FROM alembic_version v
    UNION ALL SELECT s::text FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
        WHERE d.datname = current_database()
) rows"""
_SIZE = "SELECT pg_database_size(current_database())"
_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_EMPTY = """DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', one);
    END LOOP;
END $$"""
_RESTART = "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"

# No foreign key and no trigger that keeps the log from being edited, of those who may say so.
_OPTIONS = "-c session_replication_role=replica -c lock_timeout=5s"


def at(server_url: str, name: str) -> str:
    """URL of a database of the server."""
    return server_url.replace("/postgres?", f"/{name}?")


@contextmanager
def lent_database(server_url: str, template: str = TEMPLATE) -> Iterator[str]:
    """URL of one that is made for this, and goes away."""
    with psycopg.connect(server_url, autocommit=True) as admin:
        name = made(admin, template)
        try:
            yield at(server_url, name)
        finally:
            dropped(admin, name)


def made(admin: psycopg.Connection, template: str = TEMPLATE) -> str:
    name = f"t_{uuid4().hex}"
    # The other strategy writes the whole template to the log as well: five times the work.
    admin.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )
    return name


def dropped(admin: psycopg.Connection, name: str) -> None:
    # A busy machine takes longer to end killed servers' connections: then it goes with the whole server.
    with suppress(psycopg.errors.ObjectInUse):
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@dataclass
class Lent:
    """A database, and a connection to it that knows its tables already."""

    name: str
    inside: psycopg.Connection
    imprint: int
    size: int

    def emptied(self) -> bool:
        """Whether it is as it was made."""
        with suppress(psycopg.Error), self.inside.transaction():
            if number(self.inside, _IMPRINT) != self.imprint or number(self.inside, _SIZE) > self.size + MUCH:
                return False
            self.inside.execute(_OTHERS)
            self.inside.execute(_EMPTY)
            self.inside.execute(_RESTART)
            return True
        return False


@dataclass
class Lender:
    """Of one worker. Close it."""

    server_url: str
    admin: psycopg.Connection = field(init=False)
    here: list[Lent] = field(default_factory=list)
    """Those that nobody has."""

    def __post_init__(self) -> None:
        self.admin = psycopg.connect(self.server_url, autocommit=True)

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Its URL. Whoever is still connected at the end is cut off."""
        one = self.here.pop() if self.here else self._made()
        try:
            yield at(self.server_url, one.name)
        finally:
            if one.emptied():
                self.here.append(one)
            else:
                self._dropped(one)

    def _made(self) -> Lent:
        name = made(self.admin)
        inside = psycopg.connect(at(self.server_url, name), autocommit=True, options=_OPTIONS)
        return Lent(name, inside, number(inside, _IMPRINT), number(inside, _SIZE))

    def _dropped(self, one: Lent) -> None:
        one.inside.close()
        dropped(self.admin, one.name)

    def close(self) -> None:
        for one in self.here:
            self._dropped(one)
        self.admin.close()


def number(inside: psycopg.Connection, question: str) -> int:
    found = inside.execute(question.encode()).fetchone()
    assert found is not None
    return int(found[0])
