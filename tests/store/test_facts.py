"""The log: appended in order without a gap, whoever writes at once, and never edited."""

import multiprocessing
import sqlite3
import threading
from contextlib import closing, suppress

import pytest
import sqlalchemy as sa

from app.domain.ids import MeetId
from app.domain.refusals import NotFound
from app.store import Database, open_database
from app.store.session import driver
from tests.store.ground import DESK, MAT, MEET, NOON, append, gun, log, offer, open_meet, read

WRITERS, TIMES = 4, 15


def test_facts_come_back_in_order_as_they_were(database: Database) -> None:
    open_meet(database)
    facts = [gun(n) for n in range(5)]
    assert append(database, *facts) == 6
    with database.read() as tx:
        recorded = list(tx.facts.after(MEET, 1))
        assert [r.seq for r in recorded] == [2, 3, 4, 5, 6]
        assert [r.fact for r in recorded] == facts
        assert {(r.actor, r.recorded_at) for r in recorded} == {(DESK, NOON)}
        assert [r.seq for r in tx.facts.after(MEET, 2, upto=4)] == [3, 4]
        assert [r.seq for r in tx.facts.page(MEET, 3, 2)] == [4, 5]


def test_a_long_log_streams_whole(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.facts.CHUNK", 3)
    open_meet(database)
    append(database, *(gun(n) for n in range(8)))
    with database.read() as tx:
        assert [r.seq for r in tx.facts.after(MEET, 0)] == list(range(1, 10))


def test_a_log_longer_than_any_text_of_sqlite_is_read_row_by_row(sqlite_url: str) -> None:
    with closing(open_database(sqlite_url)) as db:
        open_meet(db)
        facts = [gun(n) for n in range(100)]
        append(db, *facts)
        with db.read() as tx:
            driver(tx.session.connection).setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2_000)
            assert [(r.seq, r.fact) for r in tx.facts.after(MEET, 1)] == list(enumerate(facts, 2))


def test_many_facts_at_once_are_stored_like_few(database: Database) -> None:
    open_meet(database)
    assert append(database, *(gun(n) for n in range(500))) == 501
    assert log(database) == list(range(1, 502))


def test_no_facts_take_no_position(database: Database) -> None:
    open_meet(database)
    assert append(database) == 1


def test_a_meet_that_is_not_there_takes_nothing(database: Database) -> None:
    with pytest.raises(NotFound), database.write() as tx:
        tx.facts.append(MeetId("meet_none"), [gun()], DESK, NOON)
    with database.read() as tx:
        assert tx.facts.head(MeetId("meet_none")) == 0


def test_what_was_rolled_back_leaves_nothing_and_no_gap(database: Database) -> None:
    open_meet(database)
    with suppress(ZeroDivisionError), database.write() as tx:
        tx.facts.append(MEET, [gun()], DESK, NOON)
        tx.reads.offer(MEET, MAT, "1", [read(1)], NOON, DESK)
        raise ZeroDivisionError
    with database.read() as tx:
        assert tx.reads.high_water(MAT, "1") == 0
    assert append(database, gun()) == 2
    assert log(database) == [1, 2]


def test_a_reader_keeps_its_snapshot(database: Database) -> None:
    open_meet(database)
    with database.read() as tx:
        before = tx.facts.head(MEET)
        append(database, gun())
        offer(database, read(1))
        assert tx.facts.head(MEET) == before
        assert [r.seq for r in tx.facts.after(MEET, 0)] == [1]
        assert list(tx.reads.after(MEET, 0)) == []
    with database.read() as tx:
        assert tx.facts.head(MEET) == 3


def write_in_turns(db: Database, writer: int) -> None:
    for n in range(TIMES):
        if n % 2:
            append(db, gun(n), gun(n))
        else:
            offer(db, read(2 * n), read(2 * n + 1), epoch=f"{writer}")


def test_writers_at_once_leave_no_gap(database: Database) -> None:
    open_meet(database)
    threads = [threading.Thread(target=write_in_turns, args=(database, n)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log(database) == list(range(1, 2 + WRITERS * TIMES * 2))


def write_from_a_process(url: str, writer: int) -> None:
    db = open_database(url, migrate=False)
    write_in_turns(db, writer)
    db.close()


def test_processes_at_once_leave_no_gap(postgres_url: str) -> None:
    db = open_database(postgres_url)
    open_meet(db)
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=write_from_a_process, args=(postgres_url, n)) for n in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert log(db) == list(range(1, 2 + 2 * TIMES * 2))
    db.close()


@pytest.mark.parametrize("table", ["facts", "reads"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_edit_the_log(database: Database, table: str, statement: str) -> None:
    open_meet(database)
    offer(database, read(1))
    column = "body" if table == "facts" else "chip"
    with pytest.raises(sa.exc.DBAPIError, match=f"{table} are never"), database.write() as tx:
        tx.session.execute(sa.text(statement.format(table, column)))
    assert log(database) == [1, 2]


@pytest.mark.parametrize("table", ["facts", "reads"])
def test_postgresql_refuses_to_empty_the_log(postgres_url: str, table: str) -> None:
    db = open_database(postgres_url)
    with pytest.raises(sa.exc.DBAPIError, match=f"{table} are never edited"), db.write() as tx:
        tx.session.execute(sa.text(f"TRUNCATE {table}"))
    db.close()


def test_a_reader_cannot_write(database: Database) -> None:
    open_meet(database)
    with pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only|read only"), database.read() as tx:
        tx.session.execute(sa.text("UPDATE meets SET name = 'x'"))


def test_one_thread_writes_one_transaction_at_a_time(sqlite_url: str) -> None:
    db = open_database(sqlite_url)
    with pytest.raises(RuntimeError, match="open already"), db.write(), db.write():
        pass
    open_meet(db)
    db.close()


def test_a_glance_sees_what_was_written_since_the_last_one_whatever_that_asked(database: Database) -> None:
    open_meet(database)
    with database.glance() as tx:
        assert len(tx.access.organizations()) == 1
        assert tx.facts.head(MEET) == 1
    append(database, gun())
    with database.glance() as tx:
        assert tx.facts.head(MEET) == 2
