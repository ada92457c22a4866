"""What evidence other than reads does to the state of a meet."""

from collections.abc import Mapping
from typing import Final

from app.domain.facts import (
    ConflictRuled,
    CrossingConfirmed,
    FinishesRead,
    LineTimeDropped,
    LineTimeTaken,
    ReadConflict,
    ReadRuledOut,
    SourceDescribed,
    TakeoversRead,
)
from app.domain.fold.touched import Effect, Touched
from app.domain.state import Evaluation, MeetState, Takeover


def _source_described(state: MeetState, seq: int, fact: SourceDescribed) -> Touched:
    before = state.sources.get(fact.source)
    if before is not None and before.name != fact.name:
        del state.source_names[before.name]
    state.sources[fact.source] = fact
    state.source_names[fact.name] = fact.source
    return fact.source, *state.events


def _finishes_read(state: MeetState, seq: int, fact: FinishesRead) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.finishes.append((seq, fact))
    heat.now.evaluations.update(
        (r.registration, Evaluation(r, fact.method, seq, fact.offset_us)) for r in fact.readings
    )
    if fact.wind_mm_per_s is not None:
        # A reading of somebody who keeps an earlier mark was taken in that running, with its wind.
        for running in [heat.running_of(one.registration) for one in fact.readings] or [heat.now]:
            running.wind_mm_per_s = fact.wind_mm_per_s
    return heat.id, heat.event


def _line_time_taken(state: MeetState, seq: int, fact: LineTimeTaken) -> Touched:
    heat, before = state.heats[fact.heat], state.line_times.get(fact.time, fact.heat)
    if before != heat.id:
        # The bib told the wave: the time goes to the heat that its runner is in.
        for running in state.heats[before].attempts:
            running.line_times.pop(fact.time, None)
    attempt = next((a for a in heat.attempts if fact.time in a.line_times), heat.now)
    attempt.line_times[fact.time] = (seq, fact)
    state.line_times[fact.time] = fact.heat
    return fact.time, before, heat.id, heat.event


def _line_time_dropped(state: MeetState, seq: int, fact: LineTimeDropped) -> Touched:
    heat = state.heats[state.line_times.pop(fact.time)]
    for attempt in heat.attempts:
        attempt.line_times.pop(fact.time, None)
    return fact.time, heat.id, heat.event


def _takeovers_read(state: MeetState, seq: int, fact: TakeoversRead) -> Touched:
    heat = state.heats[fact.heat]
    read = (((one.registration, one.leg), Takeover(one, fact.method, seq)) for one in fact.takeovers)
    heat.now.takeovers.update(read)
    return heat.id, heat.event


def _crossing_confirmed(state: MeetState, seq: int, fact: CrossingConfirmed) -> Touched:
    heat = state.heats[fact.heat]
    heat.now.crossings.append((seq, fact))
    return heat.id, heat.event


def _read_conflict(state: MeetState, seq: int, fact: ReadConflict) -> Touched:
    state.conflicts[seq] = fact
    return fact.source, *state.events


def _conflict_ruled(state: MeetState, seq: int, fact: ConflictRuled) -> Touched:
    state.conflict_rulings[fact.conflict_seq] = fact
    return state.conflicts[fact.conflict_seq].source, *state.events


def _read_ruled_out(state: MeetState, seq: int, fact: ReadRuledOut) -> Touched:
    state.ruled_out[fact.read_seq] = seq
    return *state.sources, *state.events


EFFECTS: Final[Mapping[type, Effect]] = {
    SourceDescribed: _source_described,
    FinishesRead: _finishes_read,
    LineTimeTaken: _line_time_taken,
    LineTimeDropped: _line_time_dropped,
    TakeoversRead: _takeovers_read,
    CrossingConfirmed: _crossing_confirmed,
    ReadConflict: _read_conflict,
    ConflictRuled: _conflict_ruled,
    ReadRuledOut: _read_ruled_out,
}
