"""The runners of a relay team and what they ran, as they may be seen (R79)."""

from collections.abc import Mapping
from itertools import zip_longest

from app.domain.facts import LegsNamed
from app.domain.ids import AthleteId, RegistrationId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.timing.relays import TeamRun
from app.views.audience import Audience, Item
from app.views.names import NOBODY, is_young, name_for

Teams = Mapping[RegistrationId, LegsNamed]
"""Of one heat."""


def leg_items(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], teams: Teams, team: RegistrationId
) -> list[Item]:
    """In running order; empty where none are named."""
    named = teams.get(team)
    return [
        {"leg": leg, "name": _runner(audience, state, people, athlete), "athlete_id": athlete}
        for leg, athlete in enumerate(named.athletes if named else (), 1)
    ]


def run_items(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    teams: Teams,
    team: RegistrationId,
    run: TeamRun | None,
) -> list[Item]:
    """The same with the time of each leg; without names where none are named and legs were timed."""
    if run is None and team not in teams:
        return []
    named = leg_items(audience, state, people, teams, team)
    timed = run.legs if run and (named or run.handovers) else ()
    metres = state.events[state.registrations[team].entry.event].spec.legs
    return [
        {
            "leg": leg,
            "distance_m": metres[leg - 1] if leg <= len(metres) else None,
            "name": who["name"] if who else None,
            "athlete_id": who["athlete_id"] if who else None,
            "elapsed_us": ran.elapsed_us if ran else None,
            "mark": ran.mark if ran else None,
            "reaction_us": ran.reaction_us if ran else None,
        }
        for leg, (who, ran) in enumerate(zip_longest(named, timed), 1)
    ]


def _runner(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], athlete: AthleteId) -> str:
    entries = state.by_athlete.get(athlete, ())
    bib = next((state.registrations[entry].entry.bib for entry in entries), None)
    return name_for(audience, people.get(athlete, NOBODY), is_young(state, athlete), bib)
