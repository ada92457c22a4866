"""Reads that come one at a time, each with a look at the standings after it: what all of them at once give."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.facts import HeatClosed, LineTimeTaken, Recorded, RegistrationWithdrawn
from app.domain.ids import EventId, HeatId, RegistrationId, TimeId
from app.timing.projection import Projection
from app.timing.race import Race
from tests.timing import anomaly_scenes as scenes
from tests.timing.builders import Script, at, mass_start, points, road, track
from tests.timing.test_properties import everything

E = EventId("e")


def one_at_a_time(script: Script) -> Projection:
    projection = Projection()
    for entry in script.log:
        projection.apply([entry] if isinstance(entry, Recorded) else [], script.rows([entry]))
        for event in projection.state.events:
            projection.table(event)
    return projection


def races(projection: Projection) -> list[Race]:
    return [race for id in projection.state.events for race in projection._boards.board(id).races]


def columns(race: Race) -> dict[str, Any]:
    """What a race holds of each runner, by name."""
    out = {name: getattr(race, name) for name in ("gun", "opens", "ends", "closed", "times", "latest", "key")}
    return {name: values.tolist() for name, values in out.items()} | {"tally": race.tally.outcomes()}


def three_mats(**changes: Any) -> Script:
    """A 10 km with a mat at half-way; runners 1 to 3, who start a second, a minute and two after the gun."""
    script = Script()
    script.event(spec=road(**changes))
    for bib in "123":
        script.runner(bib)
    script.draw()
    script.gun()
    for bib, when in zip("123", (1, 60, 120), strict=True):
        script.read("start", bib, when)
    return script


def on_the_way() -> Script:
    script = three_mats()
    script.read("5k", "1", 1_500)
    return script


def in_and_on_the_way() -> Script:
    script = on_the_way()
    script.read("5k", "2", 1_600)
    script.read("finish", "1", 3_000)
    script.read("finish", "2", 3_100)
    script.read("finish", "1", 3_003)
    return script


def too_fast_for_a_late_starter() -> Script:
    """From the gun it is possible, from the runner's own start it is not (R63)."""
    script = three_mats()
    least = script.project()._boards.board(E).races[0].course.from_start[1] / 1_000_000
    script.read("5k", "3", least + 60)
    script.read("5k", "2", least + 60)
    return script


def closed_early() -> Script:
    """A read that was kept back comes when the race is over already."""
    script = three_mats()
    script.record(HeatClosed(heat=HeatId("e/final/1"), at=at(2_000)))
    script.read("5k", "1", 1_500)
    return script


def ghost_on_the_way() -> Script:
    script = three_mats()
    script.read("5k", "1", 30)
    script.read("finish", "1", 2_400)
    return script


def as_the_window_opens_and_closes() -> Script:
    """The first instant counts for the race, the last one is behind it."""
    script = mass_start()
    before = script.project()._boards.board(E).races[0].course.before / 1_000_000
    script.source("start")
    script.source("finish")
    script.record(HeatClosed(heat=HeatId("e/final/1"), at=at(5_000)))
    script.read("start", "1", -before)
    script.read("start", "2", -before - 0.000001)
    script.read("finish", "3", 5_000)
    script.read("finish", "4", 4_999.999999)
    return script


def waves_without_a_start_mat() -> Script:
    script = Script()
    script.event(spec=road(points=points(("half", 5_000), ("finish", 10_000))))
    script.runner("1", wave="A")
    script.runner("2", wave="B")
    script.draw(waves=("A", "B"))
    script.gun("e/final/1")
    script.gun("e/final/2", 300)
    script.read("half", "1", 1_500)
    script.read("half", "2", 1_900)
    return script


def with_the_wave_before() -> Script:
    """Runner 2 of the second wave crosses the start with the first, and not again (R61)."""
    script = scenes.waves()
    script.read("start", "1", 1)
    script.read("start", "2", 2)
    script.read("finish", "2", 2_700)
    return script


def past_the_finish_before_the_own_wave() -> Script:
    """Seen at the finish before the start of the own wave: that is no start with another one."""
    script = scenes.waves()
    script.read("finish", "2", 2)
    script.read("finish", "2", 2_700)
    return script


def at_the_line_by_hand() -> Script:
    script = three_mats()
    for n, bib in enumerate("12"):
        time = LineTimeTaken(
            time=TimeId(f"t{n}"), heat=HeatId("e/final/1"), at=at(3_000), registration=RegistrationId(f"e/{bib}")
        )
        script.record(time)
    script.read("5k", "1", 1_500)
    script.read("5k", "3", 1_501)
    return script


def over_the_start_mat_again() -> Script:
    """Who walks over the start mat after the finish has not started again (R62)."""
    script = three_mats()
    script.read("finish", "1", 2_400)
    script.read("start", "1", 2_500)
    script.read("start", "1", 4_000)
    script.read("finish", "1", 4_001)
    return script


def with_rulings() -> Script:
    script = three_mats(ranking="net")
    script.rule("1", "dq", rule="TR5")
    script.rule("2", "dnf")
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/3")))
    for bib in "123":
        script.read("finish", bib, 3_000)
    return script


def on_the_track_by_image() -> Script:
    """Mats give the order until the image is read; then a late read changes nothing."""
    script = Script()
    script.event(spec=track(800, points=points(("start", 0), ("600 m", 600), ("finish", 800))))
    for bib in "123":
        script.runner(bib)
    script.heats("123")
    script.gun()
    script.read("600 m", "1", 80)
    script.read("finish", "1", 110.3)
    script.finishes("e/final/1", ("2", 109.87), ("1", 110.21))
    script.read("finish", "3", 120)
    script.read("finish", "2", 110)
    return script


STORIES: list[Callable[[], Script]] = [
    on_the_way,
    in_and_on_the_way,
    too_fast_for_a_late_starter,
    closed_early,
    ghost_on_the_way,
    as_the_window_opens_and_closes,
    waves_without_a_start_mat,
    with_the_wave_before,
    past_the_finish_before_the_own_wave,
    at_the_line_by_hand,
    over_the_start_mat_again,
    with_rulings,
    on_the_track_by_image,
    scenes.copied_chip,
    scenes.missed_lap,
    scenes.other_wave,
    scenes.two_points_missing,
    scenes.worn_by_another,
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_one_at_a_time_gives_what_all_at_once_give(story: Callable[[], Script]) -> None:
    script = story()
    stepwise, at_once = one_at_a_time(script), script.project()
    assert everything(stepwise) == everything(at_once)
    for one, other in zip(races(stepwise), races(at_once), strict=True):
        assert columns(one) == columns(other)


def test_who_was_read_on_the_way_is_still_racing() -> None:
    table = one_at_a_time(on_the_way()).table(E)
    assert [(line.bib, line.state, line.status) for line in table.rows(0, 3)] == [
        ("1", "started", None),
        ("2", "started", None),
        ("3", "started", None),
    ]


def test_r63_what_is_too_fast_from_the_own_start_is_no_passing() -> None:
    passings = [one for one in one_at_a_time(too_fast_for_a_late_starter()).passings() if one.point == "5k"]
    assert [one.bib for one in passings] == ["2"]


def test_who_is_not_in_when_the_race_is_closed_has_not_finished() -> None:
    table = one_at_a_time(closed_early()).table(E)
    assert {line.status for line in table.rows(0, 3)} == {"DNF"}


def test_r61_a_start_with_the_wave_before_is_flagged_and_a_stray_read_elsewhere_is_not() -> None:
    flags = [one_at_a_time(story()).standing(E, RegistrationId("e/2")).flags for story in
             (with_the_wave_before, past_the_finish_before_the_own_wave, waves_without_a_start_mat)]  # fmt: skip
    assert ["wave_mismatch" in one for one in flags] == [True, False, False]


def test_places_follow_whoever_moved_last_and_everybody_else() -> None:
    script = three_mats()
    script.source("finish")
    projection, found = one_at_a_time(script), []
    for bib, when in (("1", 3_000), ("2", 3_200), ("3", 3_100)):
        assert projection.places(E, RegistrationId(f"e/{bib}")) == (None, None, None)
        script.read("finish", bib, when)
        projection.apply([], script.rows(script.log[-1:]))
        found.append([projection.places(E, RegistrationId(f"e/{bib}"))[0] for bib in "123"])
    assert found == [[1, None, None], [1, 2, None], [1, 3, 2]]


def test_reads_that_come_together_all_count() -> None:
    """A reader that was cut off sends half-way and finish in one go."""
    script = three_mats()
    script.source("5k")
    script.source("finish")
    projection, done = one_at_a_time(script), script.head
    script.read("5k", "1", 1_500)
    script.read("finish", "1", 3_000)
    script.read("5k", "2", 1_501)
    projection.apply([], script.rows(script.log[done:]))
    assert everything(projection) == everything(script.project())
    assert projection.standing(E, RegistrationId("e/1")).elapsed_us == 3_000_000_000
