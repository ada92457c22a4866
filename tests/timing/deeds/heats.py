"""Facts of heats and their starts, made up."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final

from app.domain.facts import (
    Charged,
    Fact,
    FalseStart,
    HeatClosed,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    RoundDrawn,
    Starter,
    StartRecalled,
    StartSignal,
    WeatherRead,
)
from app.domain.ids import FalseStartId
from app.domain.state import MeetState
from app.domain.units import Duration
from tests.timing.builders import Script, at
from tests.timing.deeds.choosing import Deed, any_heat, any_of, starters_of


def _round_drawn(script: Script, r: Random, state: MeetState) -> Fact | None:
    """Other lanes in a round that has no results yet."""
    rounds = [
        (event.id, name, heats)
        for event in state.events.values()
        for name, heats in event.rounds.items()
        if heats and not any(heat.has_evidence or heat.drawn.open for heat in heats.values())
    ]
    drawn = any_of(r, rounds)
    if drawn is None:
        return None
    event, name, heats = drawn
    entries = list(state.events[event].registrations)
    r.shuffle(entries)
    starters = tuple(Starter(registration=id, lane=lane) for lane, id in enumerate(entries, 1))
    cut = r.randint(0, len(starters)) if len(heats) > 1 else len(starters)
    groups = (starters[:cut], starters[cut:])
    new = tuple(replace(heat.drawn, starters=group) for heat, group in zip(heats.values(), groups, strict=False))
    return RoundDrawn(event=event, round=name, heats=new)


def _heat_withdrawn(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_of(r, [heat for heat in state.heats.values() if not heat.has_evidence])
    return None if heat is None or r.random() < 0.5 else HeatWithdrawn(heat=heat.id)


def _start_signal(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_heat(r, state)
    return None if heat is None else StartSignal(heat=heat.id, at=at(r.choice((0, 1, 60, 300, 4_000))))


def _start_recalled(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_of(r, [heat for heat in state.heats.values() if heat.now.start])
    return None if heat is None else StartRecalled(heat=heat.id)


def _false_start(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_heat(r, state)
    if heat is None:
        return None
    runner = Charged(registration=r.choice(starters_of(state, heat)), reaction_us=r.choice((None, Duration(-20_000))))
    return FalseStart(false_start=FalseStartId(f"fst{script.head}"), heat=heat.id, runners=(runner,))


def _heat_closed(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_heat(r, state)
    return None if heat is None else HeatClosed(heat=heat.id, at=at(r.choice((50, 2_000, 5_000))))


def _heat_reopened(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_of(r, [heat for heat in state.heats.values() if heat.now.closed_at is not None])
    return None if heat is None else HeatReopened(heat=heat.id)


def _weather_read(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_of(r, list(state.heats.values()))
    return None if heat is None else WeatherRead(heat=heat.id, temperature_c=r.randint(-5, 35))


def _heat_rerun(script: Script, r: Random, state: MeetState) -> Fact | None:
    """By some only where no transponder decides."""
    heat = any_of(r, [heat for heat in state.heats.values() if heat.has_evidence])
    if heat is None:
        return None
    runners, by_chip = starters_of(state, heat), state.events[heat.event].spec.timing == "transponder"
    some = tuple(id for id in runners if r.random() < 0.5) if r.random() < 0.5 and not by_chip else ()
    return HeatRerun(heat=heat.id, only=some)


DEEDS: Final[Mapping[type, Deed]] = {
    RoundDrawn: _round_drawn,
    HeatWithdrawn: _heat_withdrawn,
    StartSignal: _start_signal,
    StartRecalled: _start_recalled,
    FalseStart: _false_start,
    HeatClosed: _heat_closed,
    HeatReopened: _heat_reopened,
    HeatRerun: _heat_rerun,
    WeatherRead: _weather_read,
}
