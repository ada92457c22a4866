"""A read's identity is (source, epoch, number), for ever: the same again changes nothing, another is kept beside it."""

import pytest

from app.domain.facts import ReadConflict
from app.domain.ids import Chip, SourceId
from app.domain.units import Instant
from app.store import Database, Gap, OfferedRead
from tests.store.ground import DESK, MAT, MEET, NOON, append, gun, log, offer, open_meet, read


@pytest.fixture
def db(database: Database) -> Database:
    open_meet(database)
    return database


def test_new_reads_follow_each_other_in_the_order_given(db: Database) -> None:
    offered = offer(db, read(5), read(3), read(4, chip=None, bib="007"))
    assert (offered.first_seq, offered.last_seq, offered.high_water) == (2, 4, 5)
    assert [(row[0], row[2], row[3]) for row in offered.rows.rows] == [
        (2, "C1", None),
        (3, "C1", None),
        (4, None, "007"),
    ]
    assert (offered.duplicates, offered.conflicts) == ([], [])
    with db.read() as tx:
        (stored,) = tx.reads.after(MEET, 0)
    assert list(stored.rows) == list(offered.rows.rows)
    assert set(stored.sources.values()) == {MAT} == set(offered.rows.sources.values())


def test_reads_ahead_of_the_servers_clock_are_named_with_the_moment_they_came(db: Database) -> None:
    minute = 60_000_000
    offered = offer(db, read(1, at=NOON + minute), read(2, at=NOON + minute + 1), read(3, at=NOON - minute))
    assert offered.rows.ahead == {3: NOON}
    offer(db, read(4, at=NOON + 2 * minute))
    with db.read() as tx:
        assert [rows.ahead for rows in tx.reads.after(MEET, 0, chunk=3)] == [{3: NOON}, {5: NOON}]
        assert [rows.ahead for rows in tx.reads.after(MEET, 3, upto=4)] == [{}]


def test_everything_that_was_offered_is_kept(db: Database) -> None:
    whole: OfferedRead = (7, "C1", None, NOON, "finish", 3, -70, "active", b"\x00\xffraw")
    offer(db, whole, epoch="9")
    with db.read() as tx:
        (kept,) = tx.reads.detail(MEET, [1, 2, 3]).values()
    assert kept == (2, MAT, "9", 7, "C1", None, NOON, "finish", 3, -70, "active", NOON, b"\x00\xffraw")


@pytest.mark.parametrize("count", [1, 200])
def test_the_same_again_stores_nothing(db: Database, count: int) -> None:
    batch = [read(n) for n in range(count)]
    first = offer(db, *batch)
    again = offer(db, *reversed(batch))
    assert sorted(again.duplicates) == list(range(count))
    assert (again.rows.rows, again.last_seq, again.high_water) == ([], first.last_seq, count - 1)
    assert log(db) == list(range(1, count + 2))


def test_what_does_not_say_who_or_when_makes_no_other_read(db: Database) -> None:
    offer(db, (1, "C1", None, NOON, None, 2, -61, None, None))
    assert offer(db, (1, "C1", None, NOON, None, 4, -40, "x", b"raw")).duplicates == [1]


@pytest.mark.parametrize(
    "other",
    [read(1, "C2"), read(1, at=NOON + 1), read(1, chip=None, bib="C1"), (1, "C1", None, NOON, "finish", *[None] * 4)],
)
def test_other_content_is_a_conflict_kept_once(db: Database, other: OfferedRead) -> None:
    offer(db, read(1))
    for last in (3, 3):
        offered = offer(db, other, other)
        assert (offered.conflicts, offered.rows.rows, offered.last_seq) == ([1, 1], [], last)
    with db.read() as tx:
        (kept,) = (r.fact for r in tx.facts.after(MEET, 1))
    assert isinstance(kept, ReadConflict)
    assert (kept.source, kept.epoch, kept.source_seq, kept.first_seq) == (MAT, "1", 1, 2)
    assert (kept.chip, kept.bib, kept.at, kept.place) == other[1:5]


def test_each_other_content_is_a_conflict_of_its_own(db: Database) -> None:
    offer(db, read(1), read(1, "C2"), read(1, "C3"), read(1))
    with db.read() as tx:
        kept = [r.fact for r in tx.facts.after(MEET, 1)]
    assert [(fact.chip, fact.first_seq) for fact in kept if isinstance(fact, ReadConflict)] == [("C2", 2), ("C3", 2)]


def test_a_batch_may_hold_new_reads_repetitions_and_conflicts(db: Database) -> None:
    offer(db, read(1), read(3))
    offered = offer(db, read(1), read(2), read(3, "C9"), read(4), read(4), read(4, "C9"))
    assert [row[0] for row in offered.rows.rows] == [4, 5]
    assert (offered.duplicates, offered.conflicts, offered.high_water) == ([1, 4], [3, 4], 4)
    with db.read() as tx:
        firsts = [r.fact.first_seq for r in tx.facts.after(MEET, 1) if isinstance(r.fact, ReadConflict)]
    assert firsts == [3, 5]
    assert log(db) == list(range(1, 8))


def test_another_epoch_or_source_is_another_read(db: Database) -> None:
    offer(db, read(1))
    assert offer(db, read(1, "C2"), epoch="2").rows.rows
    with db.write() as tx:
        assert tx.reads.offer(MEET, SourceId("src_other"), "1", [read(1, "C3")], NOON, DESK).rows.rows


def test_an_empty_batch_is_fine(db: Database) -> None:
    offered = offer(db)
    assert (offered.rows.rows, offered.last_seq, offered.high_water) == ([], 1, 0)


def test_a_read_of_nobody_is_refused_and_takes_its_batch_with_it(db: Database) -> None:
    with pytest.raises(Exception, match="chip_or_bib"):
        offer(db, read(1), read(2, chip=None))
    assert log(db) == [1]


def test_reads_come_back_in_runs_between_two_positions(db: Database) -> None:
    offer(db, *(read(n) for n in range(5)))
    append(db, gun())
    offer(db, read(9))
    with db.read() as tx:
        runs = [[row[0] for row in rows.rows] for rows in tx.reads.after(MEET, 2, chunk=2)]
        assert runs == [[3, 4], [5, 6], [8]]
        assert [row[0] for rows in tx.reads.after(MEET, 2, upto=4) for row in rows.rows] == [3, 4]


def test_stored_reads_are_rows_again_whatever_is_missing_in_them(db: Database) -> None:
    odd = 'E2 "\\,ø\t'
    placed: OfferedRead = (3, "C2", None, NOON, "finish", None, None, None, None)
    offer(db, read(1, odd), read(2, chip=None, bib="007"), placed)
    with db.read() as tx:
        (stored,) = (run.rows for run in tx.reads.after(MEET, 0))
    assert [(row[0], *row[2:]) for row in stored] == [
        (2, odd, None, NOON, None),
        (3, None, "007", NOON, None),
        (4, "C2", None, NOON, "finish"),
    ]
    assert (len(stored), stored[-1], stored[1:]) == (3, list(stored)[2], list(stored)[1:])


def test_columns_come_in_order_of_the_first(db: Database) -> None:
    """Without a sort a database may go along any index."""
    offer(db, *(read(n, f"C{n}") for n in range(3)))
    with db.read() as tx:
        columns = tx.session.columns({"-source_seq": int, "chip": str}, "FROM reads")
    assert columns == [[-2, -1, 0], ["C2", "C1", "C0"]]


def test_meets_do_not_mix(db: Database) -> None:
    other = SourceId("src_2")
    open_meet(db, meet := type(MEET)("meet_2"))
    offer(db, read(1))
    with db.write() as tx:
        tx.reads.offer(meet, other, "1", [read(1, "C2")], NOON, DESK)
    with db.read() as tx:
        assert [row[2] for rows in tx.reads.after(MEET, 0) for row in rows.rows] == ["C1"]
        (rows,) = tx.reads.after(meet, 0)
    assert (rows.rows[0][2], set(rows.sources.values())) == ("C2", {other})


def test_gaps_are_what_has_not_arrived_from_one_on(db: Database) -> None:
    offer(db, read(3), read(4), read(8), epoch="a")
    offer(db, read(0), read(1), read(2), epoch="b")
    with db.read() as tx:
        assert tx.reads.gaps(MAT) == [Gap("a", 1, 2), Gap("a", 5, 7)]
        assert tx.reads.high_water(MAT, "a") == 8
        assert tx.reads.high_water(MAT, "none") == 0
        assert tx.reads.gaps(SourceId("src_none")) == []


def test_a_conflict_names_its_chip_and_time(db: Database) -> None:
    offer(db, read(1), read(1, "C2", at=NOON + 5))
    with db.read() as tx:
        (kept,) = (r.fact for r in tx.facts.after(MEET, 1))
    assert isinstance(kept, ReadConflict)
    assert (kept.chip, kept.at) == (Chip("C2"), Instant(NOON + 5))
