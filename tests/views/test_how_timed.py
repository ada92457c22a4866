"""What stands beside times of how they were taken (R8, R11)."""

from typing import Any

import pytest

from app.domain.facts import LineTimeTaken
from app.domain.ids import EventId, HeatId, RegistrationId, TimeId
from app.views.results import Lines, result_items
from tests.timing.builders import Script, at, points, track

HEAT = HeatId("e/final/1")


def race(**given: Any) -> Script:
    script = Script()
    script.event(spec=track(**{"points": points(("finish", 100)), "start": "mass"} | given))
    for bib in "123":
        script.runner(bib)
    script.heats("123")
    script.gun()
    return script


def items(script: Script) -> dict[str, dict[str, Any]]:
    now = script.project()
    lines = Lines.of(now, now.heat_results(HEAT))
    return {one["bib"]: one for one in result_items("public", now.state, {}, lines)}


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({}, "Transponder timing"),
        ({"ruleset": "local"}, "Transponder timing, not valid for records"),
        ({"rules": {"timing": {"chip_note": "by chip"}}}, "by chip"),
        ({"rules": {"timing": {"chip_note": None}}}, None),
        ({"surface": "road"}, None),
    ],
)
def test_r8_a_time_by_transponder_on_a_track_has_the_note_of_the_rules(given: dict[str, Any], note: str | None) -> None:
    script = race(timing="transponder", **given)
    script.read("finish", "1", 15.2)
    assert {bib: one["timing_note"] for bib, one in items(script).items()} == {"1": note, "2": None, "3": None}


def test_r8_times_by_image_and_by_hand_have_no_note_of_transponders() -> None:
    script = race()
    script.finishes(HEAT, ("1", 10.1))
    script.finishes(HEAT, ("2", 10.2), method="hand")
    assert {one["timing_note"] for one in items(script).values()} == {None}


def flagged(script: Script) -> set[str]:
    return {bib for bib, one in items(script).items() if "mixed_timing" in one["flags"]}


@pytest.mark.parametrize("method", ["hand", "semi"])
def test_r11_a_heat_timed_in_two_ways_says_so_beside_each_mark(method: str) -> None:
    script = race()
    script.finishes(HEAT, ("1", 10.1))
    assert flagged(script) == set()
    script.finishes(HEAT, ("2", 10.2), method=method)
    assert flagged(script) == ({"1", "2"} if method == "hand" else {"1"}), "semi-automatic times have no mark (R5)"


def test_r11_a_watch_and_a_time_at_the_line_are_both_by_hand_and_a_transponder_is_not() -> None:
    script = race(timing="hand")
    script.finishes(HEAT, ("1", 10.1), method="hand")
    taken = LineTimeTaken(time=TimeId("t"), heat=HEAT, at=at(15.2), registration=RegistrationId("e/3"))
    script.record(taken)
    assert items(script)["3"]["timed_by"] == "manual_at_line"
    assert flagged(script) == set()
    script.read("finish", "2", 15.3)
    assert flagged(script) == {"1", "2", "3"}


def test_r11_a_time_that_was_ruled_is_of_no_system() -> None:
    script = race()
    script.finishes(HEAT, ("1", 10.1))
    script.rule("2", "time", HEAT, elapsed_us=10_200_000)
    assert flagged(script) == set()


def test_r11_each_heat_is_timed_for_itself() -> None:
    script = Script()
    script.event(spec=track())
    for bib in "12":
        script.runner(bib)
    script.heats("1", "2")
    script.finishes("e/final/1", ("1", 10.1))
    script.finishes("e/final/2", ("2", 10.2), method="hand")
    now = script.project()
    lines = Lines.of(now, now.round_results(EventId("e"), "final"))
    assert [one["flags"] for one in result_items("public", now.state, {}, lines)] == [["NWI"], ["NWI"]]
    assert [one["flags"] for one in result_items("public", now.state, {}, lines[1:])] == [["NWI"]]
