"""How times were taken, and which margins are too small for that."""

import itertools
from random import Random
from typing import Any

import numpy as np
import pytest

from app.domain.facts import LineTimeTaken, SourceDescribed
from app.domain.ids import EventId, HeatId, RegistrationId, SourceId, TimeId
from app.domain.units import Duration
from app.rules.rounding import ChipError
from app.timing.grade import error_at, too_close
from tests.timing.builders import Script, at, mass_start, points, track

TABLE = (ChipError(error_us=Duration(4_000), protocol="active"), ChipError(error_us=Duration(50_000)))


def source(name: str, place: str = "finish", **given: Any) -> SourceDescribed:
    return SourceDescribed(source=SourceId(name), name=name, place=place, **given)


@pytest.mark.parametrize(
    ("sources", "error"),
    [
        ([], 50_000),
        ([source("a", place="start", error_us=1)], 50_000),
        ([source("a")], 50_000),
        ([source("a", protocol="active")], 4_000),
        ([source("a", protocol="passive")], 50_000),
        ([source("a", protocol="active", error_us=7)], 7),
        ([source("a", error_us=7), source("b", error_us=9)], 9),
        ([source("a", error_us=7), source("b", error_us=9, role="backup")], 7),
        ([source("b", error_us=9, role="backup")], 9),
        ([source("a", error_us=0)], 0),
    ],
)
def test_the_error_at_a_place_is_that_of_its_worst_main_reader(sources: list[SourceDescribed], error: int) -> None:
    assert error_at("finish", sources, TABLE) == error


@pytest.mark.parametrize("seed", range(200))
def test_margins_of_a_field_are_those_between_neighbours(seed: int) -> None:
    r = Random(seed)
    n = r.randint(0, 9)
    elapsed = np.array([r.randint(0, 30) for _ in range(n)], np.int64)
    group = np.array([r.randint(0, 1) for _ in range(n)], np.int64)
    chips = np.array([r.random() < 0.8 for _ in range(n)], np.bool_)
    error = np.array([r.randint(0, 5) for _ in range(n)], np.int64)
    order = sorted(range(n), key=lambda one: (group[one], elapsed[one], one))
    expected = set()
    for ahead, behind in itertools.pairwise(order):
        small = elapsed[behind] - elapsed[ahead] <= max(error[ahead], error[behind])
        if group[ahead] == group[behind] and chips[ahead] and chips[behind] and small:
            expected |= {ahead, behind}
    found = too_close(np.array(order, np.int64), group, elapsed, chips, error)
    assert set(np.flatnonzero(found).tolist()) == expected


def test_standings_and_heat_results_say_the_same_of_a_margin() -> None:
    script = mass_start()
    for bib, seconds in (("1", 2_400.0), ("2", 2_400.05), ("3", 2_400.100001), ("4", 2_500.0)):
        script.reads(bib, start=1.0, finish=seconds)
    projection = script.project()
    table = projection.table(EventId("e")).rows(0, 4)
    flags = {line.bib: line.flags for line in table}
    assert flags == {"1": ("too_close_to_call",), "2": ("too_close_to_call",), "3": (), "4": ()}
    lines = projection.heat_results(HeatId("e/final/1"))
    assert {line.bib: line.flags for line in lines} == flags
    said = [(one.timed_by, one.resolution_us) for one in table] + [(one.timed_by, one.resolution_us) for one in lines]
    assert set(said) == {("transponder", 50_000)}


def test_the_error_of_a_reader_that_is_said_later_counts_for_all_its_reads() -> None:
    script = mass_start()
    script.reads("1", finish=2_400.0)
    script.reads("2", finish=2_400.02)
    assert script.lines()["1"].flags == ("no_start_read", "too_close_to_call")
    script.record(source("finish", error_us=10_000))
    assert (script.lines()["1"].flags, script.lines()["1"].resolution_us) == (("no_start_read",), 10_000)


def test_splits_at_a_point_are_told_by_chip_and_without_a_warning() -> None:
    script = mass_start(points=points(("start", 0), ("5k", 5_000), ("finish", 10_000)))
    script.reads("1", half=1_200.0, finish=2_400.0)
    script.reads("2", half=1_200.01, finish=2_400.01)
    line = script.lines(point="5k")["1"]
    assert (line.timed_by, line.flags) == ("transponder", ("no_start_read",))


def test_an_image_tells_apart_what_no_chip_could() -> None:
    script = Script()
    script.event(spec=track(800))
    for bib in "12":
        script.runner(bib)
    script.heats("12")
    script.gun()
    for bib, seconds in (("1", 120.001), ("2", 120.002)):
        script.read("finish", bib, seconds)
    lines = script.project().heat_results(HeatId("e/final/1"))
    assert [(one.timed_by, "too_close_to_call" in one.flags) for one in lines] == [("transponder", True)] * 2
    script.finishes("e/final/1", ("1", 120.001), ("2", 120.002))
    lines = script.project().heat_results(HeatId("e/final/1"))
    assert [(one.timed_by, one.resolution_us, one.flags) for one in lines] == [("photo_finish", 1_000, ())] * 2


@pytest.mark.parametrize(
    ("changes", "grade"),
    [
        ({}, "transponder"),
        ({"ruleset": "local"}, "transponder"),
        ({"surface": "track"}, "transponder"),
        ({"surface": "track", "ruleset": "local"}, "transponder_local"),
    ],
)
def test_r8_chips_on_a_track_are_strict_or_local(changes: dict[str, Any], grade: str) -> None:
    script = mass_start(**changes)
    script.reads("1", finish=2_400.0)
    line = script.lines()["1"]
    assert (line.timed_by, line.resolution_us) == (grade, 50_000)


def test_a_time_taken_at_the_line_and_a_ruled_one_say_so_on_track_and_road() -> None:
    for script in (mass_start(), mass_start(surface="track")):
        one = RegistrationId("e/1")
        script.record(LineTimeTaken(time=TimeId("t"), heat=HeatId("e/final/1"), at=at(2_400), registration=one))
        script.reads("2", finish=2_400.01)
        found = script.lines()
        assert (found["1"].timed_by, found["1"].resolution_us) == ("manual_at_line", 100_000)
        assert not {"too_close_to_call"} & {*found["1"].flags, *found["2"].flags}
        script.rule("1", "time", elapsed_us=2_399_000_000)
        assert script.lines()["1"].timed_by == "ruled"
