import pytest

from app.domain.ids import HeatId, TimeId
from app.domain.refusals import AmbiguousBib, Invalid, NotFound, NotInHeat
from app.domain.units import Instant
from app.operations import line_times, starts
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import draw, register, road_race

LATER = Instant(GUN + 1)


def race(*bibs: str) -> tuple[FakeSheet, HeatId]:
    sheet, event = road_race()
    register(sheet, event, *bibs)
    return sheet, draw(sheet, event)[0].heat


def runner(sheet: FakeSheet, heat: HeatId, id: str) -> str | None:
    taken = sheet.state.heats[heat].now.line_times[TimeId(id)][1]
    return taken.registration and sheet.state.registrations[taken.registration].entry.bib


def test_the_time_comes_first_and_the_bib_later_and_both_can_be_corrected() -> None:
    sheet, heat = race("7", "9")
    id = line_times.take(sheet, heat, GUN)
    assert runner(sheet, heat, id) is None
    line_times.change(sheet, id, {"bib": "7"})
    line_times.change(sheet, id, {"bib": "9", "at": LATER})
    assert (runner(sheet, heat, id), line_times.line_time_of(sheet.state, id)[1].at) == ("9", LATER)
    line_times.change(sheet, id, {"bib": None})
    assert runner(sheet, heat, id) is None
    before = len(sheet.facts)
    line_times.change(sheet, id, {"bib": None})
    assert len(sheet.facts) == before


@pytest.mark.parametrize("typed", ["A-07", "a-07", " a-07 ", "A -07"])
def test_case_and_spaces_are_forgiven_in_manual_entry(typed: str) -> None:
    sheet, heat = race("A-07")
    assert runner(sheet, heat, line_times.take(sheet, heat, GUN, typed)) == "A-07"


def test_leading_zeros_are_forgiven_while_only_one_runner_can_be_meant() -> None:
    sheet, heat = race("007", "0", "8", "08")
    assert runner(sheet, heat, line_times.take(sheet, heat, GUN, "7")) == "007"
    assert runner(sheet, heat, line_times.take(sheet, heat, GUN, "00")) == "0"
    assert runner(sheet, heat, line_times.take(sheet, heat, GUN, "08")) == "08"
    with pytest.raises(AmbiguousBib, match="08, 8"):
        line_times.take(sheet, heat, GUN, "008")


def test_a_bib_that_nobody_in_the_heat_wears_is_refused_and_the_time_can_wait() -> None:
    sheet, heat = race("7")
    with pytest.raises(NotInHeat) as refused:
        line_times.take(sheet, heat, GUN, "8")
    assert refused.value.pointer == "/bib"
    id = line_times.take(sheet, heat, GUN)
    with pytest.raises(NotInHeat):
        line_times.change(sheet, id, {"bib": "8"})
    with pytest.raises(Invalid, match="has an instant"):
        line_times.change(sheet, id, {"at": None})


def test_a_time_goes_to_the_wave_of_its_bib_and_no_further() -> None:
    sheet, event = road_race()
    register(sheet, event, "7", wave="A")
    register(sheet, event, "8", wave="B")
    first, second = (drawn.heat for drawn in draw(sheet, event))
    assert runner(sheet, second, line_times.take(sheet, first, GUN, "08")) == "8"
    id = line_times.take(sheet, first, GUN)
    line_times.change(sheet, id, {"bib": "8"})
    assert runner(sheet, second, id) == "8"
    assert id not in sheet.state.heats[first].now.line_times
    line_times.change(sheet, id, {"bib": "7", "at": LATER})
    assert runner(sheet, first, id) == "7"
    assert id not in sheet.state.heats[second].now.line_times
    with pytest.raises(NotInHeat, match="nobody starts in this heat with bib 9"):
        line_times.take(sheet, first, GUN, "9")


def test_a_dropped_time_is_gone_and_one_of_a_void_running_stays_as_it_was() -> None:
    sheet, heat = race("7")
    id = line_times.take(sheet, heat, GUN)
    line_times.drop(sheet, id)
    with pytest.raises(NotFound):
        line_times.drop(sheet, id)
    void = line_times.take(sheet, heat, GUN)
    starts.rerun(sheet, heat)
    with pytest.raises(NotFound):
        line_times.change(sheet, void, {"bib": "7"})
