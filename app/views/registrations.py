"""Registrations of an event: the entry, and as much of its athlete as may be seen."""

from collections.abc import Mapping

from app.domain.ids import AthleteId, RegistrationId
from app.domain.meet import EventSpec, Person
from app.domain.state import MeetState
from app.domain.units import Duration
from app.rules.categories import categories_of, category_of
from app.rules.marks import entry_mark
from app.rules.rulesets import rules_of
from app.views.audience import Audience, Item, seen_by
from app.views.names import NOBODY, is_young, name_for, origin_for


def registration_item(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], id: RegistrationId
) -> Item:
    """One registration; KeyError for an id that the meet does not have."""
    registration = state.registrations[id]
    entry, spec = registration.entry, state.events[registration.entry.event].spec
    athlete, person = state.athletes[entry.athlete], people.get(entry.athlete, NOBODY)
    nation, club = origin_for(audience, person)
    item = {
        "id": id,
        "event_id": entry.event,
        "athlete_id": entry.athlete,
        "bib": entry.bib,
        "name": name_for(audience, person, is_young(state, entry.athlete), entry.bib),
        "family_name": person.family_name,
        "given_name": person.given_name,
        "sex": athlete.sex,
        "birth_date": person.birth_date,
        "age": athlete.ages.race_day if athlete.ages else None,
        "nation": nation,
        "club": club,
        "publish_name": person.publish_name,
        "external_id": person.external_id,
        "category": category(state, id),
        "chips": chips_of(state, entry.athlete),
        "seed_mark": written(spec, entry.seed_mark_us, "seed_mark" in entry.hand),
        "pb": written(spec, entry.pb_us, "pb" in entry.hand),
        "sb": written(spec, entry.sb_us, "sb" in entry.hand),
        "wave": entry.wave,
        "team": entry.team,
        "role": entry.role,
        "state": "withdrawn" if registration.withdrawn else "entered",
    }
    return seen_by(audience, item)


def category(state: MeetState, id: RegistrationId) -> str | None:
    """The entry's own word, else what the event's rules say."""
    entry = state.registrations[id].entry
    athlete, spec = state.athletes[entry.athlete], state.events[entry.event].spec
    groups = categories_of(spec, rules_of(state.spec, spec).categories)
    return entry.category or category_of(groups, athlete.sex, athlete.ages)


def chips_of(state: MeetState, athlete: AthleteId) -> list[str]:
    """Chips that name the athlete at some time, each once."""
    held = (state.assignments[id] for id in state.carried.get(athlete, ()) if id in state.assignments)
    return list(dict.fromkeys(one.chip for one in held if one.athlete == athlete))


def written(spec: EventSpec, elapsed: Duration | None, hand: bool = False) -> str | None:
    """A mark brought along, or None."""
    return None if elapsed is None else entry_mark(elapsed, spec.surface, hand)
