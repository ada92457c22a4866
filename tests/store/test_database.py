"""What the database promises when something around it goes wrong."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.ids import AthleteId
from app.domain.meet import Person
from app.store import Database, DatabaseBusy, DatabaseUnreachable, NotADatabase, StorageFull, open_database
from app.store.session import driver
from tests.store.ground import DESK, MEET, NOON, append, gun, log, offer, open_meet, read


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_second_server_on_the_same_file_is_refused_by_name(sqlite_url: str) -> None:
    db = open_database(sqlite_url)
    with pytest.raises(DatabaseBusy, match=f"in use by another Backstraight .process {os.getpid()}."):
        open_database(sqlite_url)
    db.close()
    open_database(sqlite_url).close()


def test_a_server_that_was_killed_holds_nothing(sqlite_url: str) -> None:
    code = f"from app.store import open_database; import os; open_database({sqlite_url!r}); os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    open_database(sqlite_url).close()


def test_commits_outlive_a_power_cut_and_only_one_connection_writes(sqlite_url: str) -> None:
    db = open_database(sqlite_url)
    with db.write() as tx:
        pragmas = {name: tx.session.value(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with db.read() as tx:
        tx.session.run("PRAGMA query_only = OFF")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            tx.session.run("DELETE FROM meets")
    db.close()
    assert list(path_of(sqlite_url).parent.glob("*-wal")) == []


def test_a_proof_may_ask_for_less(sqlite_url: str) -> None:
    db = open_database(sqlite_url, synchronous="NORMAL")
    with db.write() as tx:
        assert tx.session.value("PRAGMA synchronous") == 1
    db.close()


def test_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.db"
    db = open_database(f"sqlite:///{path}")
    open_meet(db)
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.glob("a.db*") if file.suffix != ".lock"} == {
        0o600
    }
    db.close()


def test_a_full_disk_stores_nothing_and_the_next_write_works_when_there_is_room(sqlite_url: str) -> None:
    db = open_database(sqlite_url)
    open_meet(db)
    offer(db, read(1))
    with db.write() as tx:
        room = tx.session.value("PRAGMA page_count")
        tx.session.run(f"PRAGMA max_page_count = {room + 2}")
    with pytest.raises(StorageFull, match="nothing was stored"):
        offer(db, *(read(n) for n in range(2, 5000)))
    assert "no space left" in str(db.healthy())
    assert log(db) == [1, 2]
    with db.write() as tx:
        tx.session.run("PRAGMA max_page_count = 100000")
    assert db.healthy() is None
    assert offer(db, *(read(n) for n in range(2, 5000))).first_seq == 3
    db.close()


def test_a_refused_request_is_no_trouble_of_the_database(sqlite_url: str) -> None:
    db = open_database(sqlite_url)
    with pytest.raises(ZeroDivisionError), db.write():
        raise ZeroDivisionError
    assert db.healthy() is None
    db.close()


def test_an_erased_name_is_nowhere_in_the_files(sqlite_url: str) -> None:
    db = open_database(sqlite_url)
    open_meet(db)
    with db.write() as tx:
        tx.people.put(MEET, AthleteId("ath_1"), Person(family_name="Quetzalcoatlus"))
    with db.write() as tx:
        tx.people.erase(MEET, AthleteId("ath_1"))
    files = path_of(sqlite_url).parent.glob(path_of(sqlite_url).name + "*")
    assert [file for file in files if b"Quetzalcoatlus" in file.read_bytes()] == []
    db.close()


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear organizer, " * 500)
    with pytest.raises(NotADatabase, match="not a database"):
        open_database(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnreachable):
        open_database(f"sqlite:///{tmp_path / 'file' / 'a.db'}")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "nonsense"])
def test_a_url_of_something_else_is_refused(url: str) -> None:
    with pytest.raises(NotADatabase, match="sqlite:///path"):
        open_database(url)


def test_a_server_that_is_not_there_is_named_clearly(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match="cannot be reached"):
        open_database(f"postgresql://postgres@/none?host={tmp_path}")


def test_a_server_that_comes_back_is_used_again(postgres_url: str) -> None:
    db = open_database(postgres_url)
    open_meet(db)
    other = open_database(postgres_url)
    with other.write() as tx:
        sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> ?"
        tx.session.rows(sql, tx.session.value("SELECT pg_backend_pid()"))
    other.close()
    with pytest.raises(DatabaseUnreachable):
        append(db, gun())
    assert "cannot be reached" in str(db.healthy())
    append(db, gun())
    assert db.healthy() is None
    assert log(db) == [1, 2]
    db.close()


def write_of_no_meet(db: Database) -> None:
    with db.write() as tx:
        tx.session.run("PRAGMA defer_foreign_keys = ON")
        tx.session.run("INSERT INTO texts (id, meet_no, text) VALUES ('txt_1', 999, 'of no meet')")


def write_and_end_early(db: Database) -> None:
    """As SQLite does when the disk is full, here where the statement's own error was not heard."""
    with db.write() as tx:
        tx.facts.append(MEET, [gun()], DESK, NOON)
        tx.session.run("ROLLBACK")


@pytest.mark.parametrize(
    ("write", "error"), [(write_of_no_meet, sqlite3.IntegrityError), (write_and_end_early, RuntimeError)]
)
def test_a_commit_that_fails_is_no_success_and_the_next_one_is(
    sqlite_url: str, write: Callable[[Database], None], error: type[Exception]
) -> None:
    db = open_database(sqlite_url)
    open_meet(db)
    with pytest.raises(error):
        write(db)
    assert append(db, gun()) == 2
    with db.read() as tx:
        assert tx.session.value("SELECT count(*) FROM texts") == 0
    db.close()


def test_a_transaction_that_somebody_left_open_is_not_gone_on_with(sqlite_url: str) -> None:
    """An interrupt may come between its beginning and its first statement."""
    db = open_database(sqlite_url)
    open_meet(db)
    with db.write() as tx:
        writer = driver(tx.session.connection)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE meets SET name = 'left open'")
    assert append(db, gun()) == 2
    with db.read() as tx:
        assert tx.session.value("SELECT name FROM meets") == "Spring"
    db.close()
