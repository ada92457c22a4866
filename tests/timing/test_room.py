"""How many lanes the next round has for those who are level (R33, R34)."""

from typing import Any

import pytest

from app.domain.ids import EventId
from app.domain.meet import Advance, EntrySource, MeetSpec, RoundSpec
from app.domain.state import MeetState
from app.rules.rulesets import rules_of
from app.timing.heats import room_after
from tests.timing.builders import Script, track

MEET: dict[str, Any] = {"name": "Open", "timezone": "UTC", "starts_on": "2026-06-12", "ends_on": "2026-06-12"}
E = EventId("e")


def state(*rounds: RoundSpec, lanes: int = 8, **changes: Any) -> MeetState:
    script = Script()
    script.event("e", track(200, rounds=rounds, **changes))
    now = script.state()
    now.spec = MeetSpec(**MEET, lanes=lanes)
    return now


def room(now: MeetState, index: int = 0) -> int | None:
    event = now.events[E]
    return room_after(now, event, index, rules_of(now.spec, event.spec))


HEATS, FINAL = RoundSpec(name="heats", advance=Advance(places=1)), RoundSpec(name="final")


def test_a_final_is_one_race_in_all_lanes_that_are_in_use() -> None:
    assert room(state(HEATS, FINAL)) == 8
    assert room(state(HEATS, FINAL, lanes=6)) == 6
    assert room(state(HEATS, FINAL, lanes_out=(1,))) == 7


def test_nothing_comes_after_the_last_round() -> None:
    assert room(state(HEATS, FINAL), 1) is None


@pytest.mark.parametrize(("source", "lanes"), [(None, 8), ("qualifiers", 8), ("non_qualifiers", None), ("byes", None)])
def test_a_round_that_takes_others_too_has_no_number_of_lanes_for_these(
    source: EntrySource | None, lanes: int | None
) -> None:
    assert room(state(HEATS, RoundSpec(name="final", source=source))) == lanes


def test_from_a_second_chance_some_of_the_next_round_come() -> None:
    chance = RoundSpec(name="repechage", source="non_qualifiers", advance=Advance(places=1))
    assert room(state(HEATS, chance, FINAL), 1) is None


def test_heats_of_the_next_round_have_their_lanes_each() -> None:
    semi = RoundSpec(name="semi-final", heats=2, advance=Advance(places=3, times=2))
    assert room(state(HEATS, semi, FINAL)) == 16
    assert room(state(HEATS, RoundSpec(name="semi-final", heats=3, per_heat=6), FINAL)) == 18
    assert room(state(HEATS, RoundSpec(name="semi-final"), FINAL)) is None


def test_a_mass_start_has_room_for_all() -> None:
    assert room(state(HEATS, FINAL, start="mass")) is None
