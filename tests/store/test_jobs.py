"""Jobs: what every process can say of documents that one of them draws."""

from dataclasses import replace

from app.domain.ids import JobId
from app.domain.units import Instant
from app.store import Database
from app.store.jobs import KEPT, Document, JobRow
from tests.store.ground import MEET, open_meet

AT = Instant(1_780_000_000_000_000)
LATER = Instant(AT + 1)


def job(db: Database, id: str = "job_1", at: Instant = AT) -> JobRow:
    with db.write() as tx:
        no = tx.meets.no(MEET)
        row = JobRow(JobId(id), Document(no, "public", "/v1/x/book.pdf", '"1-a"', "application/pdf", 7), at, at)
        tx.jobs.add(row)
    return row


def kept(db: Database, id: str = "job_1") -> JobRow | None:
    with db.read() as tx:
        return tx.jobs.get(JobId(id))


def test_a_job_is_kept_as_it_was_added_and_moves_on(database: Database) -> None:
    open_meet(database)
    row = job(database)
    assert kept(database) == row
    assert kept(database, "job_2") is None
    failed = replace(row, state="failed", percent=40, code="broken", detail="it broke", touched_at=LATER)
    with database.write() as tx:
        tx.jobs.move(failed)
    assert kept(database) == failed
    with database.read() as tx:
        assert tx.meets.of(row.id) == MEET


def test_jobs_are_touched_while_their_process_lives(database: Database) -> None:
    open_meet(database)
    rows = [job(database, f"job_{n}") for n in (1, 2, 3)]
    with database.write() as tx:
        tx.jobs.touch([row.id for row in rows[1:]], LATER)
    assert [row.touched_at for row in (kept(database, row.id) for row in rows) if row] == [AT, LATER, LATER]


def test_a_rehearsal_is_dropped_with_its_jobs(database: Database) -> None:
    open_meet(database, rehearsal=True)
    job(database)
    with database.write() as tx:
        tx.meets.drop(MEET)
    assert kept(database) is None


def test_what_nobody_asks_for_any_more_goes_when_another_comes(database: Database) -> None:
    open_meet(database)
    job(database)
    job(database, "job_2", Instant(AT + KEPT + 1))
    assert kept(database) is None
    assert kept(database, "job_2")
