"""Lines that are crossed every lap (R99–R106)."""

from typing import Any

import pytest

from app.domain.facts import CrossingConfirmed, HeatRerun, Recorded
from app.domain.ids import EventId, HeatId, RegistrationId
from app.domain.meet import EventSpec, RoundSpec
from app.domain.units import Duration, Instant
from app.rules.laps import default_points
from app.rules.rulesets import rules_of
from app.timing.projection import Projection
from tests.timing.builders import GUN, S, Script, at, points, road, track


def laps(metres: int, **changes: Any) -> EventSpec:
    """A chip race on a 400 m track."""
    spec = track(metres, timing="transponder", start="mass", points=(), **changes)
    points = default_points(spec, rules_of(None, spec).laps, 400)
    return track(metres, timing="transponder", start="mass", points=points, **changes)


def run(spec: EventSpec, *seconds: float) -> Any:
    """The line of one runner who crosses the finish line at these seconds."""
    script = Script()
    script.event(spec=spec)
    script.runner("1")
    script.draw()
    script.gun()
    for when in seconds:
        script.read("finish", "1", when)
    return script.lines()["1"]


def test_r99_crossings_are_points_in_order_of_distance() -> None:
    line = run(laps(1_500), 60, 140, 220, 300)
    assert [s.point for s in line.splits] == ["300 m", "700 m", "1100 m", "finish"]
    assert (line.status, line.gun_us, line.flags) == ("OK", 300 * S, ())


def test_r100_start_noise_and_double_reads_are_no_laps() -> None:
    crossings = [35.9 + 71.7 * lap for lap in range(13)]
    noise = [0.8, 107.9, 108.2]
    line = run(laps(5_000), *crossings, *noise)
    assert [s.elapsed_us for s in line.splits[:3]] == [35_900_000, 107_600_000, 179_300_000]
    assert line.gun_us == round(crossings[-1] * S)


def test_r100_a_race_that_starts_at_the_line_ignores_the_read_at_the_start() -> None:
    line = run(laps(10_000), 0.4, *(75.0 * lap for lap in range(1, 26)))
    assert (line.status, len(line.splits), line.gun_us, line.net_us) == ("OK", 25, 1_875 * S, 1_874_600_000)


def test_r104_a_lapped_runner_is_not_second() -> None:
    script = Script()
    script.event(spec=laps(2_000))
    for bib in "12":
        script.runner(bib)
    script.draw()
    script.gun()
    for lap in range(1, 6):
        script.read("finish", "1", 70 * lap)
    for lap in range(1, 5):
        script.read("finish", "2", 90 * lap - 15)
    lines = script.lines()
    assert [(lines[b].place, lines[b].status) for b in "12"] == [(1, "OK"), (None, None)]


def test_the_shortest_lap_is_the_organizers_to_set() -> None:
    course = points(("start", 0), ("lap 1", 500, "finish"), ("finish", 1_000))
    spec = road(distance_m=1_000, points=course, min_lap_us=Duration(150 * S))
    assert run(spec, 140, 280, 300).gun_us == 300 * S
    assert run(road(distance_m=1_000, points=course), 140, 280, 300).gun_us == 280 * S


def test_a_lap_on_a_short_track_may_be_shorter() -> None:
    course = points(("start", 0), ("1", 200, "finish"), ("finish", 400))
    spec = track(400, timing="transponder", start="mass", points=course)
    assert run(spec, 25, 50).gun_us == 50 * S


def test_the_start_of_a_sprint_over_one_lap_is_no_finish() -> None:
    course = points(("start", 0, "finish"), ("finish", 400))
    spec = track(400, timing="transponder", start="mass", points=course)
    line = run(spec, 1.0, 45.0)
    assert (line.gun_us, line.net_us) == (45 * S, 44 * S)


def test_backwards_every_lap_takes_longer() -> None:
    course = points(("start", 0), ("1", 400, "finish"), ("finish", 800))
    spec = track(800, timing="transponder", start="mass", direction="backward", points=course)
    assert run(spec, 80, 130, 145).gun_us == 145 * S


def test_r102_a_missed_crossing_in_between_is_flagged_and_no_finish_is_invented() -> None:
    line = run(laps(10_000), *(75.0 * lap for lap in range(1, 26) if lap != 7))
    assert (line.status, line.state, line.flags) == (None, "started", ("missed_split",))


@pytest.mark.parametrize("bulk", [True, False])
def test_r102_a_missed_first_crossing_is_flagged(bulk: bool) -> None:
    crossed = (108.0, 180.0, 252.0, 324.0)
    assert flags_of(laps(5_000), crossed, bulk) == ("missed_split",)
    assert flags_of(laps(5_000), (36.0, *crossed), bulk) == ()


def flags_of(spec: EventSpec, crossed: tuple[float, ...], bulk: bool) -> tuple[str, ...]:
    """Of one runner, by bulk or read by read."""
    if bulk:
        return tuple(run(spec, *crossed).flags)
    script, projection = Script(), Projection()
    script.event(spec=spec)
    script.runner("1")
    script.draw()
    script.gun()
    script.source("finish")
    projection.apply([entry for entry in script.log if isinstance(entry, Recorded)])
    projection.table(EventId("e"))
    for when in crossed:
        script.read("finish", "1", when)
        projection.apply([], script.rows(script.log[-1:]))
    return projection.table(EventId("e")).rows(0, 1)[0].flags


def test_r102_even_laps_raise_no_flag() -> None:
    assert run(laps(10_000), *(75.0 * lap + lap % 3 for lap in range(1, 20))).flags == ()


def confirmed(*reads: float, at: float, metres: int = 2_000, bulk: bool = True) -> Any:
    """The line of one runner, one of whose crossings an official confirmed; by bulk or read by read."""
    script = Script()
    script.event(spec=laps(metres))
    script.runner("1")
    script.draw()
    script.gun()
    script.source("finish")
    script.record(
        CrossingConfirmed(heat=HeatId("e/final/1"), registration=RegistrationId("e/1"), at=Instant(GUN + round(at * S)))
    )
    projection = Projection()
    if bulk:
        for when in reads:
            script.read("finish", "1", when)
        return script.lines()["1"]
    projection.apply([entry for entry in script.log if isinstance(entry, Recorded)])
    projection.table(EventId("e"))
    for when in reads:
        script.read("finish", "1", when)
        projection.apply([], script.rows(script.log[-1:]))
    return projection.table(EventId("e")).rows(0, 1)[0]


@pytest.mark.parametrize("bulk", [True, False])
def test_r102_a_confirmed_crossing_counts_and_the_finish_is_the_read_that_it_is(bulk: bool) -> None:
    line = confirmed(72, 144.5, 289.3, 361.5, at=216.9, bulk=bulk)
    assert [split.elapsed_us / S for split in line.splits] == [72, 144.5, 216.9, 289.3, 361.5]
    assert (line.status, line.gun_us, line.flags) == ("OK", 361_500_000, ())


@pytest.mark.parametrize("bulk", [True, False])
def test_r102_a_confirmed_crossing_is_never_the_finish(bulk: bool) -> None:
    line = confirmed(72, 144.5, 217, 289.5, at=361.5, bulk=bulk)
    assert (line.status, line.state, len(line.splits)) == (None, "started", 4)


def test_r102_why_says_that_no_reader_saw_it() -> None:
    script = Script()
    script.event(spec=laps(2_000))
    script.runner("1")
    script.draw()
    script.gun()
    for when in (72, 144.5, 289.3, 361.5):
        script.read("finish", "1", when)
    seq = script.record(CrossingConfirmed(heat=HeatId("e/final/1"), registration=RegistrationId("e/1"), at=at(216.9)))
    reads = script.project().explain(EventId("e"), RegistrationId("e/1")).reads
    (told,) = [read for read in reads if read.seq == seq]
    assert (told.state, told.point, told.source) == ("used", "1200 m", None)
    assert "R102" in told.reason


MISSING_ONE = (72, 144.5, 289.3, 361.5)


def two_runners() -> Script:
    script = Script()
    script.event(spec=laps(2_400, ruleset="local"))
    script.runner("1")
    script.runner("2")
    script.draw()
    script.gun()
    for bib, crossed in (("1", MISSING_ONE), ("2", (75, 150, 225, 300))):
        for when in crossed:
            script.read("finish", bib, when)
    return script


def test_r102_splits_show_what_is_proposed_with_a_question_mark_and_move_what_was_read_behind_it() -> None:
    splits = two_runners().lines()["1"].splits
    assert [(one.point, one.mark, one.place) for one in splits] == [
        ("400 m", "1:12.0", 1),
        ("800 m", "2:24.5", 1),
        ("1200 m", "3:36.9?", 1),
        ("1600 m", "4:49.3", 1),
        ("2000 m", "6:01.5", 1),
    ]


def test_r102_at_a_point_a_proposed_crossing_ranks_with_a_question_mark() -> None:
    lines = two_runners().lines(point="1200 m")
    assert [(lines[bib].place, lines[bib].mark) for bib in "12"] == [(1, "3:36.9?"), (2, "3:45.0")]
    lines = two_runners().lines(point="1600 m")
    assert [(lines[bib].place, lines[bib].mark) for bib in "12"] == [(1, "4:49.3"), (2, "5:00.0")]


def test_r102_splits_end_before_a_finish_that_only_a_proposal_makes() -> None:
    splits = run(laps(2_000), *MISSING_ONE).splits
    assert [one.point for one in splits] == ["400 m", "800 m", "1200 m", "1600 m"]


def test_r102_a_finish_by_the_image_is_beside_splits_that_are_proposed() -> None:
    script = Script()
    script.event(spec=track(2_000, start="mass", points=laps(2_000).points))
    script.runner("1")
    script.draw()
    script.gun()
    for when in MISSING_ONE:
        script.read("finish", "1", when)
    script.finishes("e/final/1", ("1", 361.444))
    line = script.lines()["1"]
    assert (line.status, line.mark, [one.mark for one in line.splits][2]) == ("OK", "6:01.45", "3:37?")


def test_r102_splits_of_a_later_round_have_no_mark_of_the_one_before() -> None:
    script = Script()
    script.event(spec=laps(2_400, rounds=(RoundSpec(name="heats"), RoundSpec(name="final"))))
    script.runner("1")
    for number, name in enumerate(("heats", "final")):
        script.heats(["1"], round=name)
        script.gun(f"e/{name}/1", 10_000 * number)
        for when in MISSING_ONE if name == "heats" else (72, 144, 216, 288):
            script.read("finish", "1", 10_000 * number + when)
    assert [one.mark for one in script.lines()["1"].splits] == ["1:12", "2:24", "3:36", "4:48"]


def test_r102_a_crossing_confirmed_in_a_void_running_is_not_of_the_next_one() -> None:
    script, projection = Script(), Projection()
    script.event(spec=laps(2_000))
    script.runner("1")
    script.draw()
    script.gun()
    script.source("finish")
    script.record(CrossingConfirmed(heat=HeatId("e/final/1"), registration=RegistrationId("e/1"), at=at(1_216.9)))
    projection.apply([entry for entry in script.log if isinstance(entry, Recorded)])
    projection.table(EventId("e"))
    done = len(script.log)
    script.record(HeatRerun(heat=HeatId("e/final/1")))
    script.gun(seconds=1_000)
    projection.apply([entry for entry in script.log[done:] if isinstance(entry, Recorded)])
    for when in (1_072, 1_144.5, 1_289.3):
        script.read("finish", "1", when)
        projection.apply([], script.rows(script.log[-1:]))
    assert len(projection.table(EventId("e")).rows(0, 1)[0].splits) == 3


@pytest.mark.parametrize("bulk", [True, False])
def test_r102_a_confirmed_crossing_is_never_the_start(bulk: bool) -> None:
    line = confirmed(60, 120, at=5, metres=800, bulk=bulk)
    assert (line.gun_us, line.net_us) == (120 * S, None)
