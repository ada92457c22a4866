"""A line of combined events as an answer shows it."""

from collections.abc import Mapping

from app.domain.ids import AthleteId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.timing.combined import Combined, Part
from app.views.audience import Audience, Item
from app.views.names import NOBODY, is_young, name_for, origin_for


def combined_item(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], row: Combined) -> Item:
    """`parts` stand in the order of the events that were asked for."""
    person = people.get(row.athlete, NOBODY)
    nation, club = origin_for(audience, person)
    bibs = [state.registrations[id].entry.bib for id in state.by_athlete.get(row.athlete, ())]
    return {
        "rank": row.rank,
        "name": name_for(audience, person, is_young(state, row.athlete), bibs[0] if bibs else None),
        "bibs": list(dict.fromkeys(bibs)),
        "sex": state.athletes[row.athlete].sex,
        "nation": nation,
        "club": club,
        "points": row.total,
        "parts": [_part(part) for part in row.parts],
        "athlete_id": row.athlete,
    }


def _part(part: Part) -> Item:
    return {
        "event_id": part.event,
        "mark": part.mark,
        "status": part.status,
        "scored_us": part.scored_us,
        "points": part.points,
        "unscored": part.unscored,
    }
