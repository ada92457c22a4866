"""Athletes of a meet: what anybody may know of them, and what only officials do."""

from collections.abc import Mapping

from app.domain.ids import AthleteId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.views.audience import Audience, Item, seen_by
from app.views.names import NOBODY, is_young, name_for, origin_for


def athlete_item(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], id: AthleteId) -> Item:
    """One athlete with the bibs worn in this meet; KeyError for an id that the meet does not have."""
    athlete, person = state.athletes[id], people.get(id, NOBODY)
    entries = [state.registrations[entry] for entry in state.by_athlete.get(id, ())]
    bibs = list(dict.fromkeys(entry.entry.bib for entry in entries))
    nation, club = origin_for(audience, person)
    item = {
        "id": id,
        "name": name_for(audience, person, is_young(state, id), bibs[0] if bibs else None),
        "family_name": person.family_name,
        "given_name": person.given_name,
        "sex": athlete.sex,
        "birth_date": person.birth_date,
        "age": athlete.ages.race_day if athlete.ages else None,
        "nation": nation,
        "club": club,
        "publish_name": person.publish_name,
        "external_id": person.external_id,
        "bibs": bibs,
        "entries": [
            {
                "event_id": entry.entry.event,
                "registration_id": entry.entry.registration,
                "bib": entry.entry.bib,
                "state": "withdrawn" if entry.withdrawn else "entered",
            }
            for entry in entries
        ],
        "seq": state.touched.get(id, 0),
    }
    return seen_by(audience, item)
