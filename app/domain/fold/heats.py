"""What facts of heats and their starts do to the state of a meet."""

from collections.abc import Mapping
from typing import Final

from app.domain.facts import (
    FalseStart,
    HeatClosed,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    RoundDrawn,
    StartRecalled,
    StartSignal,
    WeatherRead,
)
from app.domain.fold.touched import Effect, Touched, heats_of
from app.domain.state import Attempt, Heat, MeetState


def _round_drawn(state: MeetState, seq: int, fact: RoundDrawn) -> Touched:
    event = state.events[fact.event]
    before = event.rounds.get(fact.round, {})
    event.rounds[fact.round] = heats = {}
    event.draw_seeds[fact.round] = fact.seed
    event.draws[fact.round] = seq, fact
    for drawn in fact.heats:
        heat = before.get(drawn.heat) or Heat(drawn, fact.event, fact.round)
        heat.drawn = drawn
        heats[drawn.heat] = state.heats[drawn.heat] = heat
    for gone in before.keys() - heats.keys():
        del state.heats[gone]
    return fact.event, *before, *heats


def _heat_withdrawn(state: MeetState, seq: int, fact: HeatWithdrawn) -> Touched:
    heat = state.heats.pop(fact.heat)
    heat.withdrawn = True
    del state.events[heat.event].rounds[heat.round][fact.heat]
    return fact.heat, heat.event


def _start_signal(state: MeetState, seq: int, fact: StartSignal) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.starts.append((seq, fact))
    return heat.id, heat.event


def _start_recalled(state: MeetState, seq: int, fact: StartRecalled) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.recalled_seq = seq
    return heat.id, heat.event


def _false_start(state: MeetState, seq: int, fact: FalseStart) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.false_starts.append((seq, fact))
    return fact.false_start, heat.id, heat.event


def _heat_closed(state: MeetState, seq: int, fact: HeatClosed) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.closed_at = fact.at
    return heat.id, heat.event


def _heat_reopened(state: MeetState, seq: int, fact: HeatReopened) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.closed_at = None
    return heat.id, heat.event


def _heat_rerun(state: MeetState, seq: int, fact: HeatRerun) -> Touched:
    heat = state.heats[fact.heat]
    void, now = heat.now, Attempt(opened_seq=seq, only=fact.only)
    heat.attempts.append(now)
    if fact.only:
        now.evaluations = {id: one for id, one in void.evaluations.items() if id not in fact.only}
        now.takeovers = {key: one for key, one in void.takeovers.items() if key[0] not in fact.only}
        now.rulings = [one for one in void.rulings if one[1].registration not in fact.only]
    return heat.id, heat.event, *heats_of(state, heat.event)


def _weather_read(state: MeetState, seq: int, fact: WeatherRead) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.weather = fact
    return heat.id, heat.event


EFFECTS: Final[Mapping[type, Effect]] = {
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
