"""Crossings that were missed, in the lap chart of a heat: proposed, and confirmed by an official (R102)."""

from collections.abc import Iterable

import pytest

from app.domain.facts import CrossingConfirmed
from app.domain.ids import RegistrationId
from tests.timing.builders import Script, at, points, road
from tests.timing.lap_scenes import HEAT, MISSED, laps, of, race


def test_r102_a_missed_crossing_is_proposed_half_way_with_a_question_mark() -> None:
    found = of(race(laps(2_400), {"1": MISSED}), "1")
    assert [(one.lap, one.estimated, one.confirmed) for one in found.crossings] == [
        ("1:12.0", False, True),
        ("1:12.5", False, True),
        ("1:12.4?", True, False),
        ("1:12.4", False, True),
        ("1:12.2", False, True),
    ]
    assert found.crossings[2].mark == "3:36.9?"
    assert (found.laps_done, found.bell) == (5, True)


def test_r102_a_first_crossing_that_was_missed_is_proposed_in_proportion_of_the_metres() -> None:
    found = of(race(laps(5_000), {"1": (108.0, 180, 252, 324)}), "1")
    assert [(one.point, one.mark) for one in found.crossings[:3]] == [
        ("200 m", "36.0?"),
        ("600 m", "1:48.0"),
        ("1000 m", "3:00.0"),
    ]
    assert (found.laps_done, found.laps_to_go) == (5, 8)


def test_r102_a_first_crossing_and_a_later_one_are_proposed_together() -> None:
    found = of(race(laps(5_000), {"1": (108.0, 180, 252, 396, 468)}), "1")
    assert [one.mark for one in found.crossings] == [
        "36.0?",
        "1:48.0",
        "3:00.0",
        "4:12.0",
        "5:24.0?",
        "6:36.0",
        "7:48.0",
    ]


@pytest.mark.parametrize("crossed", [(36.0, 108, 180, 252), (85.0, 157, 229, 301), (131.0, 203, 275, 347)])
def test_r102_an_opening_that_hides_no_lap_proposes_nothing(crossed: Iterable[float]) -> None:
    assert all(one.confirmed for one in of(race(laps(5_000), {"1": crossed}), "1").crossings)


def on_the_road(start: float | None, *crossed: float) -> list[str]:
    course = points(("start", 0), *((f"{n} km", 1_000 * n, "finish") for n in range(1, 6)), ("finish", 6_000))
    script = Script()
    script.event(spec=road(distance_m=6_000, points=course))
    script.runner("1")
    script.draw()
    script.gun()
    script.reads("1", **({} if start is None else {"start": start}))
    for second in crossed:
        script.read("finish", "1", second)
    return [one.mark for one in of(script, "1").crossings]


def test_r102_on_the_road_the_opening_is_from_the_read_at_the_start_and_without_one_it_is_unknown() -> None:
    crossed = (700.0, 1_000.0, 1_300.0, 1_600.0)
    assert on_the_road(100, *crossed)[:2] == ["6:40?", "11:40"]
    assert on_the_road(400, *crossed)[0] == "11:40"
    assert on_the_road(None, *crossed)[0] == "11:40"


def test_r102_the_finish_is_never_proposed_and_never_filled_up_to() -> None:
    found = of(race(laps(1_600), {"1": MISSED}), "1")
    assert [one.mark for one in found.crossings] == ["1:12.0", "2:24.5", "4:49.3", "6:01.5"]
    assert all(one.confirmed for one in found.crossings)


def test_r102_what_an_official_confirmed_has_no_question_mark_and_stays_an_estimate() -> None:
    script = race(laps(2_400), {"1": MISSED})
    script.record(CrossingConfirmed(heat=HEAT, registration=RegistrationId("e/1"), at=at(216.9)))
    third = of(script, "1").crossings[2]
    assert (third.mark, third.lap, third.estimated, third.confirmed) == ("3:36.9", "1:12.4", True, True)
