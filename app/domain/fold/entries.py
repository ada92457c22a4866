"""What facts of people, entries, bibs and chips do to the state of a meet."""

from collections.abc import Mapping
from typing import Final

from app.domain.facts import (
    AthleteDescribed,
    AthleteErased,
    ChipAssigned,
    ChipReleased,
    LegsNamed,
    Registered,
    RegistrationWithdrawn,
    RosterImported,
)
from app.domain.fold.touched import Effect, Touched, events_of, heats_of, relays_of
from app.domain.ids import AthleteId, Bib
from app.domain.state import Athlete, MeetState, Registration


def _athlete_described(state: MeetState, seq: int, fact: AthleteDescribed) -> Touched:
    state.athletes[fact.athlete] = Athlete(fact.athlete, fact.sex, fact.ages)
    return fact.athlete, *events_of(state, fact.athlete), *relays_of(state, fact.athlete)


def _athlete_erased(state: MeetState, seq: int, fact: AthleteErased) -> Touched:
    state.athletes[fact.athlete].erased = True
    return fact.athlete, *events_of(state, fact.athlete), *relays_of(state, fact.athlete)


def _registered(state: MeetState, seq: int, fact: Registered) -> Touched:
    event, before = state.events[fact.event], state.registrations.get(fact.registration)
    if before is not None and before.entry.bib != fact.bib and event.by_bib.get(before.entry.bib) == fact.registration:
        # Not where two runners change bibs: the other one wears it already.
        del event.by_bib[before.entry.bib]
    registration = Registration(fact)
    state.registrations[fact.registration] = event.registrations[fact.registration] = registration
    event.by_bib[fact.bib] = event.by_athlete[fact.athlete] = fact.registration
    state.by_bib.setdefault(fact.bib, set()).add(fact.athlete)
    if before is None:
        state.by_athlete.setdefault(fact.athlete, []).append(fact.registration)
    elif before.entry.bib not in _bibs(state, fact.athlete):
        state.by_bib[before.entry.bib].discard(fact.athlete)
    open_heats = [h for h in heats_of(state, fact.event) if state.heats[h].drawn.open]
    return fact.registration, fact.event, *open_heats, *relays_of(state, fact.athlete)


def _bibs(state: MeetState, athlete: AthleteId) -> set[Bib]:
    return {state.registrations[r].entry.bib for r in state.by_athlete[athlete]}


def _registration_withdrawn(state: MeetState, seq: int, fact: RegistrationWithdrawn) -> Touched:
    registration = state.registrations[fact.registration]
    registration.withdrawn, registration.withdrawn_seq = True, seq
    return fact.registration, registration.entry.event, *heats_of(state, registration.entry.event)


def _chip_assigned(state: MeetState, seq: int, fact: ChipAssigned) -> Touched:
    if fact.assignment not in state.assignments:
        state.chips.setdefault(fact.chip, []).append(fact.assignment)
    if fact.assignment not in (carried := state.carried.setdefault(fact.athlete, [])):
        carried.append(fact.assignment)
    state.assignments[fact.assignment] = fact
    return fact.assignment, *events_of(state, fact.athlete)


def _chip_released(state: MeetState, seq: int, fact: ChipReleased) -> Touched:
    assigned = state.assignments.pop(fact.assignment)
    state.chips[assigned.chip].remove(fact.assignment)
    return fact.assignment, *events_of(state, assigned.athlete)


def _legs_named(state: MeetState, seq: int, fact: LegsNamed) -> Touched:
    heat = state.heats[fact.heat]
    heat.legs[fact.registration] = fact
    for athlete in fact.athletes:
        state.legs.setdefault(athlete, set()).add(heat.id)
    return heat.id, heat.event, *(event for athlete in fact.athletes for event in events_of(state, athlete))


def _roster_imported(state: MeetState, seq: int, fact: RosterImported) -> Touched:
    state.imports[fact.roster_import] = seq, fact
    return (fact.roster_import,)


EFFECTS: Final[Mapping[type, Effect]] = {
    AthleteDescribed: _athlete_described,
    AthleteErased: _athlete_erased,
    Registered: _registered,
    RegistrationWithdrawn: _registration_withdrawn,
    ChipAssigned: _chip_assigned,
    ChipReleased: _chip_released,
    LegsNamed: _legs_named,
    RosterImported: _roster_imported,
}
