"""How new an answer is: the last position of the log that changed, or may have changed, what a race shows."""

from typing import Any

import pytest

from app.domain.facts import HeatClosed
from app.domain.ids import EventId, HeatId
from tests.timing.builders import Script, at, mass_start, points, road

MINUTE = 60
HOUR = 60 * MINUTE


def newest(script: Script, *ids: str) -> list[int]:
    projection = script.project()
    return [projection.touched(HeatId(id) if "/" in id else EventId(id)) for id in ids]


def closed(seconds: float) -> HeatClosed:
    return HeatClosed(heat=HeatId("e/final/1"), at=at(seconds))


def twice_entered() -> Script:
    """Runner 1 starts in e and in f, runner 2 in g alone."""
    script = Script()
    for event, bib in zip("efg", "112", strict=True):
        script.event(event, road(points=points(("start", 0), ("finish", 10_000))))
        script.runner(bib, event, chips=() if event == "f" else None)
        script.draw(event)
    script.source("start")
    script.source("finish")
    return script


def test_a_start_of_the_same_runner_elsewhere_decides_where_a_read_belongs() -> None:
    script = twice_entered()
    script.gun("e/final/1")
    seen = script.read("start", "1", 5)
    assert newest(script, "e", "e/final/1") == [seen, seen]
    gun = script.gun("f/final/1", 2 * HOUR)
    assert newest(script, "e", "e/final/1") == [gun, gun]


def test_a_start_of_other_runners_decides_nothing() -> None:
    script = twice_entered()
    script.gun("e/final/1")
    seen = script.read("start", "1", 5)
    script.gun("g/final/1", 2 * HOUR)
    assert newest(script, "e", "e/final/1") == [seen, seen]


def test_without_a_read_a_start_elsewhere_decides_nothing_either() -> None:
    script = twice_entered()
    gun = script.gun("e/final/1")
    script.gun("f/final/1", 2 * HOUR)
    assert newest(script, "e/final/1") == [gun]


def test_a_heat_elsewhere_that_has_not_started_decides_nothing() -> None:
    script = twice_entered()
    script.gun("e/final/1")
    seen = script.read("start", "1", 5)
    script.draw("f", "heats")
    assert newest(script, "e/final/1") == [seen]


@pytest.mark.parametrize(
    ("seconds", "counts"),
    [(-HOUR, False), (-601, False), (5, True), (3_999.999, True), (4_000, False), (4_001, False)],
)
def test_a_heat_is_as_new_as_the_last_read_while_it_ran(seconds: float, counts: bool) -> None:
    """The event is as new as any read of its runners at its places."""
    script = mass_start()
    script.source("start")
    script.record(closed(4_000))
    before = newest(script, "e/final/1")[0]
    seen = script.read("start", "1", seconds)
    assert newest(script, "e", "e/final/1") == [seen, seen if counts else before]


def test_a_heat_is_not_newer_by_a_read_of_the_other_heat_s_runner() -> None:
    script = Script()
    script.event(spec=road(points=points(("start", 0), ("finish", 10_000))))
    script.runner("1", wave="A")
    script.runner("2", wave="B")
    script.draw(waves=("A", "B"))
    script.source("start")
    script.gun("e/final/1")
    gun = script.gun("e/final/2", 10 * MINUTE)
    first = script.read("start", "1", 5)
    assert newest(script, "e", "e/final/1", "e/final/2") == [first, first, gun]
    second = script.read("start", "2", 10 * MINUTE + 5)
    script.read("elsewhere", "1", 10 * MINUTE)
    assert newest(script, "e/final/1", "e/final/2")[0] == first
    assert newest(script, "e/final/1", "e/final/2")[1] == second


def test_an_event_without_heats_is_as_new_as_its_description() -> None:
    script = Script()
    script.event()
    described = script.head
    script.event("f")
    assert newest(script, "e", "f") == [described, script.head]


def test_what_is_not_there_was_never_touched() -> None:
    assert newest(mass_start(), "nothing", "nothing/final/1") == [0, 0]


@pytest.mark.parametrize(("timing", "moved"), [("transponder", True), ("photo_finish", False)])
def test_time_that_passes_makes_a_race_by_chips_newer(timing: Any, moved: bool) -> None:
    """By then who was not seen is a DNS (R65); an image says that without any clock."""
    script = mass_start(timing=timing)
    script.source("finish")
    gun = newest(script, "e/final/1")[0]
    late = script.read("finish", "stranger", 6 * HOUR, chip="stranger")
    assert newest(script, "e/final/1")[0] == (late if moved else gun)


def test_the_clock_moves_no_heat_that_was_closed() -> None:
    script = mass_start()
    script.source("finish")
    shut = script.record(closed(4_000))
    script.read("finish", "stranger", 6 * HOUR, chip="stranger")
    assert newest(script, "e/final/1") == [shut]


def test_the_clock_moves_only_the_heats_that_wait_for_it() -> None:
    """The first heat's start has closed when the second one's is still open."""
    script = Script()
    script.event(spec=road(points=points(("start", 0), ("finish", 10_000))))
    script.runner("1", wave="A")
    script.runner("2", wave="B")
    script.draw(waves=("A", "B"))
    script.source("start")
    script.gun("e/final/1")
    gun = script.gun("e/final/2", HOUR)
    told = script.read("start", "stranger", 1.5 * HOUR, chip="stranger")
    assert newest(script, "e", "e/final/1", "e/final/2") == [told, told, gun]
