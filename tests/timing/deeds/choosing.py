"""What a deed is, and choosing what to do it to."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final, TypeVar

from app.domain.facts import Fact
from app.domain.ids import RegistrationId, TextId
from app.domain.state import Event, Heat, MeetState
from app.domain.units import Duration
from tests.timing.builders import S, Script

Deed = Callable[[Script, Random, MeetState], Fact | None]
Thing = TypeVar("Thing")
WHY: Final = TextId("txt_why")
SECONDS: Final = (10.2, 10.21, 45.0, 60, 300, 1_700, 2_400, 5_000)


def any_of(r: Random, of: Sequence[Thing]) -> Thing | None:
    return r.choice(of) if of else None


def any_heat(r: Random, state: MeetState) -> Heat | None:
    return any_of(r, [heat for heat in state.heats.values() if state.events[heat.event].starters(heat)])


def any_relay(r: Random, state: MeetState) -> Heat | None:
    return any_of(r, [heat for heat in state.heats.values() if state.events[heat.event].spec.relay_legs > 1])


def starters_of(state: MeetState, heat: Heat) -> list[RegistrationId]:
    return [one.registration for one in state.events[heat.event].starters(heat)]


def any_of_two_rounds(r: Random, state: MeetState) -> Event | None:
    return any_of(r, [event for event in state.events.values() if len(event.rounds) > 1])


def seconds(r: Random) -> Duration:
    return Duration(round((r.choice(SECONDS) + r.choice((0, 0, 0.004, r.random()))) * S))
