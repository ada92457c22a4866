"""Facts of people, entries, bibs and chips, made up."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final

from app.domain.facts import (
    AthleteDescribed,
    AthleteErased,
    ChipAssigned,
    ChipReleased,
    Fact,
    LegsNamed,
    Registered,
    RegistrationWithdrawn,
    RosterImported,
)
from app.domain.ids import AssignmentId, Bib, Chip, ImportId, RegistrationId
from app.domain.meet import Ages, Role, Sex
from app.domain.state import MeetState
from tests.timing.builders import Script, at
from tests.timing.deeds.choosing import Deed, any_of, any_relay, starters_of

SEXES: Final[tuple[Sex, ...]] = ("M", "W", "X")


def _athlete_described(script: Script, r: Random, state: MeetState) -> Fact | None:
    age = r.choice((20, 40, 60))
    ages = r.choice((None, Ages(race_day=age, year_end=age, first_day=age)))
    return AthleteDescribed(athlete=r.choice(list(state.athletes)), sex=r.choice(SEXES), ages=ages)


def _athlete_erased(script: Script, r: Random, state: MeetState) -> Fact | None:
    return AthleteErased(athlete=r.choice(list(state.athletes)))


def _registered(script: Script, r: Random, state: MeetState) -> Fact | None:
    """An entry changed; or somebody who is at the meet enters late."""
    event = r.choice(list(state.events.values()))
    absent = [id for id in state.athletes if id not in event.by_athlete]
    if absent and r.random() < 0.5:
        bib = Bib(f"9{script.head}")
        athlete = r.choice(absent)
        return Registered(registration=RegistrationId(f"{event.id}/{bib}"), event=event.id, athlete=athlete, bib=bib)
    entry = any_of(r, [one.entry for one in event.registrations.values()])
    if entry is None:
        return None
    bib = r.choice((entry.bib, entry.bib, Bib(f"8{script.head}")))
    waves = [heat.drawn.wave for heats in event.rounds.values() for heat in heats.values()]
    role: Role = r.choice(("competitor", "guest"))
    return replace(entry, bib=bib, role=role, wave=r.choice(waves or [None]), category=r.choice((None, "own")))


def _registration_withdrawn(script: Script, r: Random, state: MeetState) -> Fact | None:
    return RegistrationWithdrawn(registration=r.choice(list(state.registrations)))


def _roster_imported(script: Script, r: Random, state: MeetState) -> Fact | None:
    """With one or two newcomers."""
    event, first = r.choice(list(state.events)), script.head + 1
    for _ in range(r.randint(1, 2)):
        script.runner(f"7{script.head}", event)
    return RosterImported(roster_import=ImportId(f"imp{first}"), event=event, first_seq=first)


def _chip_assigned(script: Script, r: Random, state: MeetState) -> Fact | None:
    """A chip that is nobody's, or another end to an assignment."""
    assigned = any_of(r, [one for one in state.assignments.values() if one.until is None])
    if assigned is not None and r.random() < 0.5:
        return replace(assigned, until=at(r.choice((100, 1_500, 4_000))))
    chip = Chip(r.choice(("stranger", f"N{script.head}")))
    if state.chips.get(chip):
        return None
    return ChipAssigned(assignment=AssignmentId(f"as{script.head}"), chip=chip, athlete=r.choice(list(state.athletes)))


def _chip_released(script: Script, r: Random, state: MeetState) -> Fact | None:
    assignment = any_of(r, list(state.assignments))
    return None if assignment is None else ChipReleased(assignment=assignment)


def _legs_named(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_relay(r, state)
    if heat is None:
        return None
    teams = {state.registrations[id].entry.athlete for id in state.events[heat.event].registrations}
    people = [id for id in state.athletes if id not in teams]
    runners = r.sample(people, k=min(4, len(people)))
    return LegsNamed(heat=heat.id, registration=r.choice(starters_of(state, heat)), athletes=tuple(runners))


DEEDS: Final[Mapping[type, Deed]] = {
    AthleteDescribed: _athlete_described,
    AthleteErased: _athlete_erased,
    Registered: _registered,
    RegistrationWithdrawn: _registration_withdrawn,
    RosterImported: _roster_imported,
    ChipAssigned: _chip_assigned,
    ChipReleased: _chip_released,
    LegsNamed: _legs_named,
}
