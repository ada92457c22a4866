"""Evidence other than reads, made up."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any, Final

from app.domain.facts import (
    ConflictRuled,
    CrossingConfirmed,
    Fact,
    FinishesRead,
    Handed,
    LineTimeDropped,
    LineTimeTaken,
    ReadConflict,
    Reading,
    ReadRuledOut,
    Recorded,
    SourceDescribed,
    TakeoversRead,
)
from app.domain.ids import Chip, RegistrationId, TimeId
from app.domain.state import MeetState
from app.domain.units import Duration
from tests.timing.builders import S, Script, at
from tests.timing.deeds.choosing import WHY, Deed, any_heat, any_of, any_relay, seconds, starters_of


def _source_described(script: Script, r: Random, state: MeetState) -> Fact | None:
    source = r.choice(list(state.sources.values()))
    place = r.choice((source.place, source.place, r.choice(list(state.sources.values())).place))
    role: Any = r.choice(("main", "backup"))
    return replace(source, place=place, role=role, offset_us=Duration(r.choice((0, 2 * S, -60 * S))))


def _finishes_read(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_heat(r, state)
    if heat is None:
        return None
    runners = starters_of(state, heat)
    readings = tuple(_reading(r, id) for id in r.sample(runners, k=r.randint(1, len(runners))))
    return FinishesRead(
        heat=heat.id,
        method=r.choice(("photo_finish", "hand", "semi")),
        readings=readings,
        wind_mm_per_s=r.choice((None, 2_100)),
        offset_us=Duration(r.choice((0, 0, 4_000))),
    )


def _reading(r: Random, id: RegistrationId) -> Reading:
    if r.random() < 0.2:
        return Reading(registration=id, status=r.choice(("DNF", "DQ", "DNS")))
    return Reading(registration=id, elapsed_us=seconds(r), place=r.choice((None, None, 1, 2)))


def _line_time_taken(script: Script, r: Random, state: MeetState) -> Fact | None:
    """A new one, or another bib to one that was taken, perhaps of another heat of the round."""
    heat = state.heats.get(state.line_times[time]) if (time := any_of(r, list(state.line_times))) else None
    if time is None or heat is None or r.random() < 0.5:
        time, heat = TimeId(f"t{script.head}"), any_heat(r, state)
    if heat is None:
        return None
    if r.random() < 0.3:
        heat = r.choice(list(state.events[heat.event].rounds[heat.round].values()))
    registration = r.choice((None, r.choice(starters_of(state, heat) or [None])))
    return LineTimeTaken(time=time, heat=heat.id, at=at(seconds(r) / S), registration=registration)


def _line_time_dropped(script: Script, r: Random, state: MeetState) -> Fact | None:
    time = any_of(r, [time for time, heat in state.line_times.items() if heat in state.heats])
    return None if time is None else LineTimeDropped(time=time)


def _takeovers_read(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_relay(r, state)
    if heat is None:
        return None
    team = r.choice(starters_of(state, heat))
    handed = tuple(Handed(registration=team, leg=leg, elapsed_us=seconds(r)) for leg in r.sample((1, 2, 3), k=2))
    return TakeoversRead(heat=heat.id, method=r.choice(("photo_finish", "hand")), takeovers=handed)


def _crossing_confirmed(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_heat(r, state)
    if heat is None:
        return None
    runner = r.choice(starters_of(state, heat))
    return CrossingConfirmed(heat=heat.id, registration=runner, at=at(seconds(r) / S), reason=WHY)


def _read_conflict(script: Script, r: Random, state: MeetState) -> Fact | None:
    read = any_of(r, [entry for entry in script.log if not isinstance(entry, Recorded)])
    if read is None or any(one.first_seq == read[0] for one in state.conflicts.values()):
        return None
    chip = Chip(r.choice((read[2] or "stranger", "X", "stranger")))
    source, when = script.sources[read[1]], at(seconds(r) / S)
    return ReadConflict(
        source=source, epoch=str(read[1]), source_seq=read[0], first_seq=read[0], at=when, chip=chip, place=read[5]
    )


def _conflict_ruled(script: Script, r: Random, state: MeetState) -> Fact | None:
    conflict = any_of(r, list(state.conflicts))
    return None if conflict is None else ConflictRuled(conflict_seq=conflict, take=r.choice(("first", "offered")))


def _read_ruled_out(script: Script, r: Random, state: MeetState) -> Fact | None:
    read = any_of(r, [entry for entry in script.log if not isinstance(entry, Recorded)])
    return None if read is None or read[0] in state.ruled_out else ReadRuledOut(read_seq=read[0], reason=WHY)


DEEDS: Final[Mapping[type, Deed]] = {
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
