"""Points that close before the finish does (R66)."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import EventDescribed, FinishesRead, Reading, Recorded
from app.domain.ids import EventId, HeatId, RegistrationId
from app.domain.meet import TimingPoint
from app.domain.units import Duration
from app.timing.explain import CutOff
from app.timing.projection import Projection
from app.timing.standing import Standing
from tests.timing.builders import S, Script, mass_start, places

CLOSES = Duration(2_700 * S)
EVENT, HEAT = EventId("e"), "e/final/1"


def course(closes: int | None = CLOSES, later: int | None = None) -> tuple[TimingPoint, ...]:
    def point(name: str, metres: int, limit: int | None = None) -> TimingPoint:
        return TimingPoint(name=name, distance_m=metres, place=name, cut_off_us=Duration(limit) if limit else None)

    return point("start", 0), point("5k", 5_000, closes), point("8k", 8_000, later), point("finish", 10_000)


def race(**given: Any) -> Script:
    return mass_start(**{"points": course(), **given})


def line(script: Script, bib: str = "1") -> Standing:
    return script.lines()[bib]


def why(script: Script, bib: str = "1") -> CutOff | None:
    return script.project().explain(EVENT, RegistrationId(f"e/{bib}")).cut_off


def test_r66_the_limit_itself_is_inside_and_a_microsecond_later_is_out() -> None:
    script = race()
    script.read("5k", "1", 2_700)
    script.read("5k", "2", 2_700.000001)
    assert [(one.status, one.state, one.flags) for one in (line(script), line(script, "2"))] == [
        (None, "started", ()),
        ("DNF", "started", ("CUT",)),
    ]
    assert why(script) is None
    assert why(script, "2") == CutOff("5k", CLOSES, CLOSES + 1)


def test_r66_who_runs_on_behind_a_closed_point_keeps_the_time_and_has_no_place() -> None:
    script = race()
    script.reads("1", start=0, finish=5_000, **{"5k": 2_701, "8k": 4_000})
    script.reads("2", start=0, finish=5_100, **{"5k": 2_600, "8k": 4_000})
    assert (line(script).status, line(script).mark, line(script).flags) == ("DNF", "1:23:20", ("CUT",))
    assert places(script) == {"1": None, "2": 1, "3": None, "4": None}
    assert [split.point for split in line(script).splits] == ["5k", "8k", "finish"]


def test_r66_it_is_measured_from_the_gun_of_the_own_wave_and_not_from_the_start_mat() -> None:
    for ranking in ("gun", "net"):
        script = race(ranking=ranking)
        script.reads("1", start=60, **{"5k": 2_701})
        assert line(script).flags == ("CUT",)
    script.gun(seconds=2)
    assert line(script).flags == ()


def test_r66_the_first_point_passed_too_late_is_the_reason() -> None:
    script = race(points=course(later=4_300 * S), cut_off_us=Duration(5_400 * S))
    script.reads("1", start=0, finish=6_000, **{"5k": 2_600, "8k": 4_400})
    script.reads("2", start=0, finish=6_000, **{"5k": 2_600, "8k": 4_200})
    assert why(script) == CutOff("8k", 4_300 * S, 4_400 * S)
    assert why(script, "2") == CutOff("finish", 5_400 * S, 6_000 * S)


def test_r66_who_was_not_read_at_the_point_is_not_out_by_that() -> None:
    script = race()
    script.reads("1", start=0, finish=5_000)
    assert (line(script).status, line(script).flags) == ("OK", ("missed_split",))


def test_r66_another_limit_afterwards_and_none_at_all_change_who_is_out() -> None:
    script = race()
    script.reads("1", start=0, finish=5_000, **{"5k": 2_701})
    spec = script.state().events[EVENT].spec
    for closes, status in ((2_701 * S, "OK"), (2_700 * S, "DNF"), (None, "OK")):
        script.record(EventDescribed(event=EVENT, spec=replace(spec, points=course(closes))))
        assert line(script).status == status


def test_r66_reinstated_a_finisher_has_a_place_and_who_is_still_out_there_is_in_the_race_again() -> None:
    script = race()
    script.reads("1", start=0, finish=5_000, **{"5k": 2_701, "8k": 4_000})
    script.reads("2", start=0, **{"5k": 2_701})
    for bib in "12":
        script.rule(bib, "reinstate", HEAT)
    assert [(one.status, one.state, one.flags) for one in (line(script), line(script, "2"))] == [
        ("OK", "finished", ()),
        (None, "started", ()),
    ]
    assert why(script) is None
    script.read("finish", "3", 50_000)
    assert line(script, "2").status == "DNF"


def test_r66_a_time_that_an_official_rules_counts() -> None:
    script = race()
    script.reads("1", start=0, **{"5k": 2_701})
    script.rule("1", "time", HEAT, elapsed_us=Duration(5_000 * S))
    assert (line(script).status, line(script).flags) == ("OK", ("time_ruled",))


def test_r66_a_disqualification_goes_before_it_and_leaves_no_reason_of_a_finish() -> None:
    script = race(points=course(None), cut_off_us=Duration(4_000 * S))
    script.reads("1", start=0, finish=5_000)
    script.rule("1", "dq", HEAT)
    assert (line(script).status, line(script).mark, why(script)) == ("DQ", None, None)


@pytest.mark.parametrize("status", [None, "OK"])
def test_r66_a_photo_of_the_finish_does_not_open_a_point_again(status: Any) -> None:
    script = race(timing="photo_finish")
    script.reads("1", start=0, **{"5k": 2_701})
    assert (line(script).status, line(script).flags) == ("DNF", ("CUT",))
    elapsed = None if status else Duration(5_000 * S)
    read = Reading(registration=RegistrationId("e/1"), elapsed_us=elapsed, status=status)
    script.record(FinishesRead(heat=HeatId(HEAT), method="photo_finish", readings=(read,)))
    assert (line(script).status, line(script).state, line(script).flags) == ("DNF", "finished", ("CUT",))
    script.rule("1", "reinstate", HEAT)
    assert (line(script).status, line(script).flags) == ("OK", ())


def stepwise(script: Script) -> Projection:
    """Asked after each entry of the log, so that one runner is made anew at a time."""
    projection = Projection()
    for entry in script.log:
        facts = [entry] if isinstance(entry, Recorded) else []
        projection.apply(facts, script.rows([entry]))
        if EVENT in projection.state.events:
            projection.table(EVENT)
    return projection


def test_r66_one_read_at_a_time_the_limit_is_the_same_to_the_microsecond() -> None:
    script = race()
    script.read("5k", "1", 2_700)
    script.read("5k", "2", 2_700.000001)
    table = stepwise(script).table(EVENT)
    assert {one.bib: one.flags for one in table.rows(0, 2)} == {"1": (), "2": ("CUT",)}


def test_r66_one_read_at_a_time_who_is_reinstated_when_all_is_over_has_not_finished() -> None:
    script = race()
    script.read("finish", "3", 50_000)
    script.rule("1", "reinstate", HEAT)
    script.reads("1", start=0, **{"5k": 2_701})
    for projection in (stepwise(script), script.project()):
        one = projection.standing(EVENT, RegistrationId("e/1"))
        assert (one.status, one.state, one.flags) == ("DNF", "started", ())
