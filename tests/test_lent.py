"""A database that one test had is as new for the next."""

from collections.abc import Iterator

import psycopg
import pytest

from app.store import open_database
from tests.lent import MUCH, Lender
from tests.store.ground import append, gun, offer, open_meet, read


@pytest.fixture
def own_lender(postgres: str) -> Iterator[Lender]:
    """With nothing to lend yet."""
    lender = Lender(postgres)
    yield lender
    lender.close()


def use(lender: Lender, *statements: str) -> str:
    """The URL of what was lent meanwhile."""
    with lender.lent() as url, psycopg.connect(url, autocommit=True) as inside:
        for statement in statements:
            inside.execute(statement.encode())
    return url


def test_what_was_written_is_gone_and_numbers_begin_anew(own_lender: Lender) -> None:
    urls = set[str]()
    for _ in range(3):
        with own_lender.lent() as url:
            urls.add(url)
            db = open_database(url, migrate=False)
            open_meet(db)
            append(db, gun())
            offer(db, read(1))
            with psycopg.connect(url) as inside:
                assert inside.execute("SELECT no, head FROM meets").fetchall() == [(1, 3)]
            db.close()
    assert len(urls) == 1


def test_whoever_stayed_is_cut_off(own_lender: Lender) -> None:
    with own_lender.lent() as url:
        stayed = psycopg.connect(url)
        stayed.execute("SELECT * FROM facts FOR UPDATE")
    with pytest.raises(psycopg.OperationalError):
        stayed.execute("SELECT 1")
    stayed.close()
    assert use(own_lender) == url


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE facts DISABLE TRIGGER ALL",
        "ALTER TABLE facts ADD COLUMN x int",
        "CREATE TABLE x (x int)",
        "UPDATE alembic_version SET version_num = 'x'",
        "DROP INDEX ix_meets_organization_id",
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET synchronous_commit = on'; END $$",
        "INSERT INTO organizations VALUES ('org', 'Club', 0); ANALYZE organizations",
        f"INSERT INTO organizations SELECT md5(n::text), 'Club', 0 FROM generate_series(1, {MUCH // 32}) n",
    ],
)
def test_one_that_is_not_as_it_was_made_is_not_lent_again(own_lender: Lender, statement: str) -> None:
    assert use(own_lender, statement) != use(own_lender)
    assert use(own_lender) == use(own_lender)
