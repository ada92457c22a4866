from dataclasses import replace
from typing import Any

import pytest

from app.domain.meet import Advance, Category, EventSpec, RoundSpec, TimingPoint
from app.domain.refusals import Contradicts, Invalid, NotFound, ResultsDepend, SexDoesNotFit
from app.domain.units import SECOND, Duration
from app.operations import events, registrations, starts
from app.operations.publish import publish
from tests.operations.fakes import GUN, TimedSheet
from tests.operations.scenes import ROAD, SPRINT, draw, open_meet, opened, place, register, road_race


def point(name: str, distance_m: int) -> TimingPoint:
    return TimingPoint(name=name, distance_m=distance_m, place=name)


def closing(half: int, later: int | None = None, finish: int | None = None) -> tuple[TimingPoint, ...]:
    """5 km, 8 km and the finish, closed so many seconds after the gun."""
    points = (point("5k", 5_000), point("8k", 8_000), point("finish", 10_000))
    limits = (None if limit is None else Duration(limit * SECOND) for limit in (half, later, finish))
    return tuple(replace(one, cut_off_us=limit) for one, limit in zip(points, limits, strict=True))


def rounds(of: int | None, places: int, times: int, heats: int | None = 1, **given: Any) -> tuple[RoundSpec, ...]:
    """So many heats, and what the final takes."""
    advance = Advance(places=places, times=times)
    return RoundSpec(name="heats", heats=of, advance=advance), RoundSpec(name="final", heats=heats, **given)


SPRINT_FIELDS: dict[str, Any] = {"surface": "track", "start": "lanes", "timing": "photo_finish"}


def settled(**given: Any) -> EventSpec:
    sheet = open_meet()
    return sheet.state.events[events.describe(sheet, replace(ROAD, **given))].spec


def test_without_points_a_road_race_has_a_start_and_a_finish() -> None:
    assert [(p.name, p.distance_m) for p in settled().points] == [("start", 0), ("finish", 10_000)]


def test_without_points_a_track_race_has_its_laps() -> None:
    assert [p.distance_m for p in settled(surface="track", distance_m=1_000).points] == [0, 200, 600, 1_000]


def test_points_are_put_in_order_and_need_no_start() -> None:
    assert [p.name for p in settled(points=(point("Finish", 10_000), point("5K", 5_000))).points] == ["5K", "Finish"]


@pytest.mark.parametrize(
    ("given", "pointer", "code"),
    [
        ({"distance_m": 99}, "/distance_m", "distance_out_of_range"),
        ({"distance_m": 10_001}, "/distance_m", "distance_out_of_range"),
        ({"relay_legs": 3}, "/relay_legs", "out_of_range"),
        ({"relay_legs": 4, "legs_m": (100, 200, 300), "distance_m": 600}, "/legs_m", "legs_differ"),
        ({"relay_legs": 4, "legs_m": (100, 200, 300, 500), "distance_m": 1_000}, "/legs_m", "legs_differ"),
        ({"relay_legs": 4, "legs_m": (100, 200, 700, 0), "distance_m": 1_000}, "/legs_m/3", "out_of_range"),
        ({"relay_legs": 4, "legs_m": (100,) * 4, "distance_m": 400}, "/legs_m", "legs_alike"),
        ({"legs_m": (100, 200, 300, 400), "distance_m": 1_000}, "/legs_m", "no_relay"),
        ({"name": ""}, "/name", "empty"),
        ({"points": (point("5K", 5_000),)}, "/points", "no_finish"),
        ({"points": (point("A", 10_000), point("far", 10_500))}, "/points/1/distance_m", "point_off_course"),
        ({"points": (point("A", 10_000), point("back", -1))}, "/points/1/distance_m", "point_off_course"),
        ({"points": (point("A", 5_000), point("a ", 10_000))}, "/points/1/name", "point_twice"),
        ({"points": (point("A", 10_000), point("B", 10_000))}, "/points/1/distance_m", "point_twice"),
        ({"points": (point(" ", 10_000),)}, "/points/0/name", "empty"),
        ({"rounds": ()}, "/rounds", "empty"),
        ({"rounds": (RoundSpec(name="final"), RoundSpec(name="final"))}, "/rounds/1/name", "round_twice"),
        ({"rounds": (RoundSpec(name="final", heats=0),)}, "/rounds/0/heats", "out_of_range"),
        ({"rounds": (RoundSpec(name="final", per_heat=0),)}, "/rounds/0/per_heat", "out_of_range"),
        ({"rounds": (RoundSpec(name="final", source="qualifiers"),)}, "/rounds/0/source", "no_earlier_round"),
        ({"rounds": (RoundSpec(name="final", advance=Advance(places=2)),)}, "/rounds/0/advance", "no_later_round"),
        ({"rounds": rounds(3, 3, 0, heats=2, per_heat=4)}, "/rounds/0/advance", "does_not_add_up"),
        ({"rounds": rounds(2, 3, 3, heats=1, per_heat=8)}, "/rounds/0/advance", "does_not_add_up"),
        ({"rounds": rounds(3, 3, 0), "start": "lanes"}, "/rounds/0/advance", "does_not_add_up"),
        (
            {"rounds": (RoundSpec(name="heats", advance=Advance()), RoundSpec(name="final"))},
            "/rounds/0/advance",
            "nobody_advances",
        ),
        ({"categories": (Category(name="M40", min_age=45, max_age=40),)}, "/categories/0/max_age", "unordered_ages"),
        ({"cut_off_us": 0}, "/cut_off_us", "out_of_range"),
        ({"points": closing(0)}, "/points/0/cut_off_us", "out_of_range"),
        ({"points": closing(2_700, finish=5_400)}, "/points/2/cut_off_us", "cut_off_at_an_end"),
        ({"points": closing(2_700, 2_700)}, "/points/1/cut_off_us", "cut_off_unordered"),
        ({"points": closing(2_700, 2_600)[::-1]}, "/points/1/cut_off_us", "cut_off_unordered"),
        (
            {"points": closing(2_700, 4_000), "cut_off_us": Duration(4_000 * SECOND)},
            "/points/1/cut_off_us",
            "cut_off_unordered",
        ),
        ({"min_lap_us": -1}, "/min_lap_us", "out_of_range"),
        ({"start_window_before_us": -1}, "/start_window_before_s", "out_of_range"),
        ({"start_window_after_us": -1}, "/start_window_after_s", "out_of_range"),
    ],
)
def test_an_event_that_cannot_be_is_refused_at_the_field(given: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        settled(**given)
    assert (refused.value.pointer, refused.value.code) == (pointer, code)


def test_r66_points_close_one_after_the_other_and_before_the_finish() -> None:
    closes = settled(points=closing(2_700, 2_701), cut_off_us=Duration(2_702 * SECOND)).points
    assert [point.cut_off_us for point in closes] == [2_700 * SECOND, 2_701 * SECOND, None]
    with pytest.raises(Invalid, match=r"'8k' closes before '5k'.*\(R66\)"):
        settled(points=closing(2_700, 2_600))
    start = (TimingPoint(name="start", distance_m=0, place="start", cut_off_us=Duration(1)), *closing(2_700))
    with pytest.raises(Invalid, match="no point between start and finish"):
        settled(points=start)


@pytest.mark.parametrize(
    "given",
    [
        {"rounds": rounds(2, 3, 2, heats=1, per_heat=8)},
        {"rounds": rounds(2, 2, 2, heats=1, per_heat=8)},
        {"rounds": rounds(3, 3, 0)},
        {"rounds": rounds(2, 3, 2), "start": "lanes"},
        {"rounds": rounds(2, 3, 2), "start": "lanes", "lanes_out": (1,)},
        {"rounds": rounds(None, 3, 2), "start": "lanes"},
        {"rounds": rounds(3, 3, 0, heats=1, per_heat=8, source="non_qualifiers")},
        {"rounds": rounds(3, 3, 0, heats=None), "start": "lanes"},
    ],
)
def test_r21_who_go_on_may_be_fewer_than_the_next_round_takes_and_not_more(given: dict[str, Any]) -> None:
    assert settled(**given).rounds == given["rounds"]


def test_r78_a_medley_is_as_long_as_its_legs_together() -> None:
    swedish = settled(**SPRINT_FIELDS, distance_m=1_000, relay_legs=4, legs_m=(100, 200, 300, 400))
    assert [point.distance_m for point in swedish.points] == [0, 200, 600, 1_000]
    assert swedish.legs == (100, 200, 300, 400)
    with pytest.raises(Invalid, match=r"add up to 1,000 m \(100 \+ 200 \+ 300 \+ 400\)"):
        settled(**SPRINT_FIELDS, distance_m=900, relay_legs=4, legs_m=(100, 200, 300, 400))
    with pytest.raises(Invalid, match=r"4 legs, any other event 1, none 3 \(R78\)"):
        settled(**SPRINT_FIELDS, relay_legs=3)


def test_a_code_names_one_event_of_the_meet_until_that_is_withdrawn() -> None:
    sheet, event = road_race(code="10K")
    with pytest.raises(Contradicts, match="has the code '10K'"):
        events.describe(sheet, replace(ROAD, code="10K"))
    events.withdraw(sheet, event)
    events.describe(sheet, replace(ROAD, code="10K"))


def test_an_event_with_results_may_still_be_changed_for_all_of_them() -> None:
    sheet, event = road_race()
    starts.start(sheet, draw(sheet, event)[0].heat, GUN)
    events.change(sheet, event, {"ranking": "net"})
    events.change(sheet, event, {"ranking": "net"})
    assert sheet.state.events[event].spec.ranking == "net"
    assert len(sheet.facts) == 5


def test_another_distance_takes_the_default_course_along_but_not_one_of_its_own() -> None:
    sheet, event = road_race()
    events.change(sheet, event, {"distance_m": 5_000})
    assert [p.distance_m for p in sheet.state.events[event].spec.points] == [0, 5_000]
    own = events.describe(sheet, replace(ROAD, points=(point("line", 10_000),)))
    with pytest.raises(Invalid, match="from 0 to 9,000 m"):
        events.change(sheet, own, {"distance_m": 9_000})


def test_a_round_that_has_heats_is_neither_renamed_nor_removed() -> None:
    sheet, event = road_race()
    draw(sheet, event)
    with pytest.raises(Contradicts, match="round 'final' has heats"):
        events.change(sheet, event, {"rounds": (RoundSpec(name="race"),)})


def test_an_event_for_all_becomes_one_for_women_only_when_no_man_is_in_it() -> None:
    sheet, event = road_race()
    (man,) = register(sheet, event, "1")
    with pytest.raises(SexDoesNotFit):
        events.change(sheet, event, {"sex": "W"})
    registrations.withdraw(sheet, man)
    events.change(sheet, event, {"sex": "W"})


def test_an_event_is_withdrawn_only_while_no_result_depends_on_it() -> None:
    sheet = open_meet()
    event, empty = events.describe(sheet, SPRINT), events.describe(sheet, ROAD)
    register(sheet, event, "1")
    starts.start(sheet, place(sheet, event, "1:1")[0], GUN)
    with pytest.raises(ResultsDepend):
        events.withdraw(sheet, event)
    events.withdraw(sheet, empty)
    with pytest.raises(NotFound):
        events.change(sheet, empty, {"name": "gone"})


def test_a_copy_of_an_event_has_no_code_and_no_runners() -> None:
    sheet, event = road_race(code="10K")
    register(sheet, event, "1")
    copy = sheet.state.events[events.clone(sheet, event)]
    assert (copy.spec, copy.registrations) == (replace(sheet.state.events[event].spec, code=None), {})


def test_with_its_event_go_its_heats_and_registrations() -> None:
    sheet, event = road_race()
    (runner,) = register(sheet, event, "1")
    (heat,) = draw(sheet, event)
    events.withdraw(sheet, event)
    with pytest.raises(NotFound, match="no heat"):
        starts.start(sheet, heat.heat, GUN)
    with pytest.raises(NotFound, match="no registration"):
        registrations.change(sheet, runner, {"bib": "2"})


def test_an_event_that_was_published_stays_also_without_heats() -> None:
    sheet = opened(TimedSheet())
    event = events.describe(sheet, ROAD)
    publish(sheet, event, "provisional")
    with pytest.raises(ResultsDepend, match="were published"):
        events.withdraw(sheet, event)
