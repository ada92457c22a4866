"""Legs of relay teams: takeovers that officials read or mats saw, and the time of each leg (R78, R79)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from app.domain.ids import HeatId, RegistrationId
from app.domain.state import Heat
from app.domain.units import Duration
from app.rules.marks import mark
from app.rules.relays import Takeover, leg_times
from app.rules.rounding import TimedBy, round_up
from app.timing.course import Course
from app.timing.evidence import Evidence
from app.timing.explain import passings
from app.timing.race import Race
from app.timing.results import By, S

STILL_RUNNING: Final = Duration(1 << 60)
"""Stands for the time of a team that has none yet, so that the legs it has run are known."""


@dataclass(frozen=True, slots=True)
class Handover:
    """The takeover at the end of the `leg`-th leg (from 1). `because` holds the log positions that it rests on."""

    leg: int
    elapsed_us: Duration
    method: TimedBy
    because: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of a team. Without a time where a takeover is missing, and where the team has no official result."""

    leg: int
    elapsed_us: Duration | None
    mark: str | None
    reaction_us: int | None
    """Of the first leg alone: nobody else starts at the gun."""


@dataclass(frozen=True, slots=True)
class TeamRun:
    """What is known of one team's legs. `handovers` are those that count, in order of legs."""

    handovers: tuple[Handover, ...]
    legs: tuple[Leg, ...]


TeamRuns = Mapping[tuple[HeatId, RegistrationId], TeamRun]


def team_runs(known: Evidence, races: Sequence[Race]) -> TeamRuns:
    """Of every team of one round; empty where no baton is handed on."""
    found = {}
    for race in races:
        if race.roster.spec.relay_legs > 1:
            heats = race.heats(known.state)
            for slot in range(len(race)):
                heat = heats[race.lineup.heat.item(slot)]
                team = race.roster.entries[race.lineup.entry.item(slot)].entry.registration
                found[heat.id, team] = _team_run(known, race, slot, heat, team)
    return found


def _team_run(known: Evidence, race: Race, slot: int, heat: Heat, team: RegistrationId) -> TeamRun:
    by_leg = {one.leg: one for one in _by_mats(known, race, slot, heat)}
    by_leg |= {one.leg: one for one in _by_officials(heat, team)}
    handovers = tuple(by_leg[leg] for leg in sorted(by_leg))
    return TeamRun(handovers, tuple(_legs(race, slot, handovers)))


def _by_officials(heat: Heat, team: RegistrationId) -> Iterator[Handover]:
    """They go before what the mats saw: a chip is somewhere on the runner, the baton is in a hand."""
    for (registration, leg), read in heat.now.takeovers.items():
        if registration == team:
            yield Handover(leg, read.handed.elapsed_us, read.method, (read.seq,))


def _by_mats(known: Evidence, race: Race, slot: int, heat: Heat) -> Iterator[Handover]:
    """Mats at the ends of the legs saw a chip of the team. Reads may come in any order: passings do not mind."""
    spec, start = race.roster.spec, heat.now.start
    at_m = {point.name: point.distance_m for point in race.course.points}
    ends = {metres: leg for leg, metres in enumerate(accumulate(spec.legs[:-1]), 1)}
    for passing in passings(known, race, slot) if start else ():
        leg = ends.get(at_m[passing.point])
        if leg is not None and start is not None:
            yield Handover(leg, Duration(passing.at_us - start[1].at), "transponder", passing.because)


def _legs(race: Race, slot: int, handovers: Sequence[Handover]) -> Iterator[Leg]:
    spec, course, out = race.roster.spec, race.course, race.tally[slot]
    unit = max((unit_of(course, one.method) for one in handovers), default=Duration(1))
    finished = out.status == S.OK and out.elapsed is not None
    own = course.units[out.method] if finished else unit
    team_us = round_up(Duration(out.elapsed), own) if finished and out.elapsed is not None else STILL_RUNNING
    takeovers = (Takeover(one.leg, one.elapsed_us) for one in handovers)
    times = leg_times(takeovers, team_us, spec.relay_legs, unit)
    for leg, us in enumerate(times, 1):
        last = leg == spec.relay_legs
        shown = None if out.status not in (S.NONE, S.OK) or (last and not finished) else us
        text = None if shown is None else mark(shown, min(unit, own) if last else unit)
        yield Leg(leg, shown, text, out.reaction_us if leg == 1 else None)


def unit_of(course: Course, method: TimedBy) -> Duration:
    """What a takeover is rounded up to: by chip what the ruleset says of legs (R78), else as a finish is."""
    if method == "transponder":
        return course.rules.relays.chip_leg_unit_us
    return course.units[By.HAND if method == "hand" else By.PHOTO_FINISH]
