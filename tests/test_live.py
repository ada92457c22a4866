"""Projections that follow the log: behind, ahead, in the past, and after something was rolled back."""

import threading
from dataclasses import replace

import pytest

from app.domain.facts import AthleteDescribed, MeetClosed, MeetDescribed, MeetReopened, SourceDescribed
from app.domain.fold import EFFECTS
from app.domain.ids import AthleteId, MeetId, SourceId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.live import Live, NotThereYet
from app.operations.desk import Desk
from app.store import Database
from tests.operations.logs import ACTOR, CLUB, NOW, SPEC, Logs, mat_of, offer, post, reads


@pytest.fixture
def logs(database: Database) -> Logs:
    return Logs(database)


@pytest.fixture
def meet(logs: Logs) -> MeetId:
    return logs.new_meet("meet_1")


def source(number: int) -> SourceDescribed:
    return SourceDescribed(source=SourceId(f"src_{number}"), name=f"gate {number}", place="gate")


def test_a_view_is_at_the_head_also_when_another_process_wrote(logs: Logs, meet: MeetId) -> None:
    with logs.live.view(meet) as view:
        assert view.head == 2
    logs.write(meet, source(1), source(2))
    with logs.db.write() as tx:
        tx.reads.offer(meet, mat_of(meet), "1", reads(1, 5), NOW, ACTOR)
    with logs.live.view(meet) as view:
        assert view.head == 9
        assert len(view.projection.state.sources) == 3


def test_a_meet_that_another_process_dropped_or_made_anew_is_read_from_its_beginning(logs: Logs) -> None:
    with logs.db.write() as tx:
        tx.meets.open(MeetId("meet_1"), CLUB, NOW)
    rehearsal = replace(SPEC, rehearsal=True)
    logs.write(MeetId("meet_1"), MeetDescribed(spec=rehearsal), source(1), source(2))
    with logs.live.view(MeetId("meet_1")) as view:
        assert len(view.projection.state.sources) == 2
    with logs.db.write() as tx:
        tx.meets.drop(MeetId("meet_1"))
    with logs.live.view(MeetId("meet_1")) as view:
        assert (view.head, view.projection.state.spec) == (0, None)
    with logs.db.write() as tx:
        tx.meets.open(MeetId("meet_1"), CLUB, NOW)
    logs.write(MeetId("meet_1"), MeetDescribed(spec=rehearsal), source(3))
    with logs.live.view(MeetId("meet_1")) as view:
        assert (view.head, list(view.projection.state.sources)) == (2, ["src_3"])


def test_as_of_shows_the_meet_as_it_was(logs: Logs, meet: MeetId) -> None:
    logs.write(meet, MeetClosed())
    logs.write(meet, MeetReopened())
    for position, closed in ((2, False), (3, True), (4, False), (3, True)):
        with logs.live.view(meet, as_of=position) as view:
            assert (view.head, view.projection.state.closed) == (position, closed)


def test_a_position_that_has_not_come_is_refused(logs: Logs, meet: MeetId) -> None:
    with pytest.raises(NotThereYet, match="the log is at 2, position 3 was asked for"), logs.live.view(meet, as_of=3):
        pass


def test_min_seq_waits_for_the_writer(logs: Logs, meet: MeetId) -> None:
    late = threading.Timer(0.05, logs.write, [meet, source(1)])
    late.start()
    with logs.live.view(meet, min_seq=3) as view:
        assert view.head == 3
    late.join()


def test_min_seq_gives_up_in_the_end(logs: Logs, meet: MeetId, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.live.PATIENCE_S", 0.05)
    with pytest.raises(NotThereYet), logs.live.view(meet, min_seq=3):
        pass


def test_no_more_wait_than_there_are_threads_to_spare(
    logs: Logs, meet: MeetId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.live.WAITING", 0)
    monkeypatch.setattr("app.live.time.sleep", lambda _: pytest.fail("it waits"))
    live = Live(logs.db)
    with pytest.raises(NotThereYet), live.view(meet, min_seq=3):
        pass
    with live.view(meet, min_seq=2) as view:
        assert view.head == 2


def test_what_was_rolled_back_is_not_in_memory(logs: Logs, meet: MeetId) -> None:
    def write_and_break_off() -> None:
        with Desk(logs.db, logs.live).open(meet, ACTOR) as sheet:
            sheet.record(source(1))
            assert len(sheet.state.sources) == 2
            raise RuntimeError("the pen broke")

    with pytest.raises(RuntimeError, match="the pen broke"):
        write_and_break_off()
    with logs.live.view(meet) as view:
        assert (view.head, len(view.projection.state.sources)) == (2, 1)


def test_a_sheet_sees_what_it_has_recorded_and_others_see_it_afterwards(logs: Logs, meet: MeetId) -> None:
    desk = Desk(logs.db, logs.live)
    with desk.open(meet, ACTOR) as sheet:
        assert sheet.record(source(1), source(2)) == 4
        assert "gate 2" in sheet.state.source_names
    with Live(logs.db).view(meet) as view:
        assert view.head == 4


def test_a_meet_begins_with_its_first_sheet(logs: Logs) -> None:
    with Desk(logs.db, logs.live).open_new(CLUB, ACTOR) as sheet:
        sheet.record(source(1))
        meet = sheet.meet_id
    with logs.db.read() as tx:
        found = tx.meets.get(meet)
        assert found is not None
        assert (found.organization, tx.meets.head(meet)) == (CLUB, 1)


def test_a_meet_that_was_refused_takes_no_memory(logs: Logs) -> None:
    meets: list[MeetId] = []

    def refuse() -> None:
        with Desk(logs.db, logs.live).open_new(CLUB, ACTOR) as sheet:
            meets.append(sheet.meet_id)
            sheet.record(source(1))
            raise NotThereYet(9, 3)

    with pytest.raises(NotThereYet):
        refuse()
    assert [logs.live.head_of(meet) for meet in meets] == [None]


def test_identities_are_todays_also_in_the_past(logs: Logs, meet: MeetId) -> None:
    athlete = AthleteId("ath_7")
    for name in ("Before", "After"):
        with logs.db.write() as tx:
            tx.people.put(meet, athlete, Person(family_name=name, given_name="Ida", sex="W"))
            tx.facts.append(meet, [AthleteDescribed(athlete=athlete, sex="W")], ACTOR, NOW)
        with logs.live.view(meet) as view:
            assert view.people[athlete].family_name == name
    with logs.live.view(meet, as_of=3) as view:
        assert view.people[athlete].family_name == "After"


def test_meets_unused_longest_leave_when_memory_is_short(logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.live.TRIM_EVERY", 1)
    live = Live(logs.db, budget_bytes=1)
    first, second = logs.new_meet("meet_1"), MeetId("meet_2")
    with logs.db.write() as tx:
        tx.meets.open(second, CLUB, NOW)
    logs.write(second, source(1))
    for meet in (first, second):
        with live.view(meet):
            pass
    assert (live.head_of(first), live.head_of(second)) == (None, 1)
    with live.view(first) as view:
        assert view.projection.state.spec == SPEC


def test_they_leave_also_where_nobody_looks(logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server may do nothing but take reads, or decisions."""
    monkeypatch.setattr("app.live.TRIM_EVERY", 1)
    logs.live = Live(logs.db, budget_bytes=1)
    first, second = logs.new_meet("meet_1"), logs.new_meet("meet_2")
    offer(logs, post(first))
    offer(logs, post(second))
    assert (logs.live.head_of(first), logs.live.head_of(second)) == (None, 6)
    with Desk(logs.db, logs.live).open(first, ACTOR):
        pass
    assert (logs.live.head_of(first), logs.live.head_of(second)) == (6, None)


def test_a_run_of_facts_that_breaks_off_leaves_nothing_half_applied(
    logs: Logs, meet: MeetId, monkeypatch: pytest.MonkeyPatch
) -> None:
    with logs.live.view(meet):
        pass
    logs.write(meet, source(1), source(2))
    with monkeypatch.context() as patch:
        patch.setitem(EFFECTS, SourceDescribed, _refusing_gate_2)
        with pytest.raises(ValueError, match="gate 2"), logs.live.view(meet):
            pass
    with logs.live.view(meet) as view:
        assert (view.head, len(view.projection.state.sources)) == (4, 3)


def test_nor_does_a_sheet_whose_facts_cannot_be_folded(
    logs: Logs, meet: MeetId, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write() -> None:
        with Desk(logs.db, logs.live).open(meet, ACTOR) as sheet:
            sheet.record(source(1), source(2))

    with monkeypatch.context() as patch:
        patch.setitem(EFFECTS, SourceDescribed, _refusing_gate_2)
        with pytest.raises(ValueError, match="gate 2"):
            write()
    with logs.live.view(meet) as view:
        assert (view.head, [recorded.seq for recorded in view.projection.state.log]) == (2, [1, 2])


def _refusing_gate_2(state: MeetState, seq: int, fact: SourceDescribed) -> tuple[str, ...]:
    if fact.name == "gate 2":
        raise ValueError(fact.name)
    return ()


def test_a_refusal_costs_nothing_of_what_another_process_wrote(logs: Logs, meet: MeetId) -> None:
    def refuse() -> None:
        with Desk(logs.db, logs.live).open(meet, ACTOR):
            raise NotThereYet(9, 3)

    logs.write(meet, source(1))
    with pytest.raises(NotThereYet):
        refuse()
    assert logs.live.head_of(meet) == 3
