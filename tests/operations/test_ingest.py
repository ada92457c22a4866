"""Posts of reads share commits, and each is answered after the commit that holds it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import AthleteDescribed, ChipAssigned, MeetClosed, MeetWithdrawn
from app.domain.ids import AssignmentId, AthleteId, Chip, MeetId
from app.domain.refusals import MeetIsClosed, NotFound
from app.live import Live
from app.operations.access import BadToken
from app.operations.ingest import Receipt
from app.store import Database, Reader
from app.store.errors import StorageFull
from app.timing.projection import Projection
from tests.operations.logs import Logs, offer, post, reads


@pytest.fixture
def logs(database: Database) -> Logs:
    return Logs(database)


@contextmanager
def counting_commits(db: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[None]]:
    commits: list[None] = []
    write = db.write

    @contextmanager
    def counted() -> Iterator[Any]:
        with write() as tx:
            yield tx
        commits.append(None)

    with monkeypatch.context() as patch:
        patch.setattr(db, "write", counted)
        yield commits


def test_posts_that_wait_together_share_one_commit(logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    meet, other = logs.new_meet("meet_1"), logs.new_meet("meet_2")
    posts = [post(meet, 1), post(meet, 4), post(other, 1, source="gate"), post(meet, 7)]
    with counting_commits(logs.db, monkeypatch) as commits:
        receipts = offer(logs, *posts)
    assert len(commits) == 1
    assert [r.stored for r in receipts if isinstance(r, Receipt)] == [3, 3, 3, 3]
    assert logs.stored(meet) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert logs.stored(other) == [1, 2, 3]


def test_a_receipt_tells_new_reads_from_those_already_had_and_those_that_contradict(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    offer(logs, post(meet, 1, 3))
    again = post(meet, 2, 4)
    contradicting = replace(again, reads=[*again.reads[:-1], (5, "C8", None, again.reads[-1][3], *again.reads[-1][4:])])
    offer(logs, post(meet, 5, 1))
    (receipt,) = offer(logs, contradicting)
    assert isinstance(receipt, Receipt)
    assert (receipt.stored, list(receipt.duplicates), list(receipt.conflicts), receipt.high_water) == (
        1,
        [2, 3],
        [5],
        5,
    )


def test_a_failed_commit_is_no_receipt_and_leaves_nothing(logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    meet = logs.new_meet("meet_1")

    @contextmanager
    def full() -> Iterator[Any]:
        with write() as tx:
            yield tx
            raise StorageFull("database or disk is full")

    write = logs.db.write
    with monkeypatch.context() as patch:
        patch.setattr(logs.db, "write", full)
        answers = offer(logs, post(meet, 1), post(meet, 4))
    assert [type(answer) for answer in answers] == [StorageFull, StorageFull]
    assert logs.stored(meet) == []
    with logs.live.view(meet) as view:
        assert view.head == 2
    (receipt,) = offer(logs, post(meet, 1))
    assert isinstance(receipt, Receipt)
    assert receipt.stored == 3


def test_a_post_that_breaks_its_transaction_does_not_cost_the_others_theirs(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    broken = replace(post(meet, 4), reads=[(4, "C7", "7", 0, None, None, None, None, None)])
    first, second, third = offer(logs, post(meet, 1), broken, post(meet, 7))
    assert isinstance(first, Receipt)
    assert isinstance(second, Exception)
    assert isinstance(third, Receipt)
    assert logs.stored(meet) == [1, 2, 3, 7, 8, 9]


@pytest.mark.parametrize("announced", [True, False])
def test_what_goes_wrong_after_the_commit_takes_no_receipt_back(
    logs: Logs, monkeypatch: pytest.MonkeyPatch, announced: bool
) -> None:
    meet = logs.new_meet("meet_1")
    source = f"mat of {meet}" if announced else "gate"

    def broken(self: Projection, *_: object) -> None:
        raise StorageFull("no room for the index that readers share")

    with logs.live.view(meet) as view:
        assert view.head == 2
    with monkeypatch.context() as patch:
        patch.setattr(Projection, "apply", broken if announced else Projection.apply)
        patch.setattr(Live, "follow", broken)
        first, second = offer(logs, post(meet, 1, source=source), post(meet, 3, source=source))
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert [(r.stored, list(r.duplicates), len(r.unknown)) for r in (first, second)] == [(3, [], 3), (2, [3], 2)]
    assert [first.not_on_course, second.not_on_course] == [3, 2]
    assert logs.stored(meet) == [1, 2, 3, 4, 5]
    with logs.live.view(meet) as view:
        assert view.head == second.head


def test_who_posts_is_asked_inside_the_transaction(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")

    def refuse(tx: Reader, of: MeetId, source: str) -> Any:
        assert (of, source) == (meet, "mat")
        assert tx.meets.get(meet)
        raise BadToken("it was revoked")

    good, refused = offer(logs, post(meet, 1), replace(post(meet, 4), admit=refuse))
    assert isinstance(good, Receipt)
    assert isinstance(refused, BadToken)
    assert logs.stored(meet) == [1, 2, 3]


def test_a_closed_meet_takes_no_more_reads(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    logs.write(meet, MeetClosed())
    assert [type(answer) for answer in offer(logs, post(meet))] == [MeetIsClosed]


def test_a_meet_that_is_not_there_is_refused_by_whoever_admits_and_not_kept_in_memory(logs: Logs) -> None:
    def refuse(tx: Reader, of: MeetId, source: str) -> Any:
        raise NotFound("meet", of)

    (answer,) = offer(logs, replace(post(MeetId("meet_none")), admit=refuse))
    assert isinstance(answer, NotFound)
    assert logs.live.head_of(MeetId("meet_none")) is None


def test_a_reader_that_nobody_announced_stands_at_the_place_of_its_name(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    offer(logs, post(meet, 1, source="5 km"), post(meet, 4, source="5 km"))
    with logs.live.view(meet) as view:
        sources = [s for s in view.projection.state.sources.values() if s.name == "5 km"]
    assert [source.place for source in sources] == ["5 km"]
    assert logs.stored(meet) == [1, 2, 3, 4, 5, 6]


def test_reads_of_a_chip_that_names_nobody_are_stored_and_counted(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    athlete = AthleteId("ath_7")
    assigned = ChipAssigned(assignment=AssignmentId("chip_7"), chip=Chip("C7"), athlete=athlete)
    logs.write(meet, AthleteDescribed(athlete=athlete, sex="M"), assigned)
    known, unknown = offer(logs, post(meet, 1, 2), replace(post(meet, 3), reads=reads(3, 2, chip="C9")))
    assert isinstance(known, Receipt)
    assert isinstance(unknown, Receipt)
    assert (len(known.unknown), len(unknown.unknown)) == (0, 2)


def test_what_is_on_disk_is_at_once_in_the_projection(logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    meet = logs.new_meet("meet_1")
    offer(logs, post(meet, 1))
    with counting_reads(logs.db, monkeypatch) as snapshots:
        (receipt,) = offer(logs, post(meet, 4))
        assert isinstance(receipt, Receipt)
        assert logs.live.head_of(meet) == receipt.head
    assert snapshots == []


@contextmanager
def counting_reads(db: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[None]]:
    """Nothing need be read back that was just written."""
    snapshots: list[None] = []
    read: Callable[[], Any] = db.read

    def counted() -> Any:
        snapshots.append(None)
        return read()

    with monkeypatch.context() as patch:
        patch.setattr(db, "read", counted)
        yield snapshots


def test_a_withdrawn_meet_takes_no_reads(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    logs.write(meet, MeetWithdrawn())
    assert [type(answer) for answer in offer(logs, post(meet))] == [NotFound]


def test_a_closed_meet_still_says_that_it_has_what_comes_again(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    offer(logs, post(meet, 1, 3))
    logs.write(meet, MeetClosed())
    again, more, stranger = offer(logs, post(meet, 1, 3), post(meet, 3, 2), post(meet, 1, source="gate"))
    assert isinstance(again, Receipt)
    assert (again.stored, list(again.duplicates), again.high_water) == (0, [1, 2, 3], 3)
    assert [type(more), type(stranger)] == [MeetIsClosed, MeetIsClosed]


def test_an_empty_post_announces_no_reader(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    (receipt,) = offer(logs, post(meet, 1, 0, source="gate"))
    assert isinstance(receipt, Receipt)
    with logs.live.view(meet) as view:
        assert (receipt.stored, receipt.high_water, receipt.head) == (0, 0, view.head)
        assert "gate" not in view.projection.state.source_names
