from dataclasses import replace

import pytest

from app.domain.facts import (
    CrossingConfirmed,
    Fact,
    FinishesRead,
    Handed,
    HeatRerun,
    LineTimeDropped,
    LineTimeTaken,
    Reading,
    Ruling,
    StartSignal,
    TakeoversRead,
)
from app.domain.ids import HeatId, RegistrationId, RulingId, TimeId
from app.domain.refusals import Contradicts, FactsDepend, Invalid, NotFound
from app.domain.units import Duration, Instant
from app.operations import starts, undo
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import draw, register, road_race, timed_road


def at(seconds: int) -> Instant:
    return Instant(GUN + seconds * 1_000_000)


def race() -> tuple[FakeSheet, HeatId]:
    sheet, event = road_race()
    register(sheet, event, "1")
    return sheet, draw(sheet, event)[0].heat


def gun(sheet: FakeSheet, heat: HeatId) -> Instant | None:
    start = sheet.state.heats[heat].now.start
    return start[1].at if start else None


def test_the_gun_may_be_corrected_and_the_earlier_one_stays_in_the_log() -> None:
    sheet, heat = race()
    first = starts.start(sheet, heat, at(0))
    assert starts.start(sheet, heat, at(0)) == first
    starts.start(sheet, heat, at(-2), source="backup pistol")
    assert gun(sheet, heat) == at(-2)
    assert len(sheet.state.heats[heat].now.starts) == 2


def test_a_recalled_start_is_void_until_the_next_gun() -> None:
    sheet, heat = race()
    with pytest.raises(Contradicts, match="no start to recall"):
        starts.recall(sheet, heat)
    starts.start(sheet, heat, at(0))
    starts.recall(sheet, heat)
    assert gun(sheet, heat) is None
    with pytest.raises(Contradicts, match="no start to recall"):
        starts.recall(sheet, heat)
    starts.start(sheet, heat, at(0))
    assert gun(sheet, heat) == at(0)


def test_a_heat_is_closed_now_or_at_a_time_and_reopened() -> None:
    sheet, heat = race()
    sheet.now = at(3600)
    starts.start(sheet, heat, at(0))
    starts.close(sheet, heat)
    assert sheet.state.heats[heat].now.closed_at == at(3600)
    with pytest.raises(Contradicts, match="is closed"):
        starts.close(sheet, heat)
    starts.close(sheet, heat, at(1800))
    with pytest.raises(Contradicts, match="is closed"):
        starts.close(sheet, heat, at(1800))
    starts.reopen(sheet, heat)
    assert sheet.state.heats[heat].now.closed_at is None
    with pytest.raises(Contradicts, match="nothing to reopen"):
        starts.reopen(sheet, heat)


def test_a_heat_ends_after_its_gun() -> None:
    sheet, heat = race()
    starts.start(sheet, heat, at(0))
    with pytest.raises(Invalid, match="cannot end before") as refused:
        starts.close(sheet, heat, at(0))
    assert refused.value.pointer == "/at"
    starts.close(sheet, heat, at(10))
    with pytest.raises(Contradicts, match="reopen it"):
        starts.start(sheet, heat, at(10))
    starts.start(sheet, heat, at(5))


def test_a_heat_run_again_keeps_the_void_running() -> None:
    sheet, heat = race()
    with pytest.raises(Contradicts, match="not run yet"):
        starts.rerun(sheet, heat)
    starts.start(sheet, heat, at(0))
    starts.rerun(sheet, heat)
    assert gun(sheet, heat) is None
    assert len(sheet.state.heats[heat].attempts) == 2
    with pytest.raises(Contradicts, match="not run yet"):
        starts.rerun(sheet, heat)


def of(heat: HeatId) -> list[Fact]:
    """Whatever says that a heat was run, each by itself."""
    mine = RegistrationId("reg_1")
    handed = Handed(registration=mine, leg=1, elapsed_us=Duration(12_000_000))
    return [
        StartSignal(heat=heat, at=GUN),
        FinishesRead(heat=heat, method="hand", readings=(Reading(registration=mine),)),
        TakeoversRead(heat=heat, method="hand", takeovers=(handed,)),
        CrossingConfirmed(heat=heat, registration=mine, at=GUN),
        LineTimeTaken(time=TimeId("time_1"), heat=heat, at=GUN),
        Ruling(ruling=RulingId("rul_1"), heat=heat, registration=mine, kind="note"),
    ]


@pytest.mark.parametrize("index", range(6))
def test_whatever_was_seen_of_a_heat_says_that_it_was_run_for_the_verb_and_for_undoing(index: int) -> None:
    sheet, heat = race()
    seen = sheet.record(of(heat)[index])
    starts.rerun(sheet, heat)
    with pytest.raises(Contradicts, match="not run yet"):
        starts.rerun(sheet, heat)
    with pytest.raises(FactsDepend, match="heat_rerun"):
        undo.undo(sheet, seen)


def test_a_time_that_was_dropped_and_one_of_a_void_running_say_nothing_of_this_one() -> None:
    sheet, heat = race()
    time = LineTimeTaken(time=TimeId("time_1"), heat=heat, at=GUN)
    sheet.record(time)
    dropped = sheet.record(LineTimeDropped(time=time.time))
    with pytest.raises(Contradicts, match="not run yet"):
        starts.rerun(sheet, heat)
    undo.undo(sheet, dropped)
    starts.rerun(sheet, heat)
    sheet.record(replace(time, registration=RegistrationId("reg_1")))
    with pytest.raises(Contradicts, match="not run yet"):
        starts.rerun(sheet, heat)


def test_rulings_that_others_keep_do_not_say_that_a_heat_was_run_again() -> None:
    sheet, heat = race()
    sheet.record(of(heat)[-1])
    sheet.record(HeatRerun(heat=heat, only=(RegistrationId("reg_2"),)))
    with pytest.raises(Contradicts, match="not run yet"):
        starts.rerun(sheet, heat)


def test_a_heat_that_is_not_there_is_not_found() -> None:
    sheet, _ = race()
    for verb in (starts.recall, starts.close, starts.reopen, starts.rerun):
        with pytest.raises(NotFound, match="no heat 'heat_other'"):
            verb(sheet, HeatId("heat_other"))
    with pytest.raises(NotFound):
        starts.start(sheet, HeatId("heat_other"), at(0))


def test_a_gun_that_comes_after_the_reads_still_times_them() -> None:
    sheet, event, heat = timed_road()
    before = [line.mark for line in sheet.projection.table(event).rows(0, 2)]
    starts.start(sheet, heat, at(60))
    assert (before, [line.mark for line in sheet.projection.table(event).rows(0, 2)]) == (
        ["30:00", "30:05"],
        ["29:00", "29:05"],
    )
