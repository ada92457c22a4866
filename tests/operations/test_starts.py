import pytest

from app.domain.ids import HeatId
from app.domain.refusals import Contradicts, Invalid, NotFound
from app.domain.units import Instant
from app.operations import starts
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


def test_a_heat_that_is_not_there_is_not_found() -> None:
    sheet, _ = race()
    for verb in (starts.recall, starts.close, starts.reopen, starts.rerun):
        with pytest.raises(NotFound, match="no heat 'heat_other'"):
            verb(sheet, "heat_other")
    with pytest.raises(NotFound):
        starts.start(sheet, "heat_other", at(0))


def test_a_gun_that_comes_after_the_reads_still_times_them() -> None:
    sheet, event, heat = timed_road()
    before = [line.mark for line in sheet.timing.table(event).rows(0, 2)]
    starts.start(sheet, heat, at(60))
    assert (before, [line.mark for line in sheet.timing.table(event).rows(0, 2)]) == (
        ["30:00", "30:05"],
        ["29:00", "29:05"],
    )
