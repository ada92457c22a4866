"""The runners of a relay team, as they may be seen."""

from collections.abc import Mapping

from app.domain.facts import LegsNamed
from app.domain.ids import AthleteId, RegistrationId
from app.domain.meet import Person
from app.domain.state import MeetState
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


def _runner(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], athlete: AthleteId) -> str:
    entries = state.by_athlete.get(athlete, ())
    bib = next((state.registrations[entry].entry.bib for entry in entries), None)
    return name_for(audience, people.get(athlete, NOBODY), is_young(state, athlete), bib)
