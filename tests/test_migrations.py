"""One history of the schema for both databases: up, down, up, and equal to the tables in the code."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from app.store import Database, SchemaTooNew, SchemaTooOld, migrate, open_database
from tests.store.ground import append, gun, log, open_meet


def tables(db: Database) -> set[str]:
    with db.read() as tx:
        return set(sa.inspect(tx.session.connection).get_table_names())


def objects(db: Database) -> set[str]:
    """Triggers and functions of our own."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal "
        "UNION SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    }
    with db.read() as tx:
        return {row[0] for row in tx.session.rows(sql[db.dialect])}


def test_an_empty_database_is_migrated_when_it_is_opened(empty_url: str) -> None:
    db = open_database(empty_url)
    assert db.healthy() is None
    open_meet(db)
    append(db, gun())
    db.close()
    again = open_database(empty_url, migrate=False)
    assert log(again) == [1, 2]
    again.close()


@contextmanager
def migrating(database: Database) -> Iterator[sa.Connection]:
    """As the store itself does it, in a transaction that Alembic takes part in."""
    with database._writable() as connection, connection.begin():
        yield connection


def test_the_history_goes_up_down_and_up_again(database: Database) -> None:
    before = tables(database), objects(database)
    with migrating(database) as connection:
        migrate.downgrade(connection, "base")
    assert tables(database) == {"alembic_version"}
    assert objects(database) == set()
    with migrating(database) as connection:
        migrate.upgrade(connection)
    assert (tables(database), objects(database)) == before
    open_meet(database)


def test_the_history_makes_the_tables_of_the_code(database: Database) -> None:
    with database.write() as tx:
        migrate.check(tx.session.connection)


def test_an_empty_database_is_refused_where_migrating_is_off(empty_url: str) -> None:
    with pytest.raises(SchemaTooOld, match="run `backstraight migrate`"):
        open_database(empty_url, migrate=False)


def test_a_database_of_a_newer_build_is_refused_by_name(database_url: str) -> None:
    db = open_database(database_url)
    with db.write() as tx:
        tx.session.run("UPDATE alembic_version SET version_num = '9999'")
    assert "9999" in str(db.healthy())
    db.close()
    with pytest.raises(SchemaTooNew, match=f"schema 9999, this build knows up to {migrate.newest()}"):
        open_database(database_url)


def test_a_migration_that_fails_leaves_the_database_as_it_was(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sa.Connection, revision: str = "head") -> None:
        upgrade(connection, revision)
        raise ZeroDivisionError

    upgrade = migrate.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "upgrade", fail)
        with pytest.raises(ZeroDivisionError):
            open_database(empty_url)
    with pytest.raises(SchemaTooOld):
        open_database(empty_url, migrate=False)
