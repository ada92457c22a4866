"""Lap charts whole, as one would print them: every runner with every crossing, the leaders, the kilometres, who is
about to be lapped (R18, R53, R93, R101–R105)."""

from collections.abc import Iterator
from dataclasses import astuple

import pytest

from app.domain.ids import HeatId
from app.domain.refusals import NotFound
from app.timing.laps import LapChart, LapRunner
from tests.timing.builders import GUN, Script, points, road
from tests.timing.lap_scenes import MISSED, chart, laps, race


def printed(found: LapChart) -> str:
    return "\n".join(_lines(found))


def _lines(found: LapChart) -> Iterator[str]:
    yield f"{found.heat}, {found.laps} laps, {found.total} runners" + ", who is overtaken yields" * found.yields
    for runner in found.runners:
        yield from _runner(runner)
    for point, metres, registration, athlete, bib, elapsed, mark, estimated in map(astuple, found.leaders):
        yield f"leader at {point} ({metres} m): {registration} {athlete} {bib} {elapsed} {mark}" + "*" * estimated
    for metres, before, point in map(astuple, found.kilometres):
        yield f"{metres} m: {before} m before the line, {point}"
    for registration, athlete, bib, by, at_us in map(astuple, found.caught):
        yield f"{registration} {athlete} {bib} is lapped by {by} at {at_us - GUN}"


def _runner(one: LapRunner) -> Iterator[str]:
    yield (
        f"{one.registration} {one.athlete} {one.bib} lane {one.lane} {one.status} {one.state}: {one.laps_done} done, "
        f"{one.laps_to_go} to go, {one.laps_down} down"
        + ", bell" * one.bell
        + f", {one.last_lap}, {one.last_kilometre}"
    )
    for point, metres, at_us, elapsed, mark, lap_us, lap, place, gap, estimated, confirmed in map(
        astuple, one.crossings
    ):
        when = None if at_us is None else at_us - GUN
        sure = "" if confirmed else " proposed"
        yield f"  {point} ({metres} m) at {when}: {elapsed} {mark}, lap {lap_us} {lap}, {place}. +{gap}" + (
            f" estimated{sure}" if estimated else sure
        )


def while_it_runs() -> Script:
    """A guest is second; 2 and 4 are on the way, 5 has not been seen, 7 is out; the 10 comes before the 9."""
    crossed = {"10": (60.01, 120.09, 180.11), "3": (61.23, 122.5, 184.01), "2": (62.0, 125.0), "4": (63.0,), "5": ()}
    script = race(laps(1_200), {**crossed, "7": (58.0, 121.0), "9": (70.0,), "8": (70.0,)}, bib3="guest")
    script.rule("7", "dnf")
    return script


RUNNING = """\
e/final/1, 3 laps, 8 runners
e/10 a10 10 lane None OK finished: 3 done, 0 to go, 0 down, 1:00.1, None
  400 m (400 m) at 60010000: 60100000 1:00.1, lap 60100000 1:00.1, 2. +2100000
  800 m (800 m) at 120090000: 120100000 2:00.1, lap 60000000 1:00.0, 1. +0
  finish (1200 m) at 180110000: 180200000 3:00.2, lap 60100000 1:00.1, 1. +0
e/3 a3 3 lane None OK finished: 3 done, 0 to go, 0 down, 1:01.6, None
  400 m (400 m) at 61230000: 61300000 1:01.3, lap 61300000 1:01.3, None. +3300000
  800 m (800 m) at 122500000: 122500000 2:02.5, lap 61200000 1:01.2, None. +2400000
  finish (1200 m) at 184010000: 184100000 3:04.1, lap 61600000 1:01.6, None. +3900000
e/2 a2 2 lane None None started: 2 done, 1 to go, 0 down, bell, None, None
  400 m (400 m) at 62000000: 62000000 1:02.0, lap 62000000 1:02.0, 3. +4000000
  800 m (800 m) at 125000000: 125000000 2:05.0, lap 63000000 1:03.0, 3. +4900000
e/4 a4 4 lane None None started: 1 done, 2 to go, 0 down, None, None
  400 m (400 m) at 63000000: 63000000 1:03.0, lap 63000000 1:03.0, 4. +5000000
e/8 a8 8 lane None None started: 1 done, 2 to go, 0 down, None, None
  400 m (400 m) at 70000000: 70000000 1:10.0, lap 70000000 1:10.0, 5. +12000000
e/9 a9 9 lane None None started: 1 done, 2 to go, 0 down, None, None
  400 m (400 m) at 70000000: 70000000 1:10.0, lap 70000000 1:10.0, 5. +12000000
e/5 a5 5 lane None None entered: 0 done, 3 to go, 0 down, None, None
e/7 a7 7 lane None DNF started: 2 done, 0 to go, 0 down, None, None
  400 m (400 m) at 58000000: 58000000 58.0, lap 58000000 58.0, 1. +0
  800 m (800 m) at 121000000: 121000000 2:01.0, lap 63000000 1:03.0, 2. +900000
leader at 400 m (400 m): e/7 a7 7 58000000 58.0
leader at 800 m (800 m): e/10 a10 10 120100000 2:00.1
leader at finish (1200 m): e/10 a10 10 180200000 3:00.2"""

LAPPED = """\
e/final/1, 8 laps, 3 runners, who is overtaken yields
e/1 a1 1 lane None None started: 3 done, 5 to go, 0 down, None, None
  200 m (200 m) at 60000000: 60000000 1:00, lap 60000000 1:00, 1. +0
  600 m (600 m) at 160000000: 160000000 2:40, lap 100000000 1:40, 1. +0
  1000 m (1000 m) at 260000000: 260000000 4:20, lap 100000000 1:40, 1. +0
e/2 a2 2 lane None None started: 2 done, 6 to go, 0 down, None, None
  200 m (200 m) at 95000000: 95000000 1:35, lap 95000000 1:35, 2. +35000000
  600 m (600 m) at 250000000: 250000000 4:10, lap 155000000 2:35, 2. +90000000
e/3 a3 3 lane None None started: 2 done, 6 to go, 0 down, None, None
  200 m (200 m) at 96000000: 96000000 1:36, lap 96000000 1:36, 3. +36000000
  600 m (600 m) at 256000000: 256000000 4:16, lap 160000000 2:40, 3. +96000000
leader at 200 m (200 m): e/1 a1 1 60000000 1:00
leader at 600 m (600 m): e/1 a1 1 160000000 2:40
leader at 1000 m (1000 m): e/1 a1 1 260000000 4:20
1000 m: 0 m before the line, 1000 m
2000 m: 200 m before the line, None
3000 m: 0 m before the line, finish
e/3 a3 3 is lapped by 1 at 266666666
e/2 a2 2 is lapped by 1 at 278181818"""

PROPOSED = """\
e/final/1, 6 laps, 1 runners
e/1 a1 1 lane None None started: 5 done, 1 to go, 0 down, bell, None, None
  400 m (400 m) at 72000000: 72000000 1:12.0, lap 72000000 1:12.0, 1. +0
  800 m (800 m) at 144500000: 144500000 2:24.5, lap 72500000 1:12.5, 1. +0
  1200 m (1200 m) at 216900000: 216900000 3:36.9?, lap 72400000 1:12.4?, 1. +0 estimated proposed
  1600 m (1600 m) at 289300000: 289300000 4:49.3, lap 72400000 1:12.4, 1. +0
  2000 m (2000 m) at 361500000: 361500000 6:01.5, lap 72200000 1:12.2, 1. +0
leader at 400 m (400 m): e/1 a1 1 72000000 1:12.0
leader at 800 m (800 m): e/1 a1 1 144500000 2:24.5
leader at 1200 m (1200 m): e/1 a1 1 216900000 3:36.9?*
leader at 1600 m (1600 m): e/1 a1 1 289300000 4:49.3
leader at 2000 m (2000 m): e/1 a1 1 361500000 6:01.5"""

SECOND_HEAT = """\
e/final/2, 2 laps, 1 runners
e/3 a3 3 lane 1 None started: 1 done, 1 to go, 0 down, bell, None, None
  400 m (400 m) at 361000000: 61000000 1:01.0, lap 61000000 1:01.0, 1. +0
leader at 400 m (400 m): e/3 a3 3 61000000 1:01.0"""

ON_THE_ROAD = """\
e/final/1, 1 laps, 2 runners
e/1 a1 1 lane None OK finished: 1 done, 0 to go, 0 down, None, 4:11
  9k (9000 m) at 2200000000: 2200000000 36:40, lap 2200000000 36:40, 2. +100000000
  finish (10000 m) at 2450500000: 2451000000 40:51, lap 251000000 4:11, 1. +0
e/2 a2 2 lane None None started: 0 done, 1 to go, 0 down, bell, None, None
  9k (9000 m) at 2100000000: 2100000000 35:00, lap 2100000000 35:00, 1. +0
leader at 9k (9000 m): e/2 a2 2 2100000000 35:00
leader at finish (10000 m): e/1 a1 1 2451000000 40:51"""


def test_the_chart_of_a_race_that_is_on() -> None:
    assert printed(chart(while_it_runs())) == RUNNING


def lapped() -> Script:
    return race(
        laps(3_000, direction="backward", ruleset="irr-retro-2016"),
        {"1": (60.0, 160.0, 260.0), "2": (95.0, 250.0), "3": (96.0, 256.0)},
    )


def test_the_chart_of_a_race_with_runners_who_are_about_to_be_lapped() -> None:
    assert printed(chart(lapped())) == LAPPED


def test_the_chart_of_a_missed_crossing() -> None:
    assert printed(chart(race(laps(2_400), {"1": MISSED}))) == PROPOSED


def test_a_chart_of_lanes_and_two_heats_has_one_of_them() -> None:
    script = Script()
    script.event(spec=laps(800))
    for bib in "123":
        script.runner(bib)
    script.heats(["1", "2"], ["3"])
    script.gun()
    script.gun("e/final/2", 300)
    script.read("finish", "2", 60)
    script.read("finish", "3", 361)
    assert printed(script.project().lap_chart(HeatId("e/final/2"))) == SECOND_HEAT
    assert [(one.bib, one.lane) for one in chart(script).runners] == [("2", 2), ("1", 1)]


def test_on_the_road_there_are_no_laps_and_no_kilometres() -> None:
    script = Script()
    script.event(spec=road(points=points(("start", 0), ("9k", 9_000), ("finish", 10_000))))
    for bib in "12":
        script.runner(bib)
    script.draw()
    script.gun()
    script.reads("1", start=3, **{"9k": 2_200}, finish=2_450.5)
    script.reads("2", start=4, **{"9k": 2_100})
    assert printed(chart(script)) == ON_THE_ROAD


def test_a_heat_that_there_is_not_has_no_chart() -> None:
    with pytest.raises(NotFound) as refused:
        while_it_runs().project().lap_chart(HeatId("e/final/9"))
    assert str(refused.value) == str(NotFound("heat", "e/final/9"))
