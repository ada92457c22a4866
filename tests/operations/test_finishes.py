from typing import Any

import pytest

from app.domain.ids import HeatId
from app.domain.refusals import Invalid, NotInHeat, Refusal, RunnerTwice
from app.domain.units import Duration
from app.operations.finishes import Finish, read_finishes
from tests.operations.fakes import FakeSheet
from tests.operations.scenes import place, register, sprint


def heat_of_three() -> tuple[FakeSheet, HeatId]:
    """Bibs 7, 8 and 9 in lanes 3, 4 and 5; bib 10 is in no heat."""
    sheet, event = sprint()
    register(sheet, event, "7", "8", "9", "10")
    return sheet, place(sheet, event, "3:7 4:8 5:9")[0]


def read(sheet: FakeSheet, heat: HeatId, *finishes: Finish, **given: Any) -> int:
    return read_finishes(sheet, heat, "photo_finish", finishes, **given)


def finish(seconds: float | None = None, **given: Any) -> Finish:
    return Finish(elapsed_us=None if seconds is None else Duration(round(seconds * 1_000_000)), **given)


def test_runners_are_read_by_bib_or_by_lane_with_the_wind_of_the_heat() -> None:
    sheet, heat = heat_of_three()
    read(
        sheet,
        heat,
        finish(10.02, bib="7"),
        finish(10.03, lane=4),
        finish(bib="9", lane=5, status="DNF"),
        wind_mps="+0.3",
    )
    now = sheet.state.heats[heat].now
    assert {id: e.reading.elapsed_us for id, e in now.evaluations.items()} == {
        "reg_1": 10_020_000,
        "reg_2": 10_030_000,
        "reg_3": None,
    }
    assert now.wind_mm_per_s == 300


def test_a_runner_read_again_is_corrected_and_the_others_keep_their_time() -> None:
    sheet, heat = heat_of_three()
    read(sheet, heat, finish(10.02, bib="7"), finish(10.03, bib="8"))
    read(sheet, heat, finish(10.01, bib="7", place=1))
    assert [e.reading.elapsed_us for e in sheet.state.heats[heat].now.evaluations.values()] == [10_010_000, 10_030_000]


def test_the_same_readings_again_record_nothing() -> None:
    sheet, heat = heat_of_three()
    first = read(sheet, heat, finish(10.02, bib="7"))
    assert read(sheet, heat, finish(10.02, bib="7")) == first


@pytest.mark.parametrize(
    ("second", "pointer", "kind"),
    [
        (finish(10.0, bib="10"), "/finishes/1/bib", NotInHeat),
        (finish(10.0, bib="nobody"), "/finishes/1/bib", NotInHeat),
        (finish(10.0, lane=8), "/finishes/1/lane", NotInHeat),
        (finish(10.0, bib="8", lane=3), "/finishes/1/lane", Invalid),
        (finish(10.0), "/finishes/1", Invalid),
        (finish(10.0, bib="7"), "/finishes/1/bib", RunnerTwice),
        (finish(10.0, lane=3), "/finishes/1/lane", RunnerTwice),
        (finish(0, bib="8"), "/finishes/1/elapsed_us", Invalid),
        (finish(100_000, bib="8"), "/finishes/1/elapsed_us", Invalid),
        (finish(10.0, bib="8", status="DNS"), "/finishes/1/elapsed_us", Invalid),
        (finish(10.0, bib="8", place=0), "/finishes/1/place", Invalid),
        (finish(10.0, bib="8", reaction_us=Duration(10**9)), "/finishes/1/reaction_us", Invalid),
    ],
)
def test_a_reading_that_cannot_be_is_refused_at_the_field(second: Finish, pointer: str, kind: type[Refusal]) -> None:
    sheet, heat = heat_of_three()
    before = len(sheet.facts)
    with pytest.raises(kind) as refused:
        read(sheet, heat, finish(10.02, bib="7"), second)
    assert (refused.value.pointer, len(sheet.facts)) == (pointer, before)


def test_a_wind_is_written_in_metres_per_second_and_a_post_names_somebody() -> None:
    sheet, heat = heat_of_three()
    with pytest.raises(Invalid) as refused:
        read(sheet, heat, finish(10.02, bib="7"), wind_mps="strong")
    assert refused.value.pointer == "/wind_mps"
    with pytest.raises(Invalid, match="at least one runner"):
        read(sheet, heat)
